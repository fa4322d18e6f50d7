"""The second step: for whoever likes, and for staff before the admin."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members import roles, two_factor
from members.models import Message
from tests.factories import SECRET, make_member, make_staff
from tests.pages import by_id, get, text, tree

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "staff@example.org", "four cranes over the river"
APP = "/account/two-factor/app/"


def sign_in(client, **more):
    return client.post("/sign-in/", {"login": ADDRESS, "password": PASSWORD, **more})


def is_in(client):
    return client.get("/account/").status_code == 200


def prove(client):
    return client.post("/sign-in/again/", {"password": PASSWORD})


def set_up(client, url=APP):
    """Set an app up on the page; returns its secret and where the page led."""
    prove(client)
    page = get(client, url)
    secret = next(code for code in page.iter("code")).text
    return secret, client.post(url, {"code": two_factor.code_now(secret)})


# ------------------------------------------------------------------ members
@pytest.fixture
def reader(client):
    make_member(email=ADDRESS, password=PASSWORD)
    sign_in(client)
    return client


def test_a_member_turns_it_on_and_is_asked_for_six_digits(reader):
    secret, answer = set_up(reader)
    assert answer.url == "/account/two-factor/codes/"
    fresh = Client()
    assert sign_in(fresh, next="/queue/").url == "/sign-in/code/"
    assert not is_in(fresh)
    assert fresh.post("/sign-in/code/", {"code": two_factor.code_now(secret)}).url == "/queue/"
    assert is_in(fresh)


def test_wrong_digits_let_nobody_in_and_set_nothing_up(reader):
    prove(reader)
    reader.get(APP)
    response = reader.post(APP, {"code": "000000"})
    assert "That code is not right" in text(tree(response)) and by_id(tree(response), "id_code") is not None
    assert not Authenticator.objects.exists()


def test_turning_it_on_ends_the_sessions_opened_without(reader):
    elsewhere = Client()
    sign_in(elsewhere)
    set_up(reader)
    assert is_in(reader) and not is_in(elsewhere)


def test_a_recovery_code_stands_in_once(reader):
    set_up(reader)
    code = next(get(reader, "/account/two-factor/codes/").iter("code")).text
    for allowed in (True, False):
        fresh = Client()
        sign_in(fresh)
        fresh.post("/sign-in/code/", {"code": code})
        assert is_in(fresh) is allowed


def test_it_is_not_turned_on_or_off_without_the_password(reader):
    assert reader.get(APP).url == f"/sign-in/again/?next={APP.replace('/', '%2F')}"
    set_up(reader)
    later = Client()
    later.force_login(Authenticator.objects.first().user)
    assert later.post(f"{APP}off/").url.startswith("/sign-in/again/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_member_turns_it_off_and_hears_of_it(reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_up(reader)
    reader.post(f"{APP}off/")
    assert not Authenticator.objects.exists()
    told = [message.subject for message in Message.objects.order_by("pk")]
    assert told == ["An authenticator app was added", "The authenticator app was taken off"]


@pytest.mark.parametrize("address", ["rename", "remove"])
def test_another_members_passkey_is_not_found(reader, address):
    other = Authenticator.objects.create(user=make_member(), type="webauthn", data={"name": "Key"})
    prove(reader)
    url = f"/account/passkeys/{other.pk}/" + ("remove/" if address == "remove" else "")
    assert reader.get(url).status_code == 404
    assert reader.post(url, {"name": "Mine"}).status_code == 404


# ------------------------------------------------------------------ staff
def admin_pages():
    """The first page of each part of the admin, and its own."""
    yield from (reverse(f"admin:{name}") for name in ("index", "password_change", "jsi18n", "autocomplete"))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_changelist"), reverse(f"{name}_add"), reverse(f"{name}_change", args=[1]))
        yield from (reverse(f"{name}_delete", args=[1]), reverse(f"{name}_history", args=[1]))


def test_staff_without_a_second_step_see_no_page_of_the_admin(client):
    client.force_login(make_member(is_staff=True, is_superuser=True))
    for url in admin_pages():
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302 and answer.url.startswith("/admin/login/?next="), url


def test_staff_are_led_to_set_it_up_and_back(client):
    make_member(email=ADDRESS, password=PASSWORD, is_staff=True, is_superuser=True)
    sign_in(client)
    wanted = "/admin/catalogue/title/"
    answer = client.get(wanted, follow=True)
    assert answer.redirect_chain[-2][0] == f"{APP}?next={wanted}"
    assert answer.redirect_chain[-1][0].startswith("/sign-in/again/?next=")
    _, answer = set_up(client, f"{APP}?next={wanted}")
    assert [a.get("href") for a in get(client, answer.url).iter("a") if "go on" in text(a)] == [wanted]
    assert client.get(wanted).status_code == 200


def test_a_visitor_is_led_to_our_own_sign_in(client):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/?next=/admin/"
    assert client.post("/admin/login/", {"username": ADDRESS, "password": PASSWORD}).url.startswith("/sign-in/")


def test_who_takes_it_off_is_out_of_the_admin(client):
    make_staff(email=ADDRESS, password=PASSWORD, is_superuser=True)
    sign_in(client)
    client.post("/sign-in/code/", {"code": two_factor.code_now(SECRET)})
    assert client.get("/admin/").status_code == 200
    prove(client)
    client.post(f"{APP}off/")
    assert client.get("/admin/").url.startswith("/admin/login/")


def test_recovery_codes_alone_are_no_second_step(client):
    staff = make_member(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=staff, type="recovery_codes", data={"seed": "00", "used_mask": 0})
    client.force_login(staff)
    assert client.get("/admin/").status_code == 302


def test_a_member_who_is_no_staff_is_told_so(client):
    client.force_login(make_member())
    assert client.get("/admin/", follow=True).status_code == 403


def test_no_page_of_the_admin_shows_a_secret(client):
    client.force_login(make_staff(is_superuser=True))
    step = Authenticator.objects.get()
    for url in ("/admin/mfa/authenticator/", f"/admin/mfa/authenticator/{step.pk}/change/"):
        assert SECRET not in client.get(url).content.decode()


def test_the_staff_account_of_bin_serve_has_a_code(settings, tmp_path, capsys):
    settings.STATE_DIR = tmp_path
    with pytest.raises(CommandError, match="no staff account"):
        call_command("staff_code")
    (tmp_path / two_factor.STAFF_SECRET).write_text(SECRET)
    call_command("staff_code")
    assert capsys.readouterr().out.strip() in _codes_about_now()


def _codes_about_now():
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return [format_hotp_value(hotp_value(SECRET, counter)) for counter in yield_hotp_counters_from_time()]


# ------------------------------------------------------------------ roles
@pytest.mark.parametrize("name", roles.ROLES)
def test_each_role_may_what_the_table_says(name):
    known = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    assert {f"{app}.{codename}" for app, codename in known} == roles.ROLES[name]


def test_a_role_opens_its_pages_and_no_others(client):
    staff = make_staff()
    staff.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(staff)
    seen = {url: client.get(url).status_code for url in ("/admin/catalogue/title/", "/admin/members/member/")}
    assert seen == {"/admin/catalogue/title/": 200, "/admin/members/member/": 403}


def test_no_role_touches_accounts_or_groups():
    """A look is written down with the reason for it; besides, they only see."""
    rights = {right for name in roles.ROLES for right in roles.ROLES[name]}
    assert {right for right in rights if right.split(".")[0] not in ("catalogue", "reviews", "rentals")} == {
        "members.view_member",
        "members.view_look",
        "members.add_look",
        "auth.view_group",
        "mfa.view_authenticator",
    }
    assert settings.AUTH_USER_MODEL == "members.Member"
