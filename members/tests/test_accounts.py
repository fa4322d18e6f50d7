"""Sign up, confirm, sign in and out, reset, change: through the pages."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from members.forms import initials
from members.models import Member, Message
from tests.factories import make_member
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD, NEW = "reader@example.org", "four cranes over the river", "five storks under the bridge"
SIGN_UP = {"email": ADDRESS, "password1": PASSWORD, "shown_as": "Nadia"}


@pytest.fixture
def member():
    return make_member(email=ADDRESS, password=PASSWORD, shown_as="Nadia")


def sign_in(client, password=PASSWORD, address=ADDRESS, **more):
    return client.post("/sign-in/", {"login": address, "password": password, **more})


def is_in(client):
    return client.get("/account/").status_code == 200


def link_in(message):
    """The path of the link that an e-mail asks to follow."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.text)[1]


def faults(response):
    return " ".join(text(box) for box in of_class(tree(response), "faults"))


# ------------------------------------------------------------------ signing up
def test_a_visitor_signs_up_confirms_and_is_in(client):
    assert client.post("/sign-up/?next=/queue/", {**SIGN_UP, "next": "/queue/"}).url == "/sign-up/sent/"
    assert not is_in(client)
    message = Message.objects.get()
    assert (message.to, message.kind, message.member) == (ADDRESS, "confirm-sign-up", Member.objects.get())
    assert client.post(link_in(message)).url == "/queue/"
    assert is_in(client)
    assert Member.objects.get().shown_as == "Nadia"


def test_who_confirms_in_another_browser_signs_in_afterwards(client):
    client.post("/sign-up/", SIGN_UP)
    elsewhere = Client()
    assert elsewhere.post(link_in(Message.objects.get())).status_code == 302
    assert not is_in(elsewhere)
    sign_in(elsewhere)
    assert is_in(elsewhere)


def test_reading_the_link_confirms_nothing(client):
    client.post("/sign-up/", SIGN_UP)
    assert "Yes, confirm it" in text(get(Client(), link_in(Message.objects.get())))
    assert not EmailAddress.objects.get().verified


