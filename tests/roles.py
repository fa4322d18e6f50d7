"""What the site answers to whom, at every address: the addresses, the seven who ask, and what they get.

    python -m tests.roles | diff tests/roles.tsv -     the table as the site behaves now, beside the one we agreed on

A row of the table is a pattern of the URLconf, whose things stand in the address ("" if that is clear), a method, and a
word for each role: the status code, or for a redirect where it leads if that matters (LEADS). A "+" behind it says that
rows were written. What leads to the admin's door gets what the door answers.
"""

import os
import re
import tempfile
from functools import cached_property
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import django
import pytest  # noqa: F401 - where it is imported, the settings are those of tests
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import URLPattern, get_resolver

TABLE = Path(__file__).with_name("roles.tsv")
STAFF = ("cataloguer", "desk", "moderator", "manager")
ROLES = ("visitor", "member", "other", *STAFF)
METHODS = ("GET", "POST")
DOOR = "/admin/login/"
LEADS = {"/sign-in/": "sign-in", "/sign-in/again/": "again", "/account/two-factor/app/": "two-factor"}
# What every visit may note: when a session was last seen, what is to be said on the next page, what is limited.
OF_A_VISIT = ("django_session", "usersessions_usersession", "cache")
WRITTEN = """
    SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid)), 0)::int
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)
"""
PART = re.compile(r"<(?:\w+:)?(\w+)>")
APPS = re.compile(r"(?<=<app_label>)[^)]+")  # of the admin: left out, or each new one would change the pattern


# ------------------------------------------------------------------ addresses
def patterns(resolver=None, before=""):
    """Every pattern of the URLconf as one line of text, once."""
    found = {}
    for each in (resolver or get_resolver()).url_patterns:
        route = APPS.sub("…", before + str(each.pattern))
        found |= {route: None} if isinstance(each, URLPattern) else dict.fromkeys(patterns(each, route))
    return list(found)


def addresses(things):
    """{(pattern, whose): address} with `things` in them."""
    parts = _parts(things)
    filled_in = {route: filled(route, parts, things.whole) for route in patterns()}
    return {(route, whose): address for route, each in filled_in.items() for whose, address in each.items()}


def filled(route, parts, whole):
    """{whose: address} of a pattern. LookupError where nothing is said of what stands in it."""
    if route in whole:
        return {"": whole[route]}
    fitting = [start for start in parts if route.startswith(start)]
    values = parts[max(fitting, key=len)] if fitting else {"": {}}
    try:
        return {whose: _address(route, parts) for whose, parts in values.items()}
    except KeyError as missing:
        raise LookupError(f"tests/role_things.py does not say what {missing} is in {route}.") from None


def _address(route, parts):
    return "/" + PART.sub(lambda part: str(parts[part[1]]), route)


def _parts(things):
    """{beginning of patterns: {whose: {part: value}}}. The longest beginning that fits a pattern counts."""
    of_admin = {f"admin/{model}/": {"": {"object_id": key, "id": key}} for model, key in things.rows.items()}
    others = {start: {"": values} for start, values in things.parts.items()}
    return of_admin | others | things.several


# ------------------------------------------------------------------ asking
class Asker:
    """One of the ROLES at a browser. What is asked for leaves nothing behind, so any order gives the same answers."""

    def __init__(self, member=None, password=None):
        self.client = Client(raise_request_exception=False)
        if member:
            self._sign_in(member, password)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def _sign_in(self, member, password):
        """As somebody who has just proved who it is, and still has in a day: the tests may be slow."""
        self.client.force_login(member)
        if password:
            self.client.post("/sign-in/again/", {"password": password})
            session = self.client.session
            session["account_authentication_methods"][-1]["at"] += 24 * 3600
            session.save()

    def gets(self, method, address, fields=None):
        """The word for the answer."""
        with transaction.atomic():
            before = _rows_written()
            word = self._word(self.ask(method, address, fields))
            wrote = word != "500" and _rows_written() != before
            transaction.set_rollback(True)
        return f"{word}+" if wrote else word

    def ask(self, method, address, fields=None):
        self.client.cookies = SimpleCookie(self.cookies)
        return getattr(self.client, method.lower())(address, fields)

    def _word(self, response):
        if response.streaming:
            list(response)  # which closes the file
        place = urlsplit(response.get("Location", "")).path
        return self._at_the_door if place == DOOR else LEADS.get(place, str(response.status_code))

    @cached_property
    def _at_the_door(self):
        return self._word(self.ask("GET", DOOR))


def _rows_written():
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(OF_A_VISIT)])
        return cursor.fetchone()[0]


# ------------------------------------------------------------------ the table
def read_table():
    """{(pattern, whose, method): {role: word}}"""
    _, *rows = (line.split("\t") for line in TABLE.read_text().splitlines())
    return {tuple(row[:3]): dict(zip(ROLES, row[3:], strict=True)) for row in rows}


def table_now(site):
    """The table as the site behaves."""
    return {
        (*key, method): {role: asker.gets(method, address) for role, asker in site.askers.items()}
        for key, address in site.addresses.items()
        for method in METHODS
    }


def as_text(table):
    lines = [("pattern", "whose", "method", *ROLES), *((*key, *words.values()) for key, words in table.items())]
    return "".join("\t".join(line) + "\n" for line in lines)


# ------------------------------------------------------------------ the table, printed
def main():
    django.setup()
    from tests.databases import connected_to, copy_of, the_test_database  # they import models
    from tests.role_things import a_site

    setup_test_environment()
    with (
        the_test_database() as empty,
        copy_of(empty) as name,
        connected_to(name),
        tempfile.TemporaryDirectory() as folder,
        a_site(Path(folder)) as site,
    ):
        print(as_text(table_now(site)), end="")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    main()
