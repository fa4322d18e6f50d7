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


# ------------------------------------------------------------------ places
ALL_OUT = "left one place empty: all that you asked for was out, or went to older claims."


def with_a_place_left(*causes):
    """A member whose places the round at AT left empty for `causes`."""
    member = make_renter(places=len(causes), paid_until=date(2099, 1, 1))
    row = make_round_row(at=AT, made_at=AT)
    for place, cause in enumerate(causes, 1):
        make_idle_place(round=row, member=member, place=place, cause=cause)
    return member


def slots(sign_in, member):
    return sign_in(member).get("/queue/").content.decode()


def test_a_place_that_the_last_round_left_empty_says_why(sign_in):
    page = slots(sign_in, with_a_place_left("nothing in stock"))
    assert page.count(f"The round of 26 November, 10:00 {ALL_OUT}") == 1


def test_several_places_say_each_cause_once(sign_in):
    page = slots(sign_in, with_a_place_left("set order", "set order", "queue too short"))
    why = "the next disc of a set waits for the one before; your queue had nothing more to send."
    assert f"left three places empty: {why}" in page


def test_a_round_since_that_left_none_is_the_last_word(sign_in):
    member = with_a_place_left("nothing in stock")
    make_round_row(at=AT + timedelta(hours=5), made_at=AT + timedelta(hours=5))
    assert "left one place empty" not in slots(sign_in, member)


def test_a_place_that_will_be_filled_says_nothing_of_it(sign_in):
    member, title = with_a_place_left("queue too short"), make_title()
    make_copy(title=title)
    wants(member, title)
    assert "left one place empty" not in slots(sign_in, member)


def test_another_members_places_are_not_told_of(sign_in):
    with_a_place_left("nothing in stock")
    assert "left one place empty" not in slots(sign_in, make_renter(paid_until=date(2099, 1, 1)))


def test_a_disc_on_its_way_says_which_number_it_was(sign_in):
    member = make_renter(paid_until=date(2099, 1, 1))
    make_rental(member=member, position=3, allocated_at=timezone.now())
    assert "It is being packed. It was number 3 in your queue." in slots(sign_in, member)
    Rental.objects.update(position=None)
    assert "number 3" not in slots(sign_in, member)


# ------------------------------------------------------------------ how we choose
def how(client):
    return client.get("/how-we-choose/").content.decode()


def test_before_the_first_round_it_says_so(client):
    page = how(client)
    assert "There was no round in the last 30 days." in page and "The next round is on" in page


def test_the_first_round_is_told_of_at_once(client):
    how(client)
    make_round_row(at=timezone.now(), made_at=timezone.now())
    assert "There was no round" not in how(client)


def test_a_round_that_had_no_place_to_fill_was_a_round(client):
    make_round_row(at=timezone.now(), made_at=timezone.now(), places=0, passed_over=0)
    page = how(client)
    assert "0 for 0 free places" in page and "There was no round" not in page


@pytest.mark.parametrize(("sent", "said"), [(1, "0.5"), (9, "4.5"), (2501, "1,250")])
def test_few_discs_in_a_round_are_not_rounded_to_none(client, sent, said):
    for number, hours in ((sent, 1), (0, 2)):
        at = timezone.now() - timedelta(hours=hours)
        make_round_row(at=at, made_at=at, places=sent, sent=number)
    assert f"about {said}, in 2 rounds<" in how(client)


def test_it_names_no_member_and_costs_the_same_for_many(client, django_assert_max_num_queries):
    now = timezone.now()
    row = make_round_row(at=now, made_at=now)
    names = [make_idle_place(round=row).member for _ in range(2)]
    how(client)
    with django_assert_max_num_queries(20) as few:
        how(client)
    names += [make_passed_over(round=row, entry=make_queue_entry(claim_at=CLAIM)).entry.member for _ in range(9)]
    names += [make_rental(round=row, position=1, allocated_at=now, posted_at=now).member for _ in range(9)]
    with django_assert_max_num_queries(len(few)):
        page = how(client)
    assert not [name for name in names if name.email in page or name.shown_as in page]


def test_its_figures_are_of_the_rounds(client):
    now = timezone.now()
    until = timezone.localdate() + timedelta(days=30)
    titles = [make_title() for _ in range(8)]
    for title in titles[1:]:
        make_copy(title=title)
    make_copy(title=titles[0], withdrawn_at=now)
    wants(make_renter(places=2, paid_until=until), titles[1])
    wants(make_renter(places=1, paid_until=until), titles[0], titles[2])
    make_renter(places=1, paid_until=timezone.localdate() - timedelta(days=1))
    make_round(now, now=now)
    page = how(client)
    assert "2 for 4 free places" in page
    assert "50% of 2" in page and "100% of 2" in page
    assert "about 2, in 1 round<" in page
    assert "Left empty: the queue was too short</th><td>50%, 1 of 2 left empty<" in page
    assert "Left empty: not paid for</th><td>50%, 1 of 2 left empty<" in page


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
