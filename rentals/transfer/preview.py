"""What an import would do, shown before anything is done.

The page carries what was found in its form, sealed with the member's number (`catalogue.film_files.sealing`). Where a
film may be one of several, only one that was offered can be chosen.
"""

from dataclasses import dataclass

from django.utils.dateparse import parse_datetime

from catalogue.film_files import sealing
from catalogue.film_files.sealing import shown_title
from catalogue.models import Title
from rentals.transfer.matching import match, standing
from rentals.transfer.rows import EDITIONS

GROUPS = {  # by standing: heading, what is said of it, ticked at first
    "ready": ("Found", "These go to the end of your queue, in the order of the file.", True),
    "had": ("You had these", "They were with you already. Tick those you want again.", False),
    "queued": ("In your queue already", "They keep their place there.", True),
    "home": ("With you", "They are at home or on the way. A list can hold them, your queue cannot.", True),
    "absent": ("Not to be had", "A list can hold them, your queue cannot.", True),
}


@dataclass(frozen=True)
class Wish:
    """A film to be put into a queue or on a list."""

    title_id: int
    medium: str
    disc_id: int | None
    paused: bool

    @property
    def key(self):
        return self.title_id, self.medium, self.disc_id


def preview(member, rows):
    """The context of `rentals/import_preview.html`. As many queries for 5,000 rows as for one. Raises Unreadable."""
    matches = match(rows)
    films = [each for each in matches if each.title_id or each.rivals]
    unknown = [each.row for each in matches if not (each.title_id or each.rivals)]
    keys = {key for each in films for key in (each.title_id, *each.rivals) if key}
    titles = Title.objects.only("name", "year", "slug").in_bulk(keys)
    stand = standing(member, [each.wish for each in films if each.title_id])
    shown = [_shown(number, each, titles, stand) for number, each in enumerate(films)]
    return {
        "groups": _groups(shown),
        "choices": [film for film in shown if film["rivals"]],
        "unknown": unknown,
        "sealed": _sealed(member, films, unknown),
        "rows": len(rows),
    }


def _groups(shown):
    groups = []
    for name, (heading, words, ticked) in GROUPS.items():
        films = [film for film in shown if film["standing"] == name]
        groups += [{"id": name, "name": heading, "text": words, "ticked": ticked, "films": films}] if films else []
    return groups


def _shown(number, each, titles, stand):
    if each.title_id is None:
        rivals = [shown_title(titles[key]) for key in each.rivals]
        return {"number": number, "row": each.row, "rivals": rivals, "standing": ""}
    return shown_title(titles[each.title_id]) | {
        "number": number,
        "row": each.row,
        "rivals": (),
        "wish": f"Disc {each.row.disc}" if each.disc_id else EDITIONS.get(each.medium, ""),
        "standing": stand.of(each.wish),
        "why": stand.absent.get(each.wish, ""),
    }


# ------------------------------------------------------------------ carried by the form
def _salt(member):
    return f"rentals.transfer.{member.pk}"


def _sealed(member, films, unknown):
    said = {
        "films": [[[each.title_id] if each.title_id else each.rivals, *_wish(each)] for each in films],
        "unknown": [[row.line, row.name, row.year, row.imdb] for row in unknown],
    }
    return sealing.seal(said, _salt(member))


def _wish(each):
    return each.medium, each.disc_id, bool(each.row.paused and parse(each.row.paused))


def parse(text):
    """An instant in ISO form, or None."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def opened(member, sealed):
    """What was sealed for `member` within a day, or None."""
    return sealing.opened(sealed, _salt(member))


def wishes(said, ticked, picked):
    """The Wishes among what was sealed that are `ticked` (their numbers) or `picked` ({number: key}), in order."""
    chosen = []
    for number, (keys, medium, disc, paused) in enumerate(said["films"]):
        key = picked.get(number, keys[0] if len(keys) == 1 and number in ticked else None)
        chosen += [Wish(key, medium, disc, paused)] if key in keys else []
    return chosen
