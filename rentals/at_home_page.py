"""What pages print of the discs that are with a member or on the way."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from catalogue.cards import cards_of
from catalogue.models import Disc
from catalogue.wording import counted, day_and_month
from rentals import calendar, lost
from rentals.models import OPEN, Problem, ProblemKind, Rental

PACKED, ON_ITS_WAY, AT_HOME, GOING_BACK = "packed", "on its way", "at home", "going back"
TOLD = {
    ProblemKind.NOT_ARRIVED: "it has not arrived. Its place is free: the next round sends what comes next. "
    "If it comes after all, tell us here.",
    ProblemKind.DAMAGED: "the disc is damaged. Post it back when you like: it costs you nothing.",
    ProblemKind.WRONG_DISC: "it is the wrong disc. Post it back when you like: it costs you nothing.",
    ProblemKind.NOT_LOGGED: "you sent it back. We look through our returns; once we find it, its place is free again.",
}
FREE_AT_ONCE = "Its place is free at once, and it costs you nothing."


def at_home(member):
    """Open rentals of `member`, the eldest first, as `_at_home.html` prints them. Two queries."""
    return _printed(_of(member).open())[0]


def at_home_and_lost(member, now):
    """(those, [{"key", "name", "posted"}] of discs that the post lost lately). Two queries."""
    return _printed(_of(member).filter(OPEN | lost.lately(now)))


def _of(member):
    return _told(Rental.objects.for_page().filter(member=member))


def _printed(rentals):
    rentals = list(rentals.order_by("allocated_at", "place"))
    cards = cards_of(rental.copy.disc.release.title_id for rental in rentals)
    rows = [(rental, cards[rental.copy.disc.release.title_id]) for rental in rentals]
    today = timezone.localdate()
    here = [_slot(rental, card, today) for rental, card in rows if rental.checked_in_at is None]
    return here, [_lost(rental, card) for rental, card in rows if rental.checked_in_at]


def _lost(rental, card):
    return {"key": rental.pk, "name": disc_name(card["name"], rental), "posted": day_and_month(dates(rental)[0])}


def slot_of(rental):
    """The one slot of a rental that `at_home` would print: of the page about its problem."""
    rental = _told(Rental.objects.for_page()).get(pk=rental.pk)
    key = rental.copy.disc.release.title_id
    return _slot(rental, cards_of([key])[key], timezone.localdate())


def _told(rentals):
    """`rentals`, each with how many `discs` its release has and the open `told` problems."""
    problems = Problem.objects.open().filter(rental=OuterRef("pk")).order_by("reported_at")
    discs = Disc.objects.filter(release=OuterRef("copy__disc__release")).order_by().values("release")
    return rentals.annotate(
        of_series=Q(copy__disc__release__title__kind="series"),
        discs=Subquery(discs.annotate(n=Count("pk")).values("n")),
        told=ArraySubquery(problems.values(json=JSONObject(kind="kind", at="reported_at"))),
    )


def _slot(rental, card, today):
    posted, since, sure = dates(rental)
    state = state_of(rental, today)
    return {
        "key": rental.pk,
        "card": card,
        "name": disc_name(card["name"], rental),
        "medium": rental.copy.disc.release.get_medium_display(),
        "posted": day_and_month(posted) if posted else "",
        "posted_short": day_and_month(posted, short=True) if posted else "",
        "arrived": state in (AT_HOME, GOING_BACK),
        "state": state,
        "line": _line(rental, state, today),
        "trip": _trip(rental, state, today),
        "stamp": _stamp(posted) if posted and (today - posted).days == 1 and state == ON_ITS_WAY else None,
        "unsure": posted is not None and not sure and state != GOING_BACK,
        "overdue": day_in_words(calendar.overdue_on(posted)) if state == ON_ITS_WAY else "",
        "asked": rental.entry_id is not None,
        "kinds": _kinds(rental, posted, today),
        "told": [TOLD[problem["kind"]] for problem in rental.told],
    }


def _kinds(rental, posted, today):
    """[(kind, its words, what to know first)] that the member may report."""
    if posted is None:
        return []
    kinds = [(kind.value, kind.label, "") for kind in ProblemKind]
    if rental.arrived_at or rental.said_posted_at:
        return kinds[1:]
    day = calendar.overdue_on(posted)
    note = f"Please give the post until {day_in_words(day)}." if today < day else FREE_AT_ONCE
    return [(*kinds[0][:2], note), *kinds[1:]]


def dates(rental):
    """(day it was posted, day it was there, whether the member said so); None for what was not, or is not known."""
    posted = rental.posted_at and timezone.localdate(rental.posted_at)
    if rental.arrived_at:
        return posted, timezone.localdate(rental.arrived_at), True
    return posted, posted and calendar.expected(posted)[1], False


def state_of(rental, today):
    """Where an open rental is on `today`, as far as anybody can know."""
    posted, since, sure = dates(rental)
    if posted is None:
        return PACKED
    if rental.said_posted_at:
        return GOING_BACK
    return AT_HOME if sure or since <= today else ON_ITS_WAY


def disc_name(name, rental):
    """ "Dekalog, disc 2 of 5"; of a film the name alone, unless it is another disc than the first."""
    number = rental.copy.disc.number
    return f"{name}, disc {number} of {rental.discs}" if number > 1 or rental.of_series and rental.discs > 1 else name


def _line(rental, state, today):
    posted, since, sure = dates(rental)
    number = f" It was number {rental.position:,} in your queue." if rental.position else ""
    if state == PACKED:
        return f"It is being packed.{number}"
    if state == ON_ITS_WAY:
        return f"Posted {_ago(posted, today)}, first class. Most discs take a day or two.{number}"
    if state == AT_HOME:
        return f"With you since {day_in_words(since) if sure else f'about {day_and_month(since)}'}."
    back = day_in_words(timezone.localdate(rental.said_posted_at))
    return f"You posted it back on {back}. The place is free once we have it."


def _trip(rental, state, today):
    """[(class, what, when)] of the way there and back."""
    posted, since, sure = dates(rental)
    if state == PACKED:
        return [("now", "Being packed", "now"), ("", "With you", "a day or two later"), ("", "Back", "when you like")]
    trip = [("done", "Posted", _short(posted))]
    if state == ON_ITS_WAY:
        return [*trip, ("now", "On its way", "first class"), ("", "With you", f"about {_short(since)}")]
    if state == AT_HOME:
        days = counted(max(0, (today - since).days), "day")
        return [*trip, ("now", "At home", days if sure else f"about {days}"), ("", "Back", "when you like")]
    back = _short(timezone.localdate(rental.said_posted_at))
    return [*trip, ("done", "At home", f"{'' if sure else 'about '}{_short(since)}"), ("now", "On its way back", back)]


def _ago(day, today):
    days = (today - day).days
    return ("today", "yesterday")[days] if days < 2 else f"on {day_in_words(day)}"


def day_in_words(day):
    """ "Saturday 14 November"."""
    return f"{calendar.weekday(day)} {day_and_month(day)}"


def _short(day):
    return day_and_month(day, short=True)


def _stamp(day):
    return {"line1": _short(day).upper(), "line2": str(day.year)}
