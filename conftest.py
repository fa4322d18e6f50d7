"""Fixtures of all tests: kinds of database, members who are signed in."""

import os

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from catalogue import pages
from catalogue.browse import fresh
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.databases import connected_to, copy_of, drop, make_demo, the_test_database, undone


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Each test starts without kept pages and titles: rolled-back transactions may have left some."""
    pages.forget()
    fresh.forget()


@pytest.fixture(autouse=True)
def accounts_are_old_enough(settings):
    """Members of tests joined a moment ago; only tests of that rule of moderation hold it against them."""
    settings.MODERATION = settings.MODERATION | {"new_account_days": 0}


@pytest.fixture(scope="session")
def empty_database(django_db_setup, django_db_blocker):
    """The name of the migrated test database with nothing in it."""
    with django_db_blocker.unblock(), the_test_database() as name:
        yield name


@pytest.fixture(scope="session")
def demo_database(empty_database, django_db_blocker):
    """The name of a database with the demo catalogue, made once."""
    with django_db_blocker.unblock():
        name = make_demo(empty_database)
        yield name
        drop(name)


@pytest.fixture
def demo(demo_database, django_db_blocker):
    """The demo catalogue; what the test writes is rolled back."""
    with django_db_blocker.unblock(), connected_to(demo_database), undone():
        yield


@pytest.fixture
def scratch(empty_database, django_db_blocker):
    """An empty database of the test's own: its threads connect to it and commit."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        yield name


@pytest.fixture
def sign_in():
    """sign_in(member) is a client of that member."""

    def client_of(member):
        client = Client()
        client.force_login(member)
        return client

    return client_of


@pytest.fixture(scope="module")
def chromium():
    """A Chromium to open pages with. Put the database in place before it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; we make no async queries
    with sync_playwright() as playwright:
        connections.close_all()  # beside a loop, Django has a connection of its own: an earlier module's is stale
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
