"""Cells: whatever is written into the catalogue comes back from a sheet to the letter, and nothing is a formula."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.sheets import export, files, workbook
from catalogue.sheets.cells import Refused, entries, escaped, listed, plain
from catalogue.sheets.dates import loose_date
from members.spreadsheets import safe

NASTY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
CELLS = st.lists(st.lists(NASTY, min_size=2, max_size=2), min_size=1, max_size=5)


@given(NASTY)
@example("=1+1")
@example("'")
@example("''=x")
@example("  '@x ")
@example("\t-1")
@example("#N/A")
def test_a_cell_comes_back_and_is_no_formula(text):
    cell = escaped(text)
    assert plain(cell) == text
    assert not cell or safe(cell) == cell  # the other writer of cells sees no formula in it either


@given(st.lists(st.lists(NASTY, min_size=1, max_size=4), max_size=4))
@example([["a|b\\", " x "], ["\\n", "\n"]])
def test_a_list_comes_back(said):
    said = [entry for entry in said if any(entry)]
    for entry in said:
        while len(entry) > 1 and not entry[-1]:
            entry.pop()
    found = entries(plain(escaped(listed(said))))
    assert found == [entry for entry in said]


@given(CELLS)
@settings(max_examples=60, deadline=None)
def test_a_csv_file_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "sheet"
    path.write_bytes(b"".join(export.csv_lines(["A", "B"], [[escaped(text) for text in row] for row in rows])))
    assert read_back(path) == [["A", "B"], *rows]


@given(CELLS)
@example([["_x000D_", "a\r\nb"], ["=1", "\x0b_x005F_"]])
@settings(max_examples=60, deadline=None)
def test_a_workbook_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("xlsx") / "sheet"
    with workbook.written("t", ["A", "B"], [[escaped(text) for text in row] for row in rows]) as file:
        path.write_bytes(file.read())
    assert read_back(path) == [["A", "B"], *(row for row in rows)]


def read_back(path):
    rows = [[plain(cell) for cell in cells] for _, cells in files.opened(path, lambda cells: True).rows]
    return [row + [""] * (2 - len(row)) for row in rows]


# ------------------------------------------------------------------ dates
DATES = {
    "1903": "1903",
    "1903-12": "1903-12",
    "1903-12-28": "1903-12-28",
    "1903-12-28 00:00:00": "1903-12-28",
    "28/12/1903": "1903-12-28",
    "12/28/1903": "1903-12-28",
    "28.12.1903": "1903-12-28",
    "07/07/1903": "1903-07-07",
    "28 Dec 1903": "1903-12-28",
    "28 December 1903": "1903-12-28",
    "28-Dec-1903": "1903-12-28",
    "December 28, 1903": "1903-12-28",
    "Dec 1903": "1903-12",
    "29 Feb 2000": "2000-02-29",
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_that_can_be_but_one_is_read(text):
    assert loose_date(text) == DATES[text]


REFUSED_DATES = {
    "03/04/2001": "could be two days: write 2001-04-03 or 2001-03-04",
    "29 Feb 1900": "There is no day",
    "31/31/2001": "There is no day",
    "28/12/03": "does not say which century",
    "Smarch 1903": "is no date we can read",
    "c. 1903": "is no date we can read",
    "1903-12-28T10:30": "is no date we can read",
}


@pytest.mark.parametrize("text", REFUSED_DATES)
def test_a_date_that_can_be_several_is_refused(text):
    with pytest.raises(Refused, match=REFUSED_DATES[text]):
        loose_date(text)
