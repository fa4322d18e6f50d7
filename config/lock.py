"""What bin/lock does: pin every dependency with its hashes, for Python 3.11 and newer on any system.

The development file is held to the versions of the other, so that installing it installs both.
"""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FLAGS = "--generate-hashes --universal --python-version 3.11".split()
QUIET = "--no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet".split()


def main(extra):
    lock("requirements", extra)
    lock("requirements-dev", ["--constraints", "requirements.txt", *extra])


def lock(name, extra):
    uv = [sys.executable, "-m", "uv", "pip", "compile", *FLAGS, *QUIET, *extra]
    done = subprocess.run([*uv, f"{name}.in", "--output-file", f"{name}.txt"], cwd=PROJECT)
    if done.returncode:
        sys.exit(f"{name}.txt was not locked.")


if __name__ == "__main__":
    main(sys.argv[1:])
