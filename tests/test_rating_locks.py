"""Why each lock of ratings, reviews and votes is there (migration reviews/0005): without it, something breaks.

Two transactions meet: the second begins when the first is half done and has not committed. As they are, both end well
and every sum is true. Each control takes one lock away and leads to a sum that is wrong, or to a ring of waiting.

Four locks need no control: in `reviews_sum_reviews_*`, all who write standings hold the title already and it only
guards against rows deleted by hand; closing an account holds the member's row by changing it; a title's row and a
member's are held by Django's foreign keys; and what a verb takes twice costs nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from members.models import Member
from reviews.models import Ban, Critic, HelpfulVote, Rating, Review
from tests.factories import (
    make_ban,
    make_critic,
    make_critic_review,
    make_member,
    make_rating,
    make_review,
    make_step,
    make_title,
    make_vote,
    make_vote_hold,
)
from tests.test_rating_race import check_sums

pytestmark = pytest.mark.race
PATIENCE = 20  # seconds
# Who comes second holds advisory lock 1 until it has ended; who waits for it shares number 2.
SOMEBODY_WAITS = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
WAIT = """
CREATE FUNCTION wait_for_the_other() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(2);
    FOR turn IN 1..2000 LOOP
        EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
          OR NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND pid <> pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()));
        PERFORM pg_sleep(0.01);
    END LOOP;
END $$;
CREATE FUNCTION wait_for_the_other_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM wait_for_the_other();
    RETURN NULL;
END $$;
"""
WAIT_AFTER = """
CREATE TRIGGER a_wait AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION wait_for_the_other_too();
"""
MEMBER = "PERFORM 1 FROM public.members_member WHERE id = {} FOR NO KEY UPDATE;"
TITLES = "PERFORM public.reviews_lock_titles("


# ------------------------------------------------------------------ two at once
def meet(first, second):
    """Errors of the database, if any, of two transactions; `second` begins when `first` has done something."""
    ready = Event()
    with ThreadPoolExecutor(2) as threads:
        later = threads.submit(_after_the_other, second, ready)
        ready.wait(PATIENCE)
        done = [threads.submit(_committed, first, lingering=True), later]
        return [error for error in (one.result() for one in done) if error]


def _committed(work, *, lingering=False):
    try:
        with transaction.atomic():
            work()
            if lingering:
                ask("SELECT wait_for_the_other()")
    except DatabaseError as error:
        return error
    finally:
        connection.close()


def _after_the_other(work, ready):
    ask("SELECT pg_advisory_lock(1)")
    ready.set()
    end = monotonic() + PATIENCE
    while not ask(SOMEBODY_WAITS) and monotonic() < end:
        sleep(0.01)
    return _committed(work)


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


# ------------------------------------------------------------------ changing the database's functions
def define(name, change):
    """Make the function `name` anew from what `change` makes of its text."""
    text = ask(f"SELECT pg_get_functiondef('{name}'::regproc)")
    assert change(text) != text, f"{name} does not have it"
    with connection.cursor() as cursor:
        cursor.execute(change(text))


def without(lock):
    """A text without the statement that begins with `lock`."""

    def change(text):
        before, found, rest = text.partition(lock)
        return before + rest[rest.index(";") + 1 :] if found.endswith("(") else before + rest

    return change


@pytest.fixture
def meeting(scratch):
    """Between the change of a sum and that of its page there is time for the other."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT)
        for table in ("reviews_reviewstanding", "reviews_scoresummary"):
            cursor.execute(WAIT_AFTER.format(table))


# ------------------------------------------------------------------ what meets
def a_rating_and_a_ban():
    title, member = make_title(), make_member()
    return lambda: make_rating(title=title, member=member), lambda: make_ban(member=member)


def a_ban_and_a_rating():
    return a_rating_and_a_ban()[::-1]


def a_review_and_a_ban():
    title, member = make_title(), make_member()
    return lambda: make_review(title=title, author=member), lambda: make_ban(member=member)


def a_vote_and_a_ban():
    review, member = make_review(), make_member()
    return lambda: make_vote(review=review, voter=member), lambda: make_ban(member=member)


