"""What the page says and links to, and what it does with nonsense."""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.browse import fresh
from catalogue.browse.sentence import described
from catalogue.browse.tests.asking import names, page
from catalogue.models import Title
from members.models import Member
from tests import factories as make
from tests.pages import get, text

MOST_QUERIES = 10
STATE = {"country": ["SU", "FR"], "decade": "1950s", "year_from": "1951", "sort": "name", "view": "list"}


def said(client, **parameters):
    """The sentence above the list."""
    return text(get(client, "/titles/", data=parameters).find(".//p[@id='found']"))


# ------------------------------------------------------------------ in words
@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "163 titles"),
        ({"kind": "series"}, "3 TV series"),
        ({"country": "SU", "decade": ["1970s", "1950s", "1960s"]}, "11 films from the Soviet Union, 1950s to 1970s"),
        (
            {"country": ["SU", "FR"], "decade": ["1950s", "1970s"]},
            "9 films from the Soviet Union or France, 1950s or 1970s",
        ),
        ({"director": "akira-kurosawa", "format": "4k"}, "2 films on 4K, directed by Akira Kurosawa"),
        ({"person": "akira-kurosawa"}, "4 films with Akira Kurosawa"),
        ({"year_from": "1957", "year_to": "1957"}, "2 films of 1957"),
    ],
)
def test_a_sentence_says_what_was_found(demo, client, parameters, sentence):
    assert said(client, **parameters) == sentence


@pytest.mark.parametrize(
    ("years", "words"), [((1950, None), "from 1950 on"), ((None, 1960), "up to 1960"), ((1950, 1960), "1950 to 1960")]
)
def test_years_in_words(years, words):
    assert described({}, {}, years) == words


# ------------------------------------------------------------------ addresses
def test_a_chip_takes_one_choice_off_and_leaves_the_rest(demo, client):
    chips = {chip["label"]: parse_qs(urlsplit(chip["url"]).query) for chip in page(client, **STATE)["chips"]}
    assert chips["Soviet Union"] == {
        "country": ["FR"], "decade": ["1950s"], "year_from": ["1951"], "sort": ["name"], "view": ["list"],
    }  # fmt: skip
    assert "decade" not in chips["1950s"] and "year_from" not in chips["1951–"]


def test_clear_all_leaves_the_order_and_the_view(demo, client):
    assert parse_qs(page(client, **STATE)["clear"][1:]) == {"sort": ["name"], "view": ["list"]}


def test_an_address_is_one_state(demo, client):
    """What the page would write of what it read is what it read."""
    context = page(client, **STATE)
    again = client.get("/titles/" + context["asked"].address())
    assert again.context["asked"] == context["asked"]
    assert names(client, **STATE) == [card["name"] for card in again.context["cards"]]


def test_a_new_choice_begins_at_the_first_page(demo, client):
    assert "page" not in page(client, page="2", genre="drama")["chips"][0]["url"]


def test_only_the_list_itself_is_for_search_engines(demo, client):
    for query, indexed in {"": True, "?page=2": False, "?genre=drama": False, "?sort=name": False}.items():
        head = get(client, f"/titles/{query}").find("head")
        robots = head.find("meta[@name='robots']")
        assert (robots is None) == indexed, query
        canonical = head.find("link[@rel='canonical']")
        assert canonical.get("href") == f"http://testserver/titles/{query}" if indexed else canonical is None


# ------------------------------------------------------------------ pages
def test_the_last_page_and_its_links(demo, client):
    pages = page(client, sort="name", page="4")["pages"]
    assert pages["next"] == "" and pages["back"] == "?sort=name&page=3"
    assert [link["word"] for link in pages["links"] if not link.get("gap")] == ["1", "3", "4"]


@pytest.mark.parametrize("number", ["5", "999999999", "9" * 400, "0", "-1", "x", "½", ""])
def test_a_page_that_is_not_there_is_one_that_is(demo, client, number):
    assert page(client, page=number)["pages"]["number"] == (4 if number in ("5", "999999999") else 1)


# ------------------------------------------------------------------ nothing found
def test_an_empty_list_says_what_taking_each_choice_off_would_give(demo, client):
    context = page(client, country="SU", genre="western")
    assert context["cards"] == []
    for chip in context["chips"]:
        left = names(client, **parse_qs(chip["url"][1:]))
        assert chip["left"] == f"{len(left)} title{'s' * (len(left) != 1)}"


@pytest.mark.django_db
def test_a_catalogue_without_titles_has_a_page(client):
    assert "Nothing fits" in client.get("/titles/?decade=1950s").content.decode()
    assert client.get("/titles/").status_code == 200


