"""The verbs of moderation: what each does, whom it tells, and how it is undone."""

from datetime import UTC, datetime, timedelta

import pytest

from members.models import Message
from reviews import moderation
from reviews.models import Ban, ModerationStep, ReviewStanding, ScoreSummary, StaffReply, Verb, VoteHold
from reviews.moderation import Refused
from reviews.moderation.steps import seen
from tests.factories import DAY, make_ban, make_member, make_rating, make_report, make_review, make_staff, make_vote

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def review(db):
    """A review; after every test all sums are what their rows say."""
    yield make_review(headline="It rhymes")
    assert ScoreSummary.objects.wrong() == ReviewStanding.objects.wrong() == []


@pytest.fixture
def moderator(db):
    return make_staff(shown_as="Mo")


def is_shown(review):
    return ReviewStanding.objects.get(pk=review.pk).shown


def told():
    """The kinds of e-mail written so far."""
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def decide(verb, review, moderator, **more):
    reason = ["Say less."] if verb in ("reject", "ask") else []
    return getattr(moderation, verb)(review, *reason, by=moderator, at=NOON, **more)


# ------------------------------------------------------------------ reviews
def test_a_held_review_is_off_the_pages_and_its_author_is_told(review):
    step = moderation.hold(review, "links", at=NOON)
    assert not is_shown(review) and not review.title.score_summary.reviews
    assert (step.verb, step.rule, step.by, step.at, step.before) == ("hold", "links", None, NOON, None)
    (mail,) = Message.objects.all()
    assert mail.kind == "review-held" and "because it has links" in mail.text and "two working days" in mail.text
    assert "A film" in mail.text and "A film" not in mail.subject


def test_an_approved_review_is_on_the_pages_and_its_author_is_told(review, moderator):
    held = moderation.hold(review, "links", at=NOON)
    step = decide("approve", review, moderator)
    assert is_shown(review) and (step.before, step.by) == (held, moderator)
    assert told() == ["review-held", "review-shown"]


def test_approving_what_is_on_the_pages_settles_its_reports_and_tells_nobody(review, moderator):
    report = make_report(review=review)
    step = decide("approve", review, moderator)
    report.refresh_from_db()
    assert report.settled_by == step and is_shown(review) and told() == []


@pytest.mark.parametrize(("verb", "kind"), [("reject", "review-rejected"), ("ask", "review-change")])
def test_a_review_that_is_turned_down_is_off_the_pages_and_its_author_reads_why(review, moderator, verb, kind):
    decide(verb, review, moderator)
    assert not is_shown(review) and told() == [kind]
    assert "Say less." in Message.objects.get().text and "Say less." in Message.objects.get().html


@pytest.mark.parametrize("verb", [moderation.reject, moderation.ask])
def test_who_turns_a_review_down_says_why(review, moderator, verb):
    with pytest.raises(Refused, match="Say why"):
        verb(review, "  ", by=moderator, at=NOON)
    assert is_shown(review) and not ModerationStep.objects.exists()


def test_a_reason_is_printed_as_it_was_typed(review, moderator):
    moderation.reject(review, "<script>alert(1)</script>", by=moderator, at=NOON)
    assert "<script>alert" not in Message.objects.get().html and "<script>alert(1)" in Message.objects.get().text


@pytest.mark.parametrize("verb", ["approve", "reject", "ask"])
def test_nobody_decides_about_their_own_review(review, verb):
    with pytest.raises(Refused, match="somebody else decides"):
        decide(verb, review, review.author)


@pytest.mark.parametrize("verb", ["approve", "reject", "ask"])
def test_who_decides_about_something_else_than_they_saw_is_told(review, moderator, verb):
    before = seen(review)
    moderation.hold(review, "links", at=NOON)
    with pytest.raises(Refused, match="faster"):
        decide(verb, review, moderator, seen=before)
    assert ModerationStep.objects.count() == 1


def test_a_deleted_review_is_not_decided_about(review, moderator):
    gone = make_review()
    type(gone).objects.filter(pk=gone.pk).delete()
    with pytest.raises(Refused, match="gone"):
        decide("approve", gone, moderator)


# ------------------------------------------------------------------ undoing
@pytest.mark.parametrize("verb", ["approve", "reject", "ask"])
def test_undoing_puts_a_review_back_and_opens_its_reports(review, moderator, verb):
    held = moderation.hold(review, "links", at=NOON)
    report = make_report(review=review)
    step = decide(verb, review, moderator)
    undone = moderation.undo(step, by=moderator, at=NOON)
    review.refresh_from_db()
    report.refresh_from_db()
    assert (review.withheld_by, undone.undoes, report.settled_by) == (held, step, None)
    assert told()[-1] == "review-held"


def test_undoing_a_rejection_of_what_was_shown_shows_it_and_tells_its_author(review, moderator):
    moderation.undo(decide("reject", review, moderator), by=moderator, at=NOON)
    assert is_shown(review) and told() == ["review-rejected", "review-shown"]


def test_a_step_is_undone_once(review, moderator):
    step = decide("reject", review, moderator)
    undone = moderation.undo(step, by=moderator, at=NOON)
    for again in (step, undone):
        with pytest.raises(Refused, match="undone"):
            moderation.undo(again, by=moderator, at=NOON)
    assert is_shown(review)


