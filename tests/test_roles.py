"""Who gets what, at every address of the site.

The table is tests/roles.tsv. Whoever adds an address adds its rows: `python -m tests.roles | diff tests/roles.tsv -`
prints those in which the site is not as the table. They are not to be copied blindly: read each, and ask of each role
whether it should get that. tests/roles.py says what the words mean, tests/role_things.py what stands in the addresses.
"""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import path
from django.utils import timezone

from rentals.forms import as_sent
from tests import roles
from tests.databases import connected_to, copy_of, undone
from tests.factories import make_member, make_queue_entry
from tests.role_things import a_site
from tests.roles import METHODS, OF_A_VISIT, ROLES, STAFF, Asker

# Patterns with something of the member's in the address that nobody else may know of, not even that it is there.
PRIVATE = (
    "account/privacy/downloads/<",
    "account/passkeys/<",
    "account/plan/invoices/<",
    "queue/<",
    "queue/sets/<",
    "queue/rentals/<",
    "lists/<",
)
READ_BY_ALL = ("export.csv", "export.json", "feed/", "<slug:slug>/")  # of a public list
# What needs no token of ours: why.
NO_TOKEN = {
    "theme/": "Kept pages carry none, and the worst another site could do is to turn the light on.",
    "unsubscribe/<str:token>/": "Mail programs post here by themselves (RFC 8058); the address is signed.",
    "billing/<slug:name>/": "Providers' machines have none; a provider knows its own by their signatures.",
    "search/in-vain/": "Kept pages carry none; it counts words, and only a page of ours is heard.",
}
ROWS = "SELECT md5(coalesce(string_agg(row::text, chr(10) ORDER BY row::text), '')) FROM {} row"


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker, tmp_path_factory):
    """Who asks, and for what, in a database of this module's own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        with a_site(tmp_path_factory.mktemp("roles")) as site:
            yield site


@pytest.fixture(scope="module")
def table():
    return roles.read_table()


# ------------------------------------------------------------------ the table and the site
def strays(keys, table):
    """Sentences about rows that are missing or are of nothing."""
    wanted = {(*key, method) for key in keys for method in METHODS}
    missing = [f"No row: {' '.join(key)}" for key in wanted - table.keys()]
    return sorted(missing + [f"No such address: {' '.join(key)}" for key in table.keys() - wanted])


def test_every_address_has_its_rows_and_every_row_an_address(site, table):
    assert strays(site.addresses, table) == []


def test_an_address_without_a_row_and_a_row_without_an_address_are_found(site, table):
    assert strays({**site.addresses, ("new/", ""): "/new/"}, table) == ["No row: new/  GET", "No row: new/  POST"]
    fewer = {key: address for key, address in site.addresses.items() if key != ("theme/", "")}
    assert strays(fewer, table) == ["No such address: theme/  GET", "No such address: theme/  POST"]


def test_a_pattern_whose_parts_nobody_named_is_told_of():
    class Urls:
        url_patterns = [path("shelves/<int:shelf>/", lambda request: None)]

    (pattern,) = roles.patterns(Urls)
    with pytest.raises(LookupError, match="shelf.*shelves/<int:shelf>/"):
        roles.filled(pattern, {}, {})


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(role, site, table):
    wrong = []
    for (pattern, whose, method), expected in table.items():
        address = site.addresses[pattern, whose]
        got = site.askers[role].gets(method, address)
        if got != expected[role]:
            wrong.append(f"{method} {address} ({pattern}) by {role}: expected {expected[role]}, got {got}")
    assert wrong == []


# ------------------------------------------------------------------ what holds of the table itself
def test_nobody_learns_of_what_is_another_members(table):
    """A row that would allow it is wrong, whatever the site does."""
    for (pattern, whose, method), words in table.items():
        if pattern.startswith(PRIVATE) and not (whose == "public" and pattern.endswith(READ_BY_ALL)):
            assert {words[role] for role in ROLES if role != "member"} <= {"404", "405", "sign-in"}, (pattern, method)
            assert {words[role] for role in ("other", *STAFF)} <= {"404", "405"}, (pattern, method)


def test_no_get_writes_and_nothing_breaks(table):
    for (pattern, _, method), words in table.items():
        assert not any(word.startswith("5") for word in words.values()), (pattern, method)
        assert method == "POST" or not any(word.endswith("+") for word in words.values()), pattern


def test_the_admin_is_for_staff(table):
    for (pattern, *_), words in table.items():
        if pattern.startswith("admin/") and pattern != "admin/logout/":
            assert [words[role] for role in ("visitor", "member", "other")] == ["sign-in", "403", "403"], pattern


# ------------------------------------------------------------------ besides
def test_staff_without_a_second_step_are_led_to_it(site):
    """To no page of the admin, whatever their roles."""
    newcomer = make_member(email="newcomer@example.org", is_staff=True)
    newcomer.groups.set(Group.objects.filter(name__in=STAFF))
    asker = Asker(newcomer)
    for (pattern, _), address in site.addresses.items():
        if pattern.startswith("admin/") and pattern != "admin/logout/":
            assert [asker.gets(method, address) for method in METHODS] == ["two-factor"] * 2, address


def test_nothing_that_a_member_looks_at_changes_a_row(site):
    before = rows()
    for address in site.addresses.values():
        site.askers["member"].ask("GET", address)
    after = rows()
    assert [name for name in before if before[name] != after[name]] == []


def rows():
    """{table: a digest of its rows}"""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - set(OF_A_VISIT)
        return {name: cursor.execute(ROWS.format(connection.ops.quote_name(name))).fetchone()[0] for name in names}


def test_a_form_that_names_what_is_another_members_does_nothing(site):
    """Keys in the fields, where the address holds none."""
    member, now = site.people["member"], timezone.now()
    with undone():
        gone, last = make_queue_entry(member=member, removed_at=now), make_queue_entry(member=member)
        filled = member.lists.first()
        forms = [
            ("/queue/restore/", {"entry": gone.pk}, "302"),
            ("/queue/restore/", {"all": as_sent(now)}, "302"),
            ("/queue/order/", {f"to-{last.pk}-2": 1}, "404"),
            ("/lists/save/", {"title": filled.entries.get().title_id, "shown": filled.pk}, "302"),
        ]
        for address, fields, answer in forms:
            assert site.askers["member"].gets("POST", address, fields) == "302+", address
            assert site.askers["other"].gets("POST", address, fields) == answer, address


def test_nothing_is_done_without_a_token(site):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for role in ("visitor", "member", "manager"):
        for (pattern, _), address in site.addresses.items():
            client.cookies.load(site.askers[role].cookies)
            refused = client.post(address).status_code == 403
            assert refused != (pattern in NO_TOKEN), (role, address)
