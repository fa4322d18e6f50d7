"""Databases of their own, for commands that run as processes and may be killed."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PEAK = """
import re, sys
import django
django.setup()
from django.core.management import call_command
call_command(*sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def row_counts(cursor):
    """{table: rows} of every table in the schema."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    tables = [table for (table,) in cursor.fetchall()]
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM public.{table}" for table in tables))
    return dict(cursor.fetchall())


class Database:
    """A database by name, and the commands run on it."""

    def __init__(self, name):
        self.name = name
        said = connection.settings_dict
        who = quote(said["USER"]) + (f":{quote(said['PASSWORD'])}" if said["PASSWORD"] else "")
        port = f":{said['PORT']}" if said["PORT"] else ""
        self.url = f"postgresql://{who}@{quote(said['HOST'], safe='')}{port}/{name}"
        self.environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "config.settings"}

    def start(self, *arguments, code=None):
        """A process that runs manage.py, or Python `code`, with `arguments`."""
        program = ["-c", code] if code else [ROOT / "manage.py"]
        command = [sys.executable, *program, *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def manage(self, *arguments, code=None):
        """The same, run to its end."""
        process = self.start(*arguments, code=code)
        out, err = process.communicate()
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def peak_megabytes(self, *arguments):
        """The most memory that the command held at any time."""
        done = self.manage(*arguments, code=PEAK)
        assert done.returncode == 0, done.stderr
        return int(done.stdout.splitlines()[-1]) / 1024

    def query(self, sql):
        with psycopg.connect(self.url, autocommit=True) as session:
            return session.execute(sql).fetchall()

    def row_counts(self):
        with psycopg.connect(self.url) as session:
            return row_counts(session.cursor())


@contextmanager
def database(template="template0"):
    """A new Database, copied from `template` and dropped in the end."""
    made = Database(f"scratch_{os.getpid()}_{secrets.token_hex(4)}")
    maintenance = Database("postgres").url
    with psycopg.connect(maintenance, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {made.name} TEMPLATE {template}")
        try:
            yield made
        finally:
            session.execute(f"DROP DATABASE {made.name} WITH (FORCE)")
