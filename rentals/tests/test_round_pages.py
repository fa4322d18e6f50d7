"""What members and everybody else read of the rounds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from rentals.lending import LOST, OUTCOMES
from rentals.models import Rental
from rentals.rounds import make_round
from rentals.tests.test_rounds import make_renter, wants
from tests.factories import (
    make_copy,
    make_disc,
    make_idle_place,
    make_passed_over,
    make_problem,
    make_queue_entry,
    make_release,
    make_rental,
    make_round_row,
    make_title,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
CLAIM = datetime(2026, 5, 4, 14, tzinfo=UTC)


@pytest.fixture
def passed():
    """A request that came third of five for two copies."""
    entry = make_queue_entry(claim_at=CLAIM, member=make_renter(paid_until=date(2099, 1, 1)))
    make_passed_over(entry=entry, round=make_round_row(at=AT, made_at=AT), copies=2, proposed=5, turn=3)
    return entry


SAID = "Passed over on 26 November, 10:00: 2 copies in, 5 asked, you were 3rd. Your claim dates from 4 May."


def queue_of(sign_in, entry):
    return sign_in(entry.member).get("/queue/").content.decode()


def test_the_queue_says_when_and_why_a_film_was_passed_over(sign_in, passed):
    assert SAID in queue_of(sign_in, passed)


def test_the_last_round_is_what_it_tells_of(sign_in, passed):
    later = make_round_row(at=AT + timedelta(days=1), made_at=AT + timedelta(days=1))
    make_passed_over(entry=passed, round=later, copies=0, proposed=4, turn=1)
    page = queue_of(sign_in, passed)
    assert "Passed over on 27 November, 10:00: no copy in, 4 asked, you were 1st." in page and SAID not in page


def test_of_several_discs_it_tells_of_the_nearest(sign_in, passed):
    other = make_disc(release=make_release(title=passed.title))
    make_passed_over(entry=passed, round=passed.passed.get().round, disc=other, copies=1, proposed=9, turn=8)
    assert SAID in queue_of(sign_in, passed)


@pytest.mark.parametrize("state", [{"paused_at": AT}, {"removed_at": AT}])
def test_what_does_not_stand_in_line_is_not_told_of(sign_in, passed, state):
    type(passed).objects.filter(pk=passed.pk).update(**state)
    assert "Passed over" not in queue_of(sign_in, passed)


def test_others_queues_are_not_told_of(sign_in, passed):
    assert "Passed over" not in queue_of(sign_in, make_queue_entry())


def test_a_longer_queue_costs_no_more_queries(sign_in, passed, django_assert_max_num_queries):
    for _ in range(3):
        entry = make_queue_entry(claim_at=CLAIM, member=passed.member)
        make_passed_over(entry=entry, round=passed.passed.get().round)
    client = sign_in(passed.member)
    client.get("/queue/")
    with django_assert_max_num_queries(40) as few:
        client.get("/queue/")
    for _ in range(6):
        entry = make_queue_entry(claim_at=CLAIM, member=passed.member)
        make_passed_over(entry=entry, round=passed.passed.get().round)
    with django_assert_max_num_queries(len(few)):
        assert client.get("/queue/").content.count(b"Passed over on") == 10


# ------------------------------------------------------------------ how we choose
def how(client):
    return client.get("/how-we-choose/").content.decode()


def test_before_the_first_round_it_says_so(client):
    page = how(client)
    assert "There was no round in the last 30 days." in page and "The next round is on" in page


def test_its_figures_are_of_the_rounds(client):
    now = timezone.now()
    until = timezone.localdate() + timedelta(days=30)
    titles = [make_title() for _ in range(8)]
    for title in titles[1:]:
        make_copy(title=title)
    make_copy(title=titles[0]).delete()
    wants(make_renter(places=2, paid_until=until), titles[1])
    wants(make_renter(places=1, paid_until=until), titles[0], titles[2])
    make_renter(places=1, paid_until=timezone.localdate() - timedelta(days=1))
    make_round(now, now=now)
    page = how(client)
    assert "2 for 4 free places" in page
    assert "50% of 2" in page and "100% of 2" in page
    assert "Left empty: the queue was too short</th><td>50%, 1 time<" in page
    assert "Left empty: not paid for</th><td>50%, 1 time<" in page


def test_what_was_lost_is_told_of_what_was_posted(client):
    now = timezone.now()
    make_idle_place(round=make_round_row(at=now, made_at=now))
    for _ in range(3):
        make_rental(allocated_at=now, posted_at=now)
    make_problem(rental=Rental.objects.earliest("pk"), settled_at=now, outcome=OUTCOMES[LOST])
    assert "Lost in the post</th><td>33.3%, 1 of 3 posted" in how(client)


def test_a_month_ago_is_not_lately(client):
    old = timezone.now() - timedelta(days=31)
    make_idle_place(round=make_round_row(at=old, made_at=old))
    assert "There was no round in the last 30 days." in how(client)


def test_it_leads_there_from_the_queue_and_every_foot(client, sign_in):
    assert 'href="/how-we-choose/"' in client.get("/plans/").content.decode()
    assert sign_in(make_renter()).get("/queue/").content.decode().count('href="/how-we-choose/"') == 2
