"""Deliveries come in: disc by disc, or in a file."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from catalogue.invariants import broken
from rentals import barcodes
from rentals.desk import deliveries, delivery_files
from rentals.desk.deliveries import MOST, Arrival
from rentals.models import Copy
from tests.factories import make_copy, make_disc, make_release, make_release_identifier, make_staff, make_title

pytestmark = pytest.mark.django_db
RECEIVE, FILE = reverse("rentals:desk_receive"), reverse("rentals:desk_delivery_file")
CONFIRM, REJECTED = reverse("rentals:desk_confirm_delivery"), reverse("rentals:desk_rejected_of_delivery")
MISTYPED = "K00000014"


@pytest.fixture
def hand(client):
    member = make_staff()
    member.groups.add(Group.objects.get(name="desk"))
    client.force_login(member)
    client.member = member
    return client


def said(page):
    return [str(message) for message in page.context["messages"]]


def sent(disc, **fields):
    return {"disc": disc.pk, "count": "", "barcodes": "", "condition": "new", "licence": "rental"} | fields


def faults(page):
    return {field: list(errors) for field, errors in page.context["form"].errors.items()}


# ------------------------------------------------------------------ which disc
def test_an_ean_leads_to_the_one_disc_it_is_of(hand):
    disc = make_disc(release=make_release_identifier(value="5035673012345").release)
    assert hand.get(RECEIVE, {"q": "5035673012345"})["Location"] == f"{RECEIVE}?disc={disc.pk}"
    assert hand.get(RECEIVE, {"disc": disc.pk}).context["disc"] == disc


def test_a_film_is_found_by_name_and_by_address_and_its_discs_are_offered(hand):
    title = make_title(name="Dekalog")
    release = make_release(title=title)
    discs = [make_disc(release=release, number=number) for number in (1, 2)]
    for words in ("dekalog", f"https://kinopost.example{title.get_absolute_url()}"):
        assert hand.get(RECEIVE, {"q": words}).context["discs"] == discs
    assert "No such disc" in hand.get(RECEIVE, {"q": "Solaris"}).content.decode()
    assert hand.get(RECEIVE, {"disc": "x"}).status_code == 200


# ------------------------------------------------------------------ disc by disc
def test_discs_come_in_with_new_barcodes_and_lead_to_their_labels(hand):
    disc = make_disc()
    page = hand.post(RECEIVE, sent(disc, count=3, shelf="B-014", source="Second Run, 17"), follow=True)
    copies = list(Copy.objects.all())
    assert {(copy.disc, copy.shelf, copy.source, copy.condition) for copy in copies} == {
        (disc, "B-014", "Second Run, 17", "new")
    }
    assert [barcodes.problem_with(copy.barcode) for copy in copies] == ["", "", ""]
    keys = ".".join(str(copy.pk) for copy in page.context["copies"])
    assert f"{reverse('admin:rentals_copy_labels')}?copies={keys}" in page.content.decode()
    assert hand.get(reverse("admin:rentals_copy_labels"), {"copies": keys}).status_code == 200
    assert copies[0].events.filter(kind="acquired").get().by == hand.member and broken() == {}


def test_discs_come_in_with_the_barcodes_they_have(hand):
    scanned = f"EU-1\r\n\r\n {barcodes.new_code(9).lower()} \r\nEU-2"
    page = hand.post(RECEIVE, sent(make_disc(), count=3, barcodes=scanned), follow=True)
    assert set(Copy.objects.values_list("barcode", flat=True)) == {"EU-1", "EU-2", barcodes.new_code(9)}
    assert [sheet["count"] for sheet in page.context["labels"]] == ["1 label"] and broken() == {}


def test_what_is_not_for_rental_is_held_back(hand):
    page = hand.post(RECEIVE, sent(make_disc(), count=1, licence="none"), follow=True)
    assert Copy.objects.get().in_inspection_since and "held back" in page.content.decode() and broken() == {}


def test_a_new_barcode_is_none_that_staff_typed_ahead(hand):
    first = barcodes.next_number()
    ahead = [make_copy(barcode=barcodes.new_code(first + step)).barcode for step in (1, 2, 4)]
    hand.post(RECEIVE, sent(make_disc(), count=3))
    assert Copy.objects.exclude(barcode__in=ahead).count() == 3


def test_bad_barcodes_are_each_named_with_their_line_and_nothing_is_saved(hand):
    make_copy(barcode="EU-1")
    scanned = ["EU-1", MISTYPED, "EU-2", "EU-2", "K123", "x" * 41]
    page = hand.post(RECEIVE, sent(make_disc(), barcodes="\n".join(scanned)))
    assert faults(page)["barcodes"] == [
        "Line 1: EU-1 is the barcode of a copy that we have already.",
        f"Line 2: {barcodes.problem_with(MISTYPED)}",
        "Line 4: EU-2 stands in line 3 already.",
        f"Line 5: {barcodes.problem_with('K123')}",
        f"Line 6: {'x' * 40}… is longer than a barcode can be: 40 signs.",
    ]
    assert Copy.objects.count() == 1 and escape("EU-2") in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "count"),
        ({"count": 2, "barcodes": "EU-1"}, "count"),
        ({"count": MOST + 1}, "count"),
        ({"count": 0}, "count"),
        ({"count": 1, "condition": "shiny"}, "condition"),
        ({"count": 1, "licence": ""}, "licence"),
        ({"count": 1, "shelf": "x" * 41}, "shelf"),
        ({"barcodes": "\n".join(f"E{n}" for n in range(MOST + 1))}, "barcodes"),
        ({"barcodes": "a\0b"}, "barcodes"),
    ],
)
def test_a_form_with_a_mistake_comes_back_and_saves_nothing(hand, fields, field):
    page = hand.post(RECEIVE, sent(make_disc(), **fields))
    assert page.status_code == 200 and list(faults(page)) == [field] and not Copy.objects.exists()


@pytest.mark.parametrize(("count", "words"), [("0", "Write 1 or more"), ("two", "figures"), ("9999", "At most")])
def test_a_number_that_cannot_be_is_told_in_our_words(hand, count, words):
    assert words in str(faults(hand.post(RECEIVE, sent(make_disc(), count=count)))["count"])


def test_a_disc_that_is_gone_is_said(hand):
    page = hand.post(RECEIVE, {"disc": "99999999", "count": 1}, follow=True)
    assert "not in the catalogue any more" in said(page)[0]


@pytest.mark.parametrize("runs", ["x", "1-", "9" * 30 + "-1", "1-2.3", "\0", "5-1"])
def test_an_address_of_what_came_in_that_makes_no_sense_shows_nothing(hand, runs):
    assert hand.get(RECEIVE, {"received": runs}).status_code == 200


def test_hundreds_come_in_by_as_many_queries_as_one(hand):
    disc, by = make_disc(), hand.member

    def queries(count):
        with CaptureQueriesContext(connection) as done:
            deliveries.receive([Arrival(disc.pk) for _ in range(count)], by=by, at=timezone.now())
        return len(done)

    assert queries(1) == queries(300) and broken() == {}


# ------------------------------------------------------------------ two at once
def test_whoever_comes_second_reads_a_sentence_and_keeps_what_was_written(hand, monkeypatch):
    """The other one's copy is there only after the form was checked."""
    real = deliveries._copy
    monkeypatch.setattr(deliveries, "_copy", lambda *args: make_copy(barcode="EU-9").disc and real(*args))
    disc = make_disc()
    page = hand.post(RECEIVE, sent(disc, barcodes="EU-9"))
    assert page.status_code == 200 and "nothing was saved" in faults(page)["__all__"][0]


