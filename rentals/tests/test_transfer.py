"""Queues as files and films from files: what is written is read back, and nothing is put before it is confirmed."""

import csv
import io
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rentals.models import MemberList, QueueEntry
from rentals.queue import enqueue
from rentals.transfer import putting
from rentals.transfer.matching import match
from rentals.transfer.reading import Unreadable, read
from rentals.transfer.rows import EDITIONS, Row
from rentals.transfer.writing import as_csv, as_json
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_former_title_slug,
    make_list,
    make_list_entry,
    make_member,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
    make_title_identifier,
    make_title_name,
    make_title_on_disc,
)
from tests.pages import get, text, tree

IMPORT, CONFIRM, UNKNOWN, QUEUE, CSV, JSON = (
    reverse(f"rentals:{name}")
    for name in ("import", "confirm_import", "unknown_of_import", "queue", "queue_csv", "queue_json")
)
LETTERBOXD = "Date,Name,Year,Letterboxd URI\n"
IMDB = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors\n"
)
OURS = "Position,Title,Year,Edition,Disc,Asked,Paused,Wait,IMDb,Kinopost\n"

NO_DISC = "There is no disc of it that you can play and your plan has."


def rentable(**fields):
    """A title of which we have a copy."""
    title = make_title_on_disc(**fields)
    make_copy(disc=make_disc(release=title.releases.get()))
    return title


def had(member, title):
    make_rental(member=member, title=title, posted_at=NOON, checked_in_at=NOON)


@pytest.fixture
def member(db):
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def watchlist(*films):
    """A Letterboxd watchlist of (name, year)."""
    return LETTERBOXD + "".join(f'2024-01-02,"{name}",{year or ""},https://boxd.it/x\n' for name, year in films)


def imdb_list(*films):
    """An IMDb list of (const, name, year)."""
    lines = (
        f'{n},{const},,,,"{name}",,,Movie,8.0,95,{year},Drama,1,,\n' for n, (const, name, year) in enumerate(films)
    )
    return IMDB + "".join(lines)


def send(client, content, name="films.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def form_of(page):
    """What the form of the preview sends as it stands."""
    (form,) = [each for each in page.find(".//main").iter("form")]
    sent = {"sealed": "", "film": []}
    for field in form.iter("input"):
        if field.get("name") == "sealed":
            sent["sealed"] = field.get("value")
        if field.get("name") == "film" and "checked" in field.attrib:
            sent["film"].append(field.get("value"))
    return sent


def confirmed(client, content, **sent):
    """What the page says after a file was sent and confirmed as it stood."""
    page = client.post(CONFIRM, form_of(tree(send(client, content))) | sent, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def sections(page):
    """{heading: names} of what was found."""
    found = {}
    for section in page.find(".//main").iter("section"):
        films = [
            text(line).replace(" Its page", " |").partition(" |")[0]
            for line in section.findall(".//*[@class='found']/li")
        ]
        found[text(section.find(".//h2"))] = films
    return found


def queue(member):
    return list(member.queue.in_order().values_list("title__name", flat=True))


# ------------------------------------------------------------------ written and read back
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
LEADS = st.builds(
    "{}{}".format, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "''=", " =", "\xa0@", "’-"]), TEXTS
)
ANY_TEXT = TEXTS | LEADS
NUMBERS = st.none() | st.integers(0, 10**9 - 1)
SLUGS = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}\Z")
WISHES = st.one_of(
    st.tuples(st.sampled_from(["", *EDITIONS.values()]), st.none()), st.tuples(SLUGS, st.integers(0, 200))
)
ROWS = st.builds(
    lambda wish, **rest: Row(edition=wish[0], disc=wish[1], **rest),
    WISHES,
    name=ANY_TEXT,
    year=NUMBERS,
    position=NUMBERS,
    imdb=TEXTS,
    slug=SLUGS,
    asked=ANY_TEXT,
    paused=ANY_TEXT,
    wait=ANY_TEXT,
)


