"""Queues and lists as CSV and JSON."""

import json

from django.utils import timezone

from catalogue.film_files import writing
from catalogue.models import Release
from rentals.transfer.rows import COLUMNS, EDITIONS, KIND, Row


def as_csv(rows):
    return writing.as_csv(COLUMNS, ([getattr(row, name) for name in COLUMNS.values()] for row in rows))


def as_json(rows, name):
    films = [{column: getattr(row, column) for column in COLUMNS.values()} for row in rows]
    return json.dumps({"kind": KIND, "version": 1, "name": name, "films": films}, ensure_ascii=False, indent=1).encode()


# ------------------------------------------------------------------ what there is to write
def rows_of_queue(member):
    """The member's queue in its order. As many queries for a long one as for a short one."""
    entries = list(member.queue.in_order().select_related("title__stock", "disc__release"))
    known = _known(entry.title_id for entry in entries)
    return [_of_queue(entry, known) for entry in entries]


def rows_of_list(member_list):
    """The films of a list in its order."""
    entries = list(member_list.entries.select_related("title__stock").order_by("rank"))
    known = _known(entry.title_id for entry in entries)
    return [_of_title(entry, place, known, entry.added_at) for place, entry in enumerate(entries, start=1)]


def _known(titles):
    """{"imdb": {title: identifier}, "released": titles that are out on disc}."""
    titles = list(titles)
    return {
        "imdb": writing.imdb_numbers(titles),
        "released": set(Release.objects.filter(title__in=titles).values_list("title", flat=True)),
    }


def _of_title(entry, place, known, asked, **more):
    title = entry.title
    return Row(
        name=title.name,
        year=title.year,
        imdb=known["imdb"].get(title.pk, ""),
        slug=title.slug,
        asked=_instant(asked),
        wait=title.stock.words(title.pk in known["released"])["text"],
        position=place,
        **more,
    )


def _of_queue(entry, known):
    disc = entry.disc
    edition = disc.release.slug if disc else EDITIONS.get(entry.medium, "")
    wish = {"edition": edition, "disc": disc and disc.number, "paused": _instant(entry.paused_at)}
    return _of_title(entry, entry.position, known, entry.asked_at, **wish)


def _instant(at):
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def titles_without(rows):
    """Plain CSV of films we do not know: what a member keeps for elsewhere."""
    return writing.as_csv(["Line", "Title", "Year", "IMDb"], rows)
