"""Every count and every list is what counting title by title gives, whatever was chosen."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.browse.tests.asking import page
from catalogue.models import Title

EVERYTHING = (
    "title_genres__genre",
    "title_countries",
    "title_collections__collection",
    "title_companies__company",
    "awards__body",
    "credits__person",
    "releases__audio_tracks",
    "releases__subtitle_tracks",
    "score_summary",
)


def facts(title):
    """{facet name: keys} of a title, read off its rows one by one."""
    releases = list(title.releases.all())
    audio = [track for release in releases for track in release.audio_tracks.all()]
    subtitles = [track for release in releases for track in release.subtitle_tracks.all()]
    average = title.score_summary.average if title.score_summary.ratings >= 5 else None
    return {
        "kind": {title.kind},
        "decade": {f"{title.year // 10}0s"} if title.year else set(),
        "genre": {row.genre.slug for row in title.title_genres.all()},
        "country": {row.country_id for row in title.title_countries.all()},
        "collection": {row.collection.slug for row in title.title_collections.all()},
        "format": {release.medium for release in releases},
        "director": {credit.person.slug for credit in title.credits.all() if credit.role == "director"},
        "person": {credit.person.slug for credit in title.credits.all()},
        "company": {row.company.slug for row in title.title_companies.all() if row.role == "production"},
        "award": {award.body.slug for award in title.awards.all() if award.won},
        "audio": {track.language_id for track in audio if track.kind in ("original", "dub") and track.language_id},
        "subtitles": {track.language_id for track in subtitles},
        "sdh": {track.language_id for track in subtitles if track.hard_of_hearing},
        "rating": {key for key in ("3", "3.5", "4", "4.5") if average and average >= float(key)},
    }


@pytest.fixture
def films(demo):
    """{slug: facts} of all titles."""
    return {title.slug: facts(title) for title in Title.objects.prefetch_related(*EVERYTHING)}


def fit(films, choices, but=None):
    """Slugs of the titles that fit `choices`, of all facets `but` one."""
    asked = [(name, set(keys)) for name, keys in choices.items() if name != but]
    return {slug for slug, has in films.items() if all(has[name] & keys for name, keys in asked)}


def slugs(context):
    return {card["url"].split("/")[2] for card in context["cards"]}


@st.composite
def choosing(draw, films):
    """Some choices: of each facet drawn, one to three keys that some title has."""
    keys = {name: sorted(set().union(*(has[name] for has in films.values()))) for name in next(iter(films.values()))}
    names = draw(st.lists(st.sampled_from(sorted(name for name in keys if keys[name])), max_size=4, unique=True))
    return {name: draw(st.lists(st.sampled_from(keys[name]), min_size=1, max_size=3, unique=True)) for name in names}


def test_counts_and_lists_are_what_counting_one_by_one_gives(films):
    client = Client()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(choosing(films))
    def holds(choices):
        context = page(client, **choices)
        found = fit(films, choices)
        assert context["size_words"].split()[0] == f"{len(found):,}"
        assert slugs(context) <= found
        assert len(slugs(context)) == min(len(found), 48)
        for facet in context["facets"]:
            if facet["name"] in next(iter(films.values())):
                others = fit(films, choices, but=facet["name"])
                for value in facet["values"]:
                    expected = sum(value["key"] in films[slug][facet["name"]] for slug in others)
                    assert value["count"] == f"{expected:,}", (choices, facet["name"], value["key"])

    holds()
