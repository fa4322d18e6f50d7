"""What a member rented: the page of all of it, newest first."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear, JSONObject
from django.utils import timezone

from catalogue.cards import cards_of
from catalogue.models import Disc, Medium, TitleName
from catalogue.names import fold
from catalogue.wording import counted, day
from rentals.at_home_page import dates, disc_name
from rentals.models import Problem, ProblemKind, QueueEntry, Rental, Seen

PER_PAGE = 25


def history(member, asked, number):
    """The context of `rentals/history.html`: page `number` of what `asked` (forms.HistoryForm) lets through."""
    mine = Rental.objects.filter(member=member, cancelled_at=None)
    years = list(mine.order_by().annotate(year=_year()).values_list("year", flat=True).distinct().order_by("-year"))
    page = Paginator(_rows(_chosen(mine, asked), member), PER_PAGE).get_page(number)
    cards = cards_of(rental.copy.disc.release.title_id for rental in page)
    return {
        "page": page,
        "rows": [_row(rental, cards[rental.copy.disc.release.title_id]) for rental in page],
        "asked": asked,
        "years": years,
        "media": Medium.choices,
        "found": counted(page.paginator.count, "disc"),
        "filtered": any(asked.values()),
    }


def _year():
    return ExtractYear("allocated_at", tzinfo=timezone.get_current_timezone())


def _chosen(rentals, asked):
    if asked["q"]:
        rentals = rentals.filter(_named(asked["q"]))
    if asked["year"]:
        rentals = rentals.annotate(year=_year()).filter(year=asked["year"])
    if asked["medium"]:
        rentals = rentals.filter(copy__disc__release__medium=asked["medium"])
    return rentals


def _named(words):
    """Has the words in a name of its title, however they are spelled."""
    title, folded = "copy__disc__release__title", fold(words)
    other = TitleName.objects.filter(title=OuterRef(title), folded__contains=folded)
    return Q(**{f"{title}__folded__contains": folded}) | Exists(other)


def _rows(rentals, member):
    """`rentals` with all that a row prints, newest first."""
    title = OuterRef("copy__disc__release__title")
    discs = Disc.objects.filter(release=OuterRef("copy__disc__release")).order_by().values("release")
    problems = Problem.objects.filter(rental=OuterRef("pk")).order_by("reported_at")
    return (
        rentals.for_page()
        .annotate(
            seen=Exists(Seen.objects.filter(title=title, member=member)),
            waits=Exists(QueueEntry.objects.live().filter(title=title, member=member)),
            of_series=Q(copy__disc__release__title__kind="series"),
            discs=Subquery(discs.annotate(n=Count("pk")).values("n")),
            told=ArraySubquery(problems.values(json=JSONObject(kind="kind", outcome="outcome"))),
        )
        .order_by("-allocated_at", "-pk")
    )


def _row(rental, card):
    disc, posted = rental.copy.disc, dates(rental)[0]
    return {
        "key": rental.pk,
        "title": disc.release.title_id,
        "card": card,
        "name": disc_name(card["name"], rental),
        "edition": ", ".join(filter(None, [disc.release.get_medium_display(), disc.release.edition])),
        "when": _when(rental, posted),
        "seen": rental.seen,
        "waits": rental.waits,
        "back": rental.checked_in_at is not None,
        "lost": rental.lost_at is not None and rental.arrived_at is None and rental.copy.missing_at is not None,
        "told": [
            {"kind": ProblemKind(problem["kind"]).label, "outcome": problem["outcome"]} for problem in rental.told
        ],
    }


def _when(rental, posted):
    """ "13 November 2026 to 24 November 2026, 11 days"."""
    if posted is None:
        return "Being packed"
    if rental.checked_in_at is None:
        return f"Posted on {day(posted)}, still out"
    if rental.lost_at and not rental.arrived_at:
        return f"Posted on {day(posted)}, and lost on its way"
    back = timezone.localdate(rental.checked_in_at)
    return f"Posted on {day(posted)}, back on {day(back)}: {counted((back - posted).days, 'day')}"
