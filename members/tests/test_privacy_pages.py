"""The pages on what is kept of a member."""

import pytest
from django.test import Client

from members.models import Member
from tests.factories import make_member
from tests.pages import get, links, text

pytestmark = pytest.mark.django_db
PAGE = "/account/privacy/"


def keep(client, word):
    return client.post(f"{PAGE}history/", {"keep": word})


def test_history_is_kept_only_if_a_member_says_so(sign_in):
    member = make_member()
    client = sign_in(member)
    assert "we forget that it was you" in text(get(client, PAGE))
    keep(client, "yes")
    assert Member.objects.get(pk=member.pk).keeps_history
    assert "We keep it, as you asked." in text(get(client, PAGE))
    keep(client, "no")
    assert not Member.objects.get(pk=member.pk).keeps_history


@pytest.mark.parametrize("word", ["", "perhaps", "YES"])
def test_only_a_yes_is_a_yes(sign_in, word):
    member = make_member()
    keep(sign_in(member), word)
    assert not Member.objects.get(pk=member.pk).keeps_history


@pytest.mark.parametrize("address", ["history/", "downloads/"])
def test_addresses_that_only_act_lead_to_the_page(sign_in, address):
    member = make_member(keeps_history=True)
    answer = sign_in(member).get(f"{PAGE}{address}")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert Member.objects.get(pk=member.pk).keeps_history and not member.downloads.exists()


@pytest.mark.parametrize("address", ["", "history/", "downloads/", "downloads/1/", "delete/"])
def test_visitors_are_asked_to_sign_in(address):
    assert Client().post(f"{PAGE}{address}").status_code in (302, 405)
    assert Client().get(f"{PAGE}{address}").status_code == 302


def test_everybody_reads_the_notice_and_finds_it_in_the_footer(client):
    assert "/privacy/" in links(get(client, "/plans/"))
    said = text(get(client, "/privacy/"))
    assert "Our log never names a film beside a member" in said and "six years" in said


def test_the_notice_is_in_the_sitemap(client):
    assert b"/privacy/</loc>" in client.get("/sitemaps/pages-0.xml").content
