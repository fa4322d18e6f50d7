"""Deleting an account: what goes, what must stay and why, and that nothing else is left of it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from catalogue import invariants
from members import closing, fates
from members.models import Address, Member, Message
from members.retention import end_sessions, finish_closed, forget_farewells
from members.tasks import send_message
from rentals import lending
from rentals.models import Copy, Invoice, Membership, Rental, Stock
from reviews.models import HelpfulVote, Rating, Review, ScoreSummary
from tests.factories import (
    NOON,
    make_address,
    make_copy,
    make_download,
    make_invoice,
    make_member,
    make_membership,
    make_rating,
    make_rental,
    make_review,
    make_title,
    make_vote,
)
from tests.lives import PASSWORD, canaries, lead
from tests.pages import get, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "/account/privacy/delete/"
TEXTS = """
SELECT c.table_name, c.column_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'USER-DEFINED')
"""


def columns_with(word):
    """[table.column] of the whole database in which `word` stands."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        columns = cursor.fetchall()
        return [f"{table}.{column}" for table, column in columns if _stands(cursor, table, column, word)]


def _stands(cursor, table, column, word):
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE %s)', [f"%{word}%"])
    return cursor.fetchone()[0]


def remembering(words, told):
    for word in words:
        told.append(word)
        yield word


@pytest.fixture
def life():
    """(a member with a row in every table, the canaries in them)."""
    told = []
    return lead(remembering(canaries(), told)), told


def test_the_life_has_a_row_behind_every_fate_that_members_have(life):
    """The control: what is not there cannot be seen to go."""
    member, _ = life
    empty = [fate.name for fate in fates.all_fates() if not fate.of_staff and not fate.rows(member).exists()]
    assert empty == ["E-mail addresses to be confirmed"]


def test_canaries_are_found_before(life):
    member, told = life
    assert len(told) >= 20
    assert all(columns_with(word) for word in told)


def test_no_canary_is_left(life, sign_in):
    member, told = life
    client = sign_in(member)
    client.get("/queue/")
    Client().post("/sign-in/", {"login": member.email, "password": told[0]})
    client.post(PAGE, {"password": PASSWORD})
    for message in Message.objects.filter(kind="closed"):
        send_message(message=message.pk)
    forget_farewells(now=datetime.now(UTC))
    assert {word: columns_with(word) for word in told} == dict.fromkeys(told, [])


def test_its_files_go(member_with_file, django_capture_on_commit_callbacks):
    member, file = member_with_file
    with django_capture_on_commit_callbacks(execute=True):
        closing.close(member, now=NOW)
    assert not file.exists()


@pytest.fixture
def member_with_file(tmp_path, settings):
    settings.STATE_DIR = tmp_path
    download = make_download(made_at=NOON)
    download.path.parent.mkdir()
    download.path.write_bytes(b"canary")
    return download.member, download.path


def test_nothing_is_left_of_a_member_without_invoices_or_discs(life):
    member, _ = life
    Invoice.objects.all().delete()
    assert closing.close(member, now=NOW)
    assert not Member.objects.filter(pk=member.pk).exists()
    assert invariants.broken() == {}


def test_the_queue_of_the_others_and_the_stock_stay_true(life):
    member, _ = life
    closing.close(member, now=NOW)
    assert Stock.objects.wrong() == ScoreSummary.objects.wrong() == []


def test_a_score_is_counted_anew_without_the_rating():
    title = make_title()
    mine, theirs = make_rating(title=title, half_stars=2), make_rating(title=title, half_stars=10)
    make_review(title=title, author=mine.member)
    ScoreSummary.objects.rebuild([title.pk])
    closing.close(mine.member, now=NOW)
    title.score_summary.refresh_from_db()
    assert (title.score_summary.average, title.score_summary.ratings, title.score_summary.reviews) == (5.0, 1, 0)
    assert list(Rating.objects.all()) == [theirs]


