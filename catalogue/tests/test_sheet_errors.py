"""Fifty things that are wrong with a spreadsheet: each named by row and column, in a sentence that says what to do."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from catalogue.models import SheetImport
from catalogue.sheets import files, runs
from catalogue.tests.sheet_files import as_csv, looked_at, said
from tests.factories import make_credit, make_disc, make_genre, make_person, make_release, make_staff, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def staff():
    return make_staff()


@pytest.fixture
def there():
    title = make_title(slug="cranes", name="Cranes")
    title.former_slugs.create(slug="storks")
    title.identifiers.create(scheme="imdb", value="tt0050634")
    make_genre(name="Drama")
    ann = make_person(slug="ann", name="Ann")
    make_credit(title=title, person=ann, role="actor", position=1, printed_name="Ann", character="Vera")
    make_disc(release=make_release(title=title, slug="dvd", medium="dvd", position=1), number=1)


IN_CELLS = {
    # titles: (heading, cell): sentence
    ("titles", "Year", "57"): "The year lies between 1870 and 2100, not at 57.",
    ("titles", "Year", "nineteen"): "“nineteen” is no year: write digits alone.",
    ("titles", "Year", "1957.5"): "“1957.5” is no year: write digits alone.",
    ("titles", "Runtime", "95 min"): "“95 min” is no length in minutes: write digits alone.",
    ("titles", "Runtime", "0"): "The length in minutes lies between 1 and 6000, not at 0.",
    ("titles", "Kind", "flim"): "“flim” is not known. Did you mean “film”? Choose one of: film, series.",
    ("titles", "Certificate", "very long system 12 of somewhere else"): "is no certificate: write BBFC 12, or FSK 16.",
    ("titles", "Name", ""): "This cannot be empty.",
    ("titles", "Name", "x" * 301): "This has 301 letters; at most 300 fit.",
    ("titles", "Name", "right\u202eleft"): "There are signs that cannot be seen",
    ("titles", "Name", "=A1&B1"): "“=A1&B1” is a formula, and what it gives is not read: write what",
    ("titles", "Lead", "#REF!"): "The spreadsheet shows the fault #REF! here: write what the cell should say.",
    ("titles", "Languages", "Klingonn"): "There is no language “Klingonn”.",
    ("titles", "Languages", "Rusian"): "There is no language “Rusian”. Did you mean “russian”?",
    ("titles", "Countries", "XX"): "There is no country “XX”.",
    ("titles", "Countries", "SU, SU"): "This country is named twice.",
    ("titles", "Genres", "Dramma"): "There is no genre “Dramma”. Did you mean “Drama”?",
    ("titles", "Genres", "Drama | 2"): "Entry 1 has 2 parts: write genre.",
    ("titles", "Collections", "Trains | first"): "Entry 1, place: “first” is no number: write digits alone.",
    ("titles", "Other names", "Letyat | orig"): "Entry 1, kind: “orig” is not known.",
    ("titles", "Other names", "Letyat | aka | ru | cyrillic"): "Entry 1, script: This has 8 letters; at most 4 fit.",
    ("titles", "Other names", "Letyat | aka | ru | cyrl"): "A script has four letters: Latn, Cyrl, Jpan.",
    ("titles", "Companies", "Mosfilm | catering"): "Entry 1, role: “catering” is not known.",
    ("titles", "Awards", "Cannes | 1958 | Palme d'Or"): "Entry 1, year: “Cannes” is no year: write digits alone.",
    ("titles", "Awards", "1958 | Cannes"): "Entry 1, prize: This cannot be empty.",
    ("titles", "Awards", "1958 | Cannes | Palme | | perhaps"): "Entry 1, won: “perhaps” is neither yes nor no.",
    ("titles", "Events", "premiere | 03/04/1958"): "“03/04/1958” could be two days: write 1958-04-03 or 1958-03-04.",
    ("titles", "Events", "premiere | | SU"): "Entry 1, date: This cannot be empty.",
    ("titles", "Box office", "SU | roubles | 5"): "Entry 1, currency: This has 7 letters; at most 3 fit.",
    ("titles", "Box office", "SU | rub | 5"): "A currency has three capital letters.",
    ("titles", "Offers", "Mubi | rent | mubi.com"): "“mubi.com” is no address that starts with https://.",
    ("titles", "Identifiers", "imdb"): "Entry 1, value: This cannot be empty.",
    ("titles", "Identifiers", "imdb | tt0050634"): "Something else has this identifier already.",
    ("titles", "Former addresses", "cranes"): "“cranes” is in use, so it cannot redirect: take it out.",
    # people
    ("people", "Born", "03/04/2001"): "“03/04/2001” could be two days: write 2001-04-03 or 2001-03-04.",
    ("people", "Born", "30 Feb 1903"): "There is no day “30 Feb 1903”: write 1957-10-12, 1957-10 or 1957.",
    ("people", "Born", "28/12/03"): "“28/12/03” does not say which century",
    ("people", "Page", "maybe"): "“maybe” is neither yes nor no.",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "heading", "cell"), IN_CELLS)
def test_a_cell_that_cannot_be_taken_is_named(there, staff, kind, heading, cell):
    rows = [["Name", heading], ["A name", cell]] if heading != "Name" else [["Year", "Name"], ["1957", cell]]
    run = looked_at(kind, as_csv(*rows), staff)
    assert (run.new, run.refused, run.failure) == (0, 1, "")
    [((row, column), why)] = said(run).items()
    assert (row, column) == (2, "B")
    assert IN_CELLS[kind, heading, cell] in why


RELEASE, CREDIT = ["Title", "Address", "Medium"], ["Title", "Role", "Place", "Person", "Printed name"]
IN_ROWS = {
    "an address that is none": (
        "titles",
        [["Address", "Name"], ["The Cranes!", "x"]],
        (2, "A"),
        "is no address: small letters",
    ),
    "an address that redirects": (
        "titles",
        [["Address", "Name"], ["storks", "x"]],
        (2, "A"),
        "former address of “cranes”",
    ),
    "the same row twice": (
        "titles",
        [["Address", "Year"], ["cranes", "1957"], ["cranes", "1958"]],
        (3, "A"),
        "Row 2 is about the same title",
    ),
    "a new row without a name": (
        "titles",
        [["Address", "Year"], ["new", "1957"]],
        (2, ""),
        "A new title needs a name: add the column “Name”.",
    ),
    "cells beside the headings": ("titles", [["Name"], ["x", "astray"]], (2, "B"), "This column has no heading"),
    "no title at the address": (
        "releases",
        [RELEASE, ["herons", "", "dvd"]],
        (2, "A"),
        "There is no title at the address “herons”.",
    ),
    "no medium": ("releases", [RELEASE, ["cranes", "", "vhs"]], (2, "C"), "“vhs” is not known."),
    "a region of another medium": (
        "releases",
        [[*RELEASE, "Regions"], ["cranes", "", "dvd", "B"]],
        (2, "D"),
        "A dvd has no region B",
    ),
    "a region there is not": (
        "releases",
        [[*RELEASE, "Regions"], ["cranes", "", "dvd", "9"]],
        (2, "D"),
        "There is no region “9”",
    ),
    "a place that is taken": (
        "releases",
        [[*RELEASE, "Place"], ["cranes", "", "4k", "1"]],
        (2, "D"),
        "Two rows cannot have the same place.",
    ),
    "a disc left out": (
        "releases",
        [["Title", "Address", "Discs"], ["cranes", "dvd", "2"]],
        (2, "C"),
        "Disc 1 is missing, and a sheet takes no disc away",
    ),
    "an extra on no disc": (
        "releases",
        [[*RELEASE, "Extras"], ["cranes", "", "dvd", "Trailer | trailer | | | 3"]],
        (2, "D"),
        "“Trailer” is on disc 3, which the release has not",
    ),
    "a ratio": (
        "releases",
        [[*RELEASE, "Aspect ratios"], ["cranes", "", "dvd", "wide | 16:9"]],
        (2, "D"),
        "“16:9” is no ratio: write 1.33.",
    ),
    "nobody at the address": (
        "credits",
        [CREDIT, ["cranes", "actor", "2", "bob", "Bob"]],
        (2, "D"),
        "There is no person at the address “bob”.",
    ),
    "a role there is not": (
        "credits",
        [CREDIT, ["cranes", "actress", "2", "ann", "Ann"]],
        (2, "B"),
        "“actress” is not known. Did you mean “actor”?",
    ),
    "a character that is not played": (
        "credits",
        [[*CREDIT, "Character"], ["cranes", "writer", "1", "ann", "Ann", "Vera"]],
        (2, "F"),
        "Only an actor plays a character.",
    ),
    "the same part twice": (
        "credits",
        [[*CREDIT, "Character"], ["cranes", "actor", "2", "ann", "A.", "Vera"]],
        (2, "F"),
        "This person has that part already.",
    ),
    "dead before born": (
        "people",
        [["Name", "Born", "Died"], ["x", "1950", "1940"]],
        (2, "C"),
        "Nobody dies before being born",
    ),
    "a heading misspelt": (
        "titles",
        [["Name", "Runtme"], ["x", "95"]],
        (1, "B"),
        "“Runtme” is not known. Did you mean “Runtime”?",
    ),
    "a heading twice": (
        "titles",
        [["Name", "Year", "year"], ["x", "", ""]],
        (1, "C"),
        "“year” is there twice: keep one of the two columns.",
    ),
    "no column that tells rows": ("titles", [["Year"], ["1957"]], (1, ""), "There is no column “Address”"),
    "no heading": ("titles", [["Name", ""], ["x", "y"]], (2, "B"), "This column has no heading"),
}


@pytest.mark.parametrize("what", IN_ROWS)
def test_what_is_wrong_with_a_row_is_named(there, staff, what):
    kind, rows, place, sentence = IN_ROWS[what]
    found = said(looked_at(kind, as_csv(*rows), staff))
    assert sentence in found[place], found


def test_all_that_is_wrong_with_a_file_is_told_at_once(there, staff):
    rows = [["Name", "Year", "Runtme"], ["x", "57", "1"], ["", "1957", "2"], ["y", "58", ""]]
    found = said(looked_at("titles", as_csv(*rows), staff))
    assert list(found) == [(1, "C"), (2, "C"), (2, "B"), (3, "C"), (3, "A"), (4, "B")]


# ------------------------------------------------------------------ workbooks
def a_workbook(fill, *more):
    book = Workbook()
    fill(book.active)
    for name in more:
        book.create_sheet(name)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows(*rows):
    return lambda sheet: [sheet.append(row) for row in rows]


IN_WORKBOOKS = {
    "a formula": (rows(["Name", "Year"], ["x", "=1900+57"]), (2, "B"), "“=1900+57” is a formula"),
    "a fault": (rows(["Name", "Year"], ["x", "#DIV/0!"]), (2, "B"), "shows the fault #DIV/0!"),
    "a name made a date": (
        rows(["Name"], [date(2008, 5, 4)]),
        (2, "A"),
        "A spreadsheet made a date (2008-05-04) of this.",
    ),
    "a time": (rows(["Name", "Events"], ["x", datetime(2008, 5, 4, 10, 30)]), (2, "B"), "is not known"),
}


@pytest.mark.parametrize("what", IN_WORKBOOKS)
def test_what_is_wrong_in_a_workbook_is_named(staff, what):
    fill, place, sentence = IN_WORKBOOKS[what]
    found = said(looked_at("titles", a_workbook(fill), staff))
    assert sentence in found[place], found


def test_merged_cells_are_named(staff):
    def fill(sheet):
        rows(["Name", "Year"], *(["x", 1957 if n == 4 else None] for n in range(2, 8)))(sheet)
        sheet.merge_cells("B4:B6")

    run = looked_at("titles", a_workbook(fill), staff)
    why = "Rows 4-6 of column B are merged: un-merge them and write into each what it should say."
    assert said(run) == {(n, "B"): why for n in (4, 5, 6)}


def test_what_a_spreadsheet_makes_of_cells_is_read_as_it_was_meant(staff):
    def fill(sheet):
        rows(["Name", "Born", "Died", "Page"], ["x", date(1903, 12, 28), 1973.0, True], [1917, None, None, None])(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    run = looked_at("people", a_workbook(fill), staff)
    one, other = run.rows.order_by("number")
    assert {h: after for h, (_, after) in one.changes.items()} == {
        "Name": "x", "Born": "1903-12-28", "Died": "1973", "Page": "yes", "Address": "x"
    }  # fmt: skip
    assert other.label == "1917"
    assert run.notes == ["1 hidden row is read like the others.", "1 hidden column is read like the others."]


def test_the_sheet_whose_headings_fit_is_read(staff):
    def fill(sheet):
        sheet.title = "Notes"
        sheet.append(["Dear all"])
        rows(["Name"], ["x"])(sheet.parent.create_sheet("People"))

    run = looked_at("people", a_workbook(fill), staff)
    assert run.new == 1
    assert run.notes == ["Read from the sheet “People”, one of 2 in the workbook."]


# ------------------------------------------------------------------ CSV
@pytest.mark.parametrize(
    ("encoding", "delimiter", "note"),
    [
        ("utf-8", ",", "Read as CSV, parted by commas, UTF-8."),
        ("utf-8-sig", ";", "Read as CSV, parted by semicolons, UTF-8."),
        ("utf-16", "\t", "Read as CSV, parted by tabs, UTF-16."),
        ("cp1252", ";", "Western European text (Windows-1252)"),
    ],
)
def test_csv_is_read_however_it_was_saved(staff, encoding, delimiter, note):
    run = looked_at(
        "people", as_csv(["Name", "Born"], ["Amélie", "1903"], encoding=encoding, delimiter=delimiter), staff
    )
    assert note in run.notes[0]
    assert run.rows.get().label == "Amélie"


# ------------------------------------------------------------------ files that are none
def an_archive(*names):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def a_bomb():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as entry:
        for _ in range(401):
            entry.write(bytes(1024 * 1024))
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNUSABLE = {
    "empty": (lambda: b"", "This file is empty."),
    "only headings": (lambda: as_csv(["Name"]), "There are headings and no rows below them"),
    "blank": (lambda: b"\r\n\r\n", "This sheet is empty: the first row names the columns."),
    "xls": (lambda: OLE + bytes(600), "This is an old Excel workbook (.xls): save it as an .xlsx workbook"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "This workbook is protected by a password"),
    "ods": (lambda: an_archive("mimetype", "content.xml"), "This is an OpenDocument sheet (.ods)"),
    "numbers": (lambda: an_archive("Index/Document.iwa"), "This is an Apple Numbers document"),
    "xlsb": (lambda: an_archive("xl/workbook.bin"), "This is a binary Excel workbook (.xlsb)"),
    "zip": (lambda: an_archive("titles.csv"), "This is a ZIP archive and no workbook: unpack it"),
    "bomb": (a_bomb, "This workbook unpacks to more than we take"),
    "broken": (lambda: a_workbook(rows(["Name"]))[:900], "This workbook is damaged"),
    "empty workbook": (lambda: an_archive("xl/workbook.xml"), "This workbook is damaged"),
    "gzip": (lambda: b"\x1f\x8b\x08", "This is packed with gzip"),
    "pdf": (lambda: b"%PDF-1.7", "This is a PDF"),
    "binary": (lambda: bytes(range(256)), "This file is no text we can read"),
    "quotation mark": (lambda: b'Name,Year\r\nx,1957\r\n"y,1958\r\n', "Row 3 is not proper CSV: a quotation mark"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(staff, what):
    make, sentence = UNUSABLE[what]
    run = looked_at("titles", make(), staff)
    assert run.failure.startswith(sentence)
    assert not runs.confirm(run, now=run.sent_at)


def test_a_file_that_is_too_large_is_refused(staff, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    assert looked_at("titles", as_csv(["Name"], ["A name"]), staff).failure.startswith("This file is larger than")


def test_a_file_that_is_gone_says_so(staff):
    run = looked_at("titles", as_csv(["Name"], ["A name"]), staff)
    SheetImport.objects.update(looked_at=None)
    run.path.unlink()
    runs.look_at(run, now=run.sent_at)
    run.refresh_from_db()
    assert run.failure == "The file is not there any more: send it again."


def test_there_are_fifty_kinds():
    assert len(IN_CELLS) + len(IN_ROWS) + len(IN_WORKBOOKS) + len(UNUSABLE) >= 50
