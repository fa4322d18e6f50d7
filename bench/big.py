"""Databases with a made-up catalogue of some size, beside the developer's: made once, and kept for the next run.

    python -m bench.big 500000      make it, or say that it is there

One is made anew when what it is made by has changed since: the generator, or a migration of any app.
"""

import hashlib
import os
import sys
import time
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bench import scratch
from config import embedded_postgres

MADE_BY = [
    "catalogue/synthetic/*.py",
    "*/synthetic.py",
    "*/migrations/*.py",
    "catalogue/fields.py",
    "catalogue/names.py",
    "catalogue/sounds.py",
    "catalogue/search/rebuild.py",
]


def ensure(titles):
    """The environment of commands on the database `bench_big_<titles>`, which is made if it is not there.

    Its DATABASE_URL names the database. Exits if another run makes it, or if it is one that we did not make.
    """
    return kept(f"bench_big_{titles}", MADE_BY, [["manage.py", "make_big", "--titles", str(titles)]])


def kept(name, made_by, commands):
    """`ensure` for any database: `commands` fill it, and it is made anew when a file of `made_by` has changed."""
    server = os.environ.get("DATABASE_URL") or embedded_postgres.database_url(scratch.PROJECT)
    environment = _environment(urlsplit(server)._replace(path=f"/{name}").geturl())
    with psycopg.connect(server, autocommit=True) as connection:
        scratch.take(connection, name)
        if scratch.said_of(connection, name) != (wanted := _fingerprint(made_by)):
            _make(connection, name, commands, environment, wanted)
    return environment


def size(environment):
    """Bytes of the database of `environment`."""
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]


def _environment(url):
    given = {key: value for key, value in os.environ.items() if key not in ("DEBUG", "KINOPOST_HTTPS", "LOG_LEVEL")}
    state = scratch.PROJECT / "var" / "bench-big"
    return given | {"DATABASE_URL": url, "KINOPOST_STATE": str(state)}


def _make(connection, name, commands, environment, fingerprint):
    """The comment goes on last: what a killed run left is made anew."""
    print(f"Making {name} …", file=sys.stderr, flush=True)
    scratch.create(connection, name)
    scratch.manage(environment, "migrate", "--verbosity=0")
    for command in commands:
        scratch.run(environment, *command)
    named = sql.Identifier(name), sql.Literal(fingerprint)
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(*named))


def _fingerprint(made_by):
    """Of all files that decide what is in the database."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in made_by for path in scratch.PROJECT.glob(pattern)}):
        digest.update(path.read_bytes())
    return f"{scratch.OURS} {digest.hexdigest()[:16]}"


def main(arguments):
    for titles in map(int, arguments):
        started = time.monotonic()
        megabytes = size(ensure(titles)) / 1e6
        print(f"{titles:,} titles: {megabytes:,.0f} MB, {time.monotonic() - started:.0f} seconds.")


if __name__ == "__main__":
    main(sys.argv[1:])