def a_vote_and_its_hold():
    review, member = make_review(), make_member()
    hold = {"voter": member, "author": review.author, "step": make_step(member=member, verb="hold votes")}
    return lambda: make_vote(review=review, voter=member), lambda: make_vote_hold(**hold)


def other_stars_and_a_review():
    rating = make_rating()
    stars = Rating.objects.filter(pk=rating.pk)
    return lambda: stars.update(half_stars=1), lambda: make_review(title=rating.title, author=rating.member)


def a_review_and_other_stars():
    return other_stars_and_a_review()[::-1]


def a_vote_and_a_hold_of_its_review():
    review = make_review()
    step = make_step(review=review)
    withhold = Review.objects.filter(pk=review.pk)
    return lambda: make_vote(review=review), lambda: withhold.update(withheld_by=step)


def a_hold_of_a_review_and_a_vote():
    return a_vote_and_a_hold_of_its_review()[::-1]


def a_critic_and_a_rating():
    title, critic = make_title(), make_critic()
    return lambda: make_critic_review(title=title, critic=critic), lambda: make_rating(title=title)


def a_top_critic_and_a_rating():
    review = make_critic_review()
    critic = Critic.objects.filter(pk=review.critic_id)
    return lambda: critic.update(is_top=True), lambda: make_rating(title=review.title)


def two_closed_accounts():
    """Each reviewed what the other rated."""
    titles, members = [make_title(), make_title()], [make_member(), make_member()]
    for title, other, member in zip(titles, titles[::-1], members, strict=True):
        make_review(title=title, author=member)
        make_rating(title=other, member=member)
    return [lambda one=member: Member.objects.filter(pk=one.pk).update(is_active=False) for member in members]


def a_rating_of_what_one_reviewed_and_another():
    rating = make_rating()
    make_review(title=rating.title, author=rating.member)
    stars = Rating.objects.filter(pk=rating.pk)
    return lambda: stars.update(half_stars=1), lambda: make_rating(title=rating.title)


CONTROLS = {
    "rating, its member": (a_rating_and_a_ban, "reviews_rating_given", MEMBER.format("NEW.member_id")),
    "ban, its member": (a_rating_and_a_ban, "reviews_ban_changed", MEMBER.format("who")),
    "review, its author": (a_review_and_a_ban, "reviews_review_given", MEMBER.format("NEW.author_id")),
    "vote, its voter": (a_vote_and_a_ban, "reviews_vote_given", MEMBER.format("NEW.voter_id")),
    "hold of votes, their voter": (a_vote_and_its_hold, "reviews_votehold_changed", MEMBER.format("who")),
    "review, its title": (other_stars_and_a_review, "reviews_reviews_added", TITLES),
    "rating, its title": (a_review_and_other_stars, "reviews_sum_ratings_update", TITLES),
    "vote, its title": (a_vote_and_a_hold_of_its_review, "reviews_sum_votes_insert", TITLES),
    "standing, its title": (a_hold_of_a_review_and_a_vote, "reviews_restand", TITLES),
    "critic's review, its title": (a_critic_and_a_rating, "reviews_sum_critics_insert", TITLES),
    "top critic, the titles": (a_top_critic_and_a_rating, "reviews_top_critic_changed", TITLES),
    "account, the titles": (two_closed_accounts, "reviews_hear", TITLES),
}
MEETINGS = {scene.__name__: scene for scene, _, _ in CONTROLS.values()} | {
    scene.__name__: scene for scene in (a_ban_and_a_rating, a_rating_of_what_one_reviewed_and_another)
}


@pytest.mark.parametrize("scene", MEETINGS.values(), ids=MEETINGS)
def test_who_meets_waits_and_both_end_well(meeting, scene):
    assert meet(*scene()) == []
    check_sums()


@pytest.mark.parametrize("scene, function, lock", CONTROLS.values(), ids=CONTROLS)
def test_without_the_lock_it_breaks(meeting, scene, function, lock):
    define(function, without(lock))
    errors = meet(*scene())
    with pytest.raises((AssertionError, DatabaseError)):
        if errors:
            raise errors[0]
        check_sums()


