"""rebuild_suggestions: titles like a title, and the most popular ones."""

import threading

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Max

from catalogue.importers.tests.conftest import taken
from catalogue.models import PopularTitle, SimilarTitle
from catalogue.similar.rebuild import KEPT

pytestmark = pytest.mark.django_db


def similar():
    return list(SimilarTitle.objects.order_by("title__slug", "position").values_list("title__slug", "other__slug"))


@pytest.fixture
def suggestions(demo):
    taken(demo)
    call_command("rebuild_suggestions", verbosity=0)


def test_every_title_of_the_demo_that_is_like_any_is_like_six(suggestions):
    numbers = SimilarTitle.objects.values("title").annotate(number=Count("pk")).values_list("number", flat=True)
    assert len(numbers) > 100 and min(numbers) >= 6 and max(numbers) <= KEPT


def test_no_title_is_like_itself(suggestions):
    assert not SimilarTitle.objects.filter(title=F("other")).exists()


def test_the_same_catalogue_gives_the_same_suggestions(suggestions):
    before = similar(), list(PopularTitle.objects.order_by("position").values_list("title", flat=True))
    call_command("rebuild_suggestions", verbosity=0)
    assert (similar(), list(PopularTitle.objects.order_by("position").values_list("title", flat=True))) == before


def test_the_most_rated_titles_come_first(suggestions):
    popular = PopularTitle.objects.order_by("position").annotate(
        number=Count("title__ratings"), last=Max("title__ratings__rated_on")
    )
    places = [(row.number, row.last) for row in popular]
    assert len(places) == 24 and places == sorted(places, reverse=True)
    assert [row.position for row in popular] == list(range(1, 25))


def test_readers_see_a_whole_list_while_it_is_made_anew(database, demo):
    database.manage("import_titles", demo).check_returncode()
    database.manage("rebuild_suggestions").check_returncode()
    whole = database.query("SELECT count(*) FROM catalogue_similartitle")
    over, seen = threading.Event(), []

    def read():
        while not over.is_set():
            seen.append(database.query("SELECT count(*) FROM catalogue_similartitle"))

    reader = threading.Thread(target=read)
    reader.start()
    rebuilds = [database.start("rebuild_suggestions") for _ in range(2)]
    codes = [rebuild.wait() for rebuild in rebuilds]
    over.set()
    reader.join()
    assert codes == [0, 0] and len(seen) > 5 and all(count == whole for count in seen)
