"""What is promised of the wait when a claim begins, and how the page compares it with what came."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from rentals import memberships, promising, queue
from rentals.models import SHORT_WAIT_DAYS, QueueEntry, Rental, Stock
from rentals.rounds import make_round
from rentals.tests.test_rounds import make_renter, wants
from rentals.waits import estimate, for_entries
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)

AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
LATER = AT + timedelta(hours=5)
db = pytest.mark.django_db


def promise(entry):
    """(at least, about, at most) so many days; Nones if nothing is promised."""
    found = QueueEntry.objects.filter(pk=entry.pk)
    return found.values_list("promised_low_days", "promised_days", "promised_high_days").get()


NOTHING = (None, None, None)


def round_at(at):
    """A round, and the job that it puts off."""
    make_round(at, now=at)
    job = ProcrastinateJob.objects.filter(task_name="keep_promises").latest("id")
    return promising.keep_promises(datetime.fromisoformat(job.args["at"]), now=at)


# ------------------------------------------------------------------ what is promised
@db
def test_who_is_passed_over_first_is_promised_what_the_queue_says_then():
    title = make_title()
    make_copy(title=title)
    entries = [wants(make_renter(), title, asked_at=NOON + timedelta(days=n))[0] for n in range(3)]
    round_at(AT)
    second, third = estimate(1, 1, 0, 12), estimate(2, 1, 0, 12)
    assert [promise(entry) for entry in entries] == [
        NOTHING,
        (second.low_days, 12, second.high_days),
        (third.low_days, 24, third.high_days),
    ]


@db
def test_a_later_round_promises_nothing_new():
    title = make_title()
    make_rental(copy=make_copy(title=title))
    [entry] = wants(make_renter(), title)
    round_at(AT)
    said = promise(entry)
    Stock.objects.filter(title=title).update(days_away=40)
    round_at(LATER)
    assert promise(entry) == said != NOTHING


@db
def test_without_a_copy_in_service_nothing_is_promised():
    title = make_title()
    make_copy(title=title, missing_at=NOON)
    [entry] = wants(make_renter(), title)
    round_at(AT)
    assert promise(entry) == NOTHING and QueueEntry.objects.get(pk=entry.pk).claim_at == AT


def two_copies_away():
    title = make_title()
    for medium in ("dvd", "blu-ray"):
        make_rental(copy=make_copy(disc=make_disc(release=make_release(title=title, medium=medium))))
    return title


@db
def test_members_are_not_in_front_of_themselves():
    title, member = two_copies_away(), make_renter(media=["dvd", "blu-ray"])
    wants(member, title, medium="dvd", claim_at=NOON)
    [entry] = wants(member, title)
    round_at(AT)
    assert promise(entry)[1] == 6


@db
def test_what_is_kept_is_what_the_queue_says():
    title = two_copies_away()
    for wish in ({}, {"medium": "dvd"}, {}):
        wants(make_renter(media=["dvd", "blu-ray"]), title, **wish)
    assert round_at(AT) == 3
    for key, wait in for_entries(QueueEntry.objects.all()).items():
        entry = QueueEntry.objects.get(pk=key)
        assert promise(entry) == (wait.low_days, wait.days, wait.high_days) != NOTHING
        assert (entry.promised_days <= SHORT_WAIT_DAYS) == (wait.kind == "soon")


@db
def test_the_job_twice_or_a_day_late_changes_nothing():
    title = two_copies_away()
    [entry] = wants(make_renter(), title)
    make_round(AT, now=AT)
    assert promising.keep_promises(AT, now=AT + timedelta(hours=13)) == 0
    assert promising.keep_promises(AT, now=AT + timedelta(minutes=1)) == 1
    said = promise(entry)
    Stock.objects.update(days_away=40)
    assert promising.keep_promises(AT, now=AT + timedelta(minutes=2)) == 0 and promise(entry) == said


@db
def test_of_a_large_round_a_part_is_kept_by_chance(monkeypatch):
    monkeypatch.setattr(promising, "SAMPLE", 3)
    monkeypatch.setattr(promising, "AT_ONCE", 2)
    title = two_copies_away()
    for _ in range(5):
        wants(make_renter(), title)
    assert round_at(AT) == 3
    assert QueueEntry.objects.exclude(promised_days=None).count() == 3


# ------------------------------------------------------------------ how long it holds
@pytest.fixture
def promised():
    """A request that was promised something at AT."""
    title = make_title()
    make_rental(copy=make_copy(title=title))
    [entry] = wants(make_renter(), title)
    round_at(AT)
    assert promise(entry) != NOTHING
    return entry


LEFT = {
    "paused": lambda entry: queue.pause(entry, now=LATER),
    "taken off": lambda entry: queue.remove(entry, now=LATER),
    "taken off with all": lambda entry: queue.clear(entry.member, now=LATER),
    "changed": lambda entry: queue.ask_for(entry, "dvd"),
}


@db
@pytest.mark.parametrize("how", LEFT)
def test_nothing_is_promised_any_more_once_a_request_stood_out_of_line(promised, how):
    assert LEFT[how](promised)
    assert promise(promised) == NOTHING and QueueEntry.objects.get(pk=promised.pk).claim_at == AT


@db
def test_a_move_or_the_same_edition_again_changes_no_promise(promised):
    said = promise(promised)
    queue.step(promised, "top")
    assert queue.ask_for(promised, "")
    assert promise(promised) == said


# ------------------------------------------------------------------ against what came
NOW = timezone.now()
SOON, LONG = "two weeks or less", "longer than that"


def waited(*, ago, came=None, said=(4, 8, 12), **fields):
    """A request promised `said` so many days `ago`, and sent `came` days after."""
    claim_at = NOW - timedelta(days=ago)
    until = timezone.localdate() + timedelta(days=30)
    words = dict(zip(("promised_low_days", "promised_days", "promised_high_days"), said, strict=True))
    member = fields.pop("member", None) or make_renter(paid_until=until, **fields.pop("plan", {}))
    if came is not None:
        fields["sent_at"] = claim_at + timedelta(days=came)
    entry = make_queue_entry(member=member, claim_at=claim_at, **words, **fields)
    if came is not None:
        make_rental(member=member, entry=entry, allocated_at=fields["sent_at"], posted_at=NOW, checked_in_at=NOW)
    return entry


ROW = re.compile(r"We said ([^<]+)</th><td>(\S+) came sooner, (\S+) as we said, (\S+) later, of ([\d,]+) films?<")


def rows(client):
    """{what was said: shares that came sooner, as said, later, and of how many films} on the page."""
    body = client.get("/how-we-choose/").content.decode()
    return {said: " ".join(figures) for said, *figures in ROW.findall(body)}


@db
def test_it_says_how_many_came_sooner_as_said_and_later(client):
    for came in (1, 4, 9, 12, 13):
        waited(ago=40, came=came)
    waited(ago=80, came=60, said=(14, 30, 60))
    assert rows(client) == {SOON: "20% 60% 20% 5", LONG: "0% 100% 0% 1"}


@db
def test_who_waits_longer_than_was_said_counts_as_later(client):
    waited(ago=13)
    assert rows(client) == {SOON: "0% 0% 100% 1"}


@db
@pytest.mark.parametrize("ago", [12, 12 + 91])
def test_only_ranges_that_ended_of_late_count(client, ago):
    waited(ago=ago, came=5)
    assert rows(client) == {}
    assert "when the last of those days is past" in client.get("/how-we-choose/").content.decode()


@db
def test_who_could_be_sent_nothing_is_left_out(client):
    waited(ago=20, plan={"ended_at": NOW})
    waited(ago=20, member=make_renter(paid_until=timezone.localdate() - timedelta(days=1)))
    waited(ago=20, removed_at=NOW)
    paused = waited(ago=20)
    day = timezone.localdate()
    memberships.pause(paused.member.memberships.get(), first=day, last=day + timedelta(days=7), by=None, now=NOW)
    assert rows(client) == {}


@db
def test_what_was_lost_on_its_way_came_when_it_was_sent_first(client):
    entry = waited(ago=20, came=5)
    QueueEntry.objects.filter(pk=entry.pk).update(sent_at=None)
    assert rows(client) == {SOON: "0% 100% 0% 1"}


@db
def test_what_was_called_off_did_not_come(client):
    entry = waited(ago=20, came=5)
    Rental.objects.update(posted_at=None, checked_in_at=None, cancelled_at=NOW)
    QueueEntry.objects.filter(pk=entry.pk).update(sent_at=None)
    assert rows(client) == {SOON: "0% 0% 100% 1"}


@db
def test_a_round_and_the_page_go_by_the_same_promise(client):
    at = NOW - timedelta(days=60)
    title, until = make_title(), timezone.localdate() + timedelta(days=30)
    copy = make_copy(title=title)
    out = make_rental(copy=copy, allocated_at=at - timedelta(days=9), posted_at=at - timedelta(days=8))
    wants(make_renter(paid_until=until), title, asked_at=at - timedelta(days=9))
    round_at(at)
    Rental.objects.filter(pk=out.pk).update(checked_in_at=at + timedelta(days=5))
    make_round(at + timedelta(days=6), now=at + timedelta(days=6))
    assert Rental.objects.count() == 2
    assert rows(client) == {SOON: "0% 100% 0% 1"}


@db
def test_more_promises_cost_no_more_queries_and_name_nobody(client, django_assert_max_num_queries):
    waited(ago=40, came=5)
    rows(client)
    cache.clear()
    with django_assert_max_num_queries(30) as few:
        rows(client)
    more = [waited(ago=40, came=came) for came in range(9)]
    cache.clear()
    with django_assert_max_num_queries(len(few)):
        assert rows(client)[SOON].endswith(" 10")
    page = client.get("/how-we-choose/").content.decode()
    assert not [entry for entry in more if entry.member.shown_as in page or entry.title.name in page]
