"""Films that a queue asks for before any edition of them is out: when they come, and who is first in line."""

from datetime import UTC, datetime

from django.contrib.humanize.templatetags.humanize import ordinal
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from catalogue.models import Medium, Release
from catalogue.wording import counted, joined, loose_date
from rentals.models import Copy, QueueEntry

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # an entry without a claim stands behind all that have one


def maybe(today):
    """Condition on entries: an edition of the title is not out on `today`, or nobody knows when."""
    return Exists(Release.objects.filter(_not_out(today), title=OuterRef("title")))


def _not_out(today):
    return Q(released_on="") | Q(released_on__gt=today.isoformat())


def columns(today):
    """Annotations of entries that `reserved` needs: the `releases` of the title, `ahead` and `copies`."""
    held = Exists(Copy.objects.in_service().filter(disc__release=OuterRef("pk")))
    rows = Release.objects.filter(title=OuterRef("title")).annotate(held=held).order_by("released_on", "pk")
    json = JSONObject(pk="pk", medium="medium", released_on="released_on", held="held")
    return {
        "claim": _claim(),
        "releases": ArraySubquery(rows.values(json=json)),
        "ahead": Coalesce(_ahead(), 0),
        "copies": F("title__stock__copies"),
    }


def reserved(entries, today):
    """{key: {"when", "line"}} of those `entries` (with `columns`) that no edition which is out will do for."""
    coming = {entry: _coming(entry, today.isoformat()) for entry in entries}
    return {entry.pk: {"when": _when(rows), "line": _line(entry)} for entry, rows in coming.items() if rows}


def _coming(entry, today):
    """The editions that the entry waits for; none if there is one that is out. Without a date a copy tells."""
    fit = [release for release in entry.releases if _fits(entry, release)]
    out = [r for r in fit if (r["released_on"] <= today if r["released_on"] else r["held"])]
    return [] if out else fit


def _fits(entry, release):
    if entry.disc:
        return release["pk"] == entry.disc.release_id
    return entry.medium in ("", release["medium"])


def _when(editions):
    """ "DVD and Blu-ray, out on 7 December 2026"; the first that comes."""
    media = joined(list(dict.fromkeys(Medium(release["medium"]).label for release in editions)))
    first = min((release["released_on"] for release in editions if release["released_on"]), default="")
    return f"{media}, out {'on' if len(first) == len('2026-12-07') else 'in'} {loose_date(first)}" if first else media


def _claim():
    return Coalesce("claim_at", Value(NEVER), output_field=QueueEntry._meta.get_field("claim_at"))


def _ahead():
    """How many stand before the outer entry: the older claim, then who asked earlier, then the number."""
    same_claim, same_day = Q(claim=OuterRef("claim")), Q(asked_at=OuterRef("asked_at"))
    before = (
        Q(claim__lt=OuterRef("claim"))
        | same_claim & Q(asked_at__lt=OuterRef("asked_at"))
        | same_claim & same_day & Q(pk__lt=OuterRef("pk"))
    )
    others = QueueEntry.objects.waiting().filter(title=OuterRef("title")).annotate(claim=_claim()).filter(before)
    return Subquery(others.order_by().values("title").annotate(n=Count("pk")).values("n"))


def _line(row):
    if row.paused_at:
        return "Paused: others go before you"
    place = "You are first in line" if row.ahead == 0 else f"You are {ordinal(row.ahead + 1)} in line"
    return f"{place} for {counted(row.copies, 'copy', 'copies')}" if row.copies else place
