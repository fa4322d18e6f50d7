"""bin/manage allocate: what it prints, what it writes, what it refuses."""

import csv
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from rentals.models import QueueEntry, Rental, Round
from rentals.tests.test_rounds import make_renter, wants
from tests.factories import make_copy, make_queue_entry, make_title

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def shop():
    """Two members who want the only copy of a film; one has a second place and nothing to fill it."""
    title = make_title(name="Kes")
    make_copy(title=title)
    until = timezone.localdate() + timedelta(days=30)
    first, second = make_renter(places=2, paid_until=until), make_renter(paid_until=until)
    return wants(first, title) + wants(second, title)


def allocate(capsys, *arguments):
    call_command("allocate", *arguments)
    return capsys.readouterr().out


def test_it_says_what_became_of_the_places(shop, capsys):
    at = (timezone.now() - HOUR).isoformat()
    lines = allocate(capsys, "--at", at).splitlines()
    assert lines[0].endswith("1 of 3 open places filled.")
    assert lines[1].startswith("1 request passed over")
    assert lines[2:] == ["1 place left empty: nothing in stock.", "1 place left empty: queue too short."]
    assert Rental.objects.get().entry == shop[0]


def test_a_dry_run_writes_nothing(shop, capsys):
    told = json.loads(allocate(capsys, "--dry-run", "--json"))
    idle = {"nothing in stock": 1, "queue too short": 1}
    assert told == {"at": None, "dry_run": True, "places": 3, "sent": 1, "passed_over": 1, "idle": idle}
    assert not Rental.objects.exists() and not Round.objects.exists()


def test_a_second_run_says_that_it_was_made(shop, capsys):
    at = (timezone.now() - HOUR).isoformat()
    allocate(capsys, "--at", at)
    with pytest.raises(CommandError, match="was made before"):
        allocate(capsys, "--at", at)
    assert Rental.objects.count() == 1


@pytest.mark.parametrize(("at", "said"), [("tomorrow", "write the instant as"), ("2999-01-01T10:00", "not come yet")])
def test_an_instant_that_cannot_be(at, said, capsys):
    with pytest.raises(CommandError, match=said):
        allocate(capsys, "--at", at)


def test_it_explains_itself_in_a_table(shop, capsys, tmp_path):
    path = tmp_path / "why.csv"
    allocate(capsys, "--explain", str(path))
    rows = list(csv.DictReader(path.open()))
    first, second = shop
    assert [(row["outcome"], row["request"], row["title"]) for row in rows] == [
        ("sent", str(first.pk), "Kes"),
        ("empty", "", ""),
        ("empty", "", ""),
        ("passed over", str(second.pk), "Kes"),
    ]
    assert [rows[3][name] for name in ("disc", "copies", "proposed", "turn")] == ["dvd, disc 1", "1", "2", "2"]
    assert {row["because"] for row in rows[1:3]} == {"queue too short", "nothing in stock"}


def test_a_table_that_cannot_be_written_takes_nothing_back(shop, capsys, tmp_path):
    with pytest.raises(CommandError, match="The round stands, but"):
        allocate(capsys, "--explain", str(tmp_path / "nowhere" / "why.csv"))
    assert Rental.objects.count() == 1


def release_of(shop):
    release = shop[0].title.releases.get()
    return f"{release.title.slug}/{release.slug}"


def test_it_says_what_more_copies_would_do(shop, capsys):
    said = allocate(capsys, "--more", f"{release_of(shop)}=1")
    assert said == ("With 1 more copy: 2 of 3 open places filled instead of 1, 0 requests passed over instead of 1.\n")
    assert not Rental.objects.exists() and not Round.objects.exists()


@pytest.mark.parametrize("number", ["", "=", "=0", "=-1", "=1001", "=two", "=²"])
def test_how_many_more_must_be_a_number(shop, number, capsys):
    with pytest.raises(CommandError, match="how many more copies"):
        allocate(capsys, "--more", f"{release_of(shop)}{number}")


def test_a_release_that_is_not_there_is_named(capsys):
    with pytest.raises(CommandError, match="there is no release kes/vhs"):
        allocate(capsys, "--more", "kes/vhs=2")


@pytest.mark.parametrize("later", [None, HOUR])
def test_a_claim_is_never_lost_or_made_later_whoever_writes(later):
    now = timezone.now()
    entry = make_queue_entry(claim_at=now)
    assert QueueEntry.objects.filter(pk=entry.pk).update(claim_at=now - HOUR) == 1
    with pytest.raises(IntegrityError, match="dates from"):
        QueueEntry.objects.filter(pk=entry.pk).update(claim_at=later and now + later)
