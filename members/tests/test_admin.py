"""The staff's page of a member: who may do more than others is for superusers."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from members.models import Member
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
ADD = reverse("admin:members_member_add")
PASSWORD = "correct horse battery"


@pytest.fixture
def boss(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture
def clerk(client):
    """Staff with every permission on members, but no superuser."""
    clerk = make_staff()
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="members"))
    client.force_login(clerk)
    return client


def change(member):
    return reverse("admin:members_member_change", args=[member.pk])


def new(client, **values):
    data = {"email": "new@example.org", "shown_as": "N. Ew", "usable_password": "true"}
    return client.post(ADD, data | {"password1": PASSWORD, "password2": PASSWORD} | values)


def test_a_member_is_added_with_email_and_password(boss):
    assert new(boss).status_code == 302
    assert Member.objects.get(email="new@example.org").check_password(PASSWORD)


def test_an_address_in_other_letters_is_refused_on_the_form(boss):
    new(boss)
    assert "There is an account with this e-mail address" in new(boss, email="NEW@example.org").content.decode()


def test_a_handle_with_capitals_is_refused_beside_its_field(boss):
    member = Member.objects.create_user("a@example.org")
    response = boss.post(change(member), {"email": member.email, "handle": "A-b", "shown_as": "A", "is_active": "on"})
    assert list(response.context["adminform"].form.errors) == ["handle"]


def test_the_list_and_the_password_page_open(boss):
    member = Member.objects.create_user("a@example.org")
    assert boss.get(reverse("admin:members_member_changelist"), {"q": "example"}).status_code == 200
    assert boss.get(change(member)).status_code == 200
    assert boss.get(f"/admin/members/member/{member.pk}/password/").status_code == 200


def test_who_is_no_superuser_makes_none(clerk):
    new(clerk, is_superuser="on", is_staff="on")
    member = Member.objects.get(email="new@example.org")
    clerk.post(
        change(member),
        {"email": "b@example.org", "handle": member.handle, "shown_as": "B", "is_active": "on"}
        | {"is_superuser": "on", "is_staff": "on"},
    )
    member.refresh_from_db()
    assert (member.email, member.is_staff, member.is_superuser) == ("b@example.org", False, False)


@pytest.mark.parametrize("powers", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}])
def test_who_is_no_superuser_changes_no_other_staff(clerk, powers):
    colleague = Member.objects.create_user("colleague@example.org", PASSWORD, **powers)
    assert clerk.post(change(colleague), {"email": "mine@example.org"}).status_code == 403
    assert clerk.post(f"/admin/members/member/{colleague.pk}/password/", {"password1": "x"}).status_code == 403


def test_an_account_is_not_deleted(boss):
    member = Member.objects.create_user("a@example.org")
    assert boss.post(reverse("admin:members_member_delete", args=[member.pk]), {"post": "yes"}).status_code == 403


def test_staff_flag_alone_gives_no_superuser(clerk):
    superuser_without_flag = Member.objects.create_user("s@example.org", PASSWORD, is_superuser=True)
    assert clerk.post(change(superuser_without_flag), {"email": "mine@example.org"}).status_code == 403


@pytest.mark.parametrize("page", ["password_change", "password_change_done"])
def test_staff_change_their_password_where_members_do(clerk, page):
    assert clerk.get(reverse(f"admin:{page}")).url == reverse("account_change_password")
