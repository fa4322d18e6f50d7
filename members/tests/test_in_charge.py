"""Somebody is always left who can give roles."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connections, transaction
from django.urls import reverse

from members.models import Member
from tests.factories import make_member, make_staff

PASSWORD = "four cranes over the river"
LOST = ({"is_superuser": False}, {"is_staff": False}, {"is_active": False})


def boss(**fields):
    return make_staff(is_superuser=True, **fields)


def save(client, member, **fields):
    """Send the form of the staff's page of `member` with these ticks."""
    ticks = {"is_superuser": member.is_superuser, "is_staff": member.is_staff, "is_active": member.is_active} | fields
    data = {"email": member.email, "shown_as": member.shown_as, "handle": member.handle}
    data |= {name: "on" for name, on in ticks.items() if on}
    return client.post(reverse("admin:members_member_change", args=[member.pk]), data)


@pytest.mark.django_db
@pytest.mark.parametrize("lost", LOST)
def test_the_last_superuser_cannot_be_taken_the_powers(lost, sign_in):
    last = boss()
    make_staff(), boss(is_active=False), make_member(is_superuser=True)  # none of them could come in
    page = save(sign_in(last), last, **lost)
    assert page.status_code == 200 and "This is the last superuser" in page.content.decode()
    assert Member.objects.in_charge().get() == last


@pytest.mark.django_db
@pytest.mark.parametrize("lost", LOST)
def test_one_of_two_can(lost, sign_in):
    one, other = boss(), boss()
    assert save(sign_in(one), other, **lost).status_code == 302
    assert Member.objects.in_charge().get() == one


@pytest.mark.django_db
def test_the_last_superuser_cannot_delete_the_account(sign_in):
    last = boss(password=PASSWORD)
    client = sign_in(last)
    page = client.post(reverse("members:delete"), {"password": PASSWORD}, follow=True)
    assert "You are the last superuser" in page.content.decode()
    assert Member.objects.in_charge().get() == last


@pytest.mark.django_db
def test_a_superuser_gives_a_role_and_nobody_else_does(sign_in):
    member, group = make_member(), Group.objects.get(name="auditor")
    clerk = make_staff()
    clerk.groups.set(Group.objects.all())
    data = {"email": member.email, "shown_as": "A", "handle": member.handle, "is_active": "on", "groups": [group.pk]}
    address = reverse("admin:members_member_change", args=[member.pk])
    assert sign_in(clerk).post(address, data).status_code == 403
    assert sign_in(boss()).post(address, data | {"is_staff": "on"}).status_code == 302
    member.refresh_from_db()
    assert member.is_staff and list(member.groups.all()) == [group]


def test_two_who_take_each_others_powers_at_once_leave_one(scratch):
    keys = [boss().pk, boss().pk]
    start = threading.Barrier(2)

    def demote(key):
        start.wait()
        with transaction.atomic():
            if not Member.objects.is_last_in_charge(Member.objects.get(pk=key)):
                Member.objects.filter(pk=key).update(is_superuser=False)
        connections.close_all()

    threads = [threading.Thread(target=demote, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Member.objects.in_charge().count() == 1
