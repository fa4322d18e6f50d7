"""The structured data of every title of the demo says what its page prints, and what the database holds."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Title
from catalogue.pages import forget
from reviews.models import ScoreSummary
from reviews.thresholds import RATINGS_TO_SHOW
from tests.databases import connected_to
from tests.pages import CRANES, facts, get, meta, of_class, structured_data, text

ORIGIN = "http://testserver"


@pytest.fixture(scope="module")
def pages(demo_database, django_db_blocker):
    """(title, its page, its structured data) of every title."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        titles = list(Title.objects.select_related("score_summary", "certificate").order_by("pk"))
        made = [(title, get(Client(), title.get_absolute_url())) for title in titles]
    return [(title, page, structured_data(page)) for title, page in made]


def test_all_titles_of_the_demo_have_structured_data(pages):
    assert len(pages) == 163
    for title, page, data in pages:
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == {"film": "Movie", "series": "TVSeries"}[title.kind]
        assert (data["name"], data["url"]) == (title.name, ORIGIN + title.get_absolute_url())
        assert data["url"] == page.find("head/link[@rel='canonical']").get("href") == meta(page, "og:url")
        assert data["image"] == ORIGIN + of_class(page, "cover")[0].get("src").replace("/360.", "/640.")
        assert empty_values(data) == []


def empty_values(data, path=""):
    """Paths to values that say nothing."""
    if data in ("", None, [], {}):
        return [path]
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, part in parts for found in empty_values(part, f"{path}/{key}")]


def test_ratings_are_the_printed_ones_and_the_databases(pages):
    for title, page, data in pages:
        summary = title.score_summary
        if summary.ratings < RATINGS_TO_SHOW:
            assert "aggregateRating" not in data, title.slug
            continue
        rating = data["aggregateRating"]
        assert (rating["ratingValue"], rating["ratingCount"]) == (summary.average, summary.ratings), title.slug
        printed = f"{rating['ratingValue']} of 5 from {rating['ratingCount']} ratings"
        assert printed in text(of_class(page, "tally")[0]) and printed in meta(page, "description"), title.slug
        assert (rating["bestRating"], rating["worstRating"]) == (5, 0.5)


def test_some_titles_have_ratings_and_some_have_too_few(pages):
    with_rating = [title for title, page, data in pages if "aggregateRating" in data]
    assert 0 < len(with_rating)


def test_summaries_are_what_the_rows_say(demo):
    assert ScoreSummary.objects.wrong() == []


def test_reviews_are_the_printed_ones(pages):
    for title, page, data in pages:
        printed = of_class(page, "review")
        assert [review["name"] for review in data.get("review", [])] == [text(one.find("h3")) for one in printed]
        for review, one in zip(data.get("review", []), printed, strict=True):
            assert review["author"]["name"] == text(of_class(one, "by")[0].find(".//b"))
            assert review["datePublished"] == one.find(".//time").get("datetime")
            stars = of_class(one, "stars")
            said = str(review["reviewRating"]["ratingValue"]) if "reviewRating" in review else None
            assert [said] == [star.get("data-n") for star in stars] or not stars and said is None
            words = " ".join(text(paragraph) for paragraph in of_class(one, "prose")[0].findall("p"))
            assert " ".join(review["reviewBody"].split()) == " ".join(words.split()), title.slug


def test_everything_else_is_printed_too(pages):
    for title, page, data in pages:
        words = text(page)
        people = [person["name"] for role in ("director", "creator", "actor") for person in data.get(role, [])]
        names = [*people, *data.get("alternateName", []), *data.get("genre", [])]
        names += [country["name"] for country in data.get("countryOfOrigin", [])]
        assert [name for name in names if name not in words] == [], title.slug
        assert data.get("datePublished") == (str(title.year) if title.year else None)
        assert data.get("duration") == (f"PT{title.runtime_minutes}M" if title.runtime_minutes else None)
        assert data.get("contentRating", "") == "".join(facts(page).get("Certificate", []))


def test_addresses_of_people_are_the_pages_links(pages):
    for _title, page, data in pages:
        linked = {link.get("href") for link in page.iter("a")}
        people = [person for role in ("director", "creator", "actor") for person in data.get(role, [])]
        assert {person["url"].removeprefix(ORIGIN) for person in people if "url" in person} <= linked


def test_structured_data_is_json_that_no_parser_mistakes(pages):
    for _title, page, _data in pages:
        (script,) = page.findall(".//script[@type='application/ld+json']")
        assert not set("<>&") & set(script.text)
        assert json.loads(script.text, parse_constant=lambda word: pytest.fail(word))


def test_the_demos_fullest_page_makes_no_more_than_twelve_queries(demo, client):
    forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(CRANES)
    assert len(captured) <= 12