# ------------------------------------------------------------------ a file
def upload(hand, rows, headings="ean,film,edition,disc,barcode,shelf,condition,licence,source", follow=False):
    data = "\n".join([headings, *rows]).encode()
    return hand.post(FILE, {"file": SimpleUploadedFile("delivery.csv", data)})


def whys(page):
    return {row["line"]: row["why"] for row in page.context["wrong"]}


@pytest.fixture
def film():
    """A film with a DVD of two discs, which has an EAN, and a Blu-ray of one."""
    title = make_title(name="Dekalog", year=1988)
    dvd = make_release(title=title)
    make_release_identifier(release=dvd, value="5035673012345")
    blu_ray = make_release(title=title, medium="blu-ray")
    for release, number in ((dvd, 1), (dvd, 2), (blu_ray, 1)):
        make_disc(release=release, number=number)
    title.dvd, title.blu_ray = dvd, blu_ray
    return title


def test_a_file_is_looked_at_and_comes_in_when_confirmed(hand, film):
    page = upload(
        hand,
        [
            "5035673012345,,,2,,B-014,good,rental,Note 17",
            f",https://kinopost.example{film.get_absolute_url()},{film.blu_ray.slug},,EU-7,,,none,",
        ],
    )
    assert whys(page) == {} and page.context["coming"] == 2 and not Copy.objects.exists()
    after = hand.post(CONFIRM, {"sealed": page.context["sealed"]}, follow=True)
    assert after.context["said"] == "2 discs came in." and broken() == {}
    made = set(Copy.objects.values_list("disc__release", "disc__number", "shelf", "condition", "licence", "source"))
    assert made == {
        (film.dvd.pk, 2, "B-014", "good", "rental", "Note 17"),
        (film.blu_ray.pk, 1, "", "new", "none", ""),
    }
    assert Copy.objects.get(barcode="EU-7").events.filter(kind="acquired").get().by == hand.member


