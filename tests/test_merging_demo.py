"""Merging on the demo's catalogue and shop, through the pages, and undoing it."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue import invariants
from catalogue.models import Deed, Title
from rentals.models import QueueEntry
from reviews.models import Rating
from tests.factories import make_staff
from tests.test_merging import different, dump


@pytest.fixture
def staff(demo):
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    return client


def the_two_with_most_ratings_in_common():
    stays = Title.objects.get(slug="the-cranes-are-flying-1957")
    raters = stays.ratings.values("member")
    others = Title.objects.exclude(pk=stays.pk).filter(ratings__member__in=raters, queue_entries__isnull=False)
    return others.order_by("-score_summary__critic_reviews", "pk").first(), stays


def test_two_films_of_the_demo_become_one_and_two_again(staff):
    gone, stays = the_two_with_most_ratings_in_common()
    before = dump()
    members = set(Rating.objects.filter(title__in=[gone, stays]).values_list("member", flat=True))
    live = QueueEntry.objects.live().filter(title__in=[gone, stays])
    wishes = set(live.values_list("member", "medium", "disc"))
    critics = gone.critic_reviews.count() + stays.critic_reviews.count()
    url = reverse("admin:catalogue_title_merge", args=[stays.pk])
    lines = {line.name: line for line in staff.get(url, {"other": gone.pk}).context["lines"]}
    assert lines["Ratings"].moved + lines["Ratings"].dropped >= gone.ratings.count()
    assert staff.post(url, {"other": gone.pk}).status_code == 302
    stays = Title.objects.get(pk=stays.pk)
    assert set(stays.ratings.values_list("member", flat=True)) == members
    assert set(QueueEntry.objects.live().filter(title=stays).values_list("member", "medium", "disc")) == wishes
    assert lines["Critics’ reviews"].moved + lines["Critics’ reviews"].dropped + stays.critic_reviews.count() >= critics
    summary = stays.score_summary
    assert summary.critic_reviews == stays.critic_reviews.count()
    assert summary.fresh_reviews == stays.critic_reviews.filter(fresh=True).count()
    moved = staff.get(gone.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (301, stays.get_absolute_url())
    assert invariants.broken() == {}
    deed = Deed.objects.filter(metadata__verb="merge").latest("created_at")
    staff.post(reverse("admin:catalogue_deed_undo", args=[deed.pk]))
    assert invariants.broken() == {}
    after = {name: rows for name, rows in dump().items() if name not in ("django_admin_log", "django_session")}
    changed = different({name: before[name] for name in after}, after)
    assert {name: sorted(pair[0])[:2] + sorted(pair[1])[:2] for name, pair in changed.items()} == {}
