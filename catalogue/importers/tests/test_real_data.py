"""Real files of other people, beside the repository."""

import pytest

from catalogue.importers.tests.conftest import row_counts
from catalogue.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(shared):
    """The folders that an importer is for."""
    return [shared / folder for folder in ("us-films", "cannes-films", "dvd-profiler")]


@pytest.mark.long
def test_real_files_go_in_and_change_nothing_the_second_time(real, import_titles):
    first = import_titles(*real)
    assert first.code == 0
    assert first.counts["created"] > 37_000 and first.counts["rejected"] <= 5
    before = row_counts()
    again = import_titles(*real)
    assert (again.counts["created"], again.counts["updated"]) == (0, 0)
    assert again.counts["rejected"] == first.counts["rejected"]
    assert row_counts() == before


@pytest.mark.parametrize("demo_first", [True, False])
def test_a_film_of_the_demo_and_of_cannes_is_one_title(shared, demo, import_titles, demo_first):
    files = [demo, shared / "cannes-films"]
    for path in files if demo_first else files[::-1]:
        assert import_titles(path).code == 0
    cranes = Title.objects.filter(identifiers__scheme="imdb", identifiers__value="tt0050634").get()
    assert cranes.slug == "the-cranes-are-flying-1957"
    assert Title.objects.filter(name="The Cranes Are Flying").count() == 1
    assert cranes.synopsis


def test_the_page_of_a_film_from_dvd_profiler_prints_what_is_on_the_discs(shared, import_titles, client):
    import_titles(shared / "dvd-profiler")
    page = client.get("/titles/pearl-harbor-2001/").content.decode()
    release = Title.objects.get(slug="pearl-harbor-2001").releases.get()
    assert release.audio_tracks.exists() and release.subtitle_tracks.exists() and release.extras.exists()
    for track in release.audio_tracks.select_related("language"):
        assert not track.language or track.language.name in page
        assert track.channels in page
    for track in release.subtitle_tracks.select_related("language"):
        assert track.language.name in page
    assert all(extra.name in page for extra in release.extras.all())
    assert release.regions and "Region" in page and all(region in page for region in release.regions)