def test_a_step_on_which_a_later_one_stands_is_not_undone(review, moderator):
    held = moderation.hold(review, "links", at=NOON)
    rejected = decide("reject", review, moderator)
    with pytest.raises(Refused, match="rejected"):
        moderation.undo(held, by=moderator, at=NOON)
    moderation.undo(rejected, by=moderator, at=NOON)
    moderation.undo(held, by=moderator, at=NOON)
    assert is_shown(review)


# ------------------------------------------------------------------ bans
def test_a_ban_takes_all_a_member_said_and_a_lift_brings_it_back(review, moderator):
    liar = make_member()
    rating, vote, theirs = make_rating(member=liar), make_vote(voter=liar, review=review), make_review(author=liar)
    step = moderation.ban(liar, "Paid for.", by=moderator, at=NOON)
    rating.refresh_from_db()
    vote.refresh_from_db()
    assert (rating.counts, vote.counts, is_shown(theirs)) == (False, False, False)
    assert Ban.objects.get().step == step and "Paid for." in Message.objects.get().text
    moderation.lift(liar, by=moderator, at=NOON)
    rating.refresh_from_db()
    vote.refresh_from_db()
    assert (rating.counts, vote.counts, is_shown(theirs)) == (True, True, True)
    assert told() == ["banned", "ban-lifted"] and not Ban.objects.exists()


def test_a_ban_and_its_end_can_be_undone(review, moderator):
    banned = moderation.ban(review.author, "Paid for.", by=moderator, at=NOON)
    lifted = moderation.lift(review.author, by=moderator, at=NOON + timedelta(days=1))
    moderation.undo(lifted, by=moderator, at=NOON)
    assert not is_shown(review) and Ban.objects.get().step == banned
    moderation.undo(banned, by=moderator, at=NOON)
    assert is_shown(review) and told() == ["banned", "ban-lifted", "banned", "ban-lifted"]


def test_a_ban_that_makes_no_sense_is_refused_in_words(review, moderator):
    for member, reason, words in (
        (moderator, "Me.", "somebody else"),
        (review.author, " ", "Say why"),
        (make_ban().member, "Again.", "already"),
        (make_member(is_active=False, closed_at=NOON), "Gone.", "closed"),
    ):
        with pytest.raises(Refused, match=words):
            moderation.ban(member, reason, by=moderator, at=NOON)
    with pytest.raises(Refused, match="not banned"):
        moderation.lift(review.author, by=moderator, at=NOON)


# ------------------------------------------------------------------ votes
@pytest.fixture
def vote(review):
    return make_vote(review=review)


def counts(vote):
    vote.refresh_from_db()
    return vote.counts


def test_held_votes_do_not_count_until_a_moderator_lets_them(review, vote, moderator):
    moderation.hold_votes(vote.voter, review.author, at=NOON)
    assert not counts(vote) and moderation.hold_votes(vote.voter, review.author, at=NOON) is None
    moderation.count_votes(vote.voter, review.author, by=moderator, at=NOON)
    assert counts(vote) and told() == []


def test_dropped_votes_do_not_count_nor_do_later_ones(review, vote, moderator):
    moderation.hold_votes(vote.voter, review.author, at=NOON)
    step = moderation.drop_votes(vote.voter, review.author, by=moderator, at=NOON)
    assert VoteHold.objects.get().step == step
    assert not counts(vote) and not counts(make_vote(voter=vote.voter, review=make_review(author=review.author)))


def test_what_was_decided_about_votes_can_be_undone(review, vote, moderator):
    who = {"by": moderator, "at": NOON}
    held = moderation.hold_votes(vote.voter, review.author, at=NOON)
    for verb in (moderation.drop_votes, moderation.count_votes):
        moderation.undo(verb(vote.voter, review.author, **who), **who)
        assert VoteHold.objects.get().step == held and not counts(vote)
    moderation.undo(held, **who)
    assert counts(vote)


def test_votes_on_which_somebody_else_decided_are_left(review, vote, moderator):
    moderation.hold_votes(vote.voter, review.author, at=NOON)
    step = moderation.drop_votes(vote.voter, review.author, by=moderator, at=NOON)
    with pytest.raises(Refused, match="faster"):
        moderation.count_votes(vote.voter, review.author, by=moderator, at=NOON, seen=step.before_id)
    with pytest.raises(Refused, match="somebody else decides"):
        moderation.count_votes(vote.voter, review.author, by=vote.voter, at=NOON)
    with pytest.raises(Refused, match="not held"):
        moderation.count_votes(review.author, vote.voter, by=moderator, at=NOON)


# ------------------------------------------------------------------ answers
def test_the_house_answers_once_and_may_change_or_take_it_back(review, moderator):
    moderation.reply(review, " Thank you. ", by=moderator, on=DAY)
    moderation.reply(review, "Thanks.", by=moderator, on=DAY)
    assert [(r.body, r.written_by) for r in StaffReply.objects.all()] == [("Thanks.", moderator)]
    with pytest.raises(Refused, match="first"):
        moderation.reply(review, "  ", by=moderator, on=DAY)
    assert moderation.unreply(review) and not moderation.unreply(review)


@pytest.mark.parametrize("verb", [Verb.HOLD, Verb.APPROVE, Verb.REJECT, Verb.ASK, Verb.BAN])
def test_a_member_of_a_closed_account_is_not_written_to(review, verb, moderator):
    type(review.author).objects.filter(pk=review.author_id).update(is_active=False, closed_at=NOON)
    if verb == Verb.HOLD:
        moderation.hold(review, "links", at=NOON)
    elif verb != Verb.BAN:
        decide(verb, review, moderator)
    assert told() == []
