"""Which editions a member can have and follow, and what is said of the others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rentals.editions import default, editions
from rentals.waits import for_titles
from tests.factories import (
    make_access_needs,
    make_audio_track,
    make_copy,
    make_disc,
    make_member,
    make_member_language,
    make_membership,
    make_plan,
    make_player,
    make_release,
    make_subtitle_track,
    make_title,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def released(medium="dvd", title=None, copies=1, **fields):
    """A release with copies of its one disc."""
    disc = make_disc(release=make_release(title=title or make_title(), medium=medium, **fields))
    for _ in range(copies):
        make_copy(disc=disc)
    return disc.release


def seen_by(member, release):
    return editions(release.title_id, member, TODAY)


def only(member, release):
    (edition,) = seen_by(member, release)
    return edition


def test_a_member_who_told_nothing_can_have_all():
    release = released("4k")
    edition = only(make_member(), release)
    assert edition.fits and edition.out and edition.held and edition.warnings == []


REGIONS = [
    (["2"], ["1"], "This DVD is region 1; your player takes region 2."),
    (["2", "4"], ["1", "3"], "This DVD is regions 1 and 3; your player takes regions 2 and 4."),
    (["2"], ["1", "2"], ""),
    (["2"], ["0"], ""),
    (["2"], [], ""),
    (["0"], ["1"], ""),
    ([], ["1"], ""),
]


@pytest.mark.parametrize(("player", "disc", "said"), REGIONS)
def test_a_region_that_the_player_does_not_take(player, disc, said):
    member, release = make_member(), released(regions=disc)
    make_player(member=member, regions=player)
    edition = only(member, release)
    assert edition.warnings == [said] * bool(said)
    assert edition.plays == edition.fits == (not said)
    wait = for_titles([release.title_id], member)[release.title_id]
    assert (wait.kind == "in") == edition.plays, "SQL says the same"


@pytest.mark.parametrize("medium", ["blu-ray", "4k"])
def test_a_medium_without_a_player(medium):
    member, release = make_member(), released(medium)
    make_player(member=member, medium="dvd")
    edition = only(member, release)
    assert edition.warnings == [f"You told us of no {edition.label} player."]
    assert for_titles([release.title_id], member)[release.title_id].kind == "none"


def test_a_plan_covers_its_media():
    member, release = make_member(), released("blu-ray")
    make_membership(member=member, plan=make_plan(media=["dvd"]))
    edition = only(member, release)
    assert edition.plays and not edition.covered and not edition.fits


def test_a_plan_that_ended_says_nothing():
    member, release = make_member(), released("blu-ray")
    make_membership(member=member, plan=make_plan(media=["dvd"]), ended_at="2026-02-01T00:00Z")
    assert only(member, release).covered


@pytest.mark.parametrize(
    ("sound", "subtitles", "followed"),
    [("ru", [], True), ("fr", ["ru"], True), ("fr", ["en"], False), (None, [], True), ("", [], True)],
)
def test_a_language_is_spoken_or_written(sound, subtitles, followed):
    member, release = make_member(), released()
    make_member_language(member=member, language_id="ru")
    if sound != "":
        make_audio_track(release=release, language_id=sound)
    for language in subtitles:
        make_subtitle_track(release=release, language_id=language)
    said = "This DVD has neither sound nor subtitles in a language you told us."
    edition = only(member, release)
    assert edition.warnings == [] if followed else [said]
    assert edition.plays


def test_a_commentary_is_not_the_sound():
    member, release = make_member(), released()
    make_member_language(member=member, language_id="ru")
    make_audio_track(release=release, language_id="fr")
    make_audio_track(release=release, language_id="ru", kind="commentary")
    assert not only(member, release).fits


def test_what_a_disc_must_have_to_be_followed():
    member, release = make_member(), released()
    make_access_needs(member=member, hard_of_hearing=True, audio_description=True)
    assert only(member, release).warnings == [
        "This DVD lists no subtitles for the hard of hearing.",
        "This DVD lists no audio description.",
    ]
    make_subtitle_track(release=release, hard_of_hearing=True)
    make_audio_track(release=release, kind="audio description", language_id="en")
    assert only(member, release).fits


# ------------------------------------------------------------------ for somebody who does not choose
def best(member, title):
    edition = default(editions(title.pk, member, TODAY))
    return edition and edition.medium


def test_the_best_medium_that_plays():
    title, member = make_title(), make_member()
    for medium in ("dvd", "blu-ray", "4k"):
        released(medium, title)
    assert best(member, title) == "4k"
    make_player(member=member, medium="blu-ray", regions=["B"])
    make_player(member=member, medium="dvd", regions=["2"])
    assert best(member, title) == "blu-ray"


def test_what_can_be_followed_before_the_better_medium():
    title, member = make_title(), make_member()
    make_access_needs(member=member, hard_of_hearing=True)
    released("4k", title)
    make_subtitle_track(release=released("dvd", title), hard_of_hearing=True)
    assert best(member, title) == "dvd"


def test_what_we_hold_before_what_is_to_come_before_what_we_do_not_hold():
    title, member = make_title(), make_member()
    released("4k", title, copies=0)
    assert best(member, title) == "4k"
    released("blu-ray", title, copies=0, released_on="2027")
    assert best(member, title) == "blu-ray"
    released("dvd", title)
    assert best(member, title) == "dvd"


def test_nothing_that_plays_is_no_default():
    member, release = make_member(), released("4k")
    make_player(member=member, medium="dvd")
    assert best(member, release.title) is None


def test_as_many_queries_for_six_editions_as_for_one():
    title, member = make_title(), make_member()
    for number in (1, 5):
        for _ in range(number):
            released("dvd", title)
        with CaptureQueriesContext(connection) as captured:
            editions(title.pk, member, TODAY)
        assert len(captured) == 1
