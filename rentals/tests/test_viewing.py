"""How a member watches."""

import pytest
from django.test import Client

from rentals.models import AccessNeeds
from tests.factories import (
    make_access_needs,
    make_audio_track,
    make_member,
    make_member_language,
    make_player,
    make_subtitle_track,
)
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
PAGE = "/account/viewing/"


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    make_audio_track(language_id="ru")
    make_subtitle_track(language_id="en")
    return sign_in(member)


def players(member):
    return {player.medium: player.regions for player in member.players.all()}


def languages(member):
    return set(member.languages.values_list("language", flat=True))


def faults(response):
    return [text(fault) for fault in of_class(tree(response), "fault")]


def test_players_are_saved_with_their_regions(client, member):
    client.post(PAGE, {"media": ["dvd", "4k"], "dvd_regions": ["2", "1"], "blu_ray_regions": ["B"]})
    assert players(member) == {"dvd": ["1", "2"], "4k": []}


def test_any_region_is_any_whatever_else_is_ticked(client, member):
    client.post(PAGE, {"media": ["dvd", "blu-ray"], "dvd_regions": ["any", "2"], "blu_ray_regions": ["any"]})
    assert players(member) == {"dvd": [], "blu-ray": []}


def test_what_was_said_before_is_shown_and_forgotten_when_it_changes(client, member):
    make_player(member=member, medium="blu-ray", regions=["A"])
    make_member_language(member=member, language_id="ja")
    make_access_needs(member=member, audio_description=True)
    ticked = {(box.get("name"), box.get("value")) for box in get(client, PAGE).iter("input") if "checked" in box.attrib}
    assert {("media", "blu-ray"), ("blu_ray_regions", "A"), ("languages", "ja"), ("audio_description", None)} <= ticked
    client.post(PAGE, {"languages": ["en"], "hard_of_hearing": "on"})
    needs = AccessNeeds.objects.get(member=member)
    assert (players(member), languages(member)) == ({}, {"en"})
    assert (needs.hard_of_hearing, needs.audio_description) == (True, False)


def test_a_player_without_regions_is_asked_for_them_and_nothing_changes(client, member):
    response = client.post(PAGE, {"media": ["dvd"], "languages": ["en"]})
    assert faults(response) == [
        "Tick the regions it plays, or “Any region”. If you do not know: players sold here play 2."
    ]
    assert players(member) == {} and languages(member) == set()


def test_languages_of_our_discs_are_offered(client):
    offered = [box.get("value") for box in get(client, PAGE).iter("input") if box.get("name") == "languages"]
    assert offered == ["en", "ru"]


def test_any_language_can_be_named(client, member):
    client.post(PAGE, {"languages": ["en"], "others": " swedish , Basque,"})
    assert languages(member) == {"en", "sv", "eu"}
    client.post(PAGE, {"languages": ["en", "sv"], "others": "Swedish"})
    assert languages(member) == {"en", "sv"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"others": "Klingonese"}, "We know no language called Klingonese."),
        ({"languages": ["tlh"]}, "Select a valid choice. tlh is not one of the available choices."),
        ({"media": ["vhs"]}, "vhs is not one of the available choices."),
        ({"media": ["dvd"], "dvd_regions": ["9"]}, "9 is not one of the available choices."),
    ],
)
def test_what_there_is_not_is_refused(client, member, said, words):
    response = client.post(PAGE, said)
    assert words in text(tree(response))
    assert players(member) == {} and languages(member) == set()


def test_looking_writes_nothing(client, member):
    client.get(PAGE)
    assert not AccessNeeds.objects.filter(member=member).exists()


def test_the_page_costs_the_same_for_many_languages(client, member, django_assert_max_num_queries):
    for code in ("ja", "fr", "de", "it", "es"):
        make_member_language(member=member, language_id=code)
    with django_assert_max_num_queries(9):
        client.get(PAGE)


def test_visitors_are_asked_to_sign_in(db):
    assert Client().get(PAGE).status_code == 302