def test_a_helpful_vote_counts_no_more():
    vote = make_vote()
    closing.close(vote.voter, now=NOW)
    assert not HelpfulVote.objects.exists()
    assert Review.objects.for_page().get().all_votes == 0


def test_that_a_disc_was_rented_still_counts(life):
    member, _ = life
    title = Rental.objects.get(member=member).copy.disc.release.title
    before = Stock.objects.get(title=title).rentals
    closing.close(member, now=NOW)
    assert Stock.objects.get(title=title).rentals == before == 1
    assert Rental.objects.get().member is None


# ------------------------------------------------------------------ what must stay
def at_home(member):
    return make_rental(member=member, posted_at=NOON, arrived_at=NOON)


def test_a_disc_at_home_stays_with_the_address_until_it_is_back():
    member = make_address().member
    rental = at_home(member)
    assert not closing.close(member, now=NOW)
    shell = Member.objects.get(pk=member.pk)
    assert (shell.shown_as, shell.is_active, shell.closed_at) == ("A former member", False, NOW)
    assert shell.email == f"closed-{shell.handle}@closed.invalid" and shell.handle != member.handle
    assert Address.objects.filter(member=shell).exists()

    assert finish_closed(now=NOW + timedelta(days=1)) == 0
    Rental.objects.filter(pk=rental.pk).update(checked_in_at=NOW)
    assert finish_closed(now=NOW + timedelta(days=2)) == 1
    assert not Member.objects.filter(pk=member.pk).exists() and not Address.objects.exists()
    assert Rental.objects.get(pk=rental.pk).member is None


def test_a_disc_that_was_not_posted_stays_here():
    member = make_member()
    rental = make_rental(member=member)
    assert closing.close(member, now=NOW)
    rental.refresh_from_db()
    assert (rental.cancelled_at, rental.member) == (NOW, None)
    assert Copy.objects.on_shelf().count() == 1


def test_a_membership_ends_and_what_is_due_is_void():
    membership = make_membership()
    paid = make_invoice(membership=membership, paid_at=NOON)
    due = make_invoice(membership=membership)
    assert not closing.close(membership.member, now=NOW)
    membership.refresh_from_db(), paid.refresh_from_db(), due.refresh_from_db()
    assert (membership.ended_at, due.voided_at, paid.voided_at) == (NOW, NOW, None)
    assert membership.changes.get().what == "ended"


def test_invoices_stay_to_the_end_of_the_sixth_year_and_then_all_goes():
    membership = make_membership()
    make_invoice(membership=membership, paid_at=NOON)
    closing.close(membership.member, now=NOW)
    assert finish_closed(now=datetime(2032, 12, 31, 12, tzinfo=UTC)) == 0
    assert finish_closed(now=datetime(2033, 1, 1, 12, tzinfo=UTC)) == 1
    assert not Membership.objects.exists() and not Member.objects.exists()


def test_what_staff_changed_stays_without_their_name(life):
    staff = LogEntry.objects.filter(user__is_staff=True).first().user
    assert not closing.close(staff, now=NOW)
    staff.refresh_from_db()
    assert LogEntry.objects.filter(user=staff).exists()
    assert (staff.shown_as, staff.is_staff, staff.is_superuser) == ("A former member", False, False)


# ------------------------------------------------------------------ the page
def test_the_page_says_what_goes_what_stays_and_why(sign_in):
    member = make_address(member=make_member(password=PASSWORD)).member
    make_rating(member=member)
    at_home(member)
    make_rental(member=member, posted_at=NOON, checked_in_at=NOON, copy=make_copy())
    make_invoice(membership=make_membership(member=member))
    said = text(get(sign_in(member), PAGE))
    assert "Ratings: 1." in said and "Rentals: 1, no longer linked to you." in said
    assert "Delivery address: 1. A disc is with you" in said
    assert "Memberships: 1. Tax law wants invoices kept for six years." in said


