"""What bin/check does: run every check that is not a test, say how each went, and fail if one did."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DEPLOYED = {"KINOPOST_HTTPS": "1", "SECRET_KEY": secrets.token_urlsafe(64), "DEBUG": "0"}


def checks():
    """Each check's name, command and environment."""
    python = [sys.executable]
    yield "ruff check", [*python, "-m", "ruff", "check", "--quiet"], {}
    yield "ruff format", [*python, "-m", "ruff", "format", "--check", "--quiet"], {}
    if templates := _templates():
        yield "djade", [_beside("djade"), "--check", "--target-version", "5.2", *templates], {}
    yield "migrations", [*python, "manage.py", "makemigrations", "--check", "--dry-run"], {}
    yield "deployment", [*python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], DEPLOYED


def _beside(program):
    return str(Path(sys.executable).with_name(program))


def _templates():
    folders = [PROJECT / "templates", *PROJECT.glob("*/templates")]
    return sorted({str(path) for folder in folders for path in folder.rglob("*.html")})


def passes(name, command, environment):
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"{'FAILED' if done.returncode else 'ok':7}{name}", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(not all([passes(*check) for check in checks()]))
