"""Every form that changes something carries the key that makes its effect happen once."""

from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.urls import resolve

from members.once import FIELD
from tests.pages import tree

ORIGIN = "http://testserver"
MOST_OF_A_KIND = 2
# What a second sending does not change: who is signed in, which colours, an account that is gone with its keys.
NEEDS_NONE = {"members:theme", "members:sign_in", "members:sign_out", "members:delete"}
# Forms with a password or a code: the row of one that was sent would keep a hash of it that is quick to guess against.
# Sent twice they do nothing twice: they are limited, or the second finds nothing left to do.
SECRET = ("account_", "mfa_")


def kind(url):
    return resolve(urlsplit(url).path).view_name


def linked(page, url):
    """Addresses of ours that the page leads to, without what searches and selections add."""
    for link in page.iter("a"):
        there = urlsplit(urldefrag(urljoin(ORIGIN + url, link.get("href") or "")).url)
        if f"{there.scheme}://{there.netloc}" == ORIGIN and not there.path.startswith(("/admin/", "/media/")):
            yield there.path


def pages(client, start):
    """(address, page) of a few pages of each kind that links lead to."""
    seen, waiting, kinds = set(), list(start), Counter()
    while waiting:
        url = waiting.pop(0)
        if url in seen or kinds[kind(url)] >= MOST_OF_A_KIND:
            continue
        seen.add(url)
        response = client.get(url)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            kinds[kind(url)] += 1
            page = tree(response)
            yield url, page
            waiting += linked(page, url)


def forms(page):
    return [form for form in page.iter("form") if form.get("method", "").lower() == "post"]


def without_key(client, start):
    """(address of the page, address of the form) of forms that could have their effect twice."""
    for url, page in pages(client, start):
        for form in forms(page):
            action = urljoin(ORIGIN + url, form.get("action") or url)
            if (
                kind(action) not in NEEDS_NONE
                and not kind(action).startswith(SECRET)
                and form.find(f".//input[@name='{FIELD}']") is None
            ):
                yield url, urlsplit(action).path


def test_every_form_of_a_members_pages_has_a_key(demo, sign_in):
    renters = get_user_model().objects.annotate(n=Count("queue")).filter(n__gte=5, rentals__checked_in_at=None)
    client = sign_in(renters.first())
    assert list(without_key(client, ["/", "/queue/", "/account/"])) == []


def test_every_form_of_a_visitors_pages_has_a_key(demo, client):
    assert list(without_key(client, ["/"])) == []


def test_no_page_has_the_same_key_twice(demo, sign_in):
    renters = get_user_model().objects.annotate(n=Count("queue")).filter(n__gte=5)
    for url, page in pages(sign_in(renters.first()), ["/", "/queue/"]):
        keys = [field.get("value") for field in page.iter("input") if field.get("name") == FIELD]
        assert len(set(keys)) == len(keys), url
