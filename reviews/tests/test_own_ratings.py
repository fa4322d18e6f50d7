"""A member's own ratings: the list, changes and their undoing, and the files they are taken along in."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import Rating
from tests.factories import make_event, make_member, make_rating, make_reader_choices, make_title, make_title_identifier
from tests.pages import by_id, get, links, of_class, text

pytestmark = pytest.mark.django_db
LIST, CSV, JSON = (reverse(f"reviews:{name}") for name in ("ratings", "ratings_csv", "ratings_json"))


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def rate(member, name, half_stars, **fields):
    return make_rating(member=member, title=make_title(name=name), half_stars=half_stars, **fields)


def three(member):
    rate(member, "The Ran", 10, rated_on=date(2026, 1, 1))
    rate(member, "Kes", 4, rated_on=date(2026, 1, 3))
    rate(member, "M", 7, rated_on=date(2026, 1, 2))
    make_rating(title=make_title(name="Of another"))


def names(page):
    return [text(name) for name in page.findall(".//ol/li//h2")]


def given(member):
    return dict(member.ratings.values_list("title__name", "half_stars"))


# ------------------------------------------------------------------ looking
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Kes", "M", "The Ran"]),
        ({"sort": "oldest"}, ["The Ran", "M", "Kes"]),
        ({"sort": "highest"}, ["The Ran", "M", "Kes"]),
        ({"sort": "lowest"}, ["Kes", "M", "The Ran"]),
        ({"sort": "name"}, ["Kes", "M", "The Ran"]),
        ({"sort": "nonsense", "stars": "11", "page": "x"}, ["Kes", "M", "The Ran"]),
        ({"stars": "7"}, ["M"]),
        ({"q": "ran"}, ["The Ran"]),
        ({"q": "KES"}, ["Kes"]),
        ({"stars": "1"}, []),
        ({"q": "\0"}, ["Kes", "M", "The Ran"]),
    ],
)
def test_the_list_is_sorted_and_filtered_as_asked(client, member, asked, shown):
    three(member)
    assert names(get(client, LIST, query_params=asked)) == shown


def test_it_says_how_many_have_how_many_stars(client, member):
    three(member)
    page = get(client, LIST)
    options = [text(option) for option in by_id(page, "rated-stars").iter("option")]
    assert options[:3] == ["Any", "5 (1)", "4.5 (0)"] and "3 ratings." in text(page.find(".//main"))


def test_with_nothing_rated_it_says_what_to_do(client):
    page = get(client, LIST)
    assert "Nothing rated yet" in text(page.find(".//main"))
    assert reverse("reviews:import_ratings") in links(page)


def test_as_many_queries_for_a_page_of_20_as_for_2(client, member):
    counts = []
    for number in (2, 18):
        for _ in range(number):
            make_rating(member=member)
        with CaptureQueriesContext(connection) as captured:
            get(client, LIST)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_account_leads_to_it(client):
    assert LIST in links(get(client, reverse("members:profile")))


@pytest.mark.parametrize("url", [LIST, CSV, JSON])
def test_a_visitor_is_led_to_sign_in(client, url):
    client.logout()
    assert client.get(url).url == f"/sign-in/?next={url}"


def test_who_has_rated_enough_is_told_once_that_tastes_can_be_compared(client, member):
    for number in (4, 1):
        said = of_class(get(client, LIST), "near")
        for _ in range(number):
            make_rating(member=member)
    assert said == []
    assert len(of_class(get(client, LIST), "near")) <= 1
    make_reader_choices(member=member, shares_taste=True)
    assert of_class(get(client, LIST), "near") == []


# ------------------------------------------------------------------ changing
def change(client, title, rating, **asked):
    return client.post(LIST, {"title": title.pk, "rating": rating} | asked)


def undone(client, answer):
    """What the page says after `answer`, and then what undoing it says."""
    page = get(client, answer.url)
    form = by_id(page, "undo")
    sent = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("name") != "form_key"}
    client.post(LIST, sent)
    return text(form.find("p"))


def test_a_rating_is_changed_and_that_undone(client, member):
    ran = rate(member, "Ran", 10).title
    answer = change(client, ran, "7")
    assert given(member) == {"Ran": 7}
    assert undone(client, answer) == "You gave Ran 3.5 of 5."
    assert given(member) == {"Ran": 10}


def test_a_rating_is_taken_back_and_that_undone(client, member):
    ran = rate(member, "Ran", 10).title
    answer = change(client, ran, "")
    assert given(member) == {}
    assert undone(client, answer) == "Your rating of Ran is gone."
    assert given(member) == {"Ran": 10}


def test_one_comes_back_to_the_list_as_it_was_looked_at(client, member):
    ran = rate(member, "Ran", 10).title
    answer = change(client, ran, "7", q="ra", sort="name", page="2", stars="")
    assert answer.url == f"{LIST}?q=ra&sort=name&page=2&was=10&of={ran.pk}"


def test_the_same_rating_again_offers_no_undoing(client, member):
    ran = rate(member, "Ran", 10).title
    page = get(client, change(client, ran, "10").url)
    assert of_class(page, "undo") == [] and given(member) == {"Ran": 10}


@pytest.mark.parametrize("stars", ["0", "11", "5.5", "NaN", "-1", "٣", "7; DROP"])
def test_what_is_no_rating_is_refused_in_words(client, member, stars):
    ran = rate(member, "Ran", 10).title
    page = client.post(LIST, {"title": ran.pk, "rating": stars}, follow=True)
    assert "A rating is half a star to five stars." in page.content.decode()
    assert given(member) == {"Ran": 10}


@pytest.mark.parametrize("title", ["", "x", "0", "9" * 30])
def test_a_film_that_is_not_there_is_a_404(client, title):
    assert client.post(LIST, {"title": title, "rating": "5"}).status_code == 404


def test_a_film_that_is_not_out_is_refused_in_words(client, member):
    title = make_title(name="Soon", year=None)
    make_event(title=title, date="2999-01-01")
    page = client.post(LIST, {"title": title.pk, "rating": "5"}, follow=True).content.decode()
    assert "not out yet" in page and given(member) == {}


@pytest.mark.parametrize("query", ["of=x&was=3", "of=1", "of=9999999&was=3", "was=7", "of=%00&was=%00"])
def test_an_address_that_says_nothing_offers_nothing(client, query):
    assert of_class(get(client, f"{LIST}?{query}"), "undo") == []


def test_looking_writes_nothing(client, member):
    ran = rate(member, "Ran", 10).title
    client.get(LIST, {"title": ran.pk, "rating": "1", "of": ran.pk, "was": "4"})
    assert given(member) == {"Ran": 10}


# ------------------------------------------------------------------ taking along
def test_the_file_says_what_the_list_says(client, member):
    rating = rate(member, "Ran", 7, rated_on=date(2026, 1, 2))
    make_title_identifier(title=rating.title, value="tt0089881")
    make_rating()
    answer = client.get(CSV)
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    assert list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        {
            "Title": "Ran",
            "Year": "1957",
            "Rating": "3.5",
            "Rated on": "2026-01-02",
            "IMDb": "tt0089881",
            "Kinopost": rating.title.slug,
        }
    ]
    (said,) = json.loads(client.get(JSON).content)["ratings"]
    assert (said["name"], said["half_stars"], said["day"]) == ("Ran", 7, "2026-01-02")


def test_no_cell_is_a_formula(client, member):
    for name in ('=HYPERLINK("http://x")', "+1", "-1", "@a", " =1"):
        rate(member, name, 7)
    cells = [cell for row in csv.reader(io.StringIO(client.get(CSV).content.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@")]


def test_as_many_queries_to_write_many_as_few(client, member):
    counts = []
    for number in (2, 18):
        for _ in range(number):
            make_rating(member=member)
        with CaptureQueriesContext(connection) as captured:
            client.get(CSV)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert Rating.objects.count() == 20
