"""Labels of envelopes: what is on them, in which order, and that other people's programs read all the codes."""

import random
import re
import shutil

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFilter
from pytest_django.live_server_helper import LiveServer

from rentals.barcodes import new_code
from rentals.desk.envelope_pdf import pdf
from rentals.desk.envelopes import SHEETS, Envelope, by_postcode, envelope, to_label
from rentals.labels import Label
from rentals.models import Rental
from rentals.tests.reading_bars import LONG, NAMES, READERS, by_zbar, by_zxing, pictures
from tests.databases import connected_to, copy_of
from tests.factories import (
    NOON,
    make_address,
    make_copy,
    make_disc,
    make_member,
    make_release,
    make_rental,
    make_staff,
    make_title,
)

PAGE, PDF = "/desk/labels/", "/desk/labels.pdf"
QUERIES = 9
SORTED = ["B1 1AA", "B13 9ZZ", "BN1 1AA", "BS6 2BB", "E1W 1AA", "N16 8AA", "SE2 1AA", "SE15 3CC", "YO31 1AA"]
LONGEST = {
    "sensible": ("Dr Wilhelmina Featherstonehaugh-Cholmondeley of the Film Club", "The Old Chapel Annexe " * 2),
    "wide": ("W" * 60, "W" * 60, "W" * 60, "W" * 40),
    "Japanese": ("千" * 60, "千" * 60, "千" * 60, "千" * 40),
    "Korean": ("짱" * 60, "짱" * 60, "짱" * 60, "짱" * 40),
}


@pytest.fixture
def hand(client):
    client.force_login(of_the_desk())
    return client


def of_the_desk(role="desk"):
    member = make_staff()
    member.groups.add(Group.objects.get(name=role))
    return member


def to_post(postcode="LS6 2AA", title="Ran", **fields):
    member = make_address(name="R. Ashworth", line_1="14 Moorland Terrace", town="Leeds", postcode=postcode).member
    release = make_release(title=make_title(name=title), medium="blu-ray")
    copy = fields.pop("copy", {})
    return make_rental(copy=make_copy(disc=make_disc(release=release), **copy), member=member, **fields)


def a_disc(n, name="Ran"):
    return Label(new_code(n * 8191), name, "Blu-ray, disc 1", f"B-{n:03}", 50)


def an_envelope(n=1, name="Ran", to=("R. Ashworth", "14 Moorland Terrace", "Leeds", "LS6 2AA")):
    return Envelope(a_disc(n, name), to, "Shelf", f"B-{n:03}")


def envelopes(number=100):
    return [an_envelope(n, NAMES[n % len(NAMES)]) for n in range(number)]


def html_of(client, **asked):
    return client.get(PAGE, asked).content.decode()


def text_of(file):
    """All that stands in a PDF, without spaces and breaks of lines."""
    pages = pypdfium2.PdfDocument(file)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).replace("\ufffe", "-").split())


# ------------------------------------------------------------------ in the order of postcodes
@given(st.permutations(SORTED))
def test_postcodes_sort_as_the_post_does(shuffled):
    assert sorted(shuffled, key=by_postcode) == SORTED


@given(st.lists(st.from_regex(r"[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}", fullmatch=True)))
def test_any_postcodes_go_by_area_and_then_by_number(codes):
    parts = [re.match(r"([A-Z]+)([0-9]+)", code).groups() for code in sorted(codes, key=by_postcode)]
    assert parts == sorted(parts, key=lambda part: (part[0], int(part[1])))


@pytest.mark.parametrize("odd", ["", "BFPO 12", "?", "GIR 0AA"])
def test_any_postcode_has_its_place(odd):
    assert sorted([odd, *SORTED], key=by_postcode)


@pytest.mark.django_db
def test_the_page_has_a_label_for_each_disc_in_that_order(hand):
    codes = {postcode: to_post(postcode).copy.barcode for postcode in ("SE15 3CC", "B13 9ZZ", "SE2 1AA")}
    to_post("YO31 1AA", cancelled_at=NOON)
    to_post("YO32 1AA", posted_at=NOON)
    page = html_of(hand)
    shown = [codes[postcode] for postcode in ("B13 9ZZ", "SE2 1AA", "SE15 3CC")]
    assert re.findall(r'aria-label="Barcode (\w+)"', page) == shown and "3 labels as PDF" in page


