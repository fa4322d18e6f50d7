"""Labels of copies: what is on them, that it stays on them, and that other people's programs read all the codes."""

import re
import shutil
import subprocess
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from rentals import label_fonts
from rentals.barcodes import new_code
from rentals.label_pages import MOST
from rentals.label_pdf import pdf
from rentals.labels import DOT, QUIET, SHEETS, Label, labels_of, pages
from rentals.models import Copy
from tests.databases import connected_to, copy_of
from tests.factories import make_copy, make_disc, make_release, make_staff, make_title

PAGE, PDF = reverse("admin:rentals_copy_labels"), reverse("admin:rentals_copy_labels_pdf")
LIST = reverse("admin:rentals_copy_changelist")
DPI = 203  # of a label printer
LONG = "Jeanne Dielman, 23, quai du Commerce, 1080 Bruxelles, or Everything One Does in Three Days at Home"
NAMES = [
    "City Lights",
    LONG,
    "Летят журавли",
    "七人の侍",
    "Popiół i diament",
    "Ὁ Θίασος",
    "기생충",
    "W" * 120,
    "千" * 90,
]


def label(code, title="City Lights", shelf="B-014", width=63.5):
    return Label(code, title, "1931, Blu-ray, disc 1", shelf, width)


def hundred(width=63.5):
    return [label(new_code(n * 8191), NAMES[n % len(NAMES)], f"{n}-{n:03}", width) for n in range(100)]


def pictures(file, dpi=DPI):
    """The pages of a PDF as they come out of a printer: black dots and white ones."""
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(file)]


