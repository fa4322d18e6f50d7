"""What to call a member, and where the discs go."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Address, Member
from members.profile import FAR
from members.profile_forms import initials
from tests.factories import make_address, make_member
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
PAGE = "/account/profile/"
LINES = {"name": "Ada Lovelace", "line_1": "12 St James's Square", "town": "London", "postcode": "sw1y4jh"}


@pytest.fixture
def member():
    return make_member(shown_as="Ada")


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def save_address(client, **lines):
    return client.post(PAGE, {"part": "address", **LINES, **lines}, follow=True)


def save_name(client, **said):
    return client.post(PAGE, {"part": "name", **said}, follow=True)


def faults(response):
    return [text(fault) for fault in of_class(tree(response), "fault")]


def test_an_address_is_kept_as_the_label_prints_it(client, member):
    page = save_address(client, line_2="Flat 3", postcode=" sw1y  4jh ")
    assert member.address.lines() == ["Ada Lovelace", "12 St James's Square", "Flat 3", "London", "SW1Y 4JH"]
    label = of_class(get(client, page.request["PATH_INFO"]), "label")[0]
    assert [text(line) for line in label] == member.address.lines()


def test_an_address_takes_the_place_of_the_one_before(client, member):
    make_address(member=member, line_2="Flat 3")
    save_address(client, town="Leeds", postcode="LS1 4AP")
    address = Address.objects.get(member=member)
    assert (address.town, address.postcode, address.line_2) == ("Leeds", "LS1 4AP", "")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"postcode": "10115"}, "A postcode looks like LS1 4AP. We post to addresses in the UK only."),
        ({"postcode": "D02 AF30"}, "A postcode looks like LS1 4AP. We post to addresses in the UK only."),
        ({"postcode": "GIR 0AA"}, "A postcode looks like LS1 4AP."),
        ({"postcode": ""}, "The post needs this: postcode."),
        ({"name": " "}, "The post needs this: name on the envelope."),
        ({"line_1": "x" * 41}, "Ensure this value has at most 40 characters (it has 41)."),
        ({"town": "Lon\u202edon"}, "This has signs in it that cannot be printed. Type it anew."),
    ],
)
def test_a_bad_address_is_refused_beside_its_field_and_changes_nothing(client, member, lines, words):
    make_address(member=member, town="Leeds")
    response = save_address(client, **lines)
    assert faults(response) == [words]
    assert Address.objects.get(member=member).town == "Leeds"


@pytest.mark.parametrize("postcode", ["BT1 5GS", "IM1 1AA", "JE2 3AB", "ZE1 0AA", "HS1 2AA", "KW15 1AA", "PH42 4RL"])
def test_far_places_are_told_that_the_post_takes_longer(client, postcode):
    assert "takes a day longer, each way" in text(
        get(client, save_address(client, postcode=postcode).request["PATH_INFO"])
    )


@pytest.mark.parametrize("postcode", ["LS1 4AP", "B33 8TH", "KW1 5AA", "PH1 1AA", "PA1 1AA", "IV1 1AA", "H1 1AA"])
def test_others_are_not(postcode):
    assert not FAR.match(postcode)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lovelace", "A. L."), ("Jean-Luc van Dam", "J. L. V. D."), ("élodie", "É."), ("12 !", ""), ("", "")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_others_see_the_initials_of_the_envelope(client, member):
    make_address(member=member)
    save_name(client, how="initials", shown_as="whatever")
    member.refresh_from_db()
    assert member.shown_as == "A. L."


def test_others_see_the_name_that_was_chosen_and_the_handle_stays(client, member):
    save_name(client, how="chosen", shown_as="  Countess ")
    now = Member.objects.get(pk=member.pk)
    assert (now.shown_as, now.handle) == ("Countess", member.handle)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"how": "chosen", "shown_as": ""}, "Others need something to call you: a name or initials."),
        ({"how": "chosen", "shown_as": "x" * 41}, "41 letters; 40 at most."),
        (
            {"how": "chosen", "shown_as": "A\u202eda"},
            "It holds RIGHT-TO-LEFT OVERRIDE (U+202E), which turns the direction of writing round. Take it out, or "
            "type the text anew.",
        ),
        ({"how": "chosen", "shown_as": "\u200b\u3164"}, "Others need something to call you: a name or initials."),
        ({"how": "loud", "shown_as": "Ada"}, "Select a valid choice. loud is not one of the available choices."),
        ({"shown_as": "Ada"}, "Choose one."),
        (
            {"how": "initials"},
            "We do not know your initials yet: fill in the name on the envelope below, or choose a name.",
        ),
    ],
)
def test_a_bad_name_is_refused_and_changes_nothing(client, member, said, words):
    assert faults(save_name(client, **said)) == [words]
    member.refresh_from_db()
    assert member.shown_as == "Ada"


def test_only_the_declared_fields_change(client, member):
    save_name(client, how="chosen", shown_as="Countess", is_staff="on", email="eve@example.org", handle="eve")
    now = Member.objects.get(pk=member.pk)
    assert (now.is_staff, now.email, now.handle) == (False, member.email, member.handle)


def test_a_member_sees_and_changes_only_their_own(client, sign_in):
    other = make_address(town="Elsewhere").member
    assert "Elsewhere" not in text(get(client, PAGE))
    save_address(client, member=other.pk)
    assert other.address.town == "Elsewhere"


def test_visitors_are_asked_to_sign_in():
    assert Client().get(PAGE)["Location"].startswith(reverse("members:sign_in"))