# ------------------------------------------------------------------ what a label says
@pytest.mark.django_db
def test_a_label_says_to_whom_from_where_and_which_disc(hand, settings):
    settings.RETURN_ADDRESS = "PO Box 00, Leeds LS99 1AA"
    to_post("LS6 2AA", "City Lights", copy={"barcode": new_code(12), "shelf": "C-013"})
    figures = f"{new_code(12)[:5]} {new_code(12)[5:]}"
    page = html_of(hand)
    for said in (
        "<b>Kinopost</b>PO Box 00, Leeds LS99 1AA",
        "<small>Shelf</small> C-013",
        "R. Ashworth<br>14 Moorland Terrace<br>Leeds<br>LS6 2AA",
        f"<b>City Lights</b>Blu-ray, disc 1, {figures}",
    ):
        assert said in page
    paper = text_of(hand.get(PDF).content)
    for said in ("Kinopost", settings.RETURN_ADDRESS, "C-013", "R. Ashworth", "LS6 2AA", "City Lights", figures):
        assert "".join(said.split()) in paper


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("copy", "said"),
    [
        ({"bin": 4, "shelf": "C-013"}, ("Bin", "4")),
        ({"shelf": "C-013"}, ("Shelf", "C-013")),
        ({"shelf": ""}, ("No shelf place", "")),
    ],
)
def test_a_label_says_where_the_disc_lies(copy, said):
    to_post(copy=copy)
    each = envelope(to_label()[0][0])
    assert (each.store, each.place) == said


# ------------------------------------------------------------------ which, and on which paper
@pytest.mark.django_db
def test_one_label_for_the_printer_beside_the_scanner(hand):
    one, _ = to_post("B13 9ZZ"), to_post("SE2 1AA")
    page = html_of(hand, rental=one.pk, sheet="single")
    assert "B13 9ZZ" in page and "SE2 1AA" not in page and "css/envelopes-single" in page
    (paper,) = pypdfium2.PdfDocument(hand.get(PDF, {"rental": one.pk, "sheet": "single"}).content)
    assert [round(length / 72 * 25.4, 1) for length in paper.get_size()] == [100, 62]


@pytest.mark.django_db
def test_several_are_chosen_and_stay_chosen(hand):
    chosen, other = [to_post("B13 9ZZ"), to_post("SE2 1AA")], to_post("N1 1AA")
    page = html_of(hand, rental=[rental.pk for rental in chosen])
    assert other.copy.barcode not in page and "2 labels as PDF" in page
    assert all(f'name="rental" value="{rental.pk}"' in page for rental in chosen)


@pytest.mark.django_db
def test_a_chosen_one_that_is_posted_is_told_of(hand):
    gone, here = to_post(posted_at=NOON), to_post()
    assert "1 of those chosen cannot be posted any more" in html_of(hand, rental=[gone.pk, here.pk])
    assert "cannot be posted any more" not in html_of(hand, rental=here.pk)


@pytest.mark.django_db
def test_new_ones_are_those_not_packed(hand):
    packed, new = to_post("B13 9ZZ", picked_at=NOON, packed_at=NOON), to_post("SE2 1AA", picked_at=NOON)
    page = html_of(hand, only="new")
    assert new.copy.barcode in page and packed.copy.barcode not in page
    assert packed.copy.barcode in html_of(hand)
    new.delete()
    assert "Everything that is to be posted is packed." in html_of(hand, only="new")


