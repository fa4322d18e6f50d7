"""Taking turns among processes."""

import contextlib
import fcntl
import time


def take(file, seconds):
    """Wait until nobody else holds `file` (open, or its number). False when that takes longer than `seconds`.

    The turn ends when the file is closed: the kernel gives it back however its holder dies.
    """
    deadline = time.monotonic() + seconds
    while not _locked(file):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _locked(file):
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
