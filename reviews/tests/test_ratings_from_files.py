"""Ratings from files: which are read and what is said of the others, what is brought in, and that it can be undone."""

import json
import time
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalogue.film_files.reading import Unreadable
from catalogue.models import Title
from catalogue.rules import LAST_YEAR
from members.downloads import tables_of
from members.spreadsheets import safe
from reviews.models import Rating, RatingsBroughtIn, ScoreSummary
from reviews.transfer.reading import read
from reviews.transfer.rows import LeftOut, Row
from reviews.transfer.writing import as_csv, as_json
from tests.factories import (
    NOON,
    make_member,
    make_rating,
    make_ratings_brought_in,
    make_rental,
    make_review,
    make_title,
    make_title_identifier,
)
from tests.pages import text, tree

IMPORT, CONFIRM, UNDO, LIST, CSV, JSON = (
    reverse(f"reviews:{name}")
    for name in (
        "import_ratings",
        "confirm_import_of_ratings",
        "undo_import_of_ratings",
        "ratings",
        "ratings_csv",
        "ratings_json",
    )
)
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating\n"
IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
)
OURS = "Title,Year,Rating,Rated on,IMDb,Kinopost\n"
DOWNLOAD = "title,year,address,half stars,rated on,disc came back\n"


@pytest.fixture
def member(db):
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def letterboxd(*films):
    """A Letterboxd file of (name, stars), all of 1957 and rated on 2 January 2024."""
    return LETTERBOXD + "".join(f'2024-01-02,"{name}",1957,https://boxd.it/x,{stars}\n' for name, stars in films)


def imdb(const="tt0050634", rating="8", name="Ran", kind="Movie", day="2023-05-06"):
    return f'{IMDB}{const},{rating},{day},"{name}",,https://x,{kind},8.3,95,1957,Drama,1,,\n'


def send(client, content, name="ratings.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def found(page):
    """{heading: lines} of what was found."""
    sections = page.find(".//main").iter("section")
    return {
        text(section.find(".//h2")): [
            text(line).replace(" Its page", " |").partition(" |")[0]
            for line in section.findall(".//*[@class='found']/li")
        ]
        for section in sections
    }


def form_of(page):
    """What the form of the preview sends as it stands."""
    sent = {"sealed": "", "film": []}
    for field in page.find(".//main").iter("input"):
        if field.get("name") == "sealed":
            sent["sealed"] = field.get("value")
        if field.get("name") == "film" and "checked" in field.attrib:
            sent["film"].append(field.get("value"))
    return sent


def confirmed(client, content, **sent):
    """What the page says after a file was sent and confirmed as it stood."""
    page = client.post(CONFIRM, form_of(tree(send(client, content))) | sent, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def undone(client):
    return " ".join(str(message) for message in client.post(UNDO, follow=True).context["messages"])


def rated(member):
    return {name: (half_stars, day.isoformat()) for name, half_stars, day in _rows(member)}


def _rows(member):
    return member.ratings.values_list("title__name", "half_stars", "rated_on")


# ------------------------------------------------------------------ read
@pytest.mark.parametrize(
    ("text", "half_stars"),
    [("0.5", 1), ("1", 2), ("3.5", 7), ("3,5", 7), ("4.0", 8), ("5", 10), ("4.50", 9), (" 2 ", 4)],
)
def test_stars_are_read(text, half_stars):
    _, (row,), _ = read(f'{OURS}"Ran",1985,"{text}",2024-01-02,,ran\n'.encode())
    assert row.half_stars == half_stars


@pytest.mark.parametrize("text", ["5.5", "0", "NaN", "-1", "3.3", "6", "10", "٣", "★★★", "1e0", "0.0", "x" * 500])
def test_stars_that_are_none_are_left_out_with_the_reason(text):
    _, rows, (left,) = read(f'{LETTERBOXD}2024-01-02,"Ran",1985,x,"{text}"\n'.encode())
    assert rows == [] and left == LeftOut(2, "Ran", f"“{text[:40]}” is not a rating: half a star to five stars.")


@pytest.mark.parametrize("text", [str(number) for number in range(1, 11)])
def test_imdbs_ten_are_half_stars(text):
    _, (row,), _ = read(imdb(rating=text).encode())
    assert row.half_stars == int(text)


@pytest.mark.parametrize("text", ["0", "11", "7.5", "NaN", "-3", "٣", "999999999999"])
def test_what_is_not_one_to_ten_is_left_out(text):
    _, rows, (left,) = read(imdb(rating=text).encode())
    assert rows == [] and left.why == f"“{text}” is not a rating: 1 to 10."


def test_what_has_no_rating_or_is_no_film_is_left_out():
    def why(content):
        return read(content.encode())[2][0].why

    assert why(letterboxd(("Ran", ""))) == "It has no rating."
    assert why(imdb(rating=" ")) == "It has no rating."
    assert why(imdb(kind="TV Episode")) == ("A TV Episode is not in our catalogue: whole films and series are.")
    assert why(LETTERBOXD + "2024-01-02,Ran,1985,5\n") == "It has 4 columns, the headings 5."


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
LEADS = st.builds("{}{}".format, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "''=", " =", "\xa0@"]), TEXTS)
ROWS = st.builds(
    Row,
    name=TEXTS | LEADS,
    half_stars=st.integers(1, 10),
    rated_on=st.none() | st.dates(date(1900, 1, 1)),
    year=st.none() | st.integers(1000, 9999),
    imdb=TEXTS | LEADS,
    slug=st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}\Z"),
)