@pytest.mark.django_db
def test_a_sheet_that_is_partly_used(hand):
    to_post()
    assert html_of(hand, first=4).count("Used already") == 3
    (paper,) = pictures(hand.get(PDF, {"first": 4}).content)
    half = paper.width // 2
    assert by_zxing(paper.crop((half, 0, paper.width, paper.height // 2)))
    assert not by_zxing(paper.crop((0, 0, half, paper.height)))


def test_labels_of_a_sheet_lie_on_the_paper_as_they_are_cut():
    """Their margins are the same on both sides, and above as below."""
    sheet = SHEETS["a4"]
    (left, top), (right, bottom) = sheet.at(0), sheet.at(sheet.size - 1)
    ends = right + sheet.label[0], bottom + sheet.label[1]
    assert [round(paper - end, 2) for paper, end in zip(sheet.page, ends, strict=True)] == [left, top]


# ------------------------------------------------------------------ what cannot be
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"rental": "x"}, "“x” is the number of none"),
        ({"rental": "٣"}, "is the number of none"),
        ({"rental": "9" * 19}, "is the number of none"),
        ({"rental": "9" * 18}, "cannot be posted any more"),
        ({"sheet": "vellum"}, "Select a valid choice."),
        ({"only": "old"}, "Select a valid choice."),
        ({"first": "0"}, "greater than or equal to 1"),
        ({"first": "x"}, "Enter a whole number."),
        ({"first": "11"}, "This sheet has 10 labels."),
        ({"first": "9" * 30}, "This sheet has 10 labels."),
        ({"first": "2", "sheet": "single"}, "This sheet has 1 label."),
    ],
)
def test_what_cannot_be_printed_says_why(hand, asked, words):
    to_post()
    page = hand.get(PAGE, asked)
    assert (page.status_code, words in page.content.decode()) == (200, True)
    assert "as PDF</a>" not in page.content.decode()
    assert hand.get(PDF, asked)["Location"].startswith(PAGE)


@pytest.mark.django_db
def test_who_has_no_address_is_named_and_has_no_label(hand):
    rental = make_rental(title=make_title(name="Ran", year=1985), member=make_member())
    page = html_of(hand)
    assert "No address, so no label" in page and "Ask the member to fill in an address" in page
    assert re.search(rf'href="/admin/rentals/rental/{rental.pk}/change/">Ran \(1985\)', page)
    assert 'class="envelopes' not in page and hand.get(PDF)["Location"].startswith(PAGE)


@pytest.mark.django_db
def test_nothing_to_post_is_said(hand):
    assert "Nothing is to be posted, so there are no labels." in html_of(hand)


@pytest.mark.django_db
def test_a_code_too_long_for_bars_is_told_of_and_printed_in_figures(hand):
    to_post(copy={"barcode": "x" * 40})
    page = html_of(hand)
    assert "printed in figures only: " + "x" * 40 in page and 'role="img"' not in page
    assert "x" * 40 in text_of(hand.get(PDF).content)


@pytest.mark.django_db
def test_who_may_not_change_rentals_sees_no_address(sign_in):
    to_post()
    moderator = sign_in(of_the_desk("moderator"))
    assert {moderator.get(url).status_code for url in (PAGE, PDF)} == {403}


@pytest.mark.django_db
def test_looking_and_printing_write_nothing(hand):
    to_post()
    before = list(Rental.objects.values())
    hand.get(PAGE), hand.get(PDF)
    assert list(Rental.objects.values()) == before
    assert {hand.post(url).status_code for url in (PAGE, PDF)} == {405}


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 20])
def test_labels_of_twenty_take_as_many_queries_as_of_two(number, django_assert_num_queries):
    for _ in range(number):
        to_post()
        make_rental()
    with django_assert_num_queries(1):
        reached, without = to_label()
        assert len([envelope(rental) for rental in reached]) == len(without) == number


@pytest.mark.django_db
@pytest.mark.parametrize("url", [PAGE, PDF])
def test_the_page_takes_as_many_queries_for_twenty_as_for_two(hand, url, django_assert_num_queries):
    to_post(), make_rental()
    hand.get(url)  # which keeps what every page asks for
    with django_assert_num_queries(QUERIES):
        hand.get(url)
    for _ in range(20):
        to_post(), make_rental()
    with django_assert_num_queries(QUERIES):
        hand.get(url)


# ------------------------------------------------------------------ on paper
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_hundred_codes_of_a_hundred_are_read(sheet, read):
    every = envelopes()
    found = [code for picture in pictures(pdf(every, SHEETS[sheet])) for code in read(picture)]
    assert sorted(found) == sorted(each.disc.code for each in every)


