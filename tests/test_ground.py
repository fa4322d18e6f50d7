"""The ground the site stands on: the embedded PostgreSQL, the commands in bin/, the project's environment.

Black box: each test starts programs as a person would, in folders of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOT = os.geteuid() == 0
PATIENCE = 120  # seconds
SPURIOUS = ("DATABASE_URL", "EMBEDDED_PG_HOME", "EMBEDDED_PG_USER", "KINOPOST_STATE", "HOST", "PORT")


def run(*command, cwd=PROJECT, **environment):
    """The finished program, its output as text."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=surroundings(**environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def launch(*command, cwd=PROJECT, **environment):
    """The running program."""
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=surroundings(**environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def surroundings(**changes):
    return {key: value for key, value in os.environ.items() if key not in SPURIOUS} | {
        key: str(value) for key, value in changes.items()
    }


def assert_one_line(done, *words):
    """The program gave up with one line on stderr that holds `words`."""
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def place():
    """A folder with a short path that every user may enter: a socket's path must be short."""
    folder = make_place()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def make_place():
    folder = Path(tempfile.mkdtemp(prefix="kp-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


# ------------------------------------------------------------------ the secret key


@pytest.mark.race
def test_eight_processes_make_one_secret_key(place):
    """Eight processes begin at the same instant, twenty times."""
    begin = f"import pathlib, time; from config import secret; time.sleep(max(0, {time.time() + 1.5} - time.time()))"
    make = f"print(*[secret.machine_key(pathlib.Path('{place}', str(number))) for number in range(20)])"
    racers = [launch(sys.executable, "-c", f"{begin}; {make}") for _ in range(8)]
    answers = {racer.communicate(timeout=PATIENCE)[0] for racer in racers}
    assert len(answers) == 1 and len(set(answers.pop().split())) == 20
    files = [path for folder in place.iterdir() for path in folder.iterdir()]
    assert {(path.name, path.stat().st_mode & 0o777) for path in files} == {("secret-key", 0o600)}
