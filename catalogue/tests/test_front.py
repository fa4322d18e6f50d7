"""Kept pages that are answered in front of Django: the same as Django's own answers, and never stale."""

import gzip

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory

from catalogue import pages
from catalogue.front import Front
from catalogue.models import PageVersion, Title
from tests.factories import make_plan, make_title

pytestmark = pytest.mark.django_db


class Watched:
    """Django's application, that counts what reaches it."""

    def __init__(self):
        self.django, self.asked = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)


@pytest.fixture
def site():
    """Django as gunicorn calls it, but for closing the connection that the test looks on with."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield Watched()
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def ask(site, monkeypatch):
    """ask(path, **headers) is (status, headers, body) by way of the front."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "other.example"])
    front = Front(site)

    def answer(path, method="GET", **headers):
        seen = {}

        def start(status, headers, exc_info=None):
            seen.update(status=status, headers=dict(headers))

        environ = RequestFactory().generic(method, path, **headers).environ
        environ.setdefault("HTTP_HOST", "testserver")
        body = b"".join(front(environ, start))
        return seen["status"], seen["headers"], body

    return answer


@pytest.fixture
def url():
    make_plan()
    return make_title(name="Before").get_absolute_url()


def warm(ask, url, **headers):
    """Django has made the page, and has been asked once more for its headers."""
    return [ask(url, **headers) for _ in range(2)][-1]


def test_a_kept_page_is_what_django_answered_and_django_is_not_asked(ask, site, url):
    status, headers, body = warm(ask, url)
    asked = site.asked
    status_now, headers_now, body_now = ask(url)
    assert site.asked == asked == 2
    assert (status_now, body_now) == (status, body) and b"Before" in body
    own = headers_now.pop("X-Request-ID"), headers.pop("X-Request-ID")
    assert own[0] and own[0] != own[1]
    assert headers_now == headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_change_is_seen_at_once(ask, site, url):
    warm(ask, url)
    Title.objects.update(name="After")
    PageVersion.objects.update(version=-1)  # a test is one transaction, whose number would stay the same
    assert b"After" in ask(url)[2]


def test_who_has_the_page_is_told_so_with_nothing_more(ask, site, url):
    tag = warm(ask, url)[1]["ETag"]
    asked = site.asked
    status, headers, body = ask(url, HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (status, body, site.asked) == ("304 Not Modified", b"", asked)
    assert headers["ETag"] == tag and "Content-Type" not in headers and "Content-Length" not in headers


def test_packed_pages_are_for_who_takes_them(ask, site, url):
    plain = warm(ask, url)
    packed = warm(ask, url, HTTP_ACCEPT_ENCODING="gzip, br")
    asked = site.asked
    assert ask(url, HTTP_ACCEPT_ENCODING="gzip")[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(ask(url, HTTP_ACCEPT_ENCODING="gzip")[2]) == plain[2]
    assert "Content-Encoding" not in ask(url, HTTP_ACCEPT_ENCODING="gzip;q=0")[1]
    assert packed[1]["ETag"] != plain[1]["ETag"] and site.asked == asked


def test_a_head_has_the_headers_and_no_body(ask, site, url):
    headers = warm(ask, url)[1]
    status, now, body = ask(url, method="HEAD")
    assert (status, body, now["ETag"], now["Content-Length"]) == (
        "200 OK",
        b"",
        headers["ETag"],
        headers["Content-Length"],
    )


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=somebody"},
        {"HTTP_COOKIE": f"theme=dark; {settings.SESSION_COOKIE_NAME}=somebody"},
        {"method": "POST"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_HOST": "unknown.example"},
        {"HTTP_COOKIE": "theme=dark"},
    ],
)
def test_anything_else_is_for_django(ask, site, url, other):
    warm(ask, url)
    asked = site.asked
    ask(url, **other)
    assert site.asked == asked + 1


def test_each_theme_and_host_has_a_page_of_its_own(ask, url):
    light = warm(ask, url)[2]
    dark = warm(ask, url, HTTP_COOKIE="a=b; theme=dark")[2]
    other = warm(ask, url, HTTP_HOST="other.example")[2]
    assert ask(url)[2] == light != ask(url, HTTP_COOKIE="theme=dark; a=b")[2] == dark
    assert b"http://other.example/" in other and b"other.example" not in light


def test_an_address_of_former_times_still_redirects(ask, url):
    Title.objects.get().move_to("somewhere-else")
    assert ask(url)[0] == "301 Moved Permanently"


def test_without_a_database_django_says_what_is_wrong(ask, site, url, monkeypatch):
    def lost(slug):
        raise OperationalError("gone")

    warm(ask, url)
    asked = site.asked
    monkeypatch.setattr(pages, "version_of", lost)
    assert ask(url)[0].startswith("500")
    assert site.asked == asked + 1
