"""The demo's shop: two years that could have been, by the verbs that the shop itself uses."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from catalogue.invariants import broken
from config import serve
from members.models import Address, Member, Message
from rentals.calendar import is_business_day
from rentals.demo.people import name_of
from rentals.models import Copy, Invoice, MemberList, Membership, Player, QueueEntry, Rental, Stock

DAY = "2026-11-20"


def test_the_shop_is_busy_and_all_of_it_is_true(demo):
    assert broken() == {}
    assert 200 < Rental.objects.open().count() < Copy.objects.count()
    waits = set(Stock.objects.values_list("wait_days", flat=True))
    assert {None, 0} <= waits and len(waits) >= 6
    assert QueueEntry.objects.in_order().filter(position__gte=5).exists()
    assert Stock.objects.filter(held_since__gt=timezone.localdate() - timedelta(days=28)).count() >= 6
    assert len(set(Stock.objects.values_list("days_away", flat=True))) >= 3


def test_two_hundred_members_have_plans_that_are_paid_and_places(demo):
    renting = Membership.objects.renting(timezone.localdate())
    assert renting.count() == Address.objects.count() == 200
    assert len(set(renting.values_list("plan", flat=True))) == 3
    assert Invoice.objects.filter(paid_at=None).count() == 0 < Invoice.objects.count()
    assert MemberList.objects.filter(public=True).count() >= 10


@pytest.mark.parametrize(
    ("shown_as", "name"),
    [("Hal B", "Hal Birtwhistle"), ("AB", "Amina Birtwhistle"), ("Ruth", "Ruth Rahman"), ("K", "Kit Kaczmarek")],
)
def test_everybody_has_a_name_for_the_envelope(shown_as, name):
    assert name_of(Member(shown_as=shown_as)) == name


def test_nobody_is_written_to_of_what_is_made_up(demo):
    assert not Message.objects.exists()


def test_nobody_rents_a_title_twice_and_discs_leave_on_working_days(demo):
    had = list(Rental.objects.values_list("member", "copy__disc__release__title"))
    assert len(set(had)) == len(had) > 4000
    days = list(Rental.objects.dates("allocated_at", "day"))
    assert all(map(is_business_day, days))
    assert (days[-1] - days[0]).days > 700


def test_it_is_made_once(demo):
    with pytest.raises(CommandError):
        call_command("make_demo_activity")


@pytest.mark.long
def test_the_same_day_gives_the_same(scratch):
    call_command("import_titles", serve.settings.BASE_DIR / "fixtures" / "demo.jsonl", stdout=StringIO())
    members = list(Member.objects.values_list("pk", "email"))
    seen = set()
    for _ in range(2):
        call_command("make_demo_activity", f"--today={DAY}", stdout=StringIO())
        seen.add(tuple(Rental.objects.order_by("pk").values_list("copy__barcode", "member", "allocated_at")))
        _forget_all(members)
    assert len(seen) == 1


def _forget_all(members):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rentals_copy CASCADE")  # with its rentals and its events, which nobody deletes
    Stock.objects.rebuild()
    for model in (QueueEntry, MemberList, Invoice, Membership, Address, Player, EmailAddress):
        model.objects.all().delete()
    Member.objects.exclude(pk__in=[pk for pk, _ in members]).delete()
    for pk, email in members:
        Member.objects.filter(pk=pk).update(email=email)


@pytest.mark.django_db
def test_bin_serve_makes_a_member_to_try_the_demo_as(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    serve._make_staff()
    serve._load_demo()
    member = Member.objects.get(email=serve.MEMBER)
    assert member.rentals.open().exists() and member.queue.live().exists()
    for email in (serve.MEMBER, serve.STAFF):
        assert serve._sign_in_with(email).startswith(f"{email}, password ")
    assert (tmp_path / "member-password").stat().st_mode & 0o777 == 0o600
