"""Every rule about accounts is kept by the database itself, whoever writes."""

import pytest

from members.models import Member
from tests.factories import make_member
from tests.refusals import refused_by, twice

BROKEN = {  # constraint: what breaks it and nothing else
    "member_email_once": lambda: [make_member(email="ada@example.org"), make_member(email="Ada@example.org")],
    "member_shown_as_filled": lambda: make_member(shown_as=""),
    "member_handle": lambda: make_member(handle="Ada Lovelace"),
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "members_member_email_key": lambda: twice(make_member, "email"),
    "members_member_handle_key": lambda: twice(make_member, "handle"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | UNIQUE).items())
def test_the_database_refuses(name, broken):
    with refused_by(name):
        broken()


@pytest.mark.django_db
def test_a_new_address_is_refused_if_another_member_has_it():
    make_member(email="ada@example.org")
    other = make_member()
    with refused_by("member_email_once"):
        Member.objects.filter(pk=other.pk).update(email="ADA@EXAMPLE.ORG")