# ------------------------------------------------------------------ sums by the difference
LOSING = """
CREATE OR REPLACE FUNCTION reviews_sum_ratings_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    counted int[];
BEGIN
    FOR one IN SELECT title_id, half_stars FROM added LOOP
        SELECT histogram INTO counted FROM public.reviews_scoresummary WHERE title_id = one.title_id;
        PERFORM pg_sleep(0.01);
        counted[one.half_stars] := counted[one.half_stars] + 1;
        UPDATE public.reviews_scoresummary SET histogram = counted WHERE title_id = one.title_id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION reviews_sum_votes_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    counted int;
BEGIN
    FOR one IN SELECT review_id FROM added LOOP
        SELECT all_votes INTO counted FROM public.reviews_reviewstanding WHERE review_id = one.review_id;
        PERFORM pg_sleep(0.01);
        UPDATE public.reviews_reviewstanding SET all_votes = counted + 1 WHERE review_id = one.review_id;
    END LOOP;
    RETURN NULL;
END $$;
"""


def sixteen_rate():
    title, members = make_title(), [make_member() for _ in range(16)]
    return lambda number: make_rating(title=title, member=members[number])


def sixteen_vote():
    review, members = make_review(), [make_member() for _ in range(16)]
    return lambda number: make_vote(review=review, voter=members[number], helpful=False)


def sixteen_at_once(work):
    with ThreadPoolExecutor(16) as threads:
        done = [threads.submit(_committed, lambda one=number: work(one)) for number in range(16)]
        assert [one.result() for one in done] == [None] * 16


@pytest.mark.parametrize("scene", [sixteen_rate, sixteen_vote])
def test_sixteen_at_once_are_sixteen_more(scratch, scene):
    sixteen_at_once(scene())
    check_sums()


@pytest.mark.parametrize("scene", [sixteen_rate, sixteen_vote])
def test_read_then_written_some_are_lost(scratch, scene):
    with connection.cursor() as cursor:
        cursor.execute(LOSING)
    sixteen_at_once(scene())
    with pytest.raises(AssertionError):
        check_sums()


# ------------------------------------------------------------------ verbs
def a_vote_and_the_end_of_its_review():
    review, voter = make_review(), make_member()
    said = {"review": review, "voter": voter, "helpful": True, "at": timezone.now()}
    mine = Review.objects.filter(pk=review.pk)
    return lambda: HelpfulVote.objects.record(**said), lambda: mine.delete()


def another_vote_and_the_end_of_its_review():
    vote = make_vote()
    said = {"review": vote.review, "voter": vote.voter, "helpful": False, "at": timezone.now()}
    mine = Review.objects.filter(pk=vote.review_id)
    return lambda: HelpfulVote.objects.record(**said), lambda: mine.delete()


ENDS = [a_vote_and_the_end_of_its_review, another_vote_and_the_end_of_its_review]


@pytest.mark.parametrize("scene", ENDS)
def test_a_review_goes_with_a_vote_that_was_just_given(meeting, scene):
    assert meet(*scene()) == []
    assert not Review.objects.exists() and not HelpfulVote.objects.exists()
    check_sums()


def test_if_verbs_did_not_hold_the_title_one_of_them_would_fail(meeting, monkeypatch):
    monkeypatch.setattr("reviews.queries.hold_titles", lambda titles: None)
    assert meet(*a_vote_and_the_end_of_its_review()) != []


def test_a_vote_comes_too_late(meeting):
    review, voter = make_review(), make_member()
    late = []

    def vote():
        try:
            HelpfulVote.objects.record(review=review, voter=voter, helpful=True, at=timezone.now())
        except Review.DoesNotExist:
            late.append(voter)

    assert meet(lambda: Review.objects.filter(pk=review.pk).delete(), vote) == []
    assert late == [voter] and not HelpfulVote.objects.exists()


def test_a_lifted_ban_counts_again_while_a_rating_comes_in(meeting):
    title, member = make_title(), make_member()
    make_ban(member=member)
    assert meet(lambda: make_rating(title=title, member=member), lambda: Ban.objects.all().delete()) == []
    assert Rating.objects.get().counts
    check_sums()