@given(st.lists(ROWS, min_size=1, max_size=6))
def test_what_is_written_is_read_back_to_the_letter(rows):
    assert read(as_csv(rows)) == ("kinopost ratings", rows, [])
    assert read(as_json(rows)) == ("kinopost ratings", rows, [])


@given(st.sampled_from([LETTERBOXD, IMDB, OURS, DOWNLOAD]), st.text(max_size=200))
def test_whatever_follows_the_headings_is_read_or_refused_in_words(headings, rest):
    try:
        read((headings + rest.encode("utf-8", "ignore").decode()).encode())
    except Unreadable as why:
        assert str(why)


MALFORMED = {
    "empty": (b"", "empty"),
    "a picture": (b"\x89PNG\r\n", "picture"),
    "a ZIP": (b"PK\x03\x04\x14", "ZIP archive"),
    "a web page": (b"<!doctype html>", "web page"),
    "3 MB": (b"x" * 3_000_000, "larger than 2 MB"),
    "NUL bytes": (b"Name\0", "NUL bytes"),
    "Latin-1": ((LETTERBOXD + "2024,Amélie").encode("latin-1"), "line 2"),
    "headings only": (LETTERBOXD.encode(), "no films"),
    "a watchlist": (b"Date,Name,Year,Letterboxd URI\n2024,Ran,1985,x\n", "ratings.csv"),
    "an IMDb list": (b"Position,Const,Title\n1,tt1,Ran\n", "ratings.csv"),
    "5,001 ratings": ((LETTERBOXD + "2024,Ran,1985,x,5\n" * 5001).encode(), "5,001 films"),
    "an open quotation mark": (LETTERBOXD.encode() + b'2024,"Ran', "quotation mark"),
    "broken JSON": (b'{"kind": "kinopost ratings"', "JSON, but is broken"),
    "JSON of a queue": (b'{"kind": "kinopost", "films": []}', "not one of ours"),
    "JSON with no rating": (b'{"kind": "kinopost ratings", "ratings": []}', "no films"),
    "a JSON array": (b"[]", "not one of ours"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_file_that_cannot_be_read_says_what_is_wrong(client, case):
    content, words = MALFORMED[case]
    answer = send(client, content)
    (faults,) = [element for element in tree(answer).iter("div") if element.get("class") == "faults"]
    assert answer.status_code == 200 and words in text(faults)


@pytest.mark.parametrize(
    "rating",
    [1, None, [], {}, {"name": 1}, {"name": "\ud800", "half_stars": 4}, {"half_stars": "4"}, {"half_stars": 11}],
)
def test_a_bad_rating_in_json_is_left_out_and_the_others_are_taken(rating):
    good = {"name": "Ran", "half_stars": 7}
    for said in ({"kind": "kinopost ratings", "ratings": [rating, good]},):
        _, rows, left = read(json.dumps(said).encode())
        assert [row.name for row in rows] == ["Ran"] and [row.line for row in left] == [1]
    _, rows, left = read(json.dumps({"Ratings": [rating, {"title": "Ran", "half stars": 7}]}).encode())
    assert [row.name for row in rows] == ["Ran"] and [row.line for row in left] == [1]


def test_no_file_at_all_is_said(client):
    assert "Choose a file first." in text(tree(client.post(IMPORT)))


# ------------------------------------------------------------------ looked at
def test_the_page_says_of_each_row_what_would_become_of_it(client, member):
    titles = {name: make_title(name=name) for name in ("New", "Changed", "Same", "Twice")}
    for year in (1956, 1958):
        make_title(name="Nosferatu", year=year)
    make_title(name="Soon", year=LAST_YEAR)
    make_rating(member=member, title=titles["Changed"], half_stars=4)
    make_rating(member=member, title=titles["Same"], half_stars=9)
    rows = [("New", "5"), ("Changed", "3.5"), ("Same", "4.5"), ("Nosferatu", "4"), ("Nobody", "1"), ("Odd", "5.5")]
    content = letterboxd(*rows, ("Twice", "1"), ("Twice", "2")) + f"2024-01-02,Soon,{LAST_YEAR},x,5\n"
    said = found(tree(send(client, content)))
    assert said["New 2"] == ["New 1957, 5 of 5", "Twice 1957, 2 of 5"]
    assert said["You rate these otherwise 1"] == ["Changed 1957, 3.5 instead of your 2"]
    assert said["The same already 1"] == ["Same 1957, 4.5 of 5"]
    assert "Nosferatu, 1956" in said["Which one? 1"][0] and "Nosferatu, 1958" in said["Which one? 1"][0]
    assert said["Not in our catalogue 1"] == ["Nobody 1957, line 6"]
    assert said["Not out yet 1"] == [f"Soon {LAST_YEAR}, line 10"]
    assert said["Left out 2"] == [
        "Odd Line 7: “5.5” is not a rating: half a star to five stars.",
        "Twice Line 8: Line 9 rates it too, and that is taken.",
    ]
    assert member.ratings.count() == 2


def test_an_imdb_number_and_an_article_at_the_end_find_the_film(client):
    make_title_identifier(title=make_title(name="Tengoku"), value="tt0050634")
    make_title(name="The Wages of Fear")
    assert found(tree(send(client, imdb(name="Other"))))["New 1"] == ["Tengoku 1957, 4 of 5"]
    said = found(tree(send(client, letterboxd(("Wages of Fear, The", "4")))))
    assert said["New 1"] == ["The Wages of Fear 1957, 4 of 5"]


def test_as_many_queries_for_300_rows_as_for_3(client, member):
    counts = []
    for number in (3, 300):
        names = [f"Film {number} {n}" for n in range(number)]
        for name in names[::2]:
            make_title(name=name)
        make_rating(member=member, title=make_title(name="Ran"), half_stars=4) if number == 3 else None
        with CaptureQueriesContext(connection) as captured:
            send(client, letterboxd(*((name, "4") for name in names), ("Ran", "5")))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


def test_a_name_that_is_html_is_only_a_name(client):
    page = send(client, letterboxd(("<img src=x onerror=alert(1)>", "5"))).content.decode()
    assert "<img src=x" not in page and "&lt;img src=x" in page


# ------------------------------------------------------------------ brought in
def test_what_is_new_is_brought_in_on_the_files_day(client, member):
    for name in ("Ran", "Kes"):
        make_title(name=name)
    assert confirmed(client, letterboxd(("Ran", "4.5"), ("Kes", "1"))) == "2 ratings brought in, 0 changed."
    assert rated(member) == {"Ran": (9, "2024-01-02"), "Kes": (2, "2024-01-02")}
    assert ScoreSummary.objects.wrong() == []


def test_what_is_not_ticked_is_not_brought_in(client, member):
    for name in ("Ran", "Kes"):
        make_title(name=name)
    confirmed(client, letterboxd(("Ran", "4.5"), ("Kes", "1")), film=["1"])
    assert list(rated(member)) == ["Kes"]


@pytest.mark.parametrize(
    ("sent", "words", "half_stars"),
    [
        ({}, "Nothing was ticked, so nothing was brought in.", 4),
        ({"film": ["0"]}, "0 ratings brought in, 1 changed.", 9),
        ({"all_changed": "1"}, "0 ratings brought in, 1 changed.", 9),
    ],
)
def test_ones_own_rating_stays_unless_the_files_is_asked_for(client, member, sent, words, half_stars):
    make_rating(member=member, title=make_title(name="Ran"), half_stars=4)
    assert confirmed(client, letterboxd(("Ran", "4.5")), **sent) == words
    assert rated(member)["Ran"][0] == half_stars
    assert ScoreSummary.objects.wrong() == []


def test_one_of_several_is_brought_in_if_it_was_offered_and_only_then(client, member):
    old, new = (make_title(name="Nosferatu", year=year) for year in (1956, 1958))
    form = form_of(tree(send(client, letterboxd(("Nosferatu", "4")))))
    for sent in ({"pick-0": make_title(name="Other").pk}, {"pick-0": "x"}, {"pick-0": ""}, {"film": ["0"]}):
        client.post(CONFIRM, form | sent)
    assert rated(member) == {}
    client.post(CONFIRM, form | {"pick-0": str(new.pk)})
    assert [rating.title for rating in member.ratings.all()] == [new] != [old]


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2024-01-02", "2024-01-02"),
        ("", None),
        ("yesterday", None),
        ("2999-01-01", None),
        ("1950-01-01", None),
        ("2024-02-30", None),
    ],
)
def test_the_day_is_the_files_if_it_can_be_or_else_today(client, member, day, kept):
    make_title(name="Ran")
    confirmed(client, f"{LETTERBOXD}{day},Ran,1957,x,4\n")
    assert rated(member) == {"Ran": (8, kept or timezone.localdate().isoformat())}


