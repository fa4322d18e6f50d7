"""A round: who gets a copy, what is written down, what a second run and a round that was cut off leave."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from catalogue.invariants import broken
from rentals.models import IdlePlace, PassedOver, QueueEntry, Rental, Round, SetAside
from rentals.refused import Refused
from rentals.rounds import forget_rounds, look, make_round, make_round_due, what_if
from rentals.rounds.making import MadeAlready
from rentals.tests import market_by_hand
from rentals.tests.allocation_checker import Case, faults, refusals_wrong
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_invoice,
    make_membership,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
    make_two_at_once,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 10, tzinfo=UTC)  # a Thursday
TODAY = date(2026, 11, 26)
SOON, LATER = AT + timedelta(minutes=1), AT + timedelta(hours=5)


def make_renter(*, places=1, **fields):
    """A member on a plan with so many places."""
    media = fields.pop("media", ["dvd"])
    plan = fields.pop("plan", None) or make_plan(places_at_home=places, media=media)
    return make_membership(plan=plan, **fields).member


def wants(member, *titles, **fields):
    return [make_queue_entry(member=member, title=title, **fields) for title in titles]


def sent():
    return {
        (rental.member_id, rental.copy.disc.release.title_id)
        for rental in Rental.objects.select_related("copy__disc__release")
    }


# ------------------------------------------------------------------ who gets it
def test_the_older_claim_gets_the_only_copy():
    title = make_title()
    copy = make_copy(title=title)
    late, early, first = make_renter(), make_renter(), make_renter()
    wants(late, title, asked_at=NOON + timedelta(days=2))
    wants(early, title, asked_at=NOON)
    [claimed] = wants(first, title, asked_at=NOON + timedelta(days=3), claim_at=NOON)
    make_round(AT, now=SOON)
    rental = Rental.objects.get()
    assert (rental.member, rental.copy, rental.entry, rental.place) == (first, copy, claimed, 1)
    assert (rental.round.at, rental.allocated_at, rental.position) == (AT, SOON, 1)
    assert QueueEntry.objects.get(pk=claimed.pk).sent_at == SOON


def test_who_was_passed_over_is_told_why_and_has_a_claim_from_then():
    title = make_title()
    make_copy(title=title)
    members = [make_renter() for _ in range(3)]
    entries = [wants(member, title, asked_at=NOON + timedelta(days=n))[0] for n, member in enumerate(members)]
    make_round(AT, now=SOON)
    passed = PassedOver.objects.order_by("turn").values_list("entry", "copies", "proposed", "turn", "served")
    assert list(passed) == [(entries[1].pk, 1, 3, 2, False), (entries[2].pk, 1, 3, 3, False)]
    claims = QueueEntry.objects.order_by("pk").values_list("claim_at", flat=True)
    assert list(claims) == [None, AT, AT]
    causes = IdlePlace.objects.order_by("member").values_list("member", "place", "cause")
    assert list(causes) == [(member.pk, 1, "nothing in stock") for member in members[1:]]
    make_round(LATER, now=LATER)
    assert set(QueueEntry.objects.live().values_list("claim_at", flat=True)) == {AT}, "a claim is made once"


def test_an_open_place_goes_to_the_top_of_the_queue_that_can_be_had():
    top, second = make_title(), make_title()
    make_copy(title=second)
    member = make_renter(places=2)
    wants(member, top, second)
    make_round(AT, now=SOON)
    assert sent() == {(member.pk, second.pk)}
    assert Rental.objects.get().position == 2
    assert PassedOver.objects.count() == 0, "we have no disc of it at all"


@pytest.mark.parametrize(
    "state",
    [
        {"paused_from": TODAY},
        {"confirmed_at": None, "paid_until": None},
        {"ended_at": AT},
    ],
)
def test_a_plan_that_does_not_run_gets_nothing(state):
    title = make_title()
    make_copy(title=title)
    wants(make_renter(**state), title)
    made = make_round(AT, now=SOON)
    assert not sent()
    assert made.counts() == {"places": 0, "sent": 0, "passed_over": 0, "idle": {}}


def test_a_plan_that_is_not_paid_for_gets_nothing_and_is_told():
    title = make_title()
    make_copy(title=title)
    member = make_renter(places=2, paid_until=TODAY - timedelta(days=1))
    wants(member, title)
    make_round(AT, now=SOON)
    assert not sent()
    assert list(IdlePlace.objects.values_list("place", "cause")) == [(1, "payment"), (2, "payment")]


def test_a_short_queue_leaves_a_place_idle():
    make_renter()
    make_round(AT, now=SOON)
    assert IdlePlace.objects.get().cause == "queue too short"


def test_the_months_cap_holds():
    titles = [make_title() for _ in range(3)]
    for title in titles:
        make_copy(title=title)
    member = make_renter(plan=make_plan(places_at_home=3, discs_a_month=2))
    make_invoice(
        membership=member.memberships.get(), first_day=date(2026, 11, 20), last_day=date(2026, 12, 19), paid_at=AT
    )
    wants(member, *titles)
    make_rental(member=member, allocated_at=AT - timedelta(days=2), posted_at=AT - timedelta(days=1), checked_in_at=AT)
    make_rental(member=member, allocated_at=AT - timedelta(days=9), posted_at=AT - timedelta(days=8), checked_in_at=AT)
    make_round(AT, now=SOON)
    assert Rental.objects.filter(round__isnull=False).count() == 1


def test_of_a_set_one_disc_goes_out_and_the_next_waits():
    release = make_release()
    discs = [make_disc(release=release, number=number) for number in (1, 2, 3)]
    for disc in discs:
        make_copy(disc=disc)
    member = make_renter(places=3)
    entries = [make_queue_entry(member=member, title=release.title, disc=disc) for disc in discs]
    make_round(AT, now=SOON)
    assert Rental.objects.get().entry == entries[0]
    assert list(IdlePlace.objects.values_list("place", "cause")) == [(2, "set order"), (3, "set order")]
    make_round(LATER, now=LATER)
    assert Rental.objects.count() == 1, "the first is still out"
    make_two_at_once(member=member, release=release)
    make_round(LATER + timedelta(hours=1), now=LATER + timedelta(hours=1))
    assert Rental.objects.latest("pk").entry == entries[1]


def test_entries_that_share_a_release_wait_for_each_other():
    title = make_title()
    release = make_release(title=title)
    first, second = [make_disc(release=release, number=number) for number in (1, 2)]
    make_copy(disc=first), make_copy(disc=second)
    member = make_renter(places=2)
    [any_edition] = wants(member, title)
    of_disc = make_queue_entry(member=member, title=title, disc=second)
    make_round(AT, now=SOON)
    assert Rental.objects.get().entry == any_edition
    assert list(SetAside.objects.values_list("entry", "sent")) == [(of_disc.pk, any_edition.pk)]


# ------------------------------------------------------------------ any shop
def make_shop(chance):
    """A dozen members in all states, and titles in one to three editions, one of them a set."""
    titles = [make_title() for _ in range(6)]
    discs = []
    for title in titles:
        for position, medium in enumerate(chance.sample(["dvd", "blu-ray", "4k"], chance.randint(1, 3))):
            known = {"released_on": chance.choice(["2001", "2001", "", "2026-11-26", "2027-01"])}
            regions = chance.choice([[], ["0"], ["1"], ["2"]]) if medium == "dvd" else []
            release = make_release(title=title, medium=medium, position=position + 1, regions=regions, **known)
            discs += [make_disc(release=release, number=n + 1) for n in range(chance.choice([1, 1, 3]))]
    copies = [make_copy(disc=chance.choice(discs)) for _ in range(14)]
    for copy in chance.sample(copies, 3):
        copy.withdrawn_at, copy.missing_at, copy.in_inspection_since = chance.choice(
            [(AT, None, None), (None, AT, None), (None, None, AT)]
        )
        copy.save()
    for _ in range(12):
        _member_of_the_shop(chance, titles, discs, copies)


STATES = [
    *[{}] * 6,
    {"paused_from": TODAY, "paused_until": TODAY},
    {"paused_from": TODAY - timedelta(days=3)},
    {"paid_until": TODAY - timedelta(days=1)},
    {"paid_until": TODAY},
    {"confirmed_at": None, "paid_until": None},
]


def _member_of_the_shop(chance, titles, discs, copies):
    cap = chance.choice([None, None, 1, 2])
    media = chance.choice([["dvd"], ["dvd", "blu-ray"], ["dvd", "blu-ray", "4k"]])
    plan = make_plan(places_at_home=chance.randint(1, 3), discs_a_month=cap, media=media)
    member = make_renter(plan=plan, **chance.choice(STATES))
    if chance.random() < 0.4:
        make_player(member=member, medium="dvd", regions=chance.choice([["1"], ["2"], []]))
    for title in chance.sample(titles, chance.randint(0, 5)):
        of_title = [disc for disc in discs if disc.release.title == title]
        wish = chance.choice([{}, {}, {"medium": "dvd"}, {"medium": "4k"}, {"disc": chance.choice(of_title)}])
        claim = {"claim_at": NOON + timedelta(hours=chance.randint(0, 3)) if chance.random() < 0.3 else None}
        asked = NOON + timedelta(hours=chance.randint(-3, 3))
        paused = asked if chance.random() < 0.1 else None
        make_queue_entry(member=member, title=title, asked_at=asked, paused_at=paused, **wish, **claim)
        if "disc" in wish and chance.random() < 0.3:
            make_two_at_once(member=member, release=wish["disc"].release)
    out = set(Rental.objects.open().values_list("copy", flat=True))
    free = [copy for copy in copies if copy.pk not in out]
    if free and chance.random() < 0.4:
        make_rental(member=member, copy=chance.choice(free), place=chance.randint(1, plan.places_at_home))


@pytest.mark.parametrize("seed", range(25))
def test_whatever_the_shop_nobody_has_a_reason_to_complain(seed):
    make_shop(random.Random(seed))  # noqa: S311 - no secret
    assert not broken()
    market, held_up = market_by_hand.market(TODAY)
    entries_before = {entry.pk: entry for entry in QueueEntry.objects.all()}
    foreseen = look(SOON)
    made = make_round(AT, now=SOON)
    rows = [
        (rental.member_id, rental.place, rental.entry_id, rental.copy.disc_id)
        for rental in made.round.rentals.select_related("copy")
    ]
    assert not faults(*market, rows)
    assert not list(_told_wrong(made.round, Case(*market), rows, held_up))
    assert sorted(foreseen.copy.tolist()) == sorted(made.copy.tolist())
    _check_claims(made, entries_before)
    assert not broken()
    with pytest.raises(MadeAlready):
        make_round(AT, now=LATER)
    assert made.round.rentals.count() == len(rows)


def _told_wrong(row, case, sent, held_up):
    """What the round told of refusals and causes that is not so; `held_up` are members with a set in the way."""
    refused = list(row.passed.values_list("entry", "disc", "copies", "proposed", "turn"))
    idle = [told for told in row.idle.values_list("member", "place", "cause") if told[2] != "payment"]
    for fault in refusals_wrong(case, sent, refused, idle):
        if fault not in {f"member {who} is told 'set order', and it is 'queue too short'" for who in held_up}:
            yield fault


def _check_claims(made, before):
    refused = set(made.round.passed.values_list("entry", flat=True))
    for entry in QueueEntry.objects.all():
        was = before[entry.pk]
        assert entry.claim_at == (was.claim_at or (AT if entry.pk in refused else None))
        assert entry.rank == was.rank


# ------------------------------------------------------------------ when
def test_the_clock_makes_the_rounds_of_the_day_once_and_late_if_it_must():
    assert make_round_due(now=datetime(2026, 11, 26, 9, 59, tzinfo=UTC)) is None
    assert make_round_due(now=datetime(2026, 11, 26, 10, 3, tzinfo=UTC)).round.at == AT
    assert make_round_due(now=datetime(2026, 11, 26, 10, 8, tzinfo=UTC)) is None
    assert make_round_due(now=datetime(2026, 11, 26, 23, 50, tzinfo=UTC)).round.at == datetime(
        2026, 11, 26, 15, tzinfo=UTC
    )
    assert make_round_due(now=datetime(2026, 11, 28, 10, 3, tzinfo=UTC)) is None, "a Saturday"
    assert make_round_due(now=datetime(2026, 12, 25, 10, 3, tzinfo=UTC)) is None, "a bank holiday"
    assert Round.objects.count() == 2


def test_a_round_cannot_be_made_behind_a_later_one():
    """Claims that the later one made would be younger than the round that passed the same request over."""
    title = make_title()
    make_copy(title=title)
    for member in (make_renter(), make_renter()):
        wants(member, title)
    make_round(LATER, now=LATER)
    with pytest.raises(MadeAlready, match="26 November 2026, 15:00 was made"):
        make_round(AT, now=LATER)
    assert make_round_due(now=LATER) is None
    assert Round.objects.count() == 1 and not broken()


def test_what_was_told_of_places_goes_after_a_month_and_the_round_stays():
    title = make_title()
    make_copy(title=title)
    for member in (make_renter(), make_renter()):
        wants(member, title)
    made = make_round(AT, now=SOON)
    assert forget_rounds(now=AT + timedelta(days=29)) == 0
    assert forget_rounds(now=AT + timedelta(days=31)) == 2
    assert not PassedOver.objects.exists() and not IdlePlace.objects.exists()
    assert made.round.rentals.count() == 1


def test_what_if_there_were_more_copies():
    title = make_title()
    copy = make_copy(title=title)
    for member in [make_renter() for _ in range(4)]:
        wants(member, title)
    now, then = what_if({copy.disc_id: 2}, SOON)
    assert (now.counts()["sent"], then.counts()["sent"]) == (1, 3)
    assert not Rental.objects.exists() and not Round.objects.exists()


def test_what_if_where_nobody_asks_for_anything():
    now, then = what_if({make_copy().disc_id: 2}, SOON)
    assert now.counts() == then.counts() == {"places": 0, "sent": 0, "passed_over": 0, "idle": {}}


def test_a_round_waits_for_no_other(django_db_blocker):
    from django.db import connections

    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('rentals.rounds'))")
        with pytest.raises(Refused, match="Another round"):
            make_round(AT, now=SOON)
    finally:
        other.close()
