"""Films that a queue asks for before any edition of them is out: when they come, and who is first in line."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from catalogue.models import Medium, Release
from catalogue.wording import counted, joined, ordinal
from rentals.editions import when_out


def maybe(today):
    """Condition on entries: an edition of the title is not out on `today`."""
    return Exists(Release.objects.filter(released_on__gt=today.isoformat(), title=OuterRef("title")))


def releases():
    """Annotation of entries that `reserved` needs: the editions of the title, the first that comes first."""
    rows = Release.objects.filter(title=OuterRef("title")).order_by("released_on", "pk")
    return ArraySubquery(
        rows.values(json=JSONObject(pk="pk", medium="medium", regions="regions", released_on="released_on"))
    )


def asked(entry):
    """Those of the `releases` of an entry that it asks for."""
    if entry.disc:
        return [release for release in entry.releases if release["pk"] == entry.disc.release_id]
    return [release for release in entry.releases if entry.medium in ("", release["medium"])]


def reserved(entries, waiting):
    """{key: {"when", "line"}} of those `entries` that are reserved, going by their Waits ({key: Wait})."""
    coming = [entry for entry in entries if waiting[entry.pk].kind == "reserved"]
    return {entry.pk: {"when": _when(asked(entry)), "line": _line(entry, waiting[entry.pk])} for entry in coming}


def _when(editions):
    """ "DVD and Blu-ray, out on 7 December 2026"; the first that comes."""
    media = joined(list(dict.fromkeys(Medium(release["medium"]).label for release in editions)))
    return f"{media}, out {when_out(editions[0]['released_on'])}"


def _line(entry, wait):
    if entry.paused_at:
        return "Paused: others go before you"
    place = "You are first in line" if wait.place == 1 else f"You are {ordinal(wait.place)} in line"
    return f"{place} for {counted(wait.copies, 'copy', 'copies')}" if wait.copies else place