def test_what_is_not_out_is_not_brought_in_whatever_is_sent(client, member):
    title = make_title(name="Ran")
    form = form_of(tree(send(client, letterboxd(("Ran", "4")))))
    Title.objects.filter(pk=title.pk).update(year=LAST_YEAR)
    page = client.post(CONFIRM, form, follow=True)
    assert "1 left as they are" in page.content.decode() and rated(member) == {}


def test_a_film_rated_or_gone_since_it_was_shown_is_left_alone(client, member):
    ran, kes = make_title(name="Ran"), make_title(name="Kes")
    form = form_of(tree(send(client, letterboxd(("Ran", "4"), ("Kes", "5")))))
    make_rating(member=member, title=ran, half_stars=1)
    kes.delete()
    page = client.post(CONFIRM, form, follow=True)
    assert "0 ratings brought in, 0 changed. 2 left as they are" in page.content.decode()
    assert rated(member)["Ran"][0] == 1 and not RatingsBroughtIn.objects.exists()


def test_a_rating_of_a_film_whose_disc_came_back_is_verified(client, member):
    seen, other = make_title(name="Ran"), make_title(name="Kes")
    make_rental(member=member, title=seen, posted_at=NOON, checked_in_at=NOON)
    confirmed(client, letterboxd(("Ran", "4"), ("Kes", "5")))
    assert dict(member.ratings.values_list("title", "verified")) == {seen.pk: True, other.pk: False}