@given(st.lists(ROWS, min_size=1, max_size=6))
def test_what_is_written_is_read_back_to_the_letter(rows):
    assert read(as_csv(rows)) == ("kinopost", rows)
    assert read(as_json(rows, "Queue")) == ("kinopost", rows)


@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_no_cell_is_a_formula(names):
    sheet = list(csv.reader(io.StringIO(as_csv([Row(name=name) for name in names]).decode("utf-8-sig"), newline="")))
    cells = [cell for line in sheet for cell in line]
    assert not [
        cell for cell in cells if cell[:1] in ("\t", "\r", "\n") or cell.lstrip("’ \xa0")[:1] in tuple("=+-@＝＋－＠")
    ]


def wished(member):
    """Every wish of a queue, in order."""
    rows = member.queue.in_order()
    return [(e.title_id, e.medium, e.disc_id, bool(e.paused_at)) for e in rows]


def a_queue_of_all_kinds(member):
    both = rentable(name='=HYPERLINK("http://x")', year=None)
    blu_ray = make_release(title=make_title(name="Ran", year=1985), medium="blu-ray")
    series = make_release(title=make_title(name="Dekalog", year=1989))
    discs = [make_disc(release=series, number=number) for number in (1, 2)]
    for disc in [make_disc(release=blu_ray), *discs]:
        make_copy(disc=disc)
    same = [rentable(name="Nosferatu", year=1922) for _ in range(2)]
    make_queue_entry(member=member, title=both)
    make_queue_entry(member=member, title=blu_ray.title, medium="blu-ray", paused_at=NOON)
    for disc in reversed(discs):
        make_queue_entry(member=member, title=series.title, disc=disc)
    for title in same:
        make_queue_entry(member=member, title=title)


