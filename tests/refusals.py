"""How tests of rules ask whether the database itself refuses a row."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


def check_now():
    """Ask at once what the database would ask at the end of the transaction: orders and foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def refused_by(name):
    """The database refuses what is done within, by the constraint `name`."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
        check_now()
    assert refusal.value.__cause__.diag.constraint_name == name


def twice(make, *shared, other=None):
    """A row made by `make` and another that has its fields `shared` and the fields of `other`."""
    first = make()
    make(**{name: getattr(first, name) for name in shared}, **(other or {}))
