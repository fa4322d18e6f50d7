"""A member who has used everything there is, and whose every text has a canary in it."""

from datetime import timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from tests import factories as make
from tests.factories import NOON

WEEK = timedelta(days=7)
PASSWORD = "canary-password-of-mine"


def canaries():
    """Words that stand nowhere else; a new one for each use."""
    while True:
        yield f"canary{uuid4().hex[:12]}"


def lead(words):
    """A member with a row in every table that can name one, all written by the member; no disc is at home.

    `words` gives the texts. Returns the member.
    """
    member = make.make_member(
        email=f"{next(words)}@example.org", password=PASSWORD, shown_as=next(words), handle=next(words)
    )
    _say_who(member, words)
    _say_what(member, words)
    _ask(member, words)
    _rent(member, words)
    return member


def _say_who(member, words):
    lines = {"line_1": next(words), "line_2": next(words), "town": next(words)}
    make.make_address(member=member, name=next(words), **lines)
    Authenticator.objects.create(user=member, type="totp", data={"secret": next(words)})
    UserSession.objects.create(user=member, ip="203.0.113.9", user_agent=next(words), session_key=next(words)[:40])
    make.make_message(
        member=member, to=member.email, subject=next(words), text=next(words), html=next(words), last_error=next(words)
    )
    make.make_muted_mail(member=member)
    make.make_look(whose=member, sentence=f"She is called {next(words)}.")
    make.make_sent_form(member=member, answer={"location": "/", "messages": [[25, next(words)]]})
    make.make_download(member=member)


def _say_what(member, words):
    rating = make.make_rating(member=member, half_stars=9)
    review = make.make_review(author=member, title=rating.title, headline=next(words), body=next(words))
    make.make_vote(review=review)
    vote = make.make_vote(voter=member)
    make.make_draft(author=member, headline=next(words), body=next(words))
    make.make_want_to_see(member=member)
    make.make_followed(member=member, was={"headline": next(words)})
    make.make_ratings_brought_in(member=member)
    make.make_withdrawn(author=member, reason=next(words))
    make.make_reader_choices(member=member)
    make.make_report(reporter=member, review=vote.review, note=next(words))
    make.make_step(review=review, verb="ask", reason=next(words))
    make.make_step(member=member, verb="ban", reason=next(words))
    make.make_ban(member=member)
    make.make_vote_hold(voter=member)
    make.make_vote_hold(author=member, step=make.make_step(member=make.make_member(), other=member, verb="hold votes"))
    make.make_chart_place(member=member, chart="reviewers")
    _staff_changed(review)
    _staff_changed(member)


def _staff_changed(row):
    """Staff's log quotes what a row is called."""
    LogEntry.objects.create(
        user=make.make_member(is_staff=True),
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=CHANGE,
    )


def _ask(member, words):
    make.make_queue_entry(member=member)
    make.make_queue_entry(member=member, removed_at=NOON)
    make.make_two_at_once(member=member)
    row, entry = make.make_round_row(by=member), make.make_queue_entry(member=member, claim_at=make.LONG_AGO)
    make.make_idle_place(member=member, round=row)
    make.make_passed_over(entry=entry, round=row)
    make.make_set_aside(entry=entry, sent=make.make_queue_entry(member=member), round=row)
    make.make_list_entry(list=make.make_list(member=member, name=next(words), text=next(words), public=True))
    make.make_seen(member=member)
    make.make_player(member=member)
    make.make_member_language(member=member)
    make.make_access_needs(member=member)


def _rent(member, words):
    membership = make.make_membership(member=member)
    make.make_membership_change(membership=membership, by=member)
    entry = make.make_queue_entry(member=member, sent_at=NOON)
    copy = make.make_copy(title=entry.title)
    rental = make.make_rental(
        member=member, copy=copy, entry=entry, posted_at=NOON, arrived_at=NOON + WEEK, checked_in_at=NOON + 2 * WEEK
    )
    make.make_problem(rental=rental, note=next(words), settled_at=NOON + WEEK)
    make.make_imported_row(kind="member", member=member)
    make.make_finding(rental=rental, copy=copy, note=next(words), settled_at=NOON + 3 * WEEK, found_at=NOON + 2 * WEEK)
