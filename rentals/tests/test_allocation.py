"""The matching of a round: what it promises, proved by a checker that shares no code with it."""

import hashlib
import os
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rentals import allocation
from rentals.allocation import NEVER, Discs, Places, Wishes, allocate, in_order_of_claims
from rentals.tests.allocation_checker import Case, best_for_members, faults, refusals_wrong

ONE_BY_ONE, IN_WAVES = 1e-9, 10**9  # values of allocation.FEW


# ------------------------------------------------------------------ rows and arrays
def arrays(rows, columns):
    """Tuples as one of the named tuples of arrays."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns._fields)
    return columns(*(np.array(column, np.int64) for column in values))


def tuples(columns):
    return [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def run(places, wishes, discs, held_in_sets=()):
    return allocate(arrays(places, Places), arrays(wishes, Wishes), arrays(discs, Discs), held_in_sets)


def everything(found):
    """All of a Round, as tuples."""
    return [tuples(part) for part in found]


def wrong(market, found):
    """What the checker says of a Round."""
    sent, idle = tuples(found.sent), tuples(found.idle)
    refused = [row[1:6] for row in tuples(found.refused)]
    return faults(*market, sent) or list(refusals_wrong(Case(*market), sent, refused, idle))


def shop(places, queues, copies, claims=None):
    """A market by names: {member: places}, {member: [[discs of an entry], …]}, {disc: copies}; a disc is "release.n".

    Claims are in the order in which entries are named, or as `claims` has them: {(member, number of the entry): claim}.
    """
    discs, members = sorted(copies), sorted(places)
    releases = sorted({disc.split(".")[0] for disc in discs})
    named = [(member, rank) for member in members for rank in range(len(queues.get(member, [])))]
    wishes = [
        (members.index(member), rank, entry, choice, discs.index(disc), (claims or {}).get((member, rank), entry))
        for entry, (member, rank) in enumerate(named)
        for choice, disc in enumerate(queues[member][rank])
    ]
    return (
        [(members.index(member), number) for member in members for number in range(places[member])],
        wishes,
        [(discs.index(disc), releases.index(disc.split(".")[0]), copies[disc]) for disc in discs],
    )


def sent_to(places, queues, copies, claims=None):
    """{member: the discs sent, by place}"""
    market = shop(places, queues, copies, claims)
    found = run(*market)
    assert wrong(market, found) == []
    names, members = sorted(copies), sorted(places)
    return {name: [names[row[3]] for row in tuples(found.sent) if members[row[0]] == name] for name in members}


# ------------------------------------------------------------------ the rule, by example
def test_the_best_of_the_queue_that_is_there_goes_out():
    assert sent_to({"ann": 1}, {"ann": [["a"], ["b"]]}, {"a": 0, "b": 1}) == {"ann": ["b"]}


def test_the_older_claim_wins_however_high_the_younger_has_it():
    queues = {"ann": [["a"]], "bob": [["b"], ["a"]]}
    claims = {("ann", 0): 2, ("bob", 0): 1, ("bob", 1): 0}
    assert sent_to({"ann": 1, "bob": 1}, queues, {"a": 1, "b": 0}, claims) == {"ann": [], "bob": ["a"]}


def test_who_was_kept_first_can_still_be_displaced():
    queues = {"ann": [["a"], ["b"]], "bob": [["c"], ["a"]], "cas": [["c"]]}
    claims = {("cas", 0): 0, ("bob", 1): 1, ("bob", 0): 2, ("ann", 0): 3, ("ann", 1): 4}
    sent = sent_to({"ann": 1, "bob": 1, "cas": 1}, queues, {"a": 1, "b": 1, "c": 1}, claims)
    assert sent == {"ann": ["b"], "bob": ["a"], "cas": ["c"]}


def test_an_entry_is_asked_for_in_every_medium_before_the_next_entry():
    assert sent_to({"ann": 1}, {"ann": [["4k", "dvd"], ["b"]]}, {"4k": 0, "dvd": 1, "b": 1}) == {"ann": ["dvd"]}


def test_an_entry_is_served_once_although_two_of_its_discs_are_there():
    assert sent_to({"ann": 2}, {"ann": [["4k", "dvd"], ["b"]]}, {"4k": 1, "dvd": 1, "b": 1}) == {"ann": ["4k", "b"]}


def test_one_disc_of_a_set_goes_out_in_a_round():
    queues = {"ann": [["set.1"], ["set.2"], ["b"]]}
    assert sent_to({"ann": 2}, queues, {"set.1": 1, "set.2": 1, "b": 1}) == {"ann": ["set.1", "b"]}


def test_the_next_disc_of_a_set_is_asked_for_when_the_first_is_refused_even_late():
    queues = {"ann": [["set.1"], ["set.2"], ["b"]], "bob": [["c"], ["set.1"]]}
    claims = {("bob", 1): 0, ("bob", 0): 1, ("ann", 0): 2, ("ann", 1): 3, ("ann", 2): 4}
    sent = sent_to({"ann": 2, "bob": 1}, queues, {"set.1": 1, "set.2": 1, "b": 1, "c": 0}, claims)
    assert sent == {"ann": ["set.2", "b"], "bob": ["set.1"]}


def test_entries_that_share_a_release_go_out_one_at_a_time():
    """Limits that cross would take the Blu-ray for the second, and drop it once the first loses the 4K."""
    queues = {"ann": [["4k", "blu-ray"], ["blu-ray"], ["b"]]}
    assert sent_to({"ann": 2}, queues, {"4k": 1, "blu-ray": 2, "b": 1}) == {"ann": ["4k", "b"]}
    assert sent_to({"ann": 2}, queues, {"4k": 0, "blu-ray": 2, "b": 1}) == {"ann": ["blu-ray", "b"]}


def test_the_best_goes_into_the_lowest_place():
    market = [(5, 4), (5, 2)], [(5, 9, 1, 0, 7, 1), (5, 3, 2, 0, 8, 0)], [(7, 7, 1), (8, 8, 1)]
    assert tuples(run(*market).sent) == [(5, 2, 2, 8), (5, 4, 1, 7)]


def test_claims_are_by_first_refusal_then_asked_for_then_number():
    refused, asked, entry = [NEVER, NEVER, 50, NEVER, 40], [9, 8, 99, 8, 99], [1, 5, 2, 4, 3]
    claims = in_order_of_claims(np.array(refused), np.array(asked), np.array(entry))
    assert claims.tolist() == [4, 3, 1, 2, 0]


# ------------------------------------------------------------------ what is told
def test_who_is_refused_is_told_copies_how_many_asked_and_their_turn():
    names = ["ann", "bob", "cas", "dan", "eve"]
    market = shop(dict.fromkeys(names, 1), {name: [["a"]] for name in names}, {"a": 2})
    refused = run(*market).refused
    assert list(zip(refused.copies, refused.proposed, refused.turn, strict=True)) == [(2, 5, 3), (2, 5, 4), (2, 5, 5)]
    assert not refused.served.any()


def test_an_entry_that_gets_a_worse_medium_is_refused_and_served():
    refused = run(*shop({"ann": 1}, {"ann": [["4k", "dvd"]]}, {"4k": 0, "dvd": 1})).refused
    assert [(refused.copies.tolist(), refused.served.tolist())] == [([0], [True])]


def test_refusals_are_in_the_order_of_the_queue():
    refused = run(*shop({"ann": 1}, {"ann": [["b"], ["a"]]}, {"a": 0, "b": 0})).refused
    assert refused.entry.tolist() == [0, 1]


def test_what_stands_below_what_is_sent_is_neither_refused_nor_set_aside():
    found = run(*shop({"ann": 1}, {"ann": [["a"], ["b"]]}, {"a": 1, "b": 0}))
    assert len(found.refused.entry) == len(found.set_aside.entry) == 0


def test_an_entry_set_aside_names_what_goes_out_of_its_set():
    found = run(*shop({"ann": 2}, {"ann": [["set.1"], ["set.2"], ["b"]]}, {"set.1": 1, "set.2": 1, "b": 1}))
    assert tuples(found.set_aside) == [(0, 1, 0)]


def test_an_entry_set_aside_names_its_own_set_where_another_entry_stands_between():
    queue = [["set.1"], ["b"], ["set.2"], ["set.3"]]
    found = run(*shop({"ann": 3}, {"ann": queue}, {"set.1": 0, "set.2": 1, "set.3": 1, "b": 1}))
    assert tuples(found.set_aside) == [(0, 3, 2)]


def test_an_entry_with_several_discs_is_set_aside_once():
    found = run(*shop({"ann": 2}, {"ann": [["4k", "blu-ray"], ["blu-ray", "dvd"]]}, {"4k": 1, "blu-ray": 1, "dvd": 1}))
    assert tuples(found.set_aside) == [(0, 1, 0)]


@pytest.mark.parametrize(
    "queue, held, cause",
    [
        ([["a"], ["b"]], [], "nothing in stock"),
        ([["a"], ["b"]], [0], "nothing in stock"),
        ([["a"], ["a"]], [], "set order"),
        ([["a"]], [0], "set order"),
        ([["a"]], [], "queue too short"),
        ([], [], "queue too short"),
    ],
)
def test_an_idle_place_has_its_cause(queue, held, cause):
    found = run(*shop({"ann": 2}, {"ann": queue}, {"a": 2, "b": 0}), held)
    assert found.idle.cause.tolist()[-1:] == [cause]


# ------------------------------------------------------------------ what it promises, on made-up markets
@st.composite
def markets(draw, members=5, discs=5, entries=3, wishes=4, places=2):
    """(places, wishes, discs) with sets, several media, overlapping entries, gaps in the numbers."""
    known = range(draw(st.integers(1, discs)))
    rows, asked, number = [], [], 0
    for member in range(draw(st.integers(1, members))):
        rows += [(10 * member + 3, 2 * place + 1) for place in range(draw(st.integers(0, places)))]
        left = wishes
        for rank in range(draw(st.integers(0, entries))):
            wanted = draw(st.lists(st.sampled_from(known), unique=True, min_size=min(1, left), max_size=min(2, left)))
            asked += [(10 * member + 3, 5 * rank, number, choice, disc + 1) for choice, disc in enumerate(wanted)]
            left, number = left - len(wanted), number + 1
    claims = draw(st.permutations(range(number)))
    of = [(disc + 1, draw(st.integers(disc // 2, disc)), draw(st.integers(0, 2))) for disc in known]
    return rows, [(*row, claims[row[2]]) for row in asked], of


BOTH_WAYS = pytest.mark.parametrize("few", [ONE_BY_ONE, IN_WAVES])
HOW_MANY = pytest.mark.parametrize("examples", [150, pytest.param(2000, marks=pytest.mark.long)])


def on_markets(examples, law, **sizes):
    how = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    how(given(markets(**sizes))(law))()


@HOW_MANY
def test_small_markets_end_in_the_best_stable_result_there_is(examples):
    def law(market):
        best, found = best_for_members(*market), {member: [] for member, *_ in market[1]}
        for member, _, entry, disc in tuples(run(*market).sent):
            found[member].append((entry, disc))
        assert best is not None and found == {member: best[member] for member in found}

    on_markets(examples, law)


@BOTH_WAYS
@HOW_MANY
def test_no_law_is_broken(few, examples, monkeypatch):
    monkeypatch.setattr(allocation, "FEW", few)

    def law(market):
        assert wrong(market, run(*market)) == []

    on_markets(examples, law, members=8, discs=8, entries=6, wishes=9, places=4)


@HOW_MANY
def test_no_order_of_rows_and_no_way_of_asking_changes_anything(examples, monkeypatch):
    def law(market):
        monkeypatch.setattr(allocation, "FEW", IN_WAVES)
        found = everything(run(*market))
        monkeypatch.setattr(allocation, "FEW", ONE_BY_ONE)
        shuffled = [random.Random(7).sample(rows, len(rows)) for rows in market]
        assert everything(run(*shuffled)) == found

    on_markets(examples, law, members=8, discs=8, entries=6, wishes=9, places=4)


@HOW_MANY
def test_another_copy_and_a_member_who_leaves_make_nobody_worse_off(examples):
    def law(market):
        places, wishes, discs = market
        before = _ranks(wishes, run(*market))
        more = [(disc, release, copies + (disc == 1)) for disc, release, copies in discs]
        assert _no_worse(before, _ranks(wishes, run(places, wishes, more)))
        gone = [row for row in places if row[0] != 3]
        assert _no_worse(
            {who: had for who, had in before.items() if who != 3}, _ranks(wishes, run(gone, wishes, discs))
        )

    on_markets(examples, law, members=8, discs=8, entries=6, wishes=9, places=4)


def _ranks(wishes, found):
    """{member: places in the order of their wishes of what is sent}"""
    order = {(row[2], row[4]): (row[1], row[3]) for row in wishes}
    ranks = {}
    for member, _, entry, disc in tuples(found.sent):
        ranks.setdefault(member, []).append(order[entry, disc])
    return ranks


def _no_worse(before, after):
    return all(
        len(after.get(who, [])) >= len(had) and all(a <= b for a, b in zip(after[who], had, strict=False))
        for who, had in before.items()
    )


# ------------------------------------------------------------------ a bigger market
def middling(seed, members=300):
    """Queues of 12 among 80 titles of two editions; sets of two discs."""
    chance = random.Random(seed)
    places = [(member, number) for member in range(members) for number in range(chance.randint(0, 4))]
    wishes = []
    for member in range(members):
        for rank, title in enumerate(sorted(chance.sample(range(80), 12), key=lambda title: title * chance.random())):
            discs = chance.choice([[2 * title], [2 * title + 1], [2 * title, 2 * title + 1]])
            wishes += [(member, rank, 12 * member + rank, choice, disc) for choice, disc in enumerate(discs)]
    claims = chance.sample(range(12 * members), 12 * members)
    discs = [(disc, disc // 2 if disc % 7 else disc, chance.randint(0, 8)) for disc in range(160)]
    return places, [(*row, claims[row[2]]) for row in wishes], discs


@pytest.mark.parametrize("few", [ONE_BY_ONE, 20, IN_WAVES])
def test_a_market_of_hundreds_is_right_in_waves_one_by_one_and_mixed(few, monkeypatch):
    monkeypatch.setattr(allocation, "FEW", few)
    for seed in range(3):
        assert wrong(middling(seed), run(*middling(seed))) == []


DIGEST = "from rentals.tests import test_allocation as t; print(t.digest({seed}))"


def digest(seed):
    """A hash of all of a Round, its rows shuffled by `seed`."""
    chance = random.Random(seed)
    found = run(*(chance.sample(rows, len(rows)) for rows in middling(4)))
    return hashlib.sha256(repr(everything(found)).encode()).hexdigest()


def test_the_result_is_the_same_in_every_process():
    def told(seed):
        environment = os.environ | {"PYTHONHASHSEED": str(seed)}
        return subprocess.check_output([sys.executable, "-c", DIGEST.format(seed=seed)], env=environment)

    assert len({told(seed) for seed in (0, 1, 2025)}) == 1


def test_it_needs_neither_django_nor_a_database():
    code = "import sys, rentals.allocation; print({'django', 'psycopg'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code]) == b"set()\n"


# ------------------------------------------------------------------ bad input
GOOD = [(1, 1)], [(1, 1, 1, 0, 1, 0), (1, 2, 2, 0, 2, 1)], [(1, 1, 1), (2, 2, 1)]


@pytest.mark.parametrize(
    "part, rows, words",
    [
        (0, [(1, 1), (1, 1)], "Places: the same row twice"),
        (1, [(1, 1, 1, 0, 1, 0)] * 2, "Wishes: the same row twice"),
        (1, [(1, 1, 1, 0, 1, 0), (1, 2, 2, 0, 2, 0)], "two entries have the same claim"),
        (1, [(1, 1, 1, 0, 1, 0), (1, 1, 1, 1, 2, 1)], "an entry has two claims"),
        (1, [(1, 1, 1, 0, 1, -1)], "claims are numbers from 0"),
        (1, [(1, 1, 1, 0, 1, 1 << 31)], "claims are numbers from 0"),
        (1, [(1, 1, 1, 0, 3, 0)], "a disc is not among Discs"),
        (2, [(1, -1, 1), (2, 2, 1)], "releases are numbers from 0"),
        (2, [(1, 1, -1), (2, 2, 1)], "fewer than no copies"),
        (2, [(1, 1, 1), (1, 2, 1), (2, 2, 1)], "Discs: the same row twice"),
        (2, [], "a disc is not among Discs"),
    ],
)
def test_rows_that_contradict_themselves_are_refused(part, rows, words):
    bad = [*GOOD]
    bad[part] = rows
    with pytest.raises(ValueError, match=words):
        run(*bad)


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="different lengths"):
        allocate(Places(np.array([1, 2]), np.array([1])), arrays(GOOD[1], Wishes), arrays(GOOD[2], Discs))


def test_nothing_at_all_is_a_round_without_rows():
    assert everything(run([], [], [])) == [[], [], [], []]


# ------------------------------------------------------------------ the checker itself: it finds what is broken
def serial(places, wishes, discs):
    """The rule of thumb: whoever has the oldest claim chooses first, for all their places."""
    case = Case(places, wishes, discs)
    left, sent = dict(case.copies), []
    members = sorted(case.wishes, key=lambda member: min(case.claim[entry] for entry, _ in case.wishes[member]))
    for member in members:
        numbers = iter(sorted(number for who, number in places if who == member))
        there = [wish for wish in case.wishes[member] if left[wish[1]]]
        for entry, disc in case.would_take(member, there):
            left[disc] -= 1
            sent.append((member, next(numbers), entry, disc))
    return sent


def test_the_checker_finds_envy_in_the_serial_rule():
    found = faults(*middling(1), serial(*middling(1)))
    assert found and all("envy" in words for words in found)


def test_the_checker_finds_waste_when_somebody_goes_without():
    sent = tuples(run(*middling(1)).sent)
    assert any("waste" in words for words in faults(*middling(1), sent[:40] + sent[41:]))


TWO_AND_A_SET = (
    [(1, 1), (1, 2), (2, 1)],
    [(1, 1, 1, 0, 1, 0), (1, 1, 1, 1, 2, 0), (1, 2, 2, 0, 3, 1), (1, 3, 3, 0, 4, 2), (2, 1, 4, 0, 1, 3)],
    [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 3, 1)],
)


@pytest.mark.parametrize(
    "sent, words",
    [
        ([(2, 2, 4, 1)], "place 2 of member 2 is not open"),
        ([(1, 1, 1, 1), (1, 1, 2, 3)], "place 1 of member 1 is filled 2 times"),
        ([(1, 1, 1, 1), (1, 2, 1, 2)], "entry 1 is served 2 times"),
        ([(1, 1, 1, 1), (2, 1, 4, 1)], "disc 1 goes out 2 times, of 1 copies"),
        ([(2, 1, 4, 3)], "member 2 did not ask for disc 3 by entry 4"),
        ([(1, 1, 2, 3), (1, 2, 3, 4)], "member 1 gets 2 discs of release 3"),
        ([(1, 1, 2, 3), (1, 2, 1, 2), (2, 1, 4, 1)], "envy: entry 1 of member 1 is overtaken by [4] at disc 1"),
        ([(1, 1, 1, 1)], "waste: a copy of disc 3 is left, and entry 2 of member 1 wants it"),
        ([(1, 1, 1, 2), (1, 2, 2, 3)], "waste: a copy of disc 1 is left, and entry 1 of member 1 wants it"),
    ],
)
def test_the_checker_finds_each_fault(sent, words):
    assert words in faults(*TWO_AND_A_SET, sent)


def test_the_checker_finds_entries_sent_together_that_share_a_release():
    market = [(1, 1), (1, 2)], [(1, 1, 1, 0, 1, 0), (1, 1, 1, 1, 2, 0), (1, 2, 2, 0, 2, 1)], [(1, 1, 1), (2, 2, 1)]
    assert "more than one of what goes out one at a time" in " ".join(faults(*market, [(1, 1, 1, 1), (1, 2, 2, 2)]))


def test_the_checker_finds_words_that_are_not_true():
    market = shop({"ann": 1, "bob": 1}, {"ann": [["a"]], "bob": [["a"]]}, {"a": 1})
    sent, case = [(0, 0, 0, 0)], Case(*market)
    assert not list(refusals_wrong(case, sent, [(1, 0, 1, 2, 2)], [(1, 0, "nothing in stock")]))
    assert list(refusals_wrong(case, sent, [(1, 0, 1, 2, 1)], [(1, 0, "nothing in stock")]))
    assert list(refusals_wrong(case, sent, [(1, 0, 1, 2, 2)], [(1, 0, "queue too short")]))
    assert list(refusals_wrong(case, sent, [(1, 0, 1, 2, 2)], []))


def test_the_checker_finds_a_stable_result_that_is_not_the_best():
    """Two members who would rather swap: both results are stable, and only one is the members' best."""
    queues = {"ann": [["a"], ["b"]], "bob": [["b"], ["a"]]}
    claims = {("ann", 0): 2, ("ann", 1): 0, ("bob", 0): 3, ("bob", 1): 1}
    market = shop({"ann": 1, "bob": 1}, queues, {"a": 1, "b": 1}, claims)
    assert faults(*market, [(0, 0, 1, 1), (1, 0, 3, 0)]) == []
    assert best_for_members(*market) == {0: [(0, 0)], 1: [(2, 1)]}
