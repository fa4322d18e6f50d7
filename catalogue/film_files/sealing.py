"""What was found in a file, carried by the form that shows it.

Sealed with a salt that names the member: nothing is kept here meanwhile, and what comes back is what was shown or is
refused.
"""

from django.core import signing

from catalogue.cards import address
from catalogue.film_files.reading import Unreadable

A_DAY = 24 * 3600
MOST_SEALED = 800_000  # letters, of a form that may have a million
STALE = "What was shown is more than a day old or was changed on the way. Send the file again."


def seal(said, salt):
    """`said` as text. Raises Unreadable if it is too much for a form."""
    sealed = signing.dumps(said, salt=salt, compress=True)
    if len(sealed) > MOST_SEALED:
        raise Unreadable("There is too much in this file to look at in one go. Split it into smaller ones.")
    return sealed


def opened(sealed, salt):
    """What was sealed with this salt within a day, or None."""
    try:
        return signing.loads(sealed, salt=salt, max_age=A_DAY)
    except signing.BadSignature:
        return None


def shown_title(title):
    """What a page says of a title that a row is or may be."""
    year = title.year or "year not known"
    return {"key": title.pk, "name": title.name, "year": year, "url": address("catalogue:title", title.slug)}
