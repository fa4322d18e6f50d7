"""Who gets what in the staff's admin: every page of every model, every action, every address besides.

The table is tests/admin_roles.tsv. Whoever adds a page or an action adds its rows:
`python -m tests.admin_roles | diff tests/admin_roles.tsv -` prints those in which the admin is not as the table. Read
each, and ask of each role whether it should get that.
"""

import pytest
from allauth.mfa.models import Authenticator

from members import roles as declared
from tests import admin_roles
from tests.admin_roles import ROLES, a_site
from tests.databases import connected_to, copy_of, undone

STAFF = ROLES[3:]


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        with a_site(tmp_path_factory.mktemp("roles")) as site:
            yield site


@pytest.fixture(scope="module")
def table():
    return admin_roles.read_table()


# ------------------------------------------------------------------ the table and the admin
def test_every_thing_of_the_admin_has_its_rows_and_every_row_a_thing(site, table):
    things = admin_roles.things_of(site)
    assert [f"No row: {' '.join(key)}" for key in things if key not in table] == []
    assert [f"No such thing: {' '.join(key)}" for key in table if key not in things] == []


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(role, site, table):
    wrong = []
    for key, ask in admin_roles.things_of(site).items():
        expected, got = table.get(key, {}).get(role, "no row"), ask(site.askers[role])
        if got != expected:
            wrong.append(f"{' '.join(key)} by {role}: expected {expected}, got {got}")
    assert wrong == []


# ------------------------------------------------------------------ what holds of the table itself
def test_nobody_gets_in_without_being_staff_with_a_second_step(table):
    for (thing, method), words in table.items():
        if thing != "besides logout/":
            assert [words[role] for role in ROLES[:3]] == ["sign-in", "403", "two-factor"], (thing, method)


def test_who_may_only_look_is_refused_and_writes_nothing(table):
    for (thing, method), words in table.items():
        looked = table[thing, "GET"]
        for role in STAFF:
            if method == "POST" and looked[role] in ("reads", "-", "403"):
                assert words[role] in ("403", "405"), (thing, role)


def test_the_auditor_sees_all_that_others_see_and_writes_nothing(table):
    for (thing, method), words in table.items():
        assert not words["auditor"].endswith("+"), (thing, method)
        seen = {words[role] for role in ("cataloguer", "desk", "moderator", "manager")} & {"200", "edits", "reads"}
        if method == "GET" and seen and thing.partition(" ")[2] in ("list", "change", "history"):
            assert words["auditor"] in ("200", "reads"), thing


def test_no_get_writes_and_nothing_breaks(table):
    for (thing, method), words in table.items():
        assert not any(word.startswith("5") for word in words.values()), (thing, method)
        assert method == "POST" or not any(word.endswith("+") for word in words.values()), thing


def test_only_superusers_give_roles_and_take_off_second_steps(table):
    for (thing, method), words in table.items():
        if thing.startswith(("auth/group ", "mfa/authenticator ", "members/member ")):
            changes = {role for role in STAFF if words[role] in ("edits", "offered") or words[role].endswith("+")}
            assert changes <= {"superuser"}, (thing, method)


def test_nobody_writes_in_what_must_stand(table):
    """What was looked at, done, scanned or sent: not the superuser either."""
    for (thing, method), words in table.items():
        if thing.startswith(
            ("members/look ", "reviews/moderationstep ", "rentals/round ", "rentals/membershipchange ")
        ):
            assert not any(word in ("edits", "offered") or word.endswith("+") for word in words.values()), (
                thing,
                method,
            )


# ------------------------------------------------------------------ besides
def test_a_second_step_taken_off_puts_its_owner_out_with_the_next_click(site):
    """On every address of the admin, whatever the role, in the session that was good a moment ago."""
    for role in STAFF:
        with undone():
            client = site.askers[role]
            assert client.gets("GET", "/admin/") == "200"
            Authenticator.objects.filter(user=site.people[role]).delete()
            for address in ("/admin/", "/admin/jsi18n/", "/admin/catalogue/title/", "/admin/autocomplete/"):
                assert client.gets("GET", address) == "two-factor", (role, address)


def test_a_role_taken_away_is_gone_with_the_next_click(site):
    with undone():
        assert site.askers["manager"].gets("GET", "/admin/rentals/plan/") == "200"
        site.people["manager"].groups.clear()
        assert site.askers["manager"].gets("GET", "/admin/rentals/plan/") == "403"


def test_the_auditors_rights_are_to_look():
    assert {right.partition(".")[2].partition("_")[0] for right in declared.AUDITOR} == {"view"}