# ------------------------------------------------------------------ nonsense
@pytest.mark.parametrize(
    ("parameters", "notice"),
    [
        ({"genre": "no-such"}, "We left out what we do not know: “no-such”."),
        ({"genre": ["a", "b", "c", "d", "e"]}, "We left out what we do not know: “a”, “b”, “c”, 2 more."),
        ({"sort": "best"}, "We left out what we do not know: “best”."),
        ({"year_from": "soon"}, "We left out what we do not know: “soon”."),
        ({"year_from": "1970", "year_to": "1950"}, "The years were the wrong way round: we turned them."),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(demo, client, parameters, notice):
    assert page(client, **parameters)["notices"] == [notice]


def test_a_reversed_range_finds_what_it_meant(demo, client):
    assert names(client, year_from="1960", year_to="1950") == names(client, year_from="1950", year_to="1960") != []


def test_no_more_choices_than_anybody_clicks_together(demo, client):
    many = [f"{year}0s" for year in range(100, 300)]
    assert len(client.get("/titles/?" + urlencode({"decade": many}, doseq=True)).context["chips"]) <= 60


NAMES = "genre country decade year_from year_to director person company certificate rating sort view page more unrented"
NONSENSE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["\0", "1" * 5000, "SU", "drama", "1950s", "\ud800", "999999999999", "-1", "%", "'; --", "a" * 10_000]
    ),
)


def test_nothing_anybody_can_write_is_an_error(demo, client):
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(NAMES.split()), NONSENSE), max_size=8))
    def holds(pairs):
        query = urlencode(pairs, errors="surrogatepass")
        assert client.get("/titles/", QUERY_STRING=query).status_code == 200, query

    holds()


# ------------------------------------------------------------------ queries
@pytest.mark.parametrize(
    "query",
    ["", "page=4", "genre=drama", "country=SU&decade=1950s&genre=war", "person=akira-kurosawa&director=akira-kurosawa",
     "country=SU&genre=western", "company=mosfilm&person=mikhail-kalatozov&unrented=1"],
)  # fmt: skip
def test_a_page_makes_few_queries_whatever_it_finds(demo, client, sign_in, query):
    for reader, most in ((client, 6), (sign_in(Member.objects.first()), MOST_QUERIES)):
        reader.get(f"/titles/?{query}")
        with CaptureQueriesContext(connection) as captured:
            reader.get(f"/titles/?{query}")
        assert len(captured) <= most, [each["sql"][:100] for each in captured]


def test_as_many_queries_for_one_title_as_for_a_page_of_them(demo, client):
    def queries(**parameters):
        page(client, **parameters)
        with CaptureQueriesContext(connection) as captured:
            page(client, **parameters)
        return len(captured)

    assert queries(director="mikhail-kalatozov", year_from="1957", year_to="1957") == queries(director="akira-kurosawa")


# ------------------------------------------------------------------ the list
def test_a_card_says_the_year_and_the_formats(demo, client):
    lines = {card["name"]: card["line"] for card in page(client, country="SU")["cards"]}
    assert lines["The Cranes Are Flying"] == "1957 · DVD, Blu-ray"


@pytest.mark.django_db
def test_a_card_of_a_title_that_is_on_no_disc_says_the_country(client):
    make.make_title_country(title=make.make_title(name="Bare"))
    make.make_title(name="Barer", year=None)
    lines = {card["name"]: card["line"] for card in page(client)["cards"]}
    assert lines == {"Bare": "1957 · Soviet Union", "Barer": "Year not known"}


@pytest.mark.django_db
def test_a_title_deleted_while_the_page_is_made_is_left_out(client, monkeypatch):
    make.make_title(name="Here"), make.make_title(name="Gone")
    index = fresh.current()
    Title.objects.filter(name="Gone").delete()
    monkeypatch.setattr("catalogue.browse.page.current", lambda: index)
    assert names(client) == ["Here"]


def test_the_list_without_pictures_has_the_same_titles(demo, client):
    assert names(client, view="list") == names(client)
    assert "<img" not in client.get("/titles/?view=list").content.decode().split("<main")[1]


def test_every_link_of_the_page_answers(demo, client):
    html = client.get("/titles/", STATE | {"more": "country"}).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(\?[^"]*)"', html)}
    assert len(links) > 5
    for link in links:
        again = client.get("/titles/", parse_qsl(link[1:].split("#")[0]) and dict(parse_qs(link[1:].split("#")[0])))
        assert again.status_code == 200 and again.context["notices"] == []