def by_zxing(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def by_zbar(picture):
    """What zbarimg reads, which takes no more than one page."""
    file = BytesIO()
    picture.save(file, "PNG")
    told = subprocess.run(["zbarimg", "-q", "--raw", "-"], input=file.getvalue(), capture_output=True, check=False)
    return told.stdout.decode().split()


needs_zbar = pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not here (Debian: zbar-tools)")
READERS = [by_zxing, pytest.param(by_zbar, marks=needs_zbar)]


@pytest.fixture
def staff(client):
    return signed_in(client)


def signed_in(client, role="desk"):
    member = make_staff()
    member.groups.add(Group.objects.get(name=role))
    client.force_login(member)
    return client


def several(number=3):
    disc = make_disc()
    return [make_copy(disc=disc, barcode=new_code(n), shelf=f"{n:03}") for n in range(number)]


def keys(copies):
    return ".".join(str(copy.pk) for copy in copies)


# ------------------------------------------------------------------ read back
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("kind", SHEETS)
def test_all_codes_of_a_hundred_printed_labels_are_read_by_others(kind, read):
    sheet = SHEETS[kind]
    labels = hundred(sheet.label[0])
    found = [code for picture in pictures(pdf(labels, sheet)) for code in read(picture)]
    assert sorted(found) == sorted(label.code for label in labels)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("code", ["00000042", "5060018490011", "F0000007", "KP004133817", "Shop 12/a"])
def test_codes_from_elsewhere_are_read_too(code, read):
    assert "".join(read(pictures(pdf([label(code)], SHEETS["single"]))[0])) == code.replace(
        " ", "" if read is by_zbar else " "
    )


def test_a_bar_lost_is_not_read(monkeypatch):
    """The control: what reads the labels does look at the bars."""
    monkeypatch.setattr(Label, "bars", property(lambda label: [(1, 2), (5, 3)]))
    assert by_zxing(pictures(pdf(hundred()[:24], SHEETS["a4"]))[0]) == []


# ------------------------------------------------------------------ bars
def test_narrow_bars_are_whole_dots_of_a_label_printer():
    assert label("K00000013").narrow == 3 * DOT
    assert label("F0000007XX", width=57).narrow == 2 * DOT


def test_a_code_too_long_or_with_strange_signs_has_no_bars():
    assert label("x" * 40).bars == label("Ж1").bars == []
    assert label("x" * 40).narrow == 0


@pytest.mark.parametrize("kind", SHEETS)
def test_bars_have_white_beside_them_on_every_label(kind):
    width = SHEETS[kind].label[0]
    for code in [new_code(7), "F0000007", "5060018490011"]:
        each = label(code, width=width)
        assert (len(each.bits) + 2 * QUIET) * each.narrow <= width


# ------------------------------------------------------------------ nothing leaves its label
def ink(labels, kind, dpi=150):
    return pictures(pdf(labels, SHEETS[kind]), dpi)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", SHEETS)
def test_the_longest_names_stay_on_their_label(kind, name):
    sheet = SHEETS[kind]
    each = label("x" * 40, name, "S" * 40, sheet.label[0])
    (page,) = ink([each], kind)
    left, top, right, bottom = (round(mm / 25.4 * 150) for mm in (*sheet.at(0), *_end(sheet)))
    box = page.point(lambda level: 255 * (level < 128)).getbbox()
    assert left + 9 <= box[0] < box[2] <= right - 9
    assert top + 9 <= box[1] < box[3] <= bottom - 9


def _end(sheet):
    return tuple(start + length for start, length in zip(sheet.at(0), sheet.label, strict=True))


@pytest.mark.parametrize("kind", SHEETS)
def test_lines_do_not_run_into_the_bars(kind):
    """Two lines of title and what it is end above the bars."""
    sheet = SHEETS[kind]
    full, bare = label("x" * 40, LONG, width=sheet.label[0]), label(new_code(1), "", "", sheet.label[0])
    words, bars = (page.crop(_of_label(sheet, page)) for page in (*ink([full], kind), *ink([bare], kind)))
    last = max(y for y in range(words.height * 2 // 3) if min(words.crop((0, y, words.width, y + 1)).tobytes()) < 128)
    first = next(y for y in range(bars.height // 3, bars.height) if _dark(bars, y) > 100)
    assert last < first


def _of_label(sheet, page):
    (left, top), (width, height) = sheet.at(0), sheet.label
    return tuple(round(mm / 25.4 * 150) for mm in (left, top, left + width, top + height))


def _dark(picture, y):
    return sum(level < 128 for level in picture.crop((0, y, picture.width, y + 1)).tobytes())


# ------------------------------------------------------------------ letters
@pytest.mark.parametrize(
    ("title", "font", "printed"),
    [
        ("City Lights", "clarendon", "City Lights"),
        ("Popiół i diament", "noto", "Popiół i diament"),
        ("Летят журавли", "noto", "Летят журавли"),
        ("七人の侍", "japanese", "七人の侍"),
        ("Сны 夢", "japanese", "Сны 夢"),
        ("기생충", "noto", "gisaengchung"),
    ],
)
def test_a_title_is_set_in_a_font_that_has_its_letters(title, font, printed):
    chosen, text = label_fonts.titles(title)
    assert chosen is label_fonts._fonts()[font]
    assert text.lower() == printed.lower()


@pytest.mark.parametrize("name", ["Летят журавли", "七人の侍"])
def test_other_letters_are_printed_each_as_its_own(name):
    """Not as the box that stands for letters a font does not have: then two names of one length would look alike."""
    others = "".join(reversed(name))
    one, two = (ink([label(new_code(1), title)], "single")[0].tobytes() for title in (name, others))
    assert one != two


def test_a_long_title_is_cut_at_a_word_with_an_ellipsis():
    font, text = label_fonts.titles(LONG)
    found = label_fonts.lines(font, text, 10, 120, 2)
    assert len(found) == 2 and found[1].endswith("…")
    assert LONG.startswith(found[0]) and LONG[len(found[0])] == " "
    assert all(font.width(line, 10) <= 120 for line in found)


def test_a_word_longer_than_a_line_is_broken():
    font, text = label_fonts.titles("W" * 60)
    found = label_fonts.lines(font, text, 10, 120, 2)
    assert len(found) == 2 and set("".join(found)) == {"W", "…"}


# ------------------------------------------------------------------ sheets
def test_a_sheet_that_is_partly_used_begins_further_on():
    labels = hundred()[:24]
    first, second = pages(labels, SHEETS["a4"], first=3)
    assert first == [None, None, *labels[:22]] and second == labels[22:]


def test_labels_of_a_sheet_lie_on_the_paper_without_touching():
    sheet = SHEETS["a4"]
    left, top = sheet.at(sheet.size - 1)
    assert left + sheet.label[0] <= sheet.page[0] and top + sheet.label[1] <= sheet.page[1]
    assert len({sheet.at(place) for place in range(sheet.size)}) == 24


@pytest.mark.django_db
def test_a_label_says_what_the_copy_is_and_where_it_stands():
    release = make_release(title=make_title(name="Ran", year=1985), medium="blu-ray")
    copy = make_copy(disc=make_disc(release=release, number=2), barcode=new_code(12), shelf="B-014")
    (each,) = labels_of(Copy.objects.for_labels([copy.pk]), SHEETS["a4"])
    code = f"{new_code(12)[:5]} {new_code(12)[5:]}"
    assert (each.title, each.what, each.shelf, each.figures) == ("Ran", "1985, Blu-ray, disc 2", "B-014", code)


@pytest.mark.django_db
def test_a_label_without_a_year_says_the_rest():
    copy = make_copy(disc=make_disc(release=make_release(title=make_title(year=None), medium="dvd")))
    assert labels_of(Copy.objects.for_labels([copy.pk]), SHEETS["a4"])[0].what == "DVD, disc 1"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 20])
def test_twenty_labels_take_as_many_queries_as_two(number, django_assert_num_queries):
    chosen = [copy.pk for copy in several(number)]
    with django_assert_num_queries(1):
        labels_of(Copy.objects.for_labels(chosen), SHEETS["a4"])


# ------------------------------------------------------------------ pages
@pytest.mark.django_db
def test_staff_choose_copies_and_see_their_labels(staff):
    copies = several()
    page = staff.post(LIST, {"action": "print_labels", "_selected_action": [copy.pk for copy in copies]}, follow=True)
    html = page.content.decode()
    assert page.request["PATH_INFO"] == PAGE
    assert re.findall(r'aria-label="Barcode (\w+)"', html) == [copy.barcode for copy in copies]
    assert "3 labels as PDF" in html


@pytest.mark.django_db
def test_a_copys_page_leads_to_its_label(staff):
    (copy,) = several(1)
    html = staff.get(reverse("admin:rentals_copy_change", args=[copy.pk])).content.decode()
    assert f'href="{PAGE}?copies={copy.pk}&amp;sheet=single"' in html
    assert copy.barcode in staff.get(PAGE, {"copies": copy.pk, "sheet": "single"}).content.decode()


@pytest.mark.django_db
def test_the_pdf_has_the_same_labels(staff):
    copies = several()
    answer = staff.get(PDF, {"copies": keys(copies), "sheet": "a4", "first": 5})
    assert answer["Content-Type"] == "application/pdf"
    assert sorted(by_zxing(pictures(answer.content)[0])) == [copy.barcode for copy in copies]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Choose copies in"),
        ({"copies": "1;2"}, "Choose copies in"),
        ({"copies": "9" * 18}, "None of these copies is there any more."),
        ({"copies": "9" * 19}, "Choose copies in"),
        ({"copies": "1", "first": "25"}, "This sheet has 24 labels."),
        ({"copies": "1", "first": "2", "sheet": "single"}, "This sheet has 1 label."),
        ({"copies": "1", "first": "0"}, "greater than or equal to 1"),
        ({"copies": "1", "first": "x"}, "Enter a whole number."),
        ({"copies": "1", "sheet": "a3"}, "Select a valid choice."),
        ({"copies": ".".join(["1"] * (MOST + 1))}, f"At most {MOST} labels are printed at once."),
    ],
)
def test_what_cannot_be_printed_says_why(staff, asked, words):
    page = staff.get(PAGE, asked)
    assert (page.status_code, words in page.content.decode()) == (200, True)
    assert staff.get(PDF, asked)["Location"].startswith(PAGE)


@pytest.mark.django_db
def test_more_copies_than_fit_are_refused_in_the_list(staff, monkeypatch):
    monkeypatch.setattr("rentals.label_pages.MOST", 2)
    chosen = {"action": "print_labels", "_selected_action": [copy.pk for copy in several()]}
    page = staff.post(LIST, chosen, follow=True)
    assert page.request["PATH_INFO"] == LIST and "labels are printed at once." in page.content.decode()


@pytest.mark.django_db
def test_a_code_too_long_for_bars_is_told_of_and_printed_in_figures(staff):
    copy = make_copy(barcode="x" * 40)
    html = staff.get(PAGE, {"copies": copy.pk}).content.decode()
    assert "Too long for bars on this label" in html and "<svg width" not in html and html.count("x" * 40) == 2


@pytest.mark.django_db
def test_who_may_not_see_copies_sees_no_labels(client):
    signed_in(client, "moderator")
    assert {client.get(url, {"copies": "1"}).status_code for url in (PAGE, PDF)} == {403}


# ------------------------------------------------------------------ printed from a browser
@pytest.fixture(scope="module")
def shop(empty_database, django_db_blocker):
    """The address of a server with a database of its own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def printed(shop, chromium):
    """printed(copies, sheet) is the PDF that Chromium makes of the page of labels."""
    context = chromium.new_context(base_url=shop)
    session = signed_in(Client(), "manager").cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": shop}])

    def print_(copies, sheet):
        page = context.new_page()
        page.goto(f"{PAGE}?copies={keys(copies)}&sheet={sheet}")
        return page.pdf(prefer_css_page_size=True)

    yield print_
    context.close()


@pytest.mark.browser
def test_all_codes_printed_from_the_page_are_read_by_others(printed):
    disc = make_disc(release=make_release(title=make_title(name=LONG)))
    copies = [make_copy(disc=disc, barcode=new_code(n * 8191), shelf=f"{n:03}") for n in range(100)]
    for kind, sheets in (("a4", 5), ("single", 100)):
        papers = pictures(printed(copies, kind))
        assert len(papers) == sheets
        for read in (by_zxing, by_zbar)[: 2 if shutil.which("zbarimg") else 1]:
            found = [code for paper in papers for code in read(paper)]
            assert sorted(found) == sorted(copy.barcode for copy in copies)
