"""What every reader gives, and why a row is refused."""

from dataclasses import dataclass

# kind of row: (cells it must have, cells it may have); the columns of our CSV files
COLUMNS = {
    "title": (("id", "name"), ("year", "minutes", "language", "certificate", "medium")),
    "copy": (("id", "title"), ("medium", "disc", "barcode", "shelf", "acquired_on", "withdrawn_on")),
    "member": (
        ("id", "email", "name"),
        (
            *("line_1", "line_2", "town", "postcode", "country"),
            *("joined_on", "active", "born_on", "plan", "paid_until"),
        ),
    ),
    "rental": (("id", "copy", "member", "rented_at", "returned_at"), ()),
}
KINDS = tuple(COLUMNS)
LONGEST_ID = 100
DAMAGED, NO_ID, TWICE = "damaged row", "no id", "listed twice"


@dataclass(slots=True)
class Row:
    """A row of a shop: where it stands, what its source calls it, and its cells; all text, "" where there is none."""

    kind: str
    file: str
    line: int
    cells: dict
    problem: str = ""  # why its cells cannot be read

    @property
    def key(self):
        return self.cells.get("id", "")

    @property
    def place(self):
        return f"{self.file}, line {self.line}"

    def cell(self, name):
        return self.cells.get(name, "")


class Unfit(Exception):
    """A row cannot come in: `reason`, in two or three words, is what it is counted under; the text says what to do."""

    def __init__(self, reason, sentence):
        super().__init__(sentence)
        self.reason = reason


def first_ones(rows, report):
    """Rows that can be read and are the first of their id; the others are rejected."""
    seen = {}
    for row in rows:
        try:
            _check(row, seen)
        except Unfit as refusal:
            report.reject(row, refusal)
        else:
            seen[row.key] = row
            yield row


def _check(row, seen):
    if row.problem:
        raise Unfit(DAMAGED, row.problem)
    if not 0 < len(row.key) <= LONGEST_ID:
        raise Unfit(NO_ID, f"Give this {row.kind} an id of 1 to {LONGEST_ID} letters or digits, its own.")
    if not all(cell.isprintable() for cell in row.cells.values()):
        raise Unfit(DAMAGED, f"{row.kind.title()} {row.key} has signs in it that cannot be printed. Type it anew.")
    if before := seen.get(row.key):
        raise Unfit(
            TWICE, f"{row.kind.title()} {row.key} is listed in line {before.line} already: keep one of the two."
        )
