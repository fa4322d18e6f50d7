"""Moderators, members and rules at the same moment: whoever comes second decides by what is true then.

What saves us is a lock on the row of the member whom it is about; each race is lost without it (the controls). What is
read before a decision is held up for a moment, so that without the lock both always read the same.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from time import sleep

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from catalogue.invariants import broken
from reviews import moderation
from reviews.models import Ban, HelpfulVote, ModerationStep, Rating, Review, ScoreSummary, VoteHold
from reviews.moderation import bans, rules, steps, undoing, verdicts
from tests.factories import make_member, make_rating, make_review, make_staff, make_title, make_vote

pytestmark = pytest.mark.race
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MOMENT, LONG, ROUNDS = 0.3, 30, 12
WORDS = {"headline": "New", "body": "Other words.", "contains_spoilers": False}


def race(*works):
    """What each of `works` returned or raised, all begun at once, each on a connection of its own."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(LONG)
            return work()
        except (moderation.Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def kinds(results):
    return sorted(type(result).__name__ for result in results)


@pytest.fixture
def without_locks(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())
    monkeypatch.setattr(type(ScoreSummary.objects.all()), "hold", lambda rows, titles: None)


@pytest.fixture
def without_locks_in_triggers(scratch):
    """The database's own lock on the member's row, which stands behind ours, is taken out too."""
    with connection.cursor() as cursor:
        for name in ("reviews_rating_given", "reviews_review_given", "reviews_vote_given", "reviews_ban_changed"):
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
            body = cursor.fetchone()[0]
            cursor.execute(body.replace("FOR NO KEY UPDATE", "").replace("%", "%%"))


def held_up(monkeypatch, module, name):
    """A function of `module` waits a moment before it gives back what it read."""
    real = getattr(module, name)

    def slow(*args, **options):
        found = real(*args, **options)
        sleep(MOMENT)
        return found

    monkeypatch.setattr(module, name, slow)


# ------------------------------------------------------------------ two moderators
@pytest.fixture
def slow_moderators(monkeypatch):
    held_up(monkeypatch, verdicts, "_judged")


def two_decide():
    review = make_review()
    moderation.hold(review, "links", at=NOON)
    was = steps.seen(Review.objects.get())
    one, two = make_staff(), make_staff()
    return race(
        lambda: moderation.approve(review, by=one, at=NOON, seen=was),
        lambda: moderation.reject(review, "Copied.", by=two, at=NOON, seen=was),
    )


def test_of_two_moderators_one_decides_and_the_other_is_told(scratch, slow_moderators):
    results = two_decide()
    assert kinds(results) == ["ModerationStep", "Refused"]
    assert ModerationStep.objects.count() == 2 and not broken()


def test_without_the_lock_both_decide(scratch, slow_moderators, without_locks):
    assert kinds(two_decide()) == ["ModerationStep", "ModerationStep"]


def two_ban(monkeypatch):
    member, one, two = make_member(), make_staff(), make_staff()
    held_up(monkeypatch, bans, "with_reason")
    return race(*[lambda by=by: moderation.ban(member, "Bought.", by=by, at=NOON) for by in (one, two)])


def test_a_member_is_banned_once(scratch, monkeypatch):
    assert kinds(two_ban(monkeypatch)) == ["ModerationStep", "Refused"]
    assert Ban.objects.count() == ModerationStep.objects.count() == 1 and not broken()


def test_without_the_lock_only_the_table_stops_the_second_ban(scratch, monkeypatch, without_locks):
    assert kinds(two_ban(monkeypatch)) == ["IntegrityError", "ModerationStep"]


def two_undo(monkeypatch):
    review, one, two = make_review(), make_staff(), make_staff()
    step = moderation.reject(review, "Copied.", by=one, at=NOON)
    held_up(monkeypatch, undoing, "_check_last")
    return race(*[lambda by=by: moderation.undo(step, by=by, at=NOON) for by in (one, two)])


def test_a_step_is_undone_once(scratch, monkeypatch):
    assert kinds(two_undo(monkeypatch)) == ["ModerationStep", "Refused"]
    assert Review.objects.shown().exists() and not broken()


def test_without_the_lock_only_the_table_stops_the_second_undoing(scratch, monkeypatch, without_locks):
    assert kinds(two_undo(monkeypatch)) == ["IntegrityError", "ModerationStep"]


# ------------------------------------------------------------------ approval against the author
def approval_against_an_edit():
    """Whether the text that is shown afterwards is one that nobody looked at."""
    title, author, moderator = make_title(), make_member(), make_staff()
    said = {"title": title, "author": author, "on": date(2026, 11, 26), "at": NOON}
    review = Review.objects.write(**said, **WORDS | {"body": "See example.com"})
    was = steps.seen(review)
    race(
        lambda: moderation.approve(review, by=moderator, at=NOON, seen=was),
        lambda: Review.objects.write(**said, **WORDS | {"body": "Now see example.org"}),
    )
    shown = Review.objects.shown().first()
    return bool(shown) and shown.body == "Now see example.org"


def test_no_text_is_approved_that_the_moderator_did_not_see(scratch, slow_moderators):
    assert not any(approval_against_an_edit() for _ in range(4)) and not broken()


def test_without_the_lock_the_new_text_is_approved_unseen(scratch, slow_moderators, without_locks):
    """The control: the edit reads that the review is held, and is shown by the approval that comes between."""
    assert any(approval_against_an_edit() for _ in range(4))


# ------------------------------------------------------------------ bans against what is said meanwhile
def say_and_ban(say):
    """A member says something while they are banned; returns the results of both."""
    member, moderator = make_member(), make_staff()
    said = say(member)
    return race(said, lambda: moderation.ban(member, "Bought.", by=moderator, at=NOON))


def a_rating(member):
    title = make_title()
    return lambda: Rating.objects.record(title=title, member=member, half_stars=9, on=date(2026, 11, 26))


def a_vote(member):
    review = make_review()
    return lambda: HelpfulVote.objects.record(review=review, voter=member, helpful=True, at=NOON)


def a_review(member):
    title = make_title()
    return lambda: Review.objects.write(title=title, author=member, on=date(2026, 11, 26), at=NOON, **WORDS)


SAYING = {"a rating": a_rating, "a vote": a_vote, "a review": a_review}


def nothing_counts():
    return not (
        Rating.objects.filter(counts=True).exists()
        or HelpfulVote.objects.filter(counts=True).exists()
        or Review.objects.shown().filter(author__ban__isnull=False).exists()
    )


@pytest.fixture
def slow_database(scratch):
    """Whoever finds out whether a member is heard waits a moment before using it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER FUNCTION reviews_heard(bigint) RENAME TO reviews_heard_at_once")
        cursor.execute(
            "CREATE FUNCTION reviews_heard(who bigint) RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$ "
            "DECLARE heard boolean := public.reviews_heard_at_once(who); "
            "BEGIN PERFORM pg_sleep(0.1); RETURN heard; END $$"
        )


@pytest.mark.parametrize("say", SAYING.values(), ids=SAYING)
def test_what_is_said_while_its_author_is_banned_does_not_count(scratch, slow_database, say):
    for _ in range(4):
        assert not [result for result in say_and_ban(say) if isinstance(result, Exception)]
    assert nothing_counts() and not broken()


@pytest.mark.parametrize("say", SAYING.values(), ids=SAYING)
def test_without_the_locks_it_counts_for_good(scratch, slow_database, without_locks, without_locks_in_triggers, say):
    for _ in range(4):
        say_and_ban(say)
    assert not nothing_counts()


def test_many_bans_and_lifts_amid_votes_and_ratings_leave_the_sums_true(scratch):
    """Members who rate and vote for each other's reviews of the same titles, each banned and lifted meanwhile."""
    titles, members, moderator = [make_title() for _ in range(3)], [make_member() for _ in range(4)], make_staff()
    reviews = [make_review(title=title, author=member) for title in titles for member in members]

    def life(number):
        member = members[number]

        def live():
            for round_ in range(ROUNDS):
                title = titles[(number + round_) % 3]
                Rating.objects.record(title=title, member=member, half_stars=1 + round_ % 10, on=date(2026, 11, 26))
                for review in reviews[number + round_ % 5 :: 5]:
                    if review.author_id != member.pk:
                        HelpfulVote.objects.record(review=review, voter=member, helpful=bool(round_ % 2), at=NOON)

        return live

    def fate(number):
        def befall():
            for _ in range(ROUNDS):
                moderation.ban(members[number], "Bought.", by=moderator, at=NOON)
                moderation.lift(members[number], by=moderator, at=NOON)

        return befall

    results = race(*[life(n) for n in range(4)], *[fate(n) for n in range(4)])
    assert results == [None] * 8 and not broken()


# ------------------------------------------------------------------ votes
def test_a_burst_from_two_windows_is_held_once(scratch, monkeypatch):
    voter, author = make_member(), make_member()
    for _ in range(3):
        make_vote(voter=voter, review=make_review(author=author), voted_at=NOON)
    held_up(monkeypatch, rules, "is_burst")
    reviews = [make_review(author=author) for _ in range(2)]
    votes = [lambda r=r: HelpfulVote.objects.record(review=r, voter=voter, helpful=True, at=NOON) for r in reviews]
    assert race(*votes) == [True, True]
    assert VoteHold.objects.count() == 1 and not HelpfulVote.objects.filter(counts=True).exists() and not broken()


def test_without_the_lock_neither_window_sees_the_burst(scratch, monkeypatch, without_locks):
    monkeypatch.setattr(rules, "_given", slow_given := _slow(rules._given))
    assert slow_given
    voter, author = make_member(), make_member()
    for _ in range(3):
        make_vote(voter=voter, review=make_review(author=author), voted_at=NOON)
    reviews = [make_review(author=author) for _ in range(2)]
    votes = [lambda r=r: HelpfulVote.objects.record(review=r, voter=voter, helpful=True, at=NOON) for r in reviews]
    race(*votes)
    assert not VoteHold.objects.exists()


def _slow(real):
    def slow(*args, **options):
        found = real(*args, **options)
        sleep(MOMENT)
        return found

    return slow


def test_a_rating_beside_a_hold_waits_for_nobody_else(scratch):
    """Holding a review locks its author, not the title: others rate it meanwhile."""
    review, other = make_review(), make_member()
    make_rating(title=review.title, member=review.author)
    results = race(
        lambda: moderation.hold(review, "links", at=NOON),
        lambda: Rating.objects.record(title=review.title, member=other, half_stars=9, on=date(2026, 11, 26)),
    )
    assert kinds(results) == ["ModerationStep", "NoneType"] and not broken()
