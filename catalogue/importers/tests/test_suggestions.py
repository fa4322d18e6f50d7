"""rebuild_suggestions: titles like a title, and the most popular ones."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Count, F
from django.utils import timezone

from catalogue.importers.tests.conftest import taken
from catalogue.models import PopularTitle, SimilarTitle
from catalogue.similar.rebuild import KEPT
from tests.factories import make_rating, make_rental, make_title

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
    before = similar(), popular()
    call_command("rebuild_suggestions", verbosity=0)
    assert (similar(), popular()) == before


def popular():
    return list(PopularTitle.objects.order_by("position").values_list("title", flat=True))


def test_the_most_rated_titles_come_first_where_nothing_was_rented(suggestions):
    rows = PopularTitle.objects.order_by("position").annotate(number=Count("title__ratings"))
    numbers = [row.number for row in rows]
    assert len(numbers) == 24 and numbers == sorted(numbers, reverse=True)
    assert [row.position for row in rows] == list(range(1, 25))


def rent(title, times, days_ago, **fields):
    at = timezone.now() - timedelta(days=days_ago)
    for _ in range(times):
        make_rental(title=title, allocated_at=at, **fields)


def test_what_was_rented_lately_comes_first_then_what_was_rented_ever():
    lately, more_lately, once, cancelled = (make_title() for _ in range(4))
    rent(lately, 1, days_ago=29)
    rent(more_lately, 2, days_ago=1)
    rent(once, 5, days_ago=40)
    rent(cancelled, 3, days_ago=1, cancelled_at=timezone.now())
    make_rating(title=make_title())
    call_command("rebuild_suggestions", verbosity=0)
    assert popular()[:3] == [more_lately.pk, lately.pk, once.pk]
    assert cancelled.pk not in popular() and len(popular()) == 4


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
