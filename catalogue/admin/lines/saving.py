"""From the lines of a list to its rows. Those that stay keep their keys: people, copies and requests hang on them."""

from difflib import SequenceMatcher

from catalogue.admin.lines.grammar import LISTS

ALIKE = 0.6  # of the letters of an extra's name, for it to be the same extra
LAST_DISC = 200


def going(name, there, rows):
    """Which of the rows `there` are not among `rows` any more."""
    kept = {row.pk for row, _ in _paired(name, there, rows) if row}
    return [row for row in there if row.pk not in kept]


def renumbered(there, rows):
    """Which of the discs `there` get another number."""
    return [disc for disc, fields in _paired("discs", there, rows) if disc and disc.number != fields["number"]]


def save(name, release, there, rows):
    """Make the list called `name` of `release`, now the rows `there`, say `rows`; write what differs only."""
    model, pairs = LISTS[name].model, _paired(name, there, rows)
    gone = going(name, there, rows)
    if gone:
        model.objects.filter(pk__in=[row.pk for row in gone]).delete()
    wanted = list(_placed(name, pairs))
    if name == "discs":
        _make_room(wanted)
    for row, fields in wanted:
        if row is None:
            model.objects.create(release=release, **fields)
        elif changed := [field for field, value in fields.items() if getattr(row, field) != value]:
            for field in changed:
                setattr(row, field, fields[field])
            row.save(update_fields=changed)


def values(name, row):
    """The fields of a row that its line tells."""
    return {field: getattr(row, field) for field in TOLD[name]}


TOLD = {
    "aspect_ratios": ("printed", "ratio"),
    "audio_tracks": ("language_id", "codec", "channels", "kind", "note"),
    "subtitle_tracks": ("language_id", "hard_of_hearing"),
    "discs": ("number", "label"),
    "extras": ("name", "kind", "year", "minutes", "disc_number"),
    "identifiers": ("scheme", "value"),
}


def _same_names(one, other):
    return SequenceMatcher(None, one["name"].casefold(), other["name"].casefold()).ratio() >= ALIKE


# What makes a line that changed the same row, tried in this order. The rest are new rows.
LIKE = {
    "aspect_ratios": [lambda one, other: True],
    "audio_tracks": [lambda one, other: one["language_id"] == other["language_id"]],
    "subtitle_tracks": [lambda one, other: one["language_id"] == other["language_id"]],
    "discs": [
        lambda one, other: one["label"] == other["label"] != "",
        lambda one, other: one["number"] == other["number"],
    ],
    "extras": [lambda one, other: one["name"] == other["name"], _same_names],
    "identifiers": [lambda one, other: one["scheme"] == other["scheme"]],
}


def _paired(name, there, rows):
    """[(row there or None, fields wanted)] in the order wanted."""
    said = [values(name, row) for row in there]
    free, found = list(range(len(there))), [None] * len(rows)
    for alike in [dict.__eq__, *LIKE[name]]:
        for place, fields in enumerate(rows):
            if found[place] is None:
                found[place] = next((there_at for there_at in free if alike(said[there_at], fields)), None)
                free = [each for each in free if each != found[place]]
    return [(None if at is None else there[at], fields) for at, fields in zip(found, rows, strict=True)]


def _placed(name, pairs):
    """The pairs with places 1, 2 …; the order of discs is their number, that of identifiers nobody's."""
    for place, (row, fields) in enumerate(pairs, 1):
        yield row, fields if name in ("discs", "identifiers") else fields | {"position": place}


def _make_room(wanted):
    """Give discs that get another number a free one first: two never have the same, not even for a moment."""
    moving = [(row, fields["number"]) for row, fields in wanted if row and row.number != fields["number"]]
    taken = {row.number for row, _ in wanted if row} | {fields["number"] for _, fields in wanted}
    free = (number for number in range(LAST_DISC, 0, -1) if number not in taken)
    for row, _ in moving if len(moving) > 1 else ():
        row.number = next(free)
        row.save(update_fields=["number"])