@pytest.mark.parametrize("url", [CSV, JSON])
def test_a_queue_taken_along_makes_the_same_queue_elsewhere(client, member, sign_in, url):
    a_queue_of_all_kinds(member)
    file = client.get(url)
    assert "attachment" in file["Content-Disposition"] and "no-store" in file["Cache-Control"]
    other = make_member()
    assert confirmed(sign_in(other), file.content).startswith("6 films added to your queue.")
    assert wished(other) == wished(member)
    assert list(other.queue.in_order().values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_file_says_what_the_queue_says(client, member):
    title = rentable(name="Ran", year=1985)
    make_title_identifier(title=title, value="tt0089881")
    make_queue_entry(member=member, title=title, medium="dvd", paused_at=NOON)
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig"))))
    assert rows == [
        {
            "Position": "1",
            "Title": "Ran",
            "Year": "1985",
            "Edition": "DVD",
            "Disc": "",
            "Asked": "2026-01-05T12:00:00+00:00",
            "Paused": "2026-01-05T12:00:00+00:00",
            "Wait": "In stock",
            "IMDb": "tt0089881",
            "Kinopost": title.slug,
        }
    ]
    assert json.loads(client.get(JSON).content)["films"][0]["imdb"] == "tt0089881"


def test_a_list_taken_along_is_a_list_again(client, member):
    mine = make_list(member=member, name="Trains")
    for name in ("Ran", "Kes"):
        make_list_entry(list=mine, title=make_title(name=name))
    file = client.get(reverse("rentals:list_csv", args=[member.handle, mine.slug])).content
    assert confirmed(client, file, to="list", name="Trains again") == "2 films put on Trains again."
    again = MemberList.objects.get(name="Trains again")
    assert list(again.entries.order_by("rank").values_list("title__name", flat=True)) == ["Ran", "Kes"]


@pytest.mark.django_db
def test_as_many_queries_to_write_a_long_queue_as_a_short_one(sign_in):
    counts = []
    for number in (2, 20):
        member = make_member()
        for _ in range(number):
            make_queue_entry(member=member, title=rentable())
        client = sign_in(member)
        with CaptureQueriesContext(connection) as captured:
            client.get(CSV)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


# ------------------------------------------------------------------ which film it is
def matched(*rows):
    return [(each.title_id, each.rivals) for each in match(list(rows))]


def test_a_film_is_found_by_the_address_of_its_page_also_a_former_one(db):
    title = make_title(name="Ran", year=1985)
    make_former_title_slug(title=title, slug="chaos")
    found = matched(Row(name="x", slug=title.slug), Row(name="y", slug="chaos", edition="DVD"))
    assert found == [(title.pk, ()), (title.pk, ())]


def test_a_film_is_found_by_its_imdb_number_whatever_it_is_called(db):
    title = make_title_identifier(value="tt0050634").title
    assert matched(Row(name="Letyat zhuravli", year=1900, imdb="tt0050634")) == [(title.pk, ())]


def test_a_film_with_another_imdb_number_is_another_film(db):
    make_title_identifier(title=make_title(name="Ran", year=1985), value="tt0000001")
    assert matched(Row(name="Ran", year=1985, imdb="tt0089881")) == [(None, ())]


@pytest.mark.parametrize("name", ["the cranes are flying", "CRANES ARE FLYING", "The Cranes, Are Flying!", "Letjat"])
def test_a_film_is_found_by_name_and_alias_however_spelled(db, name):
    title = make_title(name="The Cranes Are Flying", year=1957)
    make_title_name(title=title, name="Letjat")
    assert matched(Row(name=name, year=1957)) == [(title.pk, ())]


ARTICLE_LAST = {
    "Wages of Fear, The": "The Wages of Fear",
    "avventura, l'": "L’Avventura",
    "Blaue Engel,Der": "Der blaue Engel",
    "Ring, Den": "Den Ring",
    "Herdeiros, Os": "Os Herdeiros",
    "Aanslag , De": "De Aanslag",
    "Paris, Texas": "Paris, Texas",
}


@pytest.mark.parametrize("listed", ARTICLE_LAST)
def test_a_film_is_found_with_its_article_at_the_end(db, listed):
    title = make_title(name=ARTICLE_LAST[listed], year=1953)
    assert matched(Row(name=listed, year=1953)) == [(title.pk, ())]


def test_what_stands_after_a_comma_and_is_no_article_is_part_of_the_name(db):
    make_title(name="Texas Paris", year=1953)
    make_title(name="The", year=1953)
    assert matched(Row(name="Paris, Texas", year=1953), Row(name=", The", year=1953))[0] == (None, ())


@pytest.mark.parametrize(("year", "found"), [(1956, True), (1957, True), (1958, True), (1955, False), (1959, False)])
def test_one_year_off_is_the_film_where_it_is_the_only_one(db, year, found):
    title = make_title(name="Ran", year=1957)
    assert matched(Row(name="Ran", year=year)) == [(title.pk if found else None, ())]


def test_the_very_year_goes_before_one_year_off(db):
    make_title(name="Ran", year=1984)
    title = make_title(name="Ran", year=1985)
    assert matched(Row(name="Ran", year=1985)) == [(title.pk, ())]


def test_several_that_it_may_be_are_a_choice(db):
    keys = tuple(make_title(name="Nosferatu", year=year).pk for year in (1922, 1979))
    assert matched(Row(name="Nosferatu")) == [(None, keys)]
    near = tuple(make_title(name="Kes", year=year).pk for year in (1968, 1970))
    assert matched(Row(name="Kes", year=1969)) == [(None, near)]


def test_a_film_whose_year_we_do_not_know_is_a_choice(db):
    title = make_title(name="Ran", year=None)
    assert matched(Row(name="Ran", year=1985)) == [(None, (title.pk,))]


def test_a_film_named_twice_is_found_once(db):
    title = make_title(name="Ran", year=1985)
    assert matched(Row(name="Ran", year=1985), Row(name="RAN", year=1985)) == [(title.pk, ())]


def test_a_row_without_a_name_is_no_film(db):
    make_title(name="Ran", year=None)
    assert matched(Row(name="", year=None), Row(name=" ")) == [(None, ()), (None, ())]


# ------------------------------------------------------------------ looked at
def test_the_page_says_of_each_film_where_it_stands(client, member):
    rentable(name="Ran", year=1985)
    make_title(name="Undisced", year=2000)
    make_queue_entry(member=member, title=rentable(name="Kes", year=1969))
    had(member, make_title(name="Alien", year=1979))
    for year in (1922, 1979):
        rentable(name="Nosferatu", year=year)
    names = [("Ran", 1985), ("Undisced", 2000), ("Kes", 1969), ("Alien", 1979), ("Nosferatu", None), ("Nobody", 1999)]
    page = tree(send(client, watchlist(*names)))
    found = sections(page)
    assert found["Found 1"] == ["Ran 1985"]
    assert found["You had these 1"] == ["Alien 1979"]
    assert found["In your queue already 1"] == ["Kes 1969"]
    assert found["Not to be had 1"] == [f"Undisced 2000. {NO_DISC}"]
    assert "Nosferatu, 1922" in found["Which one? 1"][0]
    assert found["Not in our catalogue 1"] == ["Nobody 1999, line 7"]
    assert queue(member) == ["Kes"]


def test_a_release_that_is_not_out_in_that_medium_is_not_to_be_had(client):
    title = rentable(name="Ran", year=1985)
    found = sections(tree(send(client, f"{OURS}1,Ran,1985,4K,,,,,,{title.slug}\n")))
    assert found["Not to be had 1"] == [f"Ran 1985, 4K. {NO_DISC}"]


def test_what_does_not_play_or_has_no_copy_or_is_at_home_is_refused_as_it_is_elsewhere(client, member):
    make_player(member=member, medium="dvd")
    wrong, bare, here = rentable(name="Ran"), make_title_on_disc(name="Kes"), make_title(name="M")
    wrong.releases.update(medium="blu-ray")
    make_rental(member=member, title=here)
    rows = "".join(
        f"1,{t.name},,{medium},,,,,,{t.slug}\n" for t, medium in ((wrong, "Blu-ray"), (bare, ""), (here, ""))
    )
    form = form_of(page := tree(send(client, OURS + rows)))
    found = sections(page)
    assert [NO_DISC in found["Not to be had 2"][0], "no copy of it yet" in found["Not to be had 2"][1]] == [True, True]
    assert found["With you 1"][0].startswith("M")
    told = text(tree(client.post(CONFIRM, form, follow=True)))
    assert "Nothing to add. Left out: 2 that cannot be had, 1 at home." in told
    assert queue(member) == []


@pytest.mark.parametrize(
    "content",
    [
        watchlist(("Ran", 1985)).encode("utf-8-sig"),
        watchlist(("Ran", 1985)).encode("utf-16"),
        watchlist(("Ran", 1985)).encode().replace(b"\n", b"\r\n"),
        watchlist(("Ran", 1985)).replace(",", ";").replace("https;", "https:").encode(),
        b"Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-01-01,Mine,,https://boxd.it/1,\n\n"
        b"Position,Name,Year,URL,Description\n1,Ran,1985,https://boxd.it/2,\n",
        imdb_list(("tt0089881", "Ran", 1985)).encode(),
        b"\n\n" + watchlist(("Ran", 1985)).encode() + b"\n\n",
        b'{"kind": "kinopost", "films": [{"name": "Ran", "year": 1985}]}',
    ],
)
def test_files_come_in_several_shapes(client, content):
    rentable(name="Ran", year=1985)
    assert sections(tree(send(client, content)))["Found 1"] == ["Ran 1985"]


def test_as_many_queries_for_300_films_as_for_3(client):
    counts = []
    for number in (3, 300):
        films = [(f"tt{number}{n:05}", f"Film {number} {n}", 1950) for n in range(number)]
        for _, name, year in films[: number // 2 + 1]:
            rentable(name=name, year=year)
        with CaptureQueriesContext(connection) as captured:
            assert send(client, imdb_list(*films)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20


# ------------------------------------------------------------------ what cannot be read
LONG = "x" * 140_000
MALFORMED = {
    "empty": (b"", "empty"),
    "white space": (b" \r\n\t\n ", "is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", "columns"),
    "headings only": (LETTERBOXD.encode(), "no films"),
    "headings only, ours": (OURS.encode(), "no films"),
    "10 MB": (b"a,b\n" * 2_500_000, "larger than 2 MB"),
    "2 MB and one": (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    "a ZIP": (b"PK\x03\x04\x14\0\0\0", "ZIP archive"),
    "gzip": (b"\x1f\x8b\x08\0\0", "gzip"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel workbook"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0", "picture"),
    "a GIF": (b"GIF89a", "picture"),
    "a web page": (b"<!doctype html><title>Sign in</title>", "web page"),
    "a web page after a mark": (b"\xef\xbb\xbf\n <html>", "web page"),
    "XML": (b'<?xml version="1.0"?><films/>', "web page"),
    "NUL bytes": ((LETTERBOXD + "2024,Ran\0,1985,x\n").encode(), "NUL bytes"),
    "only NUL": (b"\0" * 100, "NUL bytes"),
    "UTF-16 without a mark": (LETTERBOXD.encode("utf-16-le") + "2024,Amélie,2001,x\n".encode("utf-16-le"), "NUL bytes"),
    "half of UTF-16": (b"\xff\xfeN", "not in UTF-8"),
    "Latin-1": ((LETTERBOXD + "2024,Amélie,2001,x\n").encode("latin-1"), "line 2"),
    "cut within a letter": ((LETTERBOXD + "2024,Amé").encode()[:-1], "not in UTF-8"),
    "an open quotation mark": (LETTERBOXD.encode() + b'2024,"Ran,1985,x\n', "quotation mark"),
    "a stray quotation mark": (LETTERBOXD.encode() + b'2024,"Ran"x,1985,x\n', "quotation mark"),
    "an endless cell": ((LETTERBOXD + f"2024,{LONG},1985,x\n").encode(), "quotation mark"),
    "a column short": (LETTERBOXD.encode() + b"2024,Ran,1985\n", "Line 2 has 3 columns, the headings 4"),
    "a column too many": (LETTERBOXD.encode() + b"2024,Paris, Texas,1984,x\n", "Line 2 has 5 columns"),
    "other columns": (b"artist,album\nCan,Tago Mago\n", "artist, album"),
    "no headings": (b"2024-01-02,Ran,1985,https://boxd.it/x\n", "We do not know these columns"),
    "one word": (b"films", "We do not know these columns"),
    "names only": (b"Name\nRan\n", "We do not know these columns"),
    "headings twice as far down": (b"x,y\n" * 20 + LETTERBOXD.encode(), "We do not know these columns"),
    "prose": ("I like “Ran”.\nAnd “Kes”.".encode(), "We do not know these columns"),
    "5,001 films": ((LETTERBOXD + "2024,Ran,1985,x\n" * 5001).encode(), "5,001 films"),
    "an edition that is none": ((OURS + "1,Ran,1985,Betamax,,,,,,ran\n").encode(), "Betamax is not an edition"),
    "a disc that is no number": ((OURS + "1,Ran,1985,dvd,two,,,,,ran\n").encode(), "two is not a number"),
    "a year that is none, ours": ((OURS + "1,Ran,-5,,,,,,,ran\n").encode(), "-5 is not a number"),
    "a number in other figures": ((OURS + "١,Ran,1985,,,,,,,ran\n").encode(), "is not a number"),
    "broken JSON": (b'{"kind": "kinopost", "films": [', "JSON, but is broken"),
    "JSON of others": (b'{"films": []}', "not one of ours"),
    "a JSON array": (b"[1, 2]", "not one of ours"),
    "JSON without films": (b'{"kind": "kinopost"}', "not one of ours"),
    "JSON with no film": (b'{"kind": "kinopost", "films": []}', "no films"),
    "JSON of numbers": (b'{"kind": "kinopost", "films": [1]}', "Film 1 is not an object"),
    "JSON with a wrong year": (
        b'{"kind": "kinopost", "films": [{"name": "Ran", "year": "1985"}]}',
        "should be a number",
    ),
    "JSON with a huge year": (b'{"kind": "kinopost", "films": [{"name": "Ran", "year": 1e99}]}', "should be a number"),
    "JSON with half a letter": (b'{"kind": "kinopost", "films": [{"name": "\\ud800"}]}', "should be text"),
    "JSON with NUL": (b'{"kind": "kinopost", "films": [{"name": "\\u0000"}]}', "should be text"),
    "deep JSON": (b"[" * 100_000, "JSON, but is broken"),
    "JSON with endless figures": (b'{"kind": "kinopost", "films": [{"year": ' + b"9" * 5000 + b"}]}", "broken"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_file_that_cannot_be_read_says_what_is_wrong_and_changes_nothing(client, case):
    content, words = MALFORMED[case]
    answer = send(client, content)
    page = tree(answer)
    assert answer.status_code == 200
    (faults,) = [element for element in page.iter("div") if element.get("class") == "faults"]
    assert words in text(faults)
    assert not QueueEntry.objects.exists() and not MemberList.objects.exists()


def test_there_are_at_least_40_such_files():
    assert len(MALFORMED) >= 40


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused_in_words(data):
    try:
        read(data)
    except Unreadable as why:
        assert str(why).endswith(".") or str(why).endswith(")")


@given(st.sampled_from([LETTERBOXD, IMDB, OURS]), st.text(max_size=200))
def test_whatever_follows_the_headings_is_read_or_refused_in_words(headings, rest):
    try:
        read((headings + rest.encode("utf-8", "ignore").decode()).encode())
    except Unreadable as why:
        assert str(why)


def test_no_file_at_all_is_said(client):
    assert "Choose a file first." in text(tree(client.post(IMPORT)))


# ------------------------------------------------------------------ put
def test_what_is_ticked_goes_to_the_end_in_the_files_order_and_nothing_before(client, member):
    make_queue_entry(member=member, title=rentable(name="First"))
    for name in ("Ran", "Kes", "M"):
        rentable(name=name, year=1950)
    page = tree(send(client, watchlist(("M", 1950), ("Ran", 1950), ("Kes", 1950))))
    assert queue(member) == ["First"]
    client.post(CONFIRM, form_of(page) | {"film": ["2", "0"]})
    assert queue(member) == ["First", "M", "Kes"]


def test_a_choice_is_put_if_it_was_offered_and_only_then(client, member):
    old, new = (rentable(name="Nosferatu", year=year) for year in (1922, 1979))
    form = form_of(tree(send(client, watchlist(("Nosferatu", None)))))
    for pick in (rentable(name="Other").pk, "x", "", 10**30):
        client.post(CONFIRM, form | {"pick-0": pick})
    client.post(CONFIRM, form | {"film": ["0"]})
    assert queue(member) == []
    client.post(CONFIRM, form | {"pick-0": new.pk})
    assert [entry.title for entry in member.queue.all()] == [new]
    assert old != new


def test_it_is_said_what_was_left_out(client, member):
    rentable(name="Ran", year=1985)
    make_title(name="Undisced", year=2000)
    make_queue_entry(member=member, title=rentable(name="Kes", year=1969))
    words = confirmed(client, watchlist(("Ran", 1985), ("Undisced", 2000), ("Kes", 1969)))
    assert words == "1 film added to your queue. Left out: 1 that cannot be had, 1 in your queue already."
    assert queue(member) == ["Kes", "Ran"]


def test_what_was_had_is_put_if_ticked(client, member):
    had(member, make_title(name="Alien", year=1979))
    form = form_of(tree(send(client, watchlist(("Alien", 1979)))))
    assert form["film"] == []
    client.post(CONFIRM, form)
    assert queue(member) == []
    client.post(CONFIRM, form | {"film": ["0"]})
    assert queue(member) == ["Alien"]


def test_a_queue_takes_what_fits(client, member, monkeypatch):
    monkeypatch.setattr(putting, "MOST", 2)
    for name in ("Ran", "Kes", "M"):
        rentable(name=name, year=1950)
    words = confirmed(client, watchlist(("M", 1950), ("Ran", 1950), ("Kes", 1950)))
    assert words.startswith("2 films added to your queue. Left out: 1 for which your queue has no room.")
    assert queue(member) == ["M", "Ran"]


def test_what_was_asked_for_meanwhile_is_not_there_twice(client, member):
    title = rentable(name="Ran", year=1985)
    form = form_of(tree(send(client, watchlist(("Ran", 1985)))))
    enqueue(member, title, now=NOON)
    for _ in range(2):
        client.post(CONFIRM, form)
    assert queue(member) == ["Ran"]


def test_they_go_on_a_list_instead(client, member):
    mine = make_list(member=member, name="Trains")
    make_title(name="Undisced", year=2000)
    content = watchlist(("Undisced", 2000))
    assert confirmed(client, content, to="list", list=mine.pk) == "1 film put on Trains."
    assert confirmed(client, content, to="list", list=mine.pk).startswith("0 films put on Trains. 1 were there already")
    assert confirmed(client, content, to="list", name="Trains") == "1 film put on Trains 2."
    assert confirmed(client, content, to="list", list=make_list().pk, name="") == "1 film put on Imported."
    assert queue(member) == []


@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "é"])
def test_what_was_not_sealed_by_us_is_refused(client, member, sealed):
    page = client.post(CONFIRM, {"sealed": sealed, "film": ["0"]}, follow=True)
    assert "Send the file again" in text(tree(page))
    assert client.post(UNKNOWN, {"sealed": sealed}).url == IMPORT


def test_what_another_member_was_shown_is_refused(client, member, sign_in):
    rentable(name="Ran", year=1985)
    form = form_of(tree(send(sign_in(make_member()), watchlist(("Ran", 1985)))))
    client.post(CONFIRM, form)
    assert queue(member) == []


def test_what_was_shown_two_days_ago_is_refused(client, member, monkeypatch):
    rentable(name="Ran", year=1985)
    form = form_of(tree(send(client, watchlist(("Ran", 1985)))))
    in_two_days = time.time() + 2 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: in_two_days)
    client.post(CONFIRM, form)
    assert queue(member) == []


def test_what_we_do_not_know_can_be_saved(client):
    sent = form_of(tree(send(client, watchlist(("=Nobody", 1999), ("Ran", 1985)))))
    rows = list(csv.reader(io.StringIO(client.post(UNKNOWN, sent).content.decode("utf-8-sig"))))
    assert rows == [["Line", "Title", "Year", "IMDb"], ["2", "'=Nobody", "1999", ""], ["3", "Ran", "1985", ""]]


def test_a_name_that_is_html_is_only_a_name(client):
    page = send(client, watchlist(("<img src=x onerror=alert(1)>", 1999))).content.decode()
    assert "<img src=x" not in page and "&lt;img src=x" in page


@pytest.mark.parametrize("url", [IMPORT, CONFIRM, UNKNOWN, CSV, JSON])
def test_a_visitor_is_led_to_sign_in(client, url):
    client.logout()
    assert client.get(url).url == f"/sign-in/?next={url}"


def test_the_queue_page_leads_to_both(client):
    links = {link.get("href") for link in get(client, QUEUE).find(".//main").iter("a")}
    assert {IMPORT, CSV, JSON} <= links


def test_a_get_changes_nothing(client, member):
    for url in (CONFIRM, UNKNOWN):
        assert client.get(url).url == IMPORT
    assert queue(member) == []
