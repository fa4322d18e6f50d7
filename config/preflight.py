"""What has to be so before the site or the tests start. A problem ends the program with one line."""

import os
import socket
import sys
from pathlib import Path

import dj_database_url
import psycopg

from config import embedded_postgres, mail_url

PROJECT = Path(__file__).resolve().parent.parent


def require_database():
    """See that the database answers; the embedded one is started when DATABASE_URL is unset."""
    if url := os.environ.get("DATABASE_URL"):
        _require_connection(_parse(url))
        return
    try:
        embedded_postgres.database_url(PROJECT)
    except embedded_postgres.Unavailable as problem:
        sys.exit(str(problem))


def _parse(url):
    try:
        return dj_database_url.parse(url)
    except ValueError:
        sys.exit("DATABASE_URL is not understood: write postgresql://user:password@host:5432/name.")


def _require_connection(database):
    try:
        psycopg.connect(**_parameters(database)).close()
    except psycopg.Error as problem:
        where = f"{database['HOST'] or 'this machine'}:{database['PORT'] or 5432}/{database['NAME']}"
        cause = _without(database["PASSWORD"], " ".join(str(problem).split()))
        sys.exit(f"DATABASE_URL ({where}) does not answer: start that server or correct the URL. {cause}")


def _parameters(database):
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    given = {name: database[key] for key, name in names.items() if database.get(key)}
    return {"connect_timeout": 5} | given | database.get("OPTIONS", {})


def _without(password, text):
    return text.replace(password, "***") if password else text


def require_mail():
    """See that EMAIL_URL is understood."""
    try:
        mail_url.settings(os.environ.get("EMAIL_URL"), folder=PROJECT)
    except ValueError as problem:
        sys.exit(str(problem))


def require_free(host, port):
    """See that nobody listens on host:port."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as problem:
        cause = getattr(problem, "strerror", None) or problem
        sys.exit(f"Cannot listen on {host}:{port} ({cause}). Choose another port: PORT=8001 bin/serve")
