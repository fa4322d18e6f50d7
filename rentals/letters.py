"""What we write to members of their discs. No subject names a film.

Called in the transaction of what they tell of.
"""

from django.conf import settings
from django.urls import reverse

from catalogue.wording import day_and_month
from members.mail import write


def tell_posted(rental, *, expected, now):
    """A disc is on its way; `expected`: the day it should be there."""
    return _write("posted", rental, now, expected=f"{expected:%A} {day_and_month(expected)}")


def tell_received(rental, *, now):
    """We have the disc."""
    return _write("received", rental, now)


def _write(kind, rental, now, **context):
    disc = rental.copy.disc
    context |= {"film": film(disc), "medium": disc.release.get_medium_display()}
    queue = settings.SITE + reverse("rentals:queue")
    return write(kind, f"{kind}-{rental.pk}", member=rental.member, now=now, queue=queue, **context)


def film(disc):
    """ "The Cranes Are Flying", "Berlin Alexanderplatz, disc 2"."""
    name = disc.release.title.name
    return f"{name}, disc {disc.number}" if disc.number > 1 else name