def test_a_review_gets_the_stars_that_came_in(client, member):
    review = make_review(author=member, title=make_title(name="Ran"))
    confirmed(client, letterboxd(("Ran", "4")))
    review.standing.refresh_from_db()
    assert review.standing.half_stars == 8


@pytest.mark.parametrize("url", [CSV, JSON])
def test_what_was_taken_along_changes_nothing_when_it_comes_back(client, member, url):
    for half_stars, name in enumerate(['=HYPERLINK("x")', "Ran", "L’Avventura", "'Quoted'", " @x"], start=3):
        make_rating(member=member, title=make_title(name=name), half_stars=half_stars)
    before = rated(member)
    said = found(tree(send(client, client.get(url).content)))
    assert list(said) == ["The same already 5", "Nothing to bring in"]
    assert rated(member) == before


@pytest.mark.parametrize("url", [CSV, JSON])
def test_what_was_taken_along_makes_the_same_ratings_elsewhere(client, member, sign_in, url):
    for half_stars in range(1, 11):
        make_rating(member=member, title=make_title(), half_stars=half_stars)
    other = make_member()
    confirmed(sign_in(other), client.get(url).content)
    assert set(other.ratings.values_list("title", "half_stars", "rated_on")) == set(
        member.ratings.values_list("title", "half_stars", "rated_on")
    )


