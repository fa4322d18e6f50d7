"""Test databases besides the empty one: one with the demo catalogue, and copies that tests may commit to.

A test that commits (threads, a live server) gets a copy and throws it away, so nothing is flushed: a flush would take
with it the countries and languages that migrations bring. A copy takes a tenth of a second, the demo five seconds.
"""

import os
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from catalogue import pages

DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo.jsonl"


@contextmanager
def the_test_database():
    """The name of the migrated, empty test database; made here if pytest-django made none.

    It makes one only for tests marked `django_db`; without, the name would be that of the database we work with.
    """
    name = connection.settings_dict["NAME"]
    if name == connection.creation._get_test_db_name():
        yield name
        return
    yield connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def connected_to(name):
    """`default` is the database `name` meanwhile, in every thread that connects."""
    before = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(before)


@contextmanager
def copy_of(template):
    """The name of a new copy of the database `template`, dropped in the end. Nobody else may be connected to it."""
    name = f"{template}_copy_{os.getpid()}"
    make_copy(name, template)
    try:
        yield name
    finally:
        drop(name)


def make_copy(name, template):
    drop(name)
    connections.close_all()
    # The threads of a live server may have left connections behind, and a template must have none.
    _in_postgres(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")
    _in_postgres(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name):
    _in_postgres(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def make_demo(empty):
    """The name of a copy of the database `empty` with the demo catalogue in it."""
    name = f"{empty}_demo"
    make_copy(name, empty)
    with connected_to(name):
        call_command("import_titles", DEMO, stdout=StringIO(), stderr=StringIO())
        call_command("make_demo_activity", stdout=StringIO())
        call_command("rebuild_suggestions", stdout=StringIO())
    return name


@contextmanager
def undone():
    """What is written meanwhile is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _turn_to(name):
    connections.close_all()
    connection.settings_dict["NAME"] = name
    pages.forget()  # two databases may number their versions alike


def _in_postgres(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