def test_who_has_not_confirmed_is_not_in_and_gets_another_link(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    client.post("/sign-up/", SIGN_UP)
    assert sign_in(client).url == "/sign-up/sent/"
    assert not is_in(client)
    assert Message.objects.count() == 2


def test_a_used_link_says_so(client):
    client.post("/sign-up/", SIGN_UP)
    link = link_in(Message.objects.get())
    client.post(link)
    assert "no longer good" in text(get(Client(), link).find(".//h1"))


@pytest.mark.parametrize(
    "wrong", [{"email": "reader"}, {"email": ""}, {"password1": "1234"}, {"password1": ""}, {"shown_as": "x" * 41}]
)
def test_bad_input_is_said_beside_the_field_and_makes_nobody(client, wrong):
    response = client.post("/sign-up/", SIGN_UP | wrong)
    assert response.status_code == 200 and of_class(tree(response), "fault")
    assert not Member.objects.exists() and not Message.objects.exists()


@pytest.mark.parametrize(
    "address, said",
    [("ruth.abbott@x.org", "R. A."), ("ruth@x.org", "R."), ("a-b_c.d@x.org", "A. B. C."), ("007@x.org", "M.")],
)
def test_initials_stand_in_for_a_name(address, said):
    assert initials(address) == said


def test_a_mail_to_an_unconfirmed_address_carries_no_words_of_who_asked(client):
    client.post("/sign-up/", SIGN_UP | {"shown_as": "Win at evil.example"})
    message = Message.objects.get()
    assert "evil" not in message.text + message.html + message.subject


# ------------------------------------------------------------------ signing in and out
def test_a_member_signs_in_with_address_and_password_in_any_letters(client, member):
    assert sign_in(client, address="Reader@Example.org").url == "/"
    assert is_in(client)


def test_signing_in_gives_the_session_a_new_key(client, member):
    client.get("/sign-in/passkey/", headers={"accept": "application/json"})  # a visitor with a session
    before = client.cookies["session"].value
    sign_in(client)
    assert client.cookies["session"].value != before


def test_opening_the_page_begins_no_session(client):
    client.get("/sign-in/")
    assert "session" not in client.cookies


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"])
@pytest.mark.parametrize("url", ["/sign-in/", "/sign-out/"])
def test_next_leads_to_no_other_site(client, member, url, back):
    if url == "/sign-out/":
        sign_in(client)
    answer = client.post(url, {"login": ADDRESS, "password": PASSWORD, "next": back})
    assert answer.url == "/"


def test_next_is_kept_from_sign_in_to_sign_up(client):
    page = get(client, "/sign-in/?next=/queue/")
    assert "/sign-up/?next=%2Fqueue%2F" in [a.get("href") for a in page.iter("a")]


def test_signing_out_needs_a_press(client, member):
    sign_in(client)
    assert "Sign out" in text(get(client, "/sign-out/").find(".//main"))
    assert is_in(client)
    assert client.post("/sign-out/").url == "/"
    assert not is_in(client)


def test_a_superuser_made_at_the_console_signs_in(client):
    Member.objects.create_superuser(ADDRESS, PASSWORD)
    sign_in(client)
    assert is_in(client)


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_active": False, "closed_at": "2026-01-05T12:00Z"}])
def test_a_closed_account_learns_no_more_than_a_wrong_password(client, member, state):
    wrong = sign_in(Client(), "wrong")
    Member.objects.update(**state)
    right = sign_in(client)
    assert (right.status_code, faults(right)) == (200, faults(wrong))
    assert not is_in(client)


def test_closing_an_account_ends_its_sessions(client, member):
    sign_in(client)
    Member.objects.update(is_active=False)
    assert not is_in(client)


def test_too_many_tries_are_stopped_even_with_the_right_password(client, member):
    said = [faults(sign_in(client, "wrong")) for _ in range(6)]
    assert "do not go together" in said[0] and "Too many tries" in said[5]
    assert "Too many tries" in faults(sign_in(client))
    assert not is_in(client)


def test_too_many_forms_from_one_place_get_a_page_of_ours(client):
    said = [client.post("/reset/", {"email": f"a{n}@example.org"}) for n in range(21)]
    assert (said[19].status_code, said[20].status_code) == (302, 429)
    assert "Too many tries" in text(tree(said[20]).find(".//h1"))


# ------------------------------------------------------------------ a forgotten password
def test_a_member_resets_a_password_once_and_is_signed_out_everywhere(client, member):
    elsewhere = Client()
    sign_in(elsewhere)
    assert client.post("/reset/", {"email": ADDRESS}).url == "/reset/sent/"
    link = link_in(Message.objects.get(kind="reset"))
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert not is_in(elsewhere)
    assert "no longer good" in text(get(Client(), link))
    sign_in(client, NEW)
    assert is_in(client)
    assert Message.objects.filter(kind="account-changed").count() == 1


def test_a_closed_account_is_not_reset(client, member):
    Member.objects.update(is_active=False)
    client.post("/reset/", {"email": ADDRESS})
    assert [message.kind for message in Message.objects.all()] == ["no-account"]


# ------------------------------------------------------------------ the account
@pytest.fixture
def reader(client, member):
    sign_in(client)
    return client


def prove(client, password=PASSWORD):
    """Say the password once more, as pages ask that change who gets in."""
    return client.post("/sign-in/again/", {"password": password, "next": "/account/security/"})


def test_the_hub_says_who_is_signed_in_and_leads_on(reader):
    page = get(reader, "/account/")
    assert ADDRESS in text(page.find(".//main")) and "/account/security/" in [a.get("href") for a in page.iter("a")]


@pytest.mark.parametrize(
    "url",
    ["/account/", "/account/security/", "/account/email/", "/account/password/", "/account/sessions/",
     "/account/two-factor/", "/account/two-factor/app/", "/account/two-factor/codes/", "/account/passkeys/"],
)  # fmt: skip
def test_a_visitor_is_sent_to_sign_in(client, url):
    assert client.get(url)["Location"].startswith("/sign-in/?next=")


def test_changing_the_password_ends_all_other_sessions(reader):
    elsewhere = Client()
    sign_in(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert reader.post("/account/password/", form).url == "/account/security/"
    assert is_in(reader) and not is_in(elsewhere)
    assert Message.objects.get().subject == "Your password was changed"


def test_a_wrong_old_password_changes_nothing(reader, member):
    response = reader.post("/account/password/", {"oldpassword": "x", "password1": NEW, "password2": NEW})
    assert "That is not your password." in text(tree(response))
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_a_new_address_counts_once_it_is_confirmed(reader, member):
    assert reader.get("/account/email/").url == "/sign-in/again/?next=%2Faccount%2Femail%2F"
    prove(reader)
    reader.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    member.refresh_from_db()
    assert member.email == ADDRESS
    message = Message.objects.get()
    assert (message.to, message.kind) == ("new@example.org", "confirm-email")
    reader.post(link_in(message))
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert [(row.email, row.verified) for row in member.emailaddress_set.all()] == [("new@example.org", True)]
    assert Message.objects.get(kind="account-changed").to == ADDRESS


def test_a_new_address_is_taken_back(reader, member):
    prove(reader)
    reader.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    reader.post("/account/email/", {"email": "new@example.org", "action_remove": "1"})
    assert member.emailaddress_set.get().email == ADDRESS


@pytest.mark.parametrize("others_is_confirmed", [True, False])
def test_another_members_address_is_never_taken(reader, member, others_is_confirmed):
    other = make_member(email="taken@example.org")
    other.emailaddress_set.update(verified=others_is_confirmed)
    prove(reader)
    answer = reader.post("/account/email/", {"email": "taken@example.org", "action_add": "1"}, follow=True)
    assert answer.status_code == 200 and not faults(answer)
    assert reader.post(link_in(Message.objects.get())).status_code == 302
    member.refresh_from_db()
    assert member.email == ADDRESS


def test_sessions_are_listed_and_the_others_ended(reader):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    sign_in(elsewhere)
    assert "Firefox on Linux" in text(get(reader, "/account/sessions/"))
    assert "In 2 places" in text(get(reader, "/account/security/"))
    reader.post("/account/sessions/")
    assert is_in(reader) and not is_in(elsewhere)


def test_pages_of_accounts_are_not_to_be_listed(reader):
    for url in ("/account/", "/account/security/", "/account/password/", "/account/two-factor/", "/account/sessions/"):
        assert get(reader, url).find(".//meta[@name='robots']").get("content") == "noindex", url


def test_the_cookie_keeps_its_name():
    assert settings.SESSION_COOKIE_NAME == "session"


# ------------------------------------------------------------------ the demo
@pytest.fixture
def ruth():
    return make_member(email="ruth@kinopost.example", shown_as="Ruth", handle="ruth")


def test_without_the_demo_there_is_no_such_address(client, ruth):
    assert client.post("/demo/sign-in/", {"handle": "ruth"}).status_code == 404
    assert "Try it as" not in text(get(client, "/sign-in/"))


def test_in_the_demo_one_click_signs_a_made_up_member_in(client, ruth, settings):
    settings.DEMO = True
    assert "Try it as Ruth" in text(get(client, "/sign-in/"))
    assert client.post("/demo/sign-in/", {"handle": "ruth"}).url == "/"
    assert "Signed in as ruth@kinopost.example" in text(get(client, "/account/"))
    assert client.get("/demo/sign-in/").status_code == 405


@pytest.mark.parametrize(
    "fields",
    [{"email": "ruth@example.org"}, {"is_staff": True}, {"is_superuser": True}, {"is_active": False}],
    ids=lambda fields: str(fields),
)
def test_nobody_else_is_open_to_whoever_comes(client, ruth, settings, fields):
    settings.DEMO = True
    Member.objects.update(**fields)
    assert client.post("/demo/sign-in/", {"handle": "ruth"}).status_code == 404
    assert "Try it as" not in text(get(client, "/sign-in/"))
