"""Merging and splitting, where all apps meet: everything follows, nothing is lost, and undoing puts all back."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event

from catalogue import history, invariants, merging
from catalogue.merging.following import OWNERS
from catalogue.models import Followed, FormerTitleSlug, Title
from tests.factories import (
    make_copy,
    make_credit,
    make_critic_review,
    make_disc,
    make_imported_record,
    make_list,
    make_list_entry,
    make_member,
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
    make_vote,
    make_want_to_see,
)

pytestmark = pytest.mark.django_db
BESIDE = ("change", "pghistory_context", "catalogue_followed", "version", "searchstale", "searchword", "migrations")


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
    cursor.execute(f"SELECT to_jsonb(t)::text FROM {name} t ORDER BY 1")
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
