"""Fixtures of tests that open pages in a browser."""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.databases import connected_to, copy_of

# A page that is asked for on purpose; a server that a test takes down; a request of htmx that a newer one takes the
# place of, or that a test cuts off.
HARMLESS = (
    "404 (Not Found)",
    "503 (Service Unavailable)",
    "Response Status Error Code 503",
    "htmx:afterRequest",
    "htmx:sendAbort",
    "htmx:abort",
    "htmx:sendError",
    "net::ERR_FAILED",
)


@pytest.fixture(scope="module")
def site(demo_database, django_db_blocker):
    """The address of a server with a copy of the demo, to which it may write."""
    with django_db_blocker.unblock(), copy_of(demo_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def open_page(site, chromium):
    """open_page(address, **of the context) is a page of ours; what it complains of fails the test."""
    contexts, complaints = [], []

    def open_(address, width=1440, member=None, **options):
        context = chromium.new_context(base_url=site, viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        if member:
            context.add_cookies([{"name": "session", "value": _session(member), "url": site}])
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(known in said for known in HARMLESS)] == []


def _session(member):
    client = Client()
    client.force_login(member)
    return client.cookies["session"].value
