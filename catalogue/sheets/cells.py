"""How text stands in a cell: a spreadsheet takes it for text, and it comes back the same to the letter.

An apostrophe before a text says that all behind it is meant as it stands. It is set where a spreadsheet would see a
formula, where white space at an end would get lost, and before an apostrophe. A list has an entry on each line; the
parts of an entry are parted by "|".
"""

import re

APOSTROPHE = "'"
STARTS = ("=", "+", "-", "@")  # of a formula, for one spreadsheet or another
FAULTS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
FORMULA = "“{}” is a formula, and what it gives is not read: write what the cell should say."
FAULT = "The spreadsheet shows the fault {} here: write what the cell should say."
ENDS = re.compile(r"^\s+|\s+$")
PART = re.compile(r"((?:\\.|[^|\\]|\\$)*)(\||$)")
ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|.)")
SIGNS = {"n": "\n", "r": "\r"}
# Controls but tab and line ends; signs without width, and those that turn the direction of writing.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)


class Refused(Exception):
    """The cell cannot be taken; the message says why, and what to write."""


class Unreadable(str):
    """Why a cell cannot be read, in its place. `said` is what stands there."""

    def __new__(cls, why, said):
        new = super().__new__(cls, why)
        new.said = said
        return new


class DateText(str):
    """The text of a cell that the spreadsheet keeps as a date."""


def escaped(text):
    """`text` so that spreadsheets take it for text; `plain` takes it back."""
    return APOSTROPHE + text if _is_risky(text) else text


def plain(cell):
    """The text that `escaped` made into `cell`; any other cell without white space at its ends."""
    rest = cell[1:]
    return rest if cell.startswith(APOSTROPHE) and _is_risky(rest) else type(cell)(cell.strip())


def _is_risky(text):
    return text != text.strip() or text.startswith((*STARTS, APOSTROPHE)) or text in FAULTS


def one_newline(text):
    """`text` with line ends as we print them: forms, spreadsheets and systems each have their own."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def short(text):
    return text if len(text) <= 40 else f"{text[:39]}…"


# ------------------------------------------------------------------ lists
def listed(entries):
    """The text of a cell of `entries`, each a list of its parts as text."""
    return "\n".join(" | ".join(map(_guarded, _without_tail(entry))) for entry in entries)


def entries(text):
    """The entries of a cell: a list of parts for each line that has any."""
    return [_parts(line) for line in text.split("\n") if line.strip()]


def _without_tail(parts):
    parts = list(parts)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _guarded(part):
    part = part.replace("\\", "\\\\").replace("|", "\\|")
    part = ENDS.sub(lambda found: "".join(f"\\u{ord(sign):04x}" for sign in found[0]), part)
    return part.replace("\n", "\\n").replace("\r", "\\r")


def _parts(line):
    parts = []
    for found in PART.finditer(line):
        parts.append(ESCAPED.sub(_sign, found[1].strip()))
        if not found[2]:
            return parts
    return parts


def _sign(found):
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else SIGNS.get(code, code)
