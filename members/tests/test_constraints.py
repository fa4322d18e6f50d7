"""Every rule about accounts is kept by the database itself, whoever writes."""

from datetime import timedelta

import pytest

from members.models import Look, Member
from tests.factories import (
    NOON,
    make_address,
    make_download,
    make_look,
    make_member,
    make_message,
    make_muted_mail,
    make_sent_form,
)
from tests.refusals import refused_by, twice

BROKEN = {  # constraint: what breaks it and nothing else
    "member_email_once": lambda: [Member.objects.create(email=name) for name in ("ada@x.example", "Ada@x.example")],
    "member_shown_as_filled": lambda: make_member(shown_as=""),
    "member_handle": lambda: make_member(handle="Ada Lovelace"),
    "member_closed_is_not_active": lambda: make_member(closed_at=NOON),
    "address_name_filled": lambda: make_address(name=""),
    "address_filled": lambda: make_address(town=""),
    "address_postcode": lambda: make_address(postcode="sw1y4jh"),
    "look_reason": lambda: make_look(reason="bored"),
    "look_sentence": lambda: make_look(sentence="because"),
    "sentform_once": lambda: twice(make_sent_form, "member", "key"),
    "sentform_digest": lambda: make_sent_form(digest="short"),
    "message_named": lambda: make_message(kind=""),
    "message_subject": lambda: make_message(subject="Posted\r\nBcc: eve@example.org"),
    "download_one_at_a_time": lambda: twice(make_download, "member"),
    "download_made_after_asked": lambda: make_download(made_at=NOON - timedelta(hours=1)),
    "mutedmail_once": lambda: twice(make_muted_mail, "member", "kind"),
}
TRIGGERS = {
    "look_stands": lambda: Look.objects.filter(pk=make_look().pk).update(sentence="Something else, afterwards."),
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "members_member_email_key": lambda: twice(make_member, "email"),
    "members_member_handle_key": lambda: twice(make_member, "handle"),
    "members_address_member_id_key": lambda: twice(make_address, "member"),
    "members_download_key_key": lambda: twice(make_download, "key"),
    "members_message_key_key": lambda: twice(make_message, "key"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | TRIGGERS | UNIQUE).items())
def test_the_database_refuses(name, broken):
    with refused_by(name):
        broken()


@pytest.mark.django_db
def test_a_new_address_is_refused_if_another_member_has_it():
    make_member(email="ada@example.org")
    other = make_member()
    with refused_by("member_email_once"):
        Member.objects.filter(pk=other.pk).update(email="ADA@EXAMPLE.ORG")


@pytest.mark.django_db
@pytest.mark.parametrize("empty", ["line_1", "town"])
def test_an_address_has_a_street_and_a_town(empty):
    with refused_by("address_filled"):
        make_address(**{empty: ""})


@pytest.mark.django_db
@pytest.mark.parametrize("printed", ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "BT1 5GS"])
def test_postcodes_of_every_form_are_taken(printed):
    assert make_address(postcode=printed).postcode == printed


@pytest.mark.django_db
@pytest.mark.parametrize("lacking", [{"kind": ""}, {"key": ""}])
def test_a_message_names_its_kind_and_its_event(lacking):
    with refused_by("message_named"):
        make_message(**lacking)


@pytest.mark.django_db
def test_a_visitors_form_is_carried_out_once_too():
    form = make_sent_form(member=None)
    with refused_by("sentform_once"):
        make_sent_form(member=None, key=form.key)
