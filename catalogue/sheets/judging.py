"""What becomes of the rows of a sheet: new, changed, unchanged or refused, and why. A batch at a time."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from catalogue.sheets.atoms import Addressed
from catalogue.sheets.cells import Refused, Unreadable, one_newline, plain
from catalogue.sheets.headings import Problem
from catalogue.sheets.known import Known
from catalogue.sheets.workbook import TOO_LONG

SPAN_WORDS = "Rows {}-{} of column {} are merged: un-merge them and write into each what it should say."
NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"


@dataclass
class Judged:
    """A row of a sheet. `row` is what the catalogue has of it, or None; `values` are those to be written."""

    number: int
    texts: dict  # {heading: text, or why it cannot be read}
    problems: list = field(default_factory=list)
    key: tuple = ()
    row: object = None
    before: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)  # {heading: (before, after)}

    @property
    def outcome(self):
        if self.problems:
            return REFUSED
        if self.row is None or self.row.pk is None:
            return NEW
        return CHANGED if self.changes else UNCHANGED

    @property
    def label(self):
        name = self.texts.get("Name") or self.before.get("Name")
        return (plain(name) if name and not isinstance(name, Unreadable) else " / ".join(filter(None, self.key)))[:300]


class Judge:
    """Judges the rows of one file. `columns` are those that the file has: {index: column}."""

    def __init__(self, sheet, columns, merged=()):
        self.sheet, self.columns, self.merged = sheet, columns, merged
        self.letters = {column.heading: get_column_letter(index + 1) for index, column in columns.items()}
        self.known, self.seen = Known(), {}

    def judge(self, rows):
        """Judged rows of `rows`, (number, cells)."""
        judged = [self._begun(number, cells) for number, cells in rows]
        for one in judged:
            self._find_key(one)
        self._load(judged)
        for one in judged:
            self._read(one)
        self.known.gather(self._wanted(judged))
        for one in judged:
            self._settle(one)
        self._refuse_addresses(judged)
        return judged

    def refuse(self, one, heading, why):
        one.problems.append(Problem(one.number, self.letters.get(heading, ""), heading, str(why)))

    # -------------------------------------------------------------- cells
    def _begun(self, number, cells):
        one = Judged(number, {c.heading: cells[i] if i < len(cells) else "" for i, c in self.columns.items()})
        for index, cell in enumerate(cells):
            if cell and index not in self.columns and self.letters and not self._is_read_over(index):
                letter = get_column_letter(index + 1)
                one.problems.append(
                    Problem(number, letter, "", "This column has no heading we know: name it, or empty it.")
                )
        for first, top, last, bottom in self.merged:
            if top <= number <= bottom:
                self._refuse_merged(one, first, last, top, bottom)
        return one

    read_over = ()

    def _is_read_over(self, index):
        return index in self.read_over

    def _refuse_merged(self, one, first, last, top, bottom):
        names = " to ".join(dict.fromkeys((get_column_letter(first), get_column_letter(last))))
        column = self.columns.get(first - 1)
        words = SPAN_WORDS.format(top, bottom, names)
        if top == bottom:
            words = f"Columns {names} of row {top} are merged: un-merge them and write into each what it should say."
        one.problems.append(Problem(one.number, get_column_letter(first), column.heading if column else "", words))

    def _value(self, one, column, text):
        """The value that the cell says; None, and a problem noted, if it cannot be taken."""
        try:
            if isinstance(text, Unreadable):
                raise Refused(text)
            if text == TOO_LONG:
                raise Refused("This text did not fit into a cell of a workbook: take it from a CSV file.")
            return column.read(text)
        except Refused as why:
            self.refuse(one, column.heading, why)
            return None

    # -------------------------------------------------------------- which row it is
    def _find_key(self, one):
        """Set the key as texts; () if the row cannot be told."""
        columns = [self.sheet.by_heading[heading] for heading in self.sheet.key]
        values = [self._value(one, c, _plain(one.texts.get(c.heading, ""))) for c in columns]
        if not any(problem.heading in self.sheet.key for problem in one.problems):
            one.key = tuple(c.text(v) for c, v in zip(columns, values, strict=True))
            if one.key[-1] and self._is_second(one):
                one.key = ()

    def _is_second(self, one):
        first = self.seen.setdefault(one.key, one.number)
        if first != one.number:
            self.refuse(
                one, self.sheet.key[-1], f"Row {first} is about the same {self.sheet.what}: keep one of the two."
            )
        return first != one.number

    def _load(self, judged):
        columns = self._needed()
        rows = found(self.sheet, [one.key for one in judged if one.key], columns)
        for one in judged:
            one.row = rows.get(one.key)
            one.before = self.sheet.texts(one.row, columns) if one.row else {}

    def _needed(self):
        """The columns that are looked at: lists that the file has not are left alone, unless rows are checked."""
        if self.sheet.check:
            return self.sheet.columns
        return [*self.sheet.fields, *(column for column in self.columns.values() if column in self.sheet.lists)]

    # -------------------------------------------------------------- values
    def _read(self, one):
        """Read the cells that say something else than the catalogue."""
        for column in self.columns.values():
            text, before = _plain(one.texts[column.heading]), one.before.get(column.heading)
            as_it_is = text == before or (one.row and text == TOO_LONG)
            if not as_it_is and column.heading not in self.sheet.key and not (one.row is None and not one.key):
                one.values[column.heading] = self._value(one, column, text)
        if one.key and one.row is None:
            self._read_new(one)

    def _read_new(self, one):
        wrong = {problem.heading for problem in one.problems}
        for heading in self.sheet.needed:
            if heading not in one.texts and heading not in wrong:
                self.refuse(
                    one, heading, f"A new {self.sheet.what} needs a {heading.lower()}: add the column “{heading}”."
                )
        for heading, text in zip(self.sheet.key, one.key, strict=True):
            one.values[heading] = self.sheet.by_heading[heading].read(text)

    def _wanted(self, judged):
        for one in judged:
            for heading, value in one.values.items():
                if value is not None:
                    yield from self.sheet.by_heading[heading].wanted(value)

    def _settle(self, one):
        wrong = {problem.heading for problem in one.problems}
        for heading in [heading for heading in one.values if heading not in wrong]:
            self._settle_one(one, self.sheet.by_heading[heading])
        if one.row is None and one.key and not one.key[-1] and not one.problems:
            self._make_key(one)
        if self.sheet.check and not one.problems:
            before = {c.heading: c.of(one.row) for c in self.sheet.columns} if one.row else {}
            for heading, why in self.sheet.check(one.values, before):
                self.refuse(one, heading, why)

    def _settle_one(self, one, column):
        try:
            value = column.settle(one.values[column.heading], self.known)
        except Refused as why:
            return self.refuse(one, column.heading, why)
        before, after = one.before.get(column.heading, ""), column.text(value)
        one.values[column.heading] = value
        if before != after:
            one.changes[column.heading] = (before, after)
        elif one.row:
            del one.values[column.heading]

    # -------------------------------------------------------------- addresses
    def _make_key(self, one):
        """Give a new row without an address the next free one."""
        base, number = self.sheet.make_key(one.values), 1
        key = (*one.key[:-1], base)
        while key in self.seen or found(self.sheet, [key], self.sheet.fields) or self._redirects(key):
            number += 1
            key = (*one.key[:-1], f"{base}-{number}")
        self.seen[key] = one.number
        one.key, one.values[self.sheet.key[-1]] = key, key[-1]
        one.changes[self.sheet.key[-1]] = ("", key[-1])

    def _redirects(self, key):
        return self.sheet.former and self.sheet.former.model.objects.filter(slug=key[-1]).exists()

    def _refuse_addresses(self, judged):
        """An address in use does not redirect, and one that redirects is not in use."""
        if not self.sheet.former:
            return
        new = {one.key[0]: one for one in judged if one.row is None and one.key}
        owner = self.sheet.former.owner.removesuffix("_id")
        former = self.sheet.former.model.objects.filter(slug__in=new).values_list("slug", f"{owner}__slug")
        for slug, now in former:
            self.refuse(new[slug], "Address", f"“{slug}” is a former address of “{now}”: write that one.")
        self._refuse_former(judged)

    def _refuse_former(self, judged):
        heading = self.sheet.former.heading
        said = [(one, slug) for one in judged for (slug,) in one.values.get(heading) or ()]
        used = set(
            self.sheet.model._default_manager.filter(slug__in={s for _, s in said}).values_list("slug", flat=True)
        )
        for one, slug in said:
            if slug in used or (slug,) in self.seen:
                self.refuse(one, heading, f"“{slug}” is in use, so it cannot redirect: take it out.")


def _plain(text):
    return text if isinstance(text, Unreadable) else one_newline(plain(text))


def found(sheet, keys, load, lock=False):
    """{key: row} of those of `keys` (tuples of texts) that are there, with the lists among the columns `load`."""
    keys = set(keys)
    if not keys:
        return {}
    columns = [sheet.by_heading[heading] for heading in sheet.key]
    paths = {}
    for column, texts in zip(columns, zip(*keys, strict=True), strict=True):
        path = f"{column.name}__slug" if isinstance(column.atom, Addressed) else column.name
        paths[f"{path}__in"] = {column.read(text) for text in texts if text}
    rows = sheet.rows().filter(**paths)
    if lock:
        rows = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    by_key = {tuple(c.text(c.of(row)) for c in columns): row for row in rows}
    there = {key: by_key[key] for key in keys if key in by_key}
    sheet.load(list(there.values()), load)
    return there
