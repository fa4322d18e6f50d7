"""Rating a film, and saying what goes next, through the link in "We have your disc"."""

import time

import pytest
from django.core import signing
from django.urls import reverse

from members import links
from reviews.models import Rating, ScoreSummary
from tests.factories import make_member, make_queue_entry, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(shown_as="Ruth")


@pytest.fixture
def title():
    title = make_title(name="Solaris")
    ScoreSummary.objects.rebuild([title.pk])
    return title


def token_of(member, title):
    return links.token(links.RATING, member.pk, title.pk)


def rate(member, title):
    return reverse("reviews:rate_by_link", args=[token_of(member, title)])


def queue_of(member, *names):
    return [make_queue_entry(member=member, title=make_title(name=name)) for name in names]


def order(member):
    return [entry.title.name for entry in member.queue.in_order().select_related("title")]


def test_looking_at_the_link_rates_nothing_and_signs_nobody_in(client, member, title):
    page = client.get(rate(member, title))
    assert "Solaris" in page.content.decode() and "Sign in" in page.content.decode()
    assert not Rating.objects.exists() and "session" not in client.cookies
    assert "no-store" in page["Cache-Control"]


def test_a_rating_is_posted_without_signing_in_and_can_be_changed(client, member, title):
    page = client.post(rate(member, title), {"half_stars": "7"}, follow=True).content.decode()
    assert "Thank you." in page and "3.5 of 5" in page
    client.post(rate(member, title), {"half_stars": "10"})
    assert list(Rating.objects.values_list("member", "title", "half_stars")) == [(member.pk, title.pk, 10)]
    assert "_auth_user_id" not in client.session


def test_no_stars_is_said_on_the_page_and_changes_nothing(client, member, title):
    answer = client.post(rate(member, title), {})
    assert answer.status_code == 200 and "Choose a number of stars first." in answer.content.decode()
    assert not Rating.objects.exists()


def test_it_shows_nothing_else_of_the_member(client, member, title):
    queue_of(member, "Stalker")
    page = client.get(rate(member, title)).content.decode()
    assert not any(secret in page for secret in ("Ruth", member.email, member.handle, "Stalker"))


@pytest.fixture
def days_ago(monkeypatch):
    """days_ago(n): links made now are dated n days back."""

    def date_back(days):
        then = signing.b62_encode(int(time.time()) - days * 24 * 3600)
        monkeypatch.setattr(signing.TimestampSigner, "timestamp", lambda signer: then)

    return date_back


def test_after_sixty_days_it_is_gone(client, member, title, days_ago):
    days_ago(59)
    assert client.get(rate(member, title)).status_code == 200
    days_ago(61)
    answer = client.post(rate(member, title), {"half_stars": "8"})
    assert answer.status_code == 410 and "Solaris" not in answer.content.decode()
    assert not Rating.objects.exists()


def test_a_link_for_another_purpose_or_another_signature_is_a_404(client, member, title):
    foreign = links.token(links.UNSUBSCRIBING, member.pk, title.pk)
    mine, other = token_of(member, title).split(":"), token_of(make_member(), title).split(":")
    for token in (foreign, ":".join([other[0], *mine[1:]]), "x"):
        assert client.post(reverse("reviews:rate_by_link", args=[token]), {"half_stars": "8"}).status_code == 404
    assert not Rating.objects.exists()


def test_of_a_film_that_left_the_catalogue_it_is_a_404(client, member, title):
    address = rate(member, title)
    title.delete()
    assert client.get(address).status_code == 404


# ------------------------------------------------------------------ what comes next
def next_page(member, title):
    return reverse("reviews:rated_by_link", args=[token_of(member, title)])


def test_it_shows_the_next_three(client, member, title):
    queue_of(member, "Stalker", "Mirror", "Nostalghia", "Sacrifice")
    page = client.get(next_page(member, title)).content.decode()
    assert all(name in page for name in ("Stalker", "Mirror", "Nostalghia")) and "Sacrifice" not in page
    assert page.count("Send this one first") == 2 and page.count("Goes first") == 1


def test_an_empty_queue_says_so(client, member, title):
    assert "Your queue is empty" in client.get(next_page(member, title)).content.decode()


def test_one_goes_first_without_signing_in(client, member, title):
    last = queue_of(member, "Stalker", "Mirror", "Nostalghia")[-1]
    address = reverse("rentals:send_first", args=[token_of(member, title), last.pk])
    assert client.get(address).status_code == 302 and order(member)[0] == "Stalker"
    page = client.post(address, follow=True).content.decode()
    assert order(member) == ["Nostalghia", "Stalker", "Mirror"]
    assert "Nostalghia goes first." in page


def test_an_entry_of_another_member_is_a_404(client, member, title):
    other = make_member()
    theirs = queue_of(other, "Stalker", "Mirror")[-1]
    address = reverse("rentals:send_first", args=[token_of(member, title), theirs.pk])
    assert client.post(address).status_code == 404
    assert order(other) == ["Stalker", "Mirror"]


def test_the_page_costs_the_same_for_every_queue(client, member, title, django_assert_max_num_queries):
    queue_of(member, *(f"Film {number}" for number in range(30)))
    with django_assert_max_num_queries(12):
        client.get(next_page(member, title))
