"""What members say of our e-mails: the page of preferences, and the link that stands in every one."""

import pytest
from django.test import Client
from django.urls import reverse

from members import links
from members.mail_kinds import optional
from members.models import MutedMail
from tests.factories import make_member, make_muted_mail

pytestmark = pytest.mark.django_db
PREFERENCES = reverse("members:mail")
ALL = [kind.name for kind in optional()]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def muted(member):
    return set(member.muted_mail.values_list("kind", flat=True))


def way_out(member, kind="short"):
    return reverse("members:unsubscribe", args=[links.token(links.UNSUBSCRIBING, member.pk, kind)])


# ------------------------------------------------------------------ preferences
def test_a_visitor_signs_in_first(client):
    assert client.get(PREFERENCES).status_code == 302


def test_what_is_not_ticked_is_turned_off_and_on_again(sign_in):
    member = make_member()
    client = sign_in(member)
    page = client.post(PREFERENCES, {"kind": ["posted", "received"]}, follow=True).content.decode()
    assert muted(member) == {"short", "out"} and "Saved." in page
    assert page.count(" checked") == 2 + page.count('value="auto" checked')
    client.post(PREFERENCES, {"kind": ALL})
    assert muted(member) == set()


def test_what_is_needed_and_what_there_is_not_cannot_be_turned_off(sign_in):
    member = make_member()
    sign_in(member).post(PREFERENCES, {"kind": [*ALL, "invoice", "nonsense"]})
    assert muted(member) == set()


def test_preferences_are_ones_own(sign_in):
    other = make_member()
    make_muted_mail(member=other)
    sign_in(make_member()).post(PREFERENCES, {"kind": ALL})
    assert muted(other) == {"short"}


# ------------------------------------------------------------------ the link
def test_looking_at_the_link_changes_nothing(client):
    member = make_member()
    page = client.get(way_out(member)).content.decode()
    assert "Turn them off" in page and "Your queue is short" in page
    assert muted(member) == set()
    assert member.email not in page and member.shown_as not in page


def test_the_button_turns_a_kind_off_and_undo_turns_it_on(client):
    member = make_member()
    page = client.post(way_out(member), follow=True).content.decode()
    assert muted(member) == {"short"} and "Turned off." in page and "Undo" in page
    page = client.post(way_out(member), {"undo": "1"}, follow=True).content.decode()
    assert muted(member) == set() and "Turn them off" in page


def test_a_mail_program_does_it_in_one_click_without_cookies_or_a_redirect():
    member = make_member()
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = strict.post(way_out(member), ONE_CLICK)
        assert (answer.status_code, answer.content) == (200, b"Done.\n")
    assert MutedMail.objects.filter(member=member, kind="short").count() == 1


@pytest.mark.parametrize("purpose", [links.RATING, "other"])
def test_a_link_for_something_else_is_none_of_ours(client, purpose):
    member = make_member()
    token = links.token(purpose, member.pk, "short")
    answer = client.post(reverse("members:unsubscribe", args=[token]))
    assert answer.status_code == 404 and muted(member) == set()


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "0" * 3000])
def test_a_forged_link_is_a_plain_404(client, token):
    answer = client.get(reverse("members:unsubscribe", args=[token]))
    assert answer.status_code == 404 and "This link does not work." in answer.content.decode()


def test_a_changed_link_is_a_404(client):
    member, other = make_member(), make_member()
    mine, theirs = way_out(member).split(":"), way_out(other).split(":")
    answer = client.post(":".join([theirs[0], *mine[1:]]))
    assert answer.status_code == 404 and muted(other) == set()


def test_the_link_of_a_member_who_left_is_gone(client):
    member = make_member()
    address = way_out(member)
    member.is_active = False
    member.save()
    assert client.get(address).status_code == 410
