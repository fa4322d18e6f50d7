"""The demo's shop: a half year that could have been."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalogue.invariants import broken
from config import serve
from members.models import Member
from rentals.models import Copy, QueueEntry, Rental, Stock

DAY = "2026-11-20"


def test_the_shop_is_busy_and_all_of_it_is_true(demo):
    assert broken() == {}
    assert 300 < Rental.objects.open().count() < Copy.objects.count()
    waits = set(Stock.objects.values_list("wait_days", flat=True))
    assert {None, 0, 14, 28} <= waits
    assert QueueEntry.objects.in_order().last().position >= 5
    assert Stock.objects.filter(held_since__gt=timezone.localdate() - timedelta(days=28)).count() >= 6


def test_nobody_rents_a_title_twice_and_discs_leave_on_working_days(demo):
    had = list(Rental.objects.values_list("member", "copy__disc__release__title"))
    assert len(set(had)) == len(had) > 3000
    days = Rental.objects.dates("allocated_at", "day")
    assert {day.isoweekday() for day in days} == {1, 2, 3, 4, 5}


def test_it_is_made_once(demo):
    with pytest.raises(CommandError):
        call_command("make_demo_activity")


def test_the_same_day_gives_the_same_and_who_is_named_has_discs(demo):
    member = Member.objects.create_user("ruth@example.org")
    seen = set()
    for _ in range(2):
        for model in (Rental, QueueEntry, Copy):
            model.objects.all().delete()
        call_command("make_demo_activity", f"--today={DAY}", f"--member={member.email}", stdout=StringIO())
        seen.add(tuple(Rental.objects.order_by("pk").values_list("copy__barcode", "member", "allocated_at")))
    assert len(seen) == 1
    assert member.rentals.filter(checked_in_at=None).count() == 2
    assert 5 <= member.queue.count() <= 20


@pytest.mark.django_db
def test_bin_serve_makes_a_member_to_try_the_demo_as(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    serve._make_staff()
    serve._load_demo()
    for email in (serve.MEMBER, serve.STAFF):
        member = Member.objects.get(email=email)
        assert member.rentals.filter(checked_in_at=None).exists() and member.queue.exists()
        assert serve._sign_in_with(email).startswith(f"{email}, password ")
    assert (tmp_path / "member-password").stat().st_mode & 0o777 == 0o600
