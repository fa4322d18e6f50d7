"""What the rules hold, and what they leave alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as ours
from django.db import connection

from members.models import Member, Message
from reviews import moderation
from reviews.models import HelpfulVote, ModerationStep, Review, VoteHold
from reviews.moderation import notice
from reviews.moderation.rules import has_links
from reviews.tasks import hold_votes_back
from tests.factories import make_ban, make_member, make_rental, make_review, make_staff, make_title, make_vote

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LONG = (
    "It begins on a bridge over the Moskva and never quite comes back down. The camera runs up the stairs with him, "
    "and we run too; what the war does to those who wait is in every step of it. I have seen it four times by now and "
    "each time somebody else in the room wept first. The swans, the stairs, the flowers given away at the station: "
    "none of it is new, and all of it is as if nobody had ever filmed a war before."
)


@pytest.fixture
def author():
    return make_member()


def write(author, body="I wept.", title=None, headline="Good", **more):
    said = {"headline": headline, "body": body, "contains_spoilers": False, "on": NOON.date(), "at": NOON}
    return Review.objects.write(title=title or make_title(), author=author, **said | more)


def rule_of(review):
    review.refresh_from_db()
    return review.withheld_by and review.withheld_by.rule


# ------------------------------------------------------------------ links
LINKS = """
http://example.com/x
HTTPS://example.com
see www.example.fr now
go to films-for-free.com
films . com is example[.]com
example (dot) com
example dot com
example DOT co dot uk
hxxp://example.org
write to me@example.net
ｗｗｗ.example.com
exam\u200bple.c\u200bom
t.ly/abc
<a href=x>
[url=x]
http : //example.com
cheap.shop/dvd
"""
PLAIN = """
The end.It came too soon.
E.T. and S.W.A.T. are no addresses
I give it 3.5 of 5...and more
the dot com boom is over
He dotes on her. Com e on
8/10 and/or 4/5
Dr.Strange
"""


@pytest.mark.parametrize("text", LINKS.strip().splitlines())
@pytest.mark.parametrize("where", ["body", "headline"])
def test_links_are_found_however_they_are_written(text, where):
    assert has_links(Review(**{"headline": "x", "body": "x", where: text}))


@pytest.mark.parametrize("text", PLAIN.strip().splitlines())
def test_what_is_no_link_is_none(text):
    assert not has_links(Review(headline="x", body=text))


def test_a_review_with_links_is_held_and_its_author_told(author):
    review = write(author, "See http://example.com")
    assert rule_of(review) == "links"
    assert notice(review) == (
        "A moderator looks at it first because it has links or addresses. Usually within two working days; "
        "we write to you then."
    )
    assert Message.objects.get().kind == "review-held"


# ------------------------------------------------------------------ repeated text
@pytest.mark.parametrize(
    "copy",
    [LONG, LONG.upper(), LONG.replace(" ", "  ").replace(".", "!"), LONG + " Ten of ten.", "Wow! " + LONG]
    + [LONG.replace("war", "w\u200bar"), LONG.replace("four", "five")],
    ids=["same", "capitals", "marks", "longer", "begun otherwise", "invisible", "a word changed"],
)
def test_the_same_text_by_somebody_else_is_held(author, copy):
    make_review(body=LONG)
    assert rule_of(write(author, copy)) == "repeated"


def test_ones_own_text_on_another_film_is_held(author):
    write(author, LONG)
    assert rule_of(write(author, LONG)) == "repeated"


def test_short_words_and_other_words_are_nobodys(author):
    make_review(body="A masterpiece. I wept.")
    make_review(body=LONG)
    assert rule_of(write(author, "A masterpiece. I wept.")) is None
    assert rule_of(write(author, LONG[::-1])) is None


def test_a_review_does_not_repeat_itself(author):
    title = make_title()
    write(author, LONG, title)
    assert rule_of(write(author, LONG, title, headline="Better")) is None


def test_a_repeated_text_is_found_by_the_index():
    make_review(body=LONG)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM reviews_review WHERE reviews_prints(body) && reviews_prints(%s)::bigint[]", [LONG]
        )
        assert "reviews_review_prints" in str(cursor.fetchall())


# ------------------------------------------------------------------ new accounts
@pytest.fixture
def strict(settings):
    settings.MODERATION = settings.MODERATION | {"new_account_days": 7}


def joined(member, days):
    Member.objects.filter(pk=member.pk).update(joined_at=NOON - timedelta(days=days))
    member.refresh_from_db()


@pytest.mark.parametrize(("days", "rule"), [(0, "new account"), (6, "new account"), (8, None)])
def test_a_brand_new_account_is_looked_at_first(strict, author, days, rule):
    joined(author, days)
    assert rule_of(write(author)) == rule


def test_whoever_sent_a_disc_back_is_not_new(strict, author):
    joined(author, 3)
    make_rental(member=author, posted_at=NOON - timedelta(days=2), checked_in_at=NOON)
    assert rule_of(write(author)) is None


def test_the_site_asks_for_a_week(strict):
    assert ours.MODERATION["new_account_days"] == 7


# ------------------------------------------------------------------ what was looked at
def test_an_approved_text_is_not_held_again_until_it_changes(author):
    title = make_title()
    review = write(author, "See example.com", title)
    moderation.approve(review, by=make_staff(), at=NOON)
    assert rule_of(write(author, "See example.com", title)) is None
    assert rule_of(write(author, "See example.org", title)) == "links"


@pytest.mark.parametrize("verb", [moderation.reject, moderation.ask])
def test_what_was_turned_down_comes_back_to_the_queue_when_it_changes(author, verb):
    title = make_title()
    review = write(author, title=title)
    verb(review, "Say more.", by=make_staff(), at=NOON)
    review = write(author, title=title)
    assert review.withheld_by.verb == verb.__name__ and "Say more." in notice(review)
    review = write(author, "I wept twice.", title)
    assert (review.withheld_by.verb, rule_of(review)) == ("hold", "")
    assert notice(review).startswith("A moderator looks at it first. Usually")


def test_a_tick_that_it_gives_away_the_plot_is_a_change(author):
    title = make_title()
    moderation.ask(write(author, title=title), "Say so.", by=make_staff(), at=NOON)
    assert write(author, title=title, contains_spoilers=True).withheld_by.verb == "hold"


def test_a_held_review_stays_held_when_it_changes_and_is_told_of_once(author):
    title = make_title()
    write(author, "See example.com", title)
    review = write(author, "I wept.", title)
    assert review.withheld_by.verb == "hold" and ModerationStep.objects.count() == 2
    assert Message.objects.count() == 1


def test_a_banned_member_reads_why_nobody_sees_it(author):
    make_ban(member=author)
    assert notice(write(author)) == "What you say is not shown to others for now: Not honest."


def test_imported_reviews_are_not_held():
    Review.objects.bulk_create(
        Review(
            title=make_title(), author=make_member(), headline="x", body=LONG + " example.com", written_on=date.today()
        )
        for _ in range(2)
    )
    assert not Review.objects.exclude(withheld_by=None).exists()


# ------------------------------------------------------------------ votes
def vote(voter, author, number, *, at=NOON, helpful=True):
    for _ in range(number):
        HelpfulVote.objects.record(review=make_review(author=author), voter=voter, helpful=helpful, at=at)


def held_pairs():
    return set(VoteHold.objects.values_list("voter", "author"))


@pytest.mark.parametrize("helpful", [True, False])
def test_a_burst_of_votes_on_one_author_is_held_and_none_of_it_counts(author, helpful):
    voter = make_member()
    vote(voter, author, 4, helpful=helpful)
    assert held_pairs() == set() and HelpfulVote.objects.filter(counts=True).count() == 4
    vote(voter, author, 1, helpful=helpful)
    assert held_pairs() == {(voter.pk, author.pk)} and not HelpfulVote.objects.filter(counts=True).exists()
    assert ModerationStep.objects.get().rule == "burst"


def test_votes_over_days_on_others_or_of_an_import_are_no_burst(author):
    voter = make_member()
    for day in range(6):
        vote(voter, author, 1, at=NOON + timedelta(hours=25 * day))
    for _ in range(6):
        vote(voter, make_member(), 1)
        make_vote(voter=voter, review=make_review(author=author))
    assert held_pairs() == set()


def test_changing_one_vote_again_and_again_is_no_burst(author):
    voter, review = make_member(), make_review(author=author)
    for number in range(8):
        HelpfulVote.objects.record(review=review, voter=voter, helpful=bool(number % 2), at=NOON)
    assert held_pairs() == set()


def test_two_who_vote_for_each_other_are_held_both(author, django_capture_on_commit_callbacks):
    friend = make_member()
    for day in range(3):
        vote(friend, author, 1, at=NOON + timedelta(days=2 * day))
    vote(author, friend, 2, at=NOON + timedelta(days=6))
    vote(author, friend, 2, at=NOON + timedelta(days=6), helpful=False)
    assert held_pairs() == set()
    vote(author, friend, 1, at=NOON + timedelta(days=8))
    assert held_pairs() == {(author.pk, friend.pk)}


def test_the_other_half_of_a_ring_is_held_by_a_job(author):
    friend, now = make_member(), datetime.now(UTC)
    vote(friend, author, 3, at=now)
    hold_votes_back(voter=friend.pk, author=author.pk)
    assert held_pairs() == set()
    vote(author, friend, 3, at=now)
    hold_votes_back(voter=friend.pk, author=author.pk)
    hold_votes_back(voter=friend.pk, author=author.pk)
    assert held_pairs() == {(author.pk, friend.pk), (friend.pk, author.pk)}


def test_votes_that_a_moderator_let_count_are_not_held_again(author):
    voter = make_member()
    vote(voter, author, 5)
    moderation.count_votes(voter, author, by=make_staff(), at=NOON + timedelta(hours=1))
    vote(voter, author, 4, at=NOON + timedelta(hours=2))
    assert held_pairs() == set() and HelpfulVote.objects.filter(counts=True).count() == 9
    vote(voter, author, 1, at=NOON + timedelta(hours=2))
    assert held_pairs() == {(voter.pk, author.pk)}
