"""What bin/test does: see that Chromium and the database are there, then hand over to pytest."""

import os
import shutil
import subprocess
import sys

from config import debian, preflight

MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", MAC)


def main(arguments):
    os.environ["KINOPOST_CHROMIUM"] = _chromium()
    preflight.require_database()
    os.execv(
        sys.executable, [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope", *_for_pytest(arguments)]
    )


def _for_pytest(arguments):
    """`--long` is ours: it lifts the choice of marks in pytest.ini."""
    return [word for given in arguments for word in (("-m", "") if given == "--long" else (given,))]


def _chromium():
    """The path of a Chromium that runs, installed if need be. Without one the program ends with one line."""
    if chosen := os.environ.get("KINOPOST_CHROMIUM"):
        return chosen if _runs(chosen) else sys.exit(f"KINOPOST_CHROMIUM ({chosen}) does not run.")
    if found := _find() or (debian.install("chromium") and _find()):
        return found
    sys.exit("The tests need Chromium: apt-get install chromium, or set KINOPOST_CHROMIUM to its path.")


def _find():
    return next(filter(_runs, filter(None, map(shutil.which, NAMES))), None)


def _runs(path):
    """False also for the stub that Ubuntu installs in its place."""
    try:
        asked = subprocess.run([path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