def test_the_ratings_of_a_download_come_in(client, member, sign_in):
    title = make_title(name="=Ran")
    make_rating(member=member, title=title, half_stars=7)
    headings, (row,) = tables_of(member)["Ratings"]
    assert ",".join(headings) == DOWNLOAD.strip()
    as_text = ",".join(str(safe(value)) for value in row)
    for content in (
        f"{DOWNLOAD}{as_text}\n",
        json.dumps({"Ratings": [dict(zip(headings, map(str, row), strict=True))]}),
    ):
        other = make_member()
        confirmed(sign_in(other), content)
        assert list(other.ratings.values_list("title", "half_stars")) == [(title.pk, 7)]


# ------------------------------------------------------------------ undone
def test_all_of_it_is_undone_at_once(client, member):
    make_title(name="New")
    make_rating(member=member, title=make_title(name="Changed"), half_stars=4)
    make_rating(member=member, title=make_title(name="Other"), half_stars=2)
    before = rated(member)
    confirmed(client, letterboxd(("New", "5"), ("Changed", "5")), all_changed="1")
    assert rated(member) != before
    assert "2 ratings from Letterboxd" in text(tree(client.get(LIST)).find(".//main"))
    assert undone(client) == "2 ratings as before."
    assert rated(member) == before and ScoreSummary.objects.wrong() == []
    assert undone(client) == "There is nothing to undo."
    assert rated(member) == before


def test_what_was_changed_since_stays(client, member):
    ran, kes = make_title(name="Ran"), make_title(name="Kes")
    confirmed(client, letterboxd(("Ran", "5"), ("Kes", "5")))
    Rating.objects.record(title=ran, member=member, half_stars=1, on=timezone.localdate())
    assert undone(client) == "1 rating as before. 1 rating changed since then, and stay."
    assert list(rated(member)) == ["Ran"]
    assert kes.ratings.count() == 0


def test_after_a_week_only_the_page_for_files_offers_it(client, member):
    make_ratings_brought_in(member=member, brought_in_at=timezone.now() - timedelta(days=6))
    offered = [UNDO in client.get(url).content.decode() for url in (LIST, IMPORT)]
    RatingsBroughtIn.objects.update(brought_in_at=timezone.now() - timedelta(days=8))
    assert [offered, [UNDO in client.get(url).content.decode() for url in (LIST, IMPORT)]] == [
        [True, True],
        [False, True],
    ]


def test_only_ones_own_is_undone(client, member, sign_in):
    make_title(name="Ran")
    confirmed(client, letterboxd(("Ran", "5")))
    assert undone(sign_in(make_member())) == "There is nothing to undo."
    assert list(rated(member)) == ["Ran"]


def test_the_next_file_is_what_is_undone(client, member):
    for name in ("Ran", "Kes"):
        make_title(name=name)
        confirmed(client, letterboxd((name, "5")))
    undone(client)
    assert list(rated(member)) == ["Ran"]


# ------------------------------------------------------------------ refused
@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "é"])
def test_what_was_not_sealed_by_us_is_refused(client, member, sealed):
    page = client.post(CONFIRM, {"sealed": sealed, "film": ["0"]}, follow=True)
    assert "Send the file again" in text(tree(page)) and rated(member) == {}


def test_what_another_member_was_shown_is_refused(client, member, sign_in):
    make_title(name="Ran")
    client.post(CONFIRM, form_of(tree(send(sign_in(make_member()), letterboxd(("Ran", "5"))))))
    assert rated(member) == {}


def test_what_was_shown_two_days_ago_is_refused(client, member, monkeypatch):
    make_title(name="Ran")
    form = form_of(tree(send(client, letterboxd(("Ran", "5")))))
    in_two_days = time.time() + 2 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: in_two_days)
    client.post(CONFIRM, form)
    assert rated(member) == {}


@pytest.mark.parametrize("url", [IMPORT, CONFIRM, UNDO])
def test_a_visitor_is_led_to_sign_in(client, url):
    client.logout()
    assert client.get(url).url == f"/sign-in/?next={url}"


def test_a_get_changes_nothing(client, member):
    make_title(name="Ran")
    confirmed(client, letterboxd(("Ran", "5")))
    assert [client.get(url).url for url in (CONFIRM, UNDO)] == [IMPORT, LIST]
    assert list(rated(member)) == ["Ran"]
