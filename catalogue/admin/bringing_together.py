"""Two people's changes of one form: what only one of them changed is taken from that one, the rest is told.

`bring_together(base, theirs, mine)`: `base` is what the form was opened with, `theirs` what is saved now, `mine` what
came. Rows are known by their numbers, so a list in another order is the same list.
"""

from typing import NamedTuple

from catalogue.admin.typed import Typed, contents, is_going, key_of, same


class Difference(NamedTuple):
    """Something that others changed. `path` is (prefix, row's number, field), ("", "", field) for the title's own.

    `field` is "" if a whole row came or went. `both`: mine differs too, and is kept until somebody says otherwise.
    """

    path: tuple
    before: object
    now: object
    mine: object
    both: bool = False


def bring_together(base, theirs, mine):
    """(Typed, [Difference])."""
    fields, differences = _row(("", ""), base.fields, theirs.fields, mine.fields)
    lists = dict(mine.lists)
    for prefix in theirs.lists:
        lists[prefix], more = _list(prefix, base, theirs, mine)
        differences += more
    return Typed(fields, lists), differences


def _row(where, base, theirs, mine):
    merged, differences = dict(mine), []
    for name, now in theirs.items():
        before, typed = base.get(name), mine.get(name)
        if same(before, now):
            continue
        both = not same(typed, before) and not same(typed, now)
        if not both:
            merged[name] = now
        differences.append(Difference((*where, name), before, now, typed, both))
    return merged, differences


def _list(prefix, base, theirs, mine):
    rows, differences = [], []
    for row in mine.lists.get(prefix, ()):
        kept, more = _one(prefix, row, base.row(prefix, key_of(row)), theirs.row(prefix, key_of(row)))
        rows += kept
        differences += more
    seen = {key_of(row) for row in [*base.lists.get(prefix, ()), *rows]}
    added = [row for row in theirs.lists[prefix] if key_of(row) not in seen]
    differences += [Difference((prefix, key_of(row), ""), None, row, None) for row in added]
    return _without_twins(added, rows) + added, differences


def _one(prefix, row, before, now):
    """What stays of one row of mine: ([row] or [], differences)."""
    if key_of(row) is None:
        return [row], []
    path = (prefix, key_of(row), "")
    if now is None:
        changed = before is not None and contents(row) != contents(before) and not is_going(row)
        as_new = {name: values for name, values in row.items() if name != "id"}
        return [as_new] if changed else [], [Difference(path, before or row, None, row, changed)]
    if is_going(row):
        changed = before is not None and contents(now) != contents(before)
        return [row], [Difference(path, before, now, None, True)] if changed else []
    merged, differences = _row((prefix, key_of(row)), before or {}, now, row)
    return [merged], differences


def _without_twins(added, rows):
    """My rows, but new ones that somebody else added, too; one whose place is taken by now has none and comes last."""
    twins = [_without_place(row) for row in added]
    rows = [row for row in rows if key_of(row) or _without_place(row) not in twins]
    taken = [_place(row) for row in [*added, *(row for row in rows if key_of(row))]]
    return [row | {"position": []} if not key_of(row) and _place(row) in taken else row for row in rows]


def _without_place(row):
    return contents(row | {"position": []})


def _place(row):
    return row.get("position"), row.get("role")


# ------------------------------------------------------------------ taking theirs
def take(mine, base, paths, removed):
    """`mine` with what `base` has at the `paths`. `removed` is {path: row}: what others removed and I had changed."""
    for prefix, key, name in paths:
        if not prefix:
            mine.fields[name] = base.fields.get(name, [])
        elif name:
            (mine.row(prefix, key) or {})[name] = (base.row(prefix, key) or {}).get(name, [])
        else:
            _take_row(mine.lists.get(prefix, []), base.row(prefix, key), key, removed.get((prefix, key, name)))


def _take_row(rows, theirs, key, removed):
    for number, row in enumerate(rows):
        if theirs and key_of(row) == key:
            rows[number] = theirs
            return
        if removed and key_of(row) is None and contents(row) == removed:
            del rows[number]
            return
