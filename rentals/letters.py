"""What we write to members of their discs and queues. No subject names a film.

`tell_posted` and `tell_received` are called in the transaction of what they tell of; the others by the clock
(`config.schedule`).
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from catalogue.models import Release
from catalogue.wording import counted, day_and_month
from members import links
from members.mail import unwrite, write
from members.models import Member, Message
from rentals.models import LIVE, Copy, Membership, QueueEntry

SHORT = 5  # films waiting, below which a queue is short
FORTNIGHT = timedelta(days=14)
NEWS = timedelta(days=21)  # that a film is out is told this long: less than a sent message is remembered


# ------------------------------------------------------------------ of a disc
def tell_posted(rental, *, expected, now):
    """A disc is on its way; `expected`: the day it should be there."""
    disc = rental.copy.disc
    return write(
        "posted",
        f"posted-{rental.pk}",
        member=rental.member,
        now=now,
        film=film(disc),
        medium=disc.release.get_medium_display(),
        expected=f"{expected:%A} {day_and_month(expected)}",
        queue=links.address("rentals:queue"),
    )


def tell_received(rental, *, now):
    """We have the disc: a link to rate it and to say what goes next, without signing in."""
    disc = rental.copy.disc
    token = links.token(links.RATING, rental.member_id, disc.release.title_id)
    return write(
        "received",
        f"received-{rental.pk}",
        member=rental.member,
        now=now,
        film=film(disc),
        rate=links.address("reviews:rate_by_link", token),
        next=links.address("reviews:rated_by_link", token),
        days=links.LASTS[links.RATING].days,
    )


def unsay_posted(rental):
    """The disc was not posted after all: its e-mail is not sent, if it was not yet."""
    unwrite(f"posted-{rental.pk}")


def unsay_received(rental):
    """The disc is not back after all."""
    unwrite(f"received-{rental.pk}")


def film(disc):
    """ "The Cranes Are Flying", "Berlin Alexanderplatz, disc 2"."""
    name = disc.release.title.name
    return f"{name}, disc {disc.number}" if disc.number > 1 else name


# ------------------------------------------------------------------ a short queue
def tell_short_queues(*, now):
    """Write to members who rent and have fewer than SHORT films waiting, at most once in two weeks. How many."""
    return sum(_tell_short(member, now) for member in _short_of_films(now))


def _short_of_films(now):
    renting = Membership.objects.renting(timezone.localdate(now)).filter(member=OuterRef("pk"), cancelled_at=None)
    told = Message.objects.filter(member=OuterRef("pk"), kind="short", written_at__gt=now - FORTNIGHT)
    waiting = QueueEntry.objects.waiting().filter(member=OuterRef("pk")).order_by().values("member")
    films = Subquery(waiting.annotate(n=Count("pk")).values("n"))
    members = Member.objects.filter(Exists(renting), ~Exists(told), is_active=True).annotate(films=films)
    return members.filter(Q(films=None) | Q(films__lt=SHORT)).order_by("pk").iterator()


@transaction.atomic
def _tell_short(member, now):
    year, week, _ = timezone.localdate(now).isocalendar()
    key = f"short-{member.pk}-{year}-{week // 2:02}"
    films = counted(member.films, "film") if member.films else "no film"
    shelves, queue = links.address("catalogue:browse"), links.address("rentals:queue")
    return bool(write("short", key, member=member, now=now, films=films, shelves=shelves, queue=queue))


# ------------------------------------------------------------------ a film that is out
def tell_films_out(*, now):
    """Write to members who asked for a film before it was on disc, once we have a copy of it. How many entries."""
    return sum(_tell_out(entry, now) for entry in _reserved_and_out(timezone.localdate(now)))


def _reserved_and_out(today):
    """Live entries, made before any edition was out, of titles that became rentable within NEWS."""
    days = Release.objects.filter(title=OuterRef("title")).order_by().values("title")
    first = Subquery(days.annotate(day=Min("released_on")).values("day"))
    held = Copy.objects.in_service().filter(disc__release__title=OuterRef("title"), acquired_on__lte=today)
    since = (today - NEWS).isoformat()
    lately = Q(first_out__gte=since) | Q(title__stock__held_since__gte=since)
    entries = QueueEntry.objects.filter(LIVE, Exists(held), member__is_active=True)
    entries = entries.alias(first_out=first, asked_on=Cast(TruncDate("asked_at"), CharField()))
    entries = entries.filter(lately, first_out__gt=F("asked_on"), first_out__lte=today.isoformat())
    return entries.select_related("member", "title").order_by("pk").iterator()


@transaction.atomic
def _tell_out(entry, now):
    title = settings.SITE + entry.title.get_absolute_url()
    context = {"film": entry.title.name, "title": title, "queue": links.address("rentals:queue")}
    return bool(write("out", f"out-{entry.pk}", member=entry.member, now=now, **context))
