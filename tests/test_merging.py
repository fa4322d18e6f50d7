"""Merging and splitting, where all apps meet: everything follows, nothing is lost, and undoing puts all back."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pghistory.models import Event

from catalogue import history, invariants, merging
from catalogue.merging.following import OWNERS
from catalogue.models import Deed, Followed, FormerTitleSlug, Release, Title
from rentals.models import QueueEntry
from tests.factories import (
    NOON,
    make_audio_track,
    make_copy,
    make_credit,
    make_critic_review,
    make_disc,
    make_imported_record,
    make_list,
    make_list_entry,
    make_member,
    make_order,
    make_person,
    make_queue_entry,
    make_rating,
    make_release,
    make_rental,
    make_review,
    make_similar_title,
    make_title,
    make_title_country,
    make_title_name,
    make_two_at_once,
    make_vote,
    make_want_to_see,
)

pytestmark = pytest.mark.django_db
# What a title is asked for is as of last night: one that is back starts at nothing.
OF_LAST_NIGHT = ["asked_for", "urgency"]
BESIDE = ("change", "pghistory_context", "catalogue_followed", "version", "catalogue_search", "migrations")


@pytest.fixture
def ruth():
    return make_member(is_staff=True)


def dump():
    """{table: its rows} of all tables but the history, versions of pages and what is worked out from others."""
    connection.check_constraints()  # now is when a transaction would end
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor if not any(part in name for part in BESIDE)]
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor, name):
    cursor.execute(f"SELECT (to_jsonb(t) - %s::text[])::text FROM {name} t ORDER BY 1", [OF_LAST_NIGHT])
    return [row for (row,) in cursor]


def different(before, after):
    """{table: (rows that are gone, rows that are new)}"""
    pairs = {name: (set(rows) - set(after[name]), set(after[name]) - set(rows)) for name, rows in before.items()}
    return {name: pair for name, pair in pairs.items() if any(pair)}


def two_pages():
    """The same film twice, with something of nearly everything on both."""
    gone, stays = make_title(name="Letyat zhuravli", lead="A lead."), make_title(name="The Cranes Are Flying")
    samoilova, kalatozov = make_person(name="Tatiana Samoilova"), make_person(name="Mikhail Kalatozov")
    for title in (gone, stays):
        make_credit(title=title, person=samoilova, role="actor", character="Veronica", position=1)
        make_title_country(title=title, country_id="SU")
    make_credit(title=gone, person=kalatozov, role="actor", character="A passer-by", position=2)
    make_title_name(title=gone, name="Quand passent les cigognes")
    make_imported_record(title=gone)
    make_similar_title(title=gone, other=stays)
    make_critic_review(title=gone, fresh=True)
    make_critic_review(title=stays, fresh=False)
    return gone, stays


def what_members_said(gone, stays):
    both, other = make_member(), make_member()
    make_rating(title=gone, member=both, half_stars=9, rated_on=date(2026, 3, 1))
    make_rating(title=stays, member=both, half_stars=4, rated_on=date(2026, 2, 1))
    make_rating(title=gone, member=other, half_stars=8)
    make_review(title=gone, author=both, written_on=date(2026, 2, 1))
    older = make_review(title=stays, author=both, written_on=date(2026, 1, 1))
    make_vote(review=older, voter=other)
    make_want_to_see(title=gone, member=other)
    shelf = make_list(member=other)
    make_list_entry(list=shelf, title=stays)
    make_list_entry(list=shelf, title=gone)
    return both, other


def what_is_rented(gone, stays):
    editions = [make_release(title=title, slug="dvd") for title in (gone, stays)]
    discs = [make_disc(release=release) for release in editions]
    copies = [make_copy(disc=disc) for disc in discs]
    rental = make_rental(copy=copies[0])
    member = make_member()
    first = make_queue_entry(member=member, title=stays)
    second = make_queue_entry(member=member, title=gone)
    make_queue_entry(member=make_member(), title=gone, disc=discs[0])
    return rental, first, second


def test_every_table_that_names_one_says_what_follows():
    declared, by_database = merging.declared()
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in OWNERS and not issubclass(model, Event)
        if model not in by_database and (model, field.name) not in declared
    ]
    assert missing == []


def test_everything_follows_and_undoing_puts_all_back(ruth):
    gone, stays = two_pages()
    what_members_said(gone, stays)
    what_is_rented(gone, stays)
    before = dump()
    deed = merging.merge(gone, stays, by=ruth)
    assert invariants.broken() == {}
    assert not Title.objects.filter(pk=gone.pk).exists()
    assert FormerTitleSlug.objects.get(slug=gone.slug).title == stays
    history.undo(deed, ruth)
    assert invariants.broken() == {}
    assert different(before, dump()) == {}
    assert not Followed.objects.exists()


# ------------------------------------------------------------------ what members said
def test_the_later_rating_and_review_of_a_member_stand(ruth):
    gone, stays = two_pages()
    both, other = what_members_said(gone, stays)
    later = gone.reviews.get()
    merging.merge(gone, stays, by=ruth)
    assert stays.ratings.get(member=both).half_stars == 9
    assert stays.ratings.get(member=other).half_stars == 8
    assert stays.reviews.get() == later
    assert stays.score_summary.histogram == [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]
    assert stays.critic_reviews.count() == stays.score_summary.critic_reviews == 2
    assert stays.wanted_by.get().member == other
    assert invariants.broken() == {}


def test_the_earlier_one_on_the_other_page_gives_way(ruth):
    gone, stays, member = make_title(), make_title(), make_member()
    make_rating(title=gone, member=member, half_stars=2, rated_on=date(2026, 1, 1))
    make_rating(title=stays, member=member, half_stars=9, rated_on=date(2026, 2, 1))
    merging.merge(gone, stays, by=ruth)
    assert stays.ratings.get().half_stars == 9


def test_who_had_a_disc_of_either_is_verified(ruth):
    gone, stays, member = make_title(), make_title(), make_member()
    copy = make_copy(disc=make_disc(release=make_release(title=gone)))
    make_rental(copy=copy, member=member, posted_at=NOON, checked_in_at=NOON, allocated_at=NOON)
    rating = make_rating(title=stays, member=member)
    deed = merging.merge(gone, stays, by=ruth)
    rating.refresh_from_db()
    assert rating.verified and stays.score_summary.verified_histogram[rating.half_stars - 1] == 1
    history.undo(deed, ruth)
    rating.refresh_from_db()
    assert not rating.verified and invariants.broken() == {}


def test_what_a_member_did_since_stands_when_it_is_undone(ruth):
    gone, stays, changes, leaves, deletes = make_title(), make_title(), make_member(), make_member(), make_member()
    for member in (changes, leaves, deletes):
        make_rating(title=gone, member=member, half_stars=9, rated_on=date(2026, 3, 1))
        make_rating(title=stays, member=member, half_stars=4, rated_on=date(2026, 2, 1))
    new = make_rating(title=stays, half_stars=5)
    deed = merging.merge(gone, stays, by=ruth)
    stays.ratings.filter(member=changes).update(half_stars=1)
    stays.ratings.filter(member=deletes).delete()
    leaves.delete()
    history.undo(deed, ruth)
    assert [rating.half_stars for rating in gone.ratings.all()] == [1]
    assert sorted(stays.ratings.values_list("member", "half_stars")) == sorted(
        [(changes.pk, 4), (new.member_id, 5)],
    )
    assert invariants.broken() == {}


def test_who_leaves_takes_along_what_was_dropped(ruth):
    gone, stays = two_pages()
    both, other = what_members_said(gone, stays)
    merging.merge(gone, stays, by=ruth)
    assert set(Followed.objects.exclude(member=None).values_list("table", flat=True)) == {
        "reviews.rating",
        "reviews.review",
        "reviews.helpfulvote",
        "rentals.listentry",
    }
    both.delete()
    other.delete()
    assert not Followed.objects.exclude(member=None).exists()


def test_after_90_days_it_cannot_be_undone_and_says_why(ruth):
    gone, stays = two_pages()
    deed = merging.merge(gone, stays, by=ruth)
    assert merging.forget_dropped(now=timezone.now() + merging.KEPT - timedelta(minutes=1)) == 0
    Deed.objects.filter(pk=deed).update(created_at=timezone.now() - merging.KEPT - timedelta(days=1))
    assert merging.forget_dropped(now=timezone.now() + merging.KEPT + timedelta(days=1)) > 0
    with pytest.raises(history.Overtaken, match="90 days ago"):
        history.undo(deed, ruth)
    assert not Title.objects.filter(pk=gone.pk).exists()


def test_undoing_that_it_was_undone_is_refused(ruth):
    gone, stays = two_pages()
    back = history.undo(merging.merge(gone, stays, by=ruth), ruth)
    with pytest.raises(history.Overtaken, match="do it anew"):
        history.undo(back, ruth)


# ------------------------------------------------------------------ queues, copies, rentals
def test_of_two_requests_the_older_claim_stands_at_the_better_place(ruth):
    gone, stays, member = make_title(), make_title(), make_member()
    better_place = make_queue_entry(member=member, title=stays, asked_at=NOON)
    between = make_queue_entry(member=member, title=make_title())
    older_claim = make_queue_entry(member=member, title=gone, asked_at=NOON, claim_at=NOON)
    deed = merging.merge(gone, stays, by=ruth)
    assert [(row.pk, row.title_id, row.claim_at) for row in QueueEntry.objects.in_order()] == [
        (older_claim.pk, stays.pk, NOON),
        (between.pk, between.title_id, None),
    ]
    better_place.refresh_from_db()
    assert better_place.removed_at and stays.stock.waiting == 1
    history.undo(deed, ruth)
    assert [row.pk for row in QueueEntry.objects.in_order()] == [better_place.pk, between.pk, older_claim.pk]
    assert invariants.broken() == {}


def test_a_rental_that_is_out_keeps_its_request_and_its_copy(ruth):
    gone, stays = make_title(), make_title()
    copy = make_copy(disc=make_disc(release=make_release(title=gone)))
    entry = make_queue_entry(title=gone, sent_at=NOON)
    rental = make_rental(copy=copy, member=entry.member, entry=entry)
    merging.merge(gone, stays, by=ruth)
    rental.refresh_from_db()
    assert rental.entry == entry and rental.copy.disc.release.title == stays
    assert (stays.stock.copies, stays.stock.on_shelf, stays.stock.rentals) == (1, 0, 1)
    assert invariants.broken() == {}


def test_copies_requests_and_orders_of_one_edition_go_to_the_other_and_come_back(ruth):
    title = make_title()
    gone, stays = make_release(title=title, slug="dvd"), make_release(title=title, slug="dvd-2")
    first, other = make_disc(release=gone), make_disc(release=stays)
    third = make_disc(release=gone, number=2)
    copy, entry = make_copy(disc=first), make_queue_entry(title=title, disc=first)
    make_copy(disc=third)
    make_queue_entry(member=entry.member, title=title, disc=other)
    order = make_order(release=gone)
    make_two_at_once(release=gone, member=entry.member)
    make_audio_track(release=gone)
    before = dump()
    deed = merging.merge(gone, stays, by=ruth)
    copy.refresh_from_db()
    order.refresh_from_db()
    assert (copy.disc, order.release) == (other, stays)
    assert list(stays.discs.order_by("number")) == [other, third]
    assert title.queue_entries.live().get().disc == other
    assert stays.audio_tracks.count() == 1 and invariants.broken() == {}
    history.undo(deed, ruth)
    assert invariants.broken() == {}
    assert different(before, dump()) == {}


def test_editions_with_copies_still_stay_where_they_are_otherwise(ruth):
    release = make_copy().disc.release
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(title=make_title(), slug="elsewhere")


# ------------------------------------------------------------------ splitting
def test_requests_follow_the_disc_of_a_split_and_all_comes_back(ruth):
    title = make_title(name="Solaris")
    goes = make_release(title=title, slug="dvd")
    make_release(title=title, slug="dvd-2")
    disc = make_disc(release=goes)
    make_copy(disc=disc)
    credit, record = make_credit(title=title), make_imported_record(title=title)
    named, free = make_queue_entry(title=title, disc=disc), make_queue_entry(title=title)
    before = dump()
    picked = {Release: [goes.pk], type(credit): [credit.pk], type(record): [record.pk]}
    deed, new = merging.split(title, picked, by=ruth, name="Solaris", year=2002)
    named.refresh_from_db()
    free.refresh_from_db()
    assert (named.title, free.title, new.credits.get()) == (new, title, credit)
    assert invariants.broken() == {}
    history.undo(deed, ruth)
    assert invariants.broken() == {}
    assert different(before, dump()) == {}


def test_a_split_is_not_undone_over_what_members_said_since(ruth):
    credit = make_credit()
    deed, new = merging.split(credit.title, {type(credit): [credit.pk]}, by=ruth, name="Another")
    make_rating(title=new)
    with pytest.raises(history.Overtaken, match="1 rating hangs on it by now"):
        history.undo(deed, ruth)
    assert invariants.broken() == {}
