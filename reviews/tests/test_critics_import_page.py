"""The staff's page of a file of critics' reviews: a look first, and nothing written before it is confirmed."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.models import Critic, CriticReview, ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db
HEAD = "title,critic,publication,fresh,quote"
ADD = ("add_criticreview", "view_criticreview")
ALL = (*ADD, "change_criticreview", "add_critic", "change_critic", "add_publication")


@pytest.fixture
def url():
    return reverse("admin:reviews_criticreview_import")


@pytest.fixture
def title():
    return make.make_title(slug="cranes-1957", name="Cranes", year=1957)


def staff(client, rights=ALL):
    member = make.make_staff()
    member.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(member)
    return client


def send(client, url, text):
    return client.post(url, {"sheet": SimpleUploadedFile("critics.csv", text.encode())})


def sealed(response):
    return re.search(r'name="sealed" value="([^"]*)"', response.content.decode())[1]


def test_a_file_is_looked_at_and_then_taken_over(client, url, title):
    staff(client)
    page = send(client, url, f"{HEAD}\n{title.slug},Ann,Post,for,<b>Yes</b>\nno-such,Bo,Post,for,\n")
    text = page.content.decode()
    assert "1 to create, 0 to update, 0 unchanged, 1 rejected" in text and "We have no title “no-such”" in text
    assert "New critics: Ann." in text and "<b>Yes</b>" not in text
    assert not CriticReview.objects.exists() and not Critic.objects.exists()
    answer = client.post(url, {"sealed": sealed(page)}, follow=True)
    assert "1 review created, 0 reviews updated, 0 reviews unchanged. 1 row stayed out." in answer.content.decode()
    assert CriticReview.objects.get().title == title and not ScoreSummary.objects.wrong()


def test_who_may_not_add_them_is_refused(client, url):
    assert staff(client, ("view_criticreview", "change_criticreview")).get(url).status_code == 403
    assert client.post(url, {"sealed": "x"}).status_code == 403


def test_who_may_only_add_changes_nothing_that_is_there(client, url, title):
    critic, place = make.make_critic(name="Ann", slug="ann"), make.make_publication(name="Post", slug="post")
    make.make_critic_review(title=title, critic=critic, publication=place, quote="Yes.")
    rows = f"{title.slug},Ann,Post,against,No.\n{title.slug},New,Post,for,\n{title.slug},Ann,Other,for,\n"
    text = send(staff(client, ADD), url, f"{HEAD}\n{rows}").content.decode()
    assert "0 to create, 0 to update, 0 unchanged, 3 rejected" in text
    assert "not change this one" in text and "you may not add any" in text


def test_what_changed_since_is_shown_again_and_not_taken_over(client, url, title):
    staff(client)
    page = send(client, url, f"{HEAD}\n{title.slug},Ann,Post,for,Yes\n")
    ann, post = make.make_critic(name="Ann", slug="ann"), make.make_publication(name="Post", slug="post")
    make.make_critic_review(title=title, critic=ann, publication=post, quote="Mine")
    again = client.post(url, {"sealed": sealed(page)})
    assert "nothing was taken over" in again.content.decode() and "0 to create, 1 to update" in again.content.decode()
    assert CriticReview.objects.get().quote == "Mine"
    client.post(url, {"sealed": sealed(again)})
    assert CriticReview.objects.get().quote == "Yes"


def test_a_look_of_somebody_else_or_changed_on_the_way_is_refused(client, url, title):
    page = send(staff(client), url, f"{HEAD}\n{title.slug},Ann,Post,for,Yes\n")
    staff(client)
    for seal in (sealed(page), "x", ""):
        assert "Send the file again" in client.post(url, {"sealed": seal}, follow=True).content.decode()
    assert not CriticReview.objects.exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "This file is empty"), ("a,b\n", "do not know these columns"), ("x" * (6 * 1024 * 1024), "too large")],
)
def test_a_file_that_cannot_be_taken_says_why(client, url, text, why):
    response = send(staff(client), url, text)
    assert response.status_code == 200 and why in response.content.decode()


def test_the_list_links_to_it_for_those_who_may(client, url):
    lists = reverse("admin:reviews_criticreview_changelist")
    assert url in staff(client).get(lists).content.decode()
    assert url not in staff(client, ("view_criticreview",)).get(lists).content.decode()