def test_a_bar_lost_is_not_read(monkeypatch):
    """The control: what reads the labels does look at the bars."""
    monkeypatch.setattr(Label, "bars", property(lambda label: [(1, 2), (5, 3)]))
    assert by_zxing(pictures(pdf(envelopes(10), SHEETS["a4"]))[0]) == []


def smoothed(picture):
    """As a scanner's camera hands it on."""
    return by_zxing(picture.filter(ImageFilter.MedianFilter(3)))


def speckled(picture, chance):
    """With two specks in a hundred dots, black or white."""
    for _ in range(picture.width * picture.height // 50):
        picture.putpixel((chance.randrange(picture.width), chance.randrange(picture.height)), chance.choice((0, 255)))
    return picture


@pytest.mark.parametrize("read", [smoothed, *READERS[1:]])
def test_of_labels_with_specks_nearly_all_are_read(read):
    every, chance = envelopes(), random.Random(1957)
    papers = pictures(pdf(every, SHEETS["a4"]))
    found = {code for paper in papers for code in read(speckled(paper, chance))}
    assert len(found & {each.disc.code for each in every}) >= 98


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("kind", LONGEST)
def test_the_longest_address_stays_in_its_room(kind, sheet, settings):
    """It is smaller; no ink leaves the label, and the bars below it are still read."""
    settings.RETURN_ADDRESS = "Kinopost Returns, " + "The Very Long Industrial Estate, " * 3 + "Leeds LS99 1AA"
    each = Envelope(a_disc(3, LONG), (*LONGEST[kind], "NE99 2XX"), "Shelf", "S" * 40)
    (page,) = pictures(pdf([each], SHEETS[sheet]))
    box = page.point(lambda level: 255 * (level < 128)).getbbox()
    (left, top), (width, height), dots = SHEETS[sheet].at(0), SHEETS[sheet].label, 203 / 25.4
    assert (left + 5) * dots <= box[0] < box[2] <= (left + width - 5) * dots
    assert (top + 3) * dots <= box[1] < box[3] <= (top + height - 3) * dots
    assert by_zxing(page) == [each.disc.code]


@pytest.mark.parametrize("kind", ["sensible", "wide"])
def test_a_long_address_is_printed_whole(kind, settings):
    settings.RETURN_ADDRESS = ""
    to = (*LONGEST[kind], "NE99 2XX")
    text = text_of(pdf([an_envelope(to=to)], SHEETS["a4"]))
    assert "".join("".join(to).split()) in text and "…" not in text


# ------------------------------------------------------------------ printed from a browser
@pytest.fixture
def printed(empty_database, django_db_blocker, chromium):
    """printed(sheet, rentals) is the PDF that Chromium makes of the page of labels."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        context = chromium.new_context(base_url=server.url)

        def print_(sheet, make):
            make()
            client = Client()
            client.force_login(of_the_desk())
            context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": server.url}])
            page = context.new_page()
            page.goto(f"{PAGE}?sheet={sheet}")
            return page.pdf(prefer_css_page_size=True)

        yield print_
        context.close()
        server.stop()


@pytest.mark.browser
@pytest.mark.parametrize(("sheet", "papers", "size"), [("a4", 3, (210, 297)), ("single", 25, (100, 62))])
def test_the_printed_page_is_labels_alone_and_they_are_read(printed, sheet, papers, size):
    file = printed(sheet, lambda: [to_post(copy={"barcode": new_code(n * 8191)}) for n in range(25)])
    document = pypdfium2.PdfDocument(file)
    assert [tuple(round(length / 72 * 25.4) for length in page.get_size()) for page in document] == [size] * papers
    assert "Print at" not in document[0].get_textpage().get_text_range()
    for read in (by_zxing, by_zbar)[: 2 if shutil.which("zbarimg") else 1]:
        found = [code for paper in pictures(file) for code in read(paper)]
        assert sorted(found) == sorted(new_code(n * 8191) for n in range(25))
