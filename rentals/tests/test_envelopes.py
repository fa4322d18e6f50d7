"""Labels of envelopes: what is on them, in which order, and that other people's programs read all the codes."""

import random

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFilter

from rentals.barcodes import new_code
from rentals.desk.envelope_pdf import pdf
from rentals.desk.envelopes import SHEETS, Envelope, by_postcode
from rentals.labels import Label
from rentals.tests.test_labels import NAMES, READERS, by_zxing, pictures
from tests.factories import make_address, make_copy, make_member, make_release, make_rental, make_staff, make_title

PAGE, PDF = "/desk/labels/", "/desk/labels.pdf"
SORTED = ["B1 1AA", "B13 9ZZ", "BN1 1AA", "BS6 2BB", "E1W 1AA", "N16 8AA", "SE2 1AA", "SE15 3CC", "YO31 1AA"]
ODD = [{"rental": "x"}, {"sheet": "vellum"}, {"first": "0"}, {"first": "9" * 30}, {"rental": "9" * 18}]
LONG = ("Dr Wilhelmina Featherstonehaugh-Cholmondeley of the Film Club", "Upper Maisonette, The Old Chapel Annexe " * 2)


@pytest.fixture
def hand(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def to_post(postcode="LS6 2AA", title="Ran", **fields):
    member = make_address(name="R. Ashworth", line_1="14 Moorland Terrace", town="Leeds", postcode=postcode).member
    disc = {"release": make_release(title=make_title(name=title))}
    return make_rental(title=disc["release"].title, member=member, **fields)


def envelopes(number=100):
    discs = [Label(new_code(n * 8191), NAMES[n % len(NAMES)], "Blu-ray", f"B-{n:03}", 50) for n in range(number)]
    return [Envelope(disc, ("R. Ashworth", "14 Moorland Terrace", "Leeds LS6 2AA"), disc.shelf) for disc in discs]


@given(st.permutations(SORTED))
def test_postcodes_sort_as_the_post_does(shuffled):
    assert sorted(shuffled, key=by_postcode) == SORTED


@pytest.mark.parametrize("odd", ["", "BFPO 12", "?", "GIR 0AA"])
def test_any_postcode_has_its_place(odd):
    assert sorted([odd, *SORTED], key=by_postcode)


@pytest.mark.django_db
def test_the_page_has_a_label_for_each_disc_in_that_order(hand):
    for postcode in ("SE15 3CC", "B13 9ZZ", "SE2 1AA"):
        to_post(postcode)
    to_post("YO31 1AA", posted_at=None, cancelled_at=make_rental().allocated_at)
    page = hand.get(PAGE).content.decode()
    assert "R. Ashworth<br>14 Moorland Terrace<br>Leeds B13 9ZZ" in page and "YO31" not in page
    assert page.index("B13 9ZZ") < page.index("SE2 1AA") < page.index("SE15 3CC")
    assert page.count('role="img"') == 3


@pytest.mark.django_db
def test_one_label_for_the_printer_beside_the_scanner(hand):
    one, _ = to_post("B13 9ZZ"), to_post("SE2 1AA")
    page = hand.get(PAGE, {"rental": one.pk, "sheet": "single"}).content.decode()
    assert "B13 9ZZ" in page and "SE2 1AA" not in page and "envelopes-single" in page
    assert hand.get(PDF, {"rental": one.pk, "sheet": "single"})["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_a_sheet_that_is_partly_used(hand):
    to_post()
    assert hand.get(PAGE, {"first": 4}).content.decode().count("Used already") == 3
    assert "This sheet has 10 labels." in hand.get(PAGE, {"first": 11}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{"rental": "x"}, {"sheet": "vellum"}, {"first": "0"}, {"first": "9" * 30}, {"rental": "9" * 18}]
)
def test_what_makes_no_sense_is_a_sentence(hand, asked):
    to_post()
    assert hand.get(PAGE, asked).status_code == 200
    assert hand.get(PDF, asked).status_code in (200, 302)


@pytest.mark.django_db
def test_who_has_no_address_is_named_and_has_no_label(hand):
    make_rental(copy=make_copy(), member=make_member())
    page = hand.get(PAGE).content.decode()
    assert "No address, so no label" in page and "there are no labels" in page
    assert hand.get(PDF).url.startswith(PAGE)


@pytest.mark.django_db
def test_it_takes_as_many_queries_for_twenty_as_for_two(hand, django_assert_max_num_queries):
    for _ in range(20):
        to_post()
    with django_assert_max_num_queries(8):
        hand.get(PAGE)


# ------------------------------------------------------------------ on paper
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_hundred_codes_of_a_hundred_are_read(sheet, read):
    every = envelopes()
    found = [code for picture in pictures(pdf(every, SHEETS[sheet])) for code in read(picture)]
    assert sorted(found) == sorted(each.disc.code for each in every)


def smoothed(picture):
    """As a scanner's camera hands it on."""
    return by_zxing(picture.filter(ImageFilter.MedianFilter(3)))


@pytest.mark.parametrize("read", [smoothed, *READERS[1:]])
def test_of_labels_with_two_specks_in_a_hundred_nearly_all_are_read(read):
    every, chance, found = envelopes(), random.Random(1957), []
    for picture in pictures(pdf(every, SHEETS["a4"])):
        for _ in range(picture.width * picture.height // 50):
            picture.putpixel(
                (chance.randrange(picture.width), chance.randrange(picture.height)), chance.choice((0, 255))
            )
        found += read(picture)
    assert len(set(found) & {each.disc.code for each in every}) >= 98


def test_a_long_address_stays_on_its_label_whole():
    (plain,), (long,) = envelopes(1), envelopes(1)
    long = Envelope(long.disc, (*LONG, "Newcastle upon Tyne NE99 2XX"), long.place)
    text = pypdfium2.PdfDocument(pdf([long, plain], SHEETS["a4"]))[0].get_textpage().get_text_range()
    assert "".join("".join(long.to).split()) in "".join(text.split())
