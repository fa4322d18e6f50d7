"""How reviews work: what readers are told, with figures."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from reviews import moderation
from tests.factories import make_member, make_report, make_review, make_staff, make_vote
from tests.pages import get, text

pytestmark = pytest.mark.django_db
POLICY = "/how-reviews-work/"


@pytest.fixture(autouse=True)
def counted_anew():
    cache.delete("reviews.figures")


def figures(client):
    rows = next(get(client, POLICY).iter("tbody")).iter("tr")
    return {text(next(row.iter("th"))): text(next(row.iter("td"))) for row in rows}


def test_the_page_tells_the_figures_of_the_last_twelve_months(client):
    now, staff = timezone.now(), make_staff()
    shown = [make_review(written_on=now.date(), verified=verified) for verified in (True, True, False)]
    make_review(written_on=now.date() - timedelta(days=400))
    for hours in (1, 3, 40):
        review = make_review(written_on=now.date())
        moderation.hold(review, "links", at=now - timedelta(hours=hours))
        moderation.reject(review, "Copied.", by=staff, at=now)
    moderation.undo(moderation.reject(shown[0], "Oh.", by=staff, at=now), by=staff, at=now)
    moderation.hold(old := make_review(written_on=now.date()), "links", at=now - timedelta(days=400))
    moderation.reject(old, "Long ago.", by=staff, at=now - timedelta(days=399))
    make_report(reported_at=now)
    for voted_at in (now, now - timedelta(days=400)):
        vote = make_vote(voted_at=voted_at)
        moderation.hold_votes(vote.voter, vote.review.author, at=now)
    banned = make_vote(voted_at=now).voter
    moderation.ban(banned, "Bought.", by=staff, at=now)
    assert figures(client) == {
        "Reviews written and shown": "7",
        "Share of these by members whose disc came back": "29%",
        "Reviews that a moderator looked at first": "3",
        "Reviews turned down": "3",
        "Votes that do not count": "2",
        "Members banned": "1",
        "Reports by readers": "1",
        "Half of what was held was decided within": "3 hours",
    }


def test_without_reviews_the_figures_are_words(client):
    shown = figures(client)
    assert shown["Share of these by members whose disc came back"] == "No reviews yet"
    assert shown["Half of what was held was decided within"] == "Nothing was decided yet"


def test_the_page_prints_the_thresholds_that_are_in_force(client, settings):
    settings.MODERATION = settings.MODERATION | {"new_account_days": 11, "reports_to_hold": 13, "burst_votes": 17}
    page = text(get(client, POLICY))
    for words in ("less than 11 days ago", "13 members have reported it", "on 17 or more reviews"):
        assert words in page


def test_the_document_says_the_same_figures_as_the_settings():
    text = Path(settings.BASE_DIR, "docs", "reviews-policy.md").read_text()
    standard = {"new_account_days": 7} | {k: v for k, v in settings.MODERATION.items() if k != "new_account_days"}
    for name, value in standard.items():
        assert f"| `{name}` | {value} |" in text


def test_the_foot_of_every_page_and_the_sitemap_lead_there(client):
    make_member()
    assert POLICY in client.get("/").content.decode()
    assert POLICY in client.get("/sitemaps/pages-0.xml").content.decode()