def test_each_row_that_cannot_come_in_says_why_and_the_others_come_in(hand, film):
    make_copy(barcode="EU-1")
    rows = [
        ("5035673012345,,,,EU-1,,,,", "EU-1 is the barcode of a copy that we have already."),
        (f"5035673012345,,,,{MISTYPED},,,,", barcodes.problem_with(MISTYPED)),
        ("5035673012345,,,,EU-2,,,,", None),
        ("5035673012345,,,,EU-2,,,,", "EU-2 stands in line 4 already."),
        (
            "4006381333931,,,,,,,,",
            "No edition in the catalogue has the EAN 4006381333931. Add it to the edition first, or name the film.",
        ),
        (
            "5.03567E+12,,,,,,,,",
            "5.03567E+12 is an EAN that a spreadsheet shortened. Format that column as text, and fill it in again.",
        ),
        ("5035673012345,,,7,,,,,", "This edition has no disc 7."),
        ("5035673012345,,,two,,,,,", "two is no number of a disc."),
        (",solaris-1972,,,,,,,", "No film with an edition on disc has the address solaris-1972."),
        (f",{film.slug},vhs,,,,,,", f"This film has no edition vhs. It has {film.blu_ray.slug} and {film.dvd.slug}."),
        (
            f",{film.slug},,,,,,,",
            f"This film has several editions. Name one in the column edition: {film.blu_ray.slug} and {film.dvd.slug}.",
        ),
        (",,,,EU-3,,,,", "Neither an EAN nor a film stands here."),
        ("5035673012345,,,,,,shiny,,", "shiny is none of: new, good, worn, poor."),
        ("5035673012345,,,,,,,perhaps,", "perhaps is none of: rental, none."),
        (f"5035673012345,,,,,{'x' * 41},,,", "The shelf is longer than 40 letters."),
        ("5035673012345,,", "Line 17 has 3 columns, the headings 9. Download it again."),
    ]
    page = upload(hand, [row for row, _ in rows])
    assert whys(page) == {line: why for line, (_, why) in enumerate(rows, 2) if why}
    hand.post(CONFIRM, {"sealed": page.context["sealed"]})
    assert Copy.objects.filter(barcode="EU-2").count() == 1 and Copy.objects.count() == 2 and broken() == {}


def test_rejected_rows_are_saved_as_a_file_that_can_be_sent_again(hand, film):
    page = upload(hand, ["=1+1,,,,,,,,@me", "5035673012345,,,9,EU-1,,,,"])
    file = hand.post(REJECTED, {"sealed": page.context["sealed"]})
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert (rows[0]["ean"], rows[0]["source"], rows[1]["reason"]) == ("'=1+1", "'@me", "This edition has no disc 9.")
    again = hand.post(FILE, {"file": SimpleUploadedFile("again.csv", file.content.replace(b'"9"', b'"2"'))})
    assert list(whys(again)) == [2] and again.context["coming"] == 1 and again.context["unread"] == ""


def test_what_another_put_in_meanwhile_is_named_and_nothing_is_saved(hand, film):
    page = upload(hand, ["5035673012345,,,,EU-1,,,,", "5035673012345,,,,EU-2,,,,"])
    make_copy(barcode="EU-2")
    after = hand.post(CONFIRM, {"sealed": page.context["sealed"]}, follow=True)
    assert "EU-2" in said(after)[0] and Copy.objects.count() == 1


def test_an_edition_that_is_deleted_meanwhile_is_said(hand, film):
    page = upload(hand, ["5035673012345,,,,,,,,"])
    film.delete()
    after = hand.post(CONFIRM, {"sealed": page.context["sealed"]}, follow=True)
    assert "taken out of the catalogue" in said(after)[0] and not Copy.objects.exists()


def test_what_was_shown_to_another_or_changed_is_not_taken_in(hand, film):
    sealed = upload(hand, ["5035673012345,,,,,,,,"]).context["sealed"]
    other = Client()
    member = make_staff(is_superuser=True)
    other.force_login(member)
    for client, what in ((other, sealed), (hand, f"{sealed}x"), (hand, "")):
        for address in (CONFIRM, REJECTED):
            assert client.post(address, {"sealed": what}).status_code == 302
    assert not Copy.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "workbook"),
        (b"name,year\nx,1", "We do not know these columns: name, year."),
        (b"ean,barcode\n", "only headings"),
        (b"ean\n\xff", "UTF-8"),
        (b'ean\n"5', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(hand, data, words):
    page = hand.post(FILE, {"file": SimpleUploadedFile("delivery.csv", data)})
    assert words in faults(page)["file"][0]


def test_columns_that_are_not_read_are_named(hand, film):
    page = upload(hand, ["5035673012345,9.99"], headings="EAN,Price")
    assert page.context["unread"] == "price" and page.context["coming"] == 1


def test_as_many_queries_for_many_rows(film):
    def queries(count):
        rows = [f"5035673012345,,,,E{number}-{count},,,," for number in range(count)]
        data = "\n".join([",".join(delivery_files.COLUMNS), *rows]).encode()
        with CaptureQueriesContext(connection) as done:
            delivery_files.preview(make_staff(), data)
        return len(done)

    assert queries(1) == queries(200)
