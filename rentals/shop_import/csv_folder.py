"""Our own format: a folder with titles.csv, copies.csv, members.csv and rentals.csv (docs/import-shop.md)."""

import csv

from catalogue.readers.rows import BrokenFile
from rentals.shop_import.rows import COLUMNS, KINDS, Row

FILES = {f"{kind}s.csv".replace("copys", "copies"): kind for kind in KINDS}
NAMES = ", ".join(FILES)


def read(path):
    """The rows of all files in the folder. Raises BrokenFile."""
    if not path.is_dir():
        raise BrokenFile(path, "", f"This format is a folder with {NAMES}.")
    _refuse_others(path)
    return [row for name, kind in FILES.items() if (path / name).exists() for row in _rows(path / name, kind)]


def _refuse_others(path):
    there = {each.name for each in path.iterdir() if each.suffix.lower() == ".csv"}
    if others := sorted(there - FILES.keys()):
        raise BrokenFile(path / others[0], "", f"The files of a shop are {NAMES}. Rename this one, or take it away.")
    if not there:
        raise BrokenFile(path, "", f"There is none of {NAMES} in this folder.")


def _rows(path, kind):
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _read(path, kind, csv.reader(file, strict=True))
    except UnicodeDecodeError as error:
        raise BrokenFile(path, "", f"This is not UTF-8 (byte {error.start}). Save it as “CSV UTF-8”.") from None


def _read(path, kind, reader):
    try:
        columns = _columns(path, kind, next(reader, []))
        for cells in reader:
            if any(cells):
                yield _row(path, kind, reader.line_num, columns, cells)
    except csv.Error as error:
        raise BrokenFile(path, f"line {reader.line_num}", f"This is no CSV ({error}). Export it again.") from None


def _columns(path, kind, names):
    needed, possible = COLUMNS[kind]
    names = [name.strip().lower() for name in names]
    if missing := [name for name in needed if name not in names]:
        raise BrokenFile(path, "line 1", f"The column {missing[0]} is missing. The first line names the columns.")
    if unknown := [name for name in names if name not in (*needed, *possible) or names.count(name) > 1]:
        what = f"The column “{unknown[0]}” is unknown or there twice. There are: {', '.join((*needed, *possible))}."
        raise BrokenFile(path, "line 1", what)
    return names


def _row(path, kind, line, columns, cells):
    problem = ""
    if len(cells) != len(columns):
        problem = f"This line has {len(cells)} cells; the first line names {len(columns)}. Look for a comma or a quote."
    read = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    return Row(kind, path.name, line, read, problem)