def test_the_page_promises_what_happens(life):
    """Each row that it says goes is gone after, each that it says stays is there."""
    member, _ = life
    at_home(member)
    make_invoice(membership=member.memberships.get())
    goes, stays = closing.ending(member, NOW), closing.staying(member, NOW)
    closing.close(member, now=NOW)
    left = {fate.name: fate.rows(member).count() for fate in fates.own_fates()}
    assert {name: number for name, number in left.items() if number} == {name: n for name, n, _ in stays}
    assert {name for name, *_ in goes} & set(left) - {name for name, *_ in stays} == {
        name for name, *_ in goes if not left[name]
    }


def test_a_wrong_password_deletes_nothing(sign_in):
    member = make_member(password=PASSWORD)
    answer = sign_in(member).post(PAGE, {"password": "something else"})
    assert answer.status_code == 200 and "That is not your password." in answer.content.decode()
    assert Member.objects.filter(pk=member.pk, is_active=True).exists()


def test_no_more_tries_than_ten(sign_in):
    member = make_member(password=PASSWORD)
    client = sign_in(member)
    for _ in range(10):
        client.post(PAGE, {"password": "something else"})
    answer = client.post(PAGE, {"password": PASSWORD})
    assert "Too many tries." in answer.content.decode()
    assert Member.objects.filter(pk=member.pk, is_active=True).exists()


def test_looking_deletes_nothing(sign_in):
    member = make_member(password=PASSWORD)
    sign_in(member).get(PAGE)
    assert Member.objects.filter(pk=member.pk, is_active=True).exists()


def test_every_session_ends_and_nobody_signs_in_again(sign_in):
    member = make_member(password=PASSWORD)
    at_home(member)
    here, elsewhere = sign_in(member), sign_in(member)
    answer = here.post(PAGE, {"password": PASSWORD}, follow=True)
    assert "Your account is deleted" in text(get(here, answer.request["PATH_INFO"]))
    assert elsewhere.get("/queue/").status_code == 302
    assert not here.login(username=member.email, password=PASSWORD)
    stranger = sign_in(make_member())
    assert end_sessions(now=NOW) == 1
    assert [session.session_key for session in Session.objects.all()] == [stranger.cookies["session"].value]


def test_sessions_that_are_known_end_at_once(sign_in):
    member = make_member(password=PASSWORD)
    elsewhere = sign_in(member).cookies["session"].value
    UserSession.objects.create(user=member, ip="203.0.113.9", user_agent="canary", session_key=elsewhere)
    closing.close(member, now=NOW)
    assert not Session.objects.exists() and not UserSession.objects.exists()


def test_a_last_e_mail_goes_to_the_old_address_and_is_forgotten(sign_in):
    member = make_member(email="ada@example.org", password=PASSWORD)
    at_home(member)
    sign_in(member).post(PAGE, {"password": PASSWORD})
    message = Message.objects.get()
    assert (message.to, message.subject, message.member) == ("ada@example.org", "Your account is deleted", None)
    assert "Rentals: 1. A disc is with you" in message.text
    assert forget_farewells(now=NOW) == 0  # it has not left
    send_message(message=message.pk)
    assert mail.outbox[0].to == ["ada@example.org"]
    assert forget_farewells(now=datetime.now(UTC)) == 1


def test_nobody_writes_to_a_former_member():
    member = make_member()
    rental = at_home(member)
    closing.close(member, now=NOW)
    rental.refresh_from_db()
    lending.check_in(rental, at=NOW)
    assert [message.kind for message in Message.objects.all()] == ["closed"]


def test_all_or_nothing(life, monkeypatch):
    member, _ = life

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(closing, "write", fail)
    with pytest.raises(RuntimeError):
        closing.close(member, now=NOW)
    member.refresh_from_db()
    assert member.is_active and member.queue.exists() and member.reviews.exists()


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
