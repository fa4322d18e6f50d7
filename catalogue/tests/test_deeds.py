"""How a deed tells the database what belongs to it: whatever is written, and whatever fails on the way."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from catalogue import history
from catalogue.models import Title
from catalogue.search.lookup import Lookup
from catalogue.search.rebuild import rebuild_search
from tests.factories import make_title


def test_a_deed_goes_on_after_what_failed_inside_it(scratch):
    """Rolling back to a savepoint makes the database forget what it was told since."""
    title = make_title()
    with history.deed("bulk") as key, transaction.atomic():
        with suppress(IntegrityError), transaction.atomic():
            Title.objects.filter(pk=title.pk).update(year=1)
        Title.objects.filter(pk=title.pk).update(year=1902)
    assert history.changes(title, most=1)[0].deed.pk == key


def test_a_deed_keeps_what_is_written_outside_transactions(scratch):
    title = make_title()
    with history.deed("bulk") as key:
        Title.objects.filter(pk=title.pk).update(year=1901)
    Title.objects.filter(pk=title.pk).update(year=1902)
    newest, older = history.changes(title, most=2)
    assert (newest.deed, older.deed.pk) == (None, key)


@pytest.mark.django_db
def test_within_a_deed_statements_are_read_as_they_are_written():
    """Several in one string, of which one answers; a sign that would stand for a value, without values."""
    make_title(name="The Cranes Are Flying")
    rebuild_search()
    with history.deed("bulk"), connection.cursor() as cursor:
        assert Lookup(3).beginning_with("cranes")
        cursor.execute("UPDATE catalogue_title SET year = 1957 WHERE name LIKE 'The%'")
        assert cursor.rowcount == 1
