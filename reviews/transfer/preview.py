"""What bringing ratings in would do, shown before anything is done.

The page carries what was found in its form, sealed with the member's number (`catalogue.film_files.sealing`). Where a
film may be one of several, only one that was offered can be chosen.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CharField, Func

from catalogue import wording
from catalogue.film_files import sealing
from catalogue.film_files.matching import Match, find
from catalogue.film_files.sealing import shown_title
from catalogue.models import Title
from reviews.models import Rating
from reviews.transfer.rows import LeftOut

TO_DO = ("new", "changed", "choice")  # what can be chosen, of what was found


@dataclass(frozen=True)
class Chosen:
    """A rating to be brought in; `takes_place` of the member's own, if there is one."""

    title_id: int
    half_stars: int
    rated_on: date
    takes_place: bool


def first_days(titles):
    """{title's key: the first day on which anybody could see it, a loose date; "" if that is not known}."""
    first = Func("pk", function="catalogue_first_day", output_field=CharField())
    rows = Title.objects.filter(pk__in=titles).annotate(first=first).values_list("pk", "first")
    return {key: day or "" for key, day in rows}


def half_stars_of(member, titles):
    """{title's key: half stars that the member gave it}."""
    return dict(Rating.objects.filter(member=member, title__in=titles).values_list("title", "half_stars"))


def preview(member, rows, left_out, *, source, on):
    """The context of `reviews/import_preview.html`. As many queries for 5,000 rows as for one. Raises Unreadable."""
    matches = [Match(row) for row in rows]
    find(matches)
    matches, twice = _once(matches)
    keys = {key for each in matches for key in (each.title_id, *each.rivals) if key}
    first, mine = first_days(keys), half_stars_of(member, keys)
    matches = [_only_out(each, first, on) for each in matches]
    titles = Title.objects.only("name", "year", "slug").in_bulk(keys)
    found = {name: [] for name in (*TO_DO, "same", "early", "unknown")}
    for each in matches:
        found[_kind(each, first, mine, on)].append(each)
    films = [(kind, each) for kind in TO_DO for each in found[kind]]
    shown = [_shown(number, each, titles, mine) for number, (_, each) in enumerate(films)]
    return {
        **{kind: [film for film, (its, _) in zip(shown, films, strict=True) if its == kind] for kind in TO_DO},
        **{kind: [_shown(None, each, titles, mine) for each in found[kind]] for kind in ("same", "early")},
        "unknown": [each.row for each in found["unknown"]],
        "left_out": sorted([*left_out, *twice], key=lambda row: row.line),
        "sealed": sealing.seal({"source": source, "films": _said(films, first, on)}, _salt(member)),
        "rows": len(rows) + len(left_out),
    }


def _once(matches):
    """What is left when a film that is rated several times keeps its latest rating; and the others, left out."""
    latest = {}
    for each in matches:
        latest.setdefault(each.title_id, []).append(each)
    several = [sorted(rated, key=_latest) for title, rated in latest.items() if title and len(rated) > 1]
    others = {id(each): rated[-1] for rated in several for each in rated[:-1]}
    twice = [_twice(each, others[id(each)]) for each in matches if id(each) in others]
    return [each for each in matches if id(each) not in others], twice


def _latest(match):
    return match.row.rated_on or date.min, match.row.line


def _twice(match, other):
    return LeftOut(match.row.line, match.row.name, f"Line {other.row.line} rates it too, and that is taken.")


def _only_out(match, first, on):
    """The match without rivals that are not out yet, unless none is."""
    out = tuple(key for key in match.rivals if _is_out(first.get(key, ""), on))
    return replace(match, rivals=out or match.rivals)


def _is_out(first_day, on):
    return first_day <= on.isoformat()


def _kind(match, first, mine, on):
    """ "new", "changed", "same", "choice", "early" or "unknown"."""
    keys = [match.title_id] if match.title_id else match.rivals
    if not keys:
        return "unknown"
    if not any(_is_out(first.get(key, ""), on) for key in keys):
        return "early"
    if match.title_id is None:
        return "choice"
    before = mine.get(match.title_id)
    return "new" if before is None else "same" if before == match.row.half_stars else "changed"


def _shown(number, match, titles, mine):
    film = {"number": number, "row": match.row}
    if match.title_id:
        return film | _title(match.title_id, titles, mine)
    return film | {"rivals": [_title(key, titles, mine) for key in match.rivals], "name": match.row.name}


def _title(key, titles, mine):
    return shown_title(titles[key]) | {"mine": wording.stars(mine[key]) if key in mine else ""}


# ------------------------------------------------------------------ carried by the form
def _salt(member):
    return f"reviews.transfer.{member.pk}"


def _said(films, first, on):
    return [
        [TO_DO.index(kind), keys, each.row.half_stars, _day(each.row, first.get(keys[0], ""), on).toordinal()]
        for kind, each in films
        for keys in [[each.title_id] if each.title_id else each.rivals]
    ]


def _day(row, first_day, on):
    """The day of the file, if the film was out by then and the day is not to come; else today."""
    said = row.rated_on
    return said if said and first_day <= said.isoformat() and said <= on else on


def opened(member, sealed):
    """What was sealed for `member` within a day, or None."""
    return sealing.opened(sealed, _salt(member))


def chosen(said, ticked, picked, all_changed):
    """What was Chosen of what was sealed: numbers `ticked`, {number: key} `picked`, or `all_changed` ones."""
    ratings = []
    for number, (kind, keys, half_stars, day) in enumerate(said["films"]):
        what = TO_DO[kind]
        takes = what == "choice" or number in ticked or (what == "changed" and all_changed)
        key = picked.get(number) if what == "choice" else keys[0]
        if takes and key in keys:
            ratings.append(Chosen(key, half_stars, date.fromordinal(day), what != "new"))
    return ratings
