"""What a run makes for itself: a database beside the developer's on the same server, and a folder for files."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config import embedded_postgres

PROJECT = Path(__file__).resolve().parent.parent
OURS = "Made by bin/bench, which may drop it."


@contextlib.contextmanager
def database(name):
    """The address of an empty database called `name`, dropped in the end.

    Exits if another run uses it, or if there is one of that name that we did not make.
    """
    server = os.environ.get("DATABASE_URL") or embedded_postgres.database_url(PROJECT)
    with psycopg.connect(server, autocommit=True) as connection:
        take(connection, name)
        create(connection, name)
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            _drop(connection, name)


def take(connection, name):
    """Hold the name until the connection ends."""
    (free,) = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"bench {name}"]).fetchone()
    if not free:
        sys.exit(f"Another bin/bench is using the database {name}: wait for it to end.")


def said_of(connection, name):
    """The comment on the database called `name`: "" without one, None if there is no such database."""
    found = connection.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return found and found[0]


def create(connection, name):
    """Make an empty database anew; exits if there is one of that name that we did not make."""
    found = said_of(connection, name)
    if found is not None and not found.startswith(OURS):
        sys.exit(f"There is a database {name} that bin/bench did not make: rename it.")
    _drop(connection, name)
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(OURS)))


def _drop(connection, name):
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def site(name):
    """(folder, environment) of a Kinopost of its own: database `name`, migrated and else empty."""
    with database(name) as url, tempfile.TemporaryDirectory(prefix="kinopost-bench-") as folder:
        given = {key: value for key, value in os.environ.items() if key not in ("DEBUG", "KINOPOST_HTTPS", "LOG_LEVEL")}
        environment = given | {"DATABASE_URL": url, "KINOPOST_STATE": folder}
        manage(environment, "migrate", "--verbosity=0")
        yield Path(folder), environment


def manage(environment, *command):
    """Run one of Django's commands to its end; what it prints is shown only if it fails."""
    run(environment, "manage.py", *command)


def run(environment, *command):
    """Run Python to the end and return what it printed; exits with that if it fails."""
    done = subprocess.run([sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
