"""Make the project's own Python environment, `.venv`, if it is missing or out of date; run a command in it.

    python3 config/bootstrap.py requirements.txt manage.py check

Standard library only, since it runs before anything is installed. Any number may run at once: they take
turns. A file inside `.venv` says what it was made of; it is missing while an install runs, so one that was
killed is redone.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[0] = str(PROJECT)  # a script finds its own folder there, and we are imported from the one above

from config import debian, turns  # noqa: E402

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
MADE_OF = VENV / "made-of"
LOG = Path(os.environ.get("KINOPOST_STATE") or PROJECT / "var").resolve() / "install.log"
IDENTITY = f"{sys.base_prefix} {sys.version_info.major}.{sys.version_info.minor} {PROJECT}"
TURN_SECONDS = 1800


class Failed(Exception):
    """The environment cannot be made; the message says what to do."""


def main(requirements, *command):
    if not _is_made(requirements):
        with _turn() as turn:
            if not _is_made(requirements):
                _make(requirements, turn)
    os.execv(PYTHON, [str(PYTHON), *command])


def _is_made(requirements):
    return {IDENTITY, _fingerprint(requirements)} <= _made_of() and os.access(PYTHON, os.X_OK)


def _made_of():
    """The lines of `.venv/made-of`: Python and folder, then each requirements file installed."""
    with contextlib.suppress(FileNotFoundError):
        return set(MADE_OF.read_text().splitlines())
    return set()


def _fingerprint(requirements):
    return f"{requirements} {hashlib.sha256((PROJECT / requirements).read_bytes()).hexdigest()}"


@contextlib.contextmanager
def _turn():
    """Wait for the turn to change `.venv`. The lock is on the folder itself and ends with its holder."""
    folder = os.open(PROJECT, os.O_RDONLY)
    if not turns.take(folder, TURN_SECONDS):
        raise Failed("Another install here has not ended for half an hour: end it and try again.")
    yield folder
    os.close(folder)


def _make(requirements, turn):
    if IDENTITY not in _made_of():
        _make_venv(turn)
    MADE_OF.unlink(missing_ok=True)
    _install(requirements, turn)
    _write_made_of({requirements, "requirements.txt"})  # the development file contains the other: bin/lock


def _make_venv(turn):
    if not importlib.util.find_spec("ensurepip"):
        _need_ensurepip()
    _say(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor} …")
    _run([sys._base_executable, "-m", "venv", "--clear", str(VENV)], turn)


def _need_ensurepip():
    package = f"python3.{sys.version_info.minor}-venv"
    if not debian.install(package):
        raise Failed(f"This Python cannot make virtual environments: apt-get install {package}")


def _install(requirements, turn):
    pins = re.findall(r"^[\w.-]+==", (PROJECT / requirements).read_text(), re.MULTILINE)
    _say(f"Installing {len(pins)} packages …")
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(PROJECT / requirements)], turn)


def _run(command, turn):
    """Run to the end, output in LOG. The child holds the turn too: it goes on should we be killed."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with open(LOG, "w", errors="replace") as log:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[turn])
    if done.returncode:
        raise Failed(f"{_cause(LOG.read_text(errors='replace'))} (all of it: {LOG})")


def _cause(output):
    """The line of pip's output that says why it failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR:", "Error:", "error:", "OSError"))]
    return (errors or lines or ["The install ended without a word."])[0 if errors else -1][:400]


def _write_made_of(files):
    draft = MADE_OF.with_name("made-of.new")
    draft.write_text("\n".join([IDENTITY, *map(_fingerprint, sorted(files))]) + "\n")
    draft.replace(MADE_OF)


def _say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (Failed, OSError, subprocess.TimeoutExpired) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
