"""Opening a file that may be a sheet: CSV or a workbook, row by row; anything else is refused in a sentence."""

import codecs
import csv
import zipfile
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from catalogue.sheets import workbook
from catalogue.sheets.cells import FAULT, FAULTS, FORMULA, Unreadable, short
from catalogue.sheets.workbook import Unusable

MOST_BYTES = 40 * 1024 * 1024
LONGEST_CELL = csv.field_size_limit()  # of all readers of this process, so it is not for us to change
CHUNK = 1 << 20
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHERS = {
    b"\x1f\x8b": "This is packed with gzip: unpack it and send what is inside.",
    b"%PDF": "This is a PDF: send a CSV file or an .xlsx workbook.",
    b"<html": "This is a web page: send a CSV file or an .xlsx workbook.",
    b"<!DOCT": "This is a web page: send a CSV file or an .xlsx workbook.",
    b"\x89PNG": "This is a picture: send a CSV file or an .xlsx workbook.",
}
SAVE_AS = "save it as an .xlsx workbook or as CSV UTF-8 and send that."
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass
class Source:
    """The rows of a file, (number, cells), read as they are asked for; and what is to be said of how it is read."""

    rows: Any
    notes: list = field(default_factory=list)
    merged: list = field(default_factory=list)


def opened(path, fits):
    """The Source of the file. `fits(cells)`: whether they are the headings of what is looked for. Raises Unusable."""
    size = path.stat().st_size
    if size == 0:
        raise Unusable("This file is empty.")
    if size > MOST_BYTES:
        raise Unusable(f"This file is larger than {MOST_BYTES >> 20} MB: split it and send the parts one by one.")
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(ZIP):
        return Source(*workbook.opened(_checked(path), fits))
    _refuse_others(path, start)
    return _csv(path)


def _checked(path):
    """The path of what is a workbook for all we can see from outside."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unusable("This workbook is damaged: open it in a spreadsheet program, and " + SAVE_AS) from None
    if unpacked > workbook.MOST_UNPACKED:
        raise Unusable("This workbook unpacks to more than we take: split it and send the parts one by one.")
    if "xl/workbook.xml" in names:
        return path
    if "content.xml" in names:
        raise Unusable("This is an OpenDocument sheet (.ods): " + SAVE_AS)
    if any(name.endswith(".iwa") for name in names):
        raise Unusable("This is an Apple Numbers document: export it as an .xlsx workbook or as CSV and send that.")
    if "xl/workbook.bin" in names:
        raise Unusable("This is a binary Excel workbook (.xlsb): " + SAVE_AS)
    raise Unusable("This is a ZIP archive and no workbook: unpack it and send the sheet that is inside.")


def _refuse_others(path, start):
    if start.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unusable("This workbook is protected by a password: save it without one and send it again.")
        raise Unusable("This is an old Excel workbook (.xls): " + SAVE_AS)
    for sign, why in OTHERS.items():
        if start.lower().startswith(sign.lower()):
            raise Unusable(why)


# ------------------------------------------------------------------ CSV
def _csv(path):
    encoding, note = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(LONGEST_CELL)
    separator = max(SEPARATORS, key=first.count)
    said = [f"Read as CSV, parted by {SEPARATORS[separator]}, {note}."]
    return Source(_csv_rows(path, encoding, separator), said)


def _encoding(path):
    """(name, in words). UTF-8 is tried first: hardly any text of another encoding can be read as that."""
    with path.open("rb") as file:
        start = file.read(4)
    for sign, encoding in BOMS.items():
        if start.startswith(sign):
            _refuse_unless(path, encoding)
            return encoding, "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
    if _is_text(path, "utf-8"):
        return "utf-8", "UTF-8"
    _refuse_unless(path, "cp1252")
    return "cp1252", "as Western European text (Windows-1252); if letters look wrong, save it as CSV UTF-8"


def _refuse_unless(path, encoding):
    if not _is_text(path, encoding):
        raise Unusable("This file is no text we can read: " + SAVE_AS)


def _is_text(path, encoding):
    """Whether all of the file can be read so, and there is no NUL in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            for chunk in chain(iter(lambda: file.read(CHUNK), b""), [b""]):
                if "\0" in decoder.decode(chunk, final=not chunk):
                    return False
        except UnicodeError:
            return False
    return True


def _csv_rows(path, encoding, separator):
    with path.open(encoding=encoding, newline="") as file:
        number = 0
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=separator, strict=True), 1):
                yield number, [_cell(text) for text in cells]
        except csv.Error:
            raise Unusable(
                f"Row {number + 1} is not proper CSV: a quotation mark is missing or too much, or a cell has more than "
                f"{LONGEST_CELL:,} letters."
            ) from None


def _cell(text):
    if text.lstrip().startswith("="):
        return Unreadable(FORMULA.format(short(text)), text)
    return Unreadable(FAULT.format(text), text) if text in FAULTS else text
