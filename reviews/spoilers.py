"""For whom reviews that give away the plot stand open."""

from catalogue import viewings
from reviews.models import Rating, ReaderChoices


def opened(reader, titles):
    """Which of `titles` (keys) have their spoilers open for `reader`: those seen here, or all if that was chosen.

    Seen: a disc of it came back. Whose it was is forgotten after a year, but a rating that was verified remembers.
    """
    if not reader.is_authenticated:
        return set()
    if ReaderChoices.of(reader).always_show_spoilers:
        return set(titles)
    verified = Rating.objects.filter(member=reader, title__in=titles, verified=True).values_list("title", flat=True)
    return set(verified).union(*(_seen(rows, reader, titles) for rows in viewings.returns()))


def _seen(rows, reader, titles):
    return rows.filter(viewer=reader.pk, viewed__in=titles).values_list("viewed", flat=True)
