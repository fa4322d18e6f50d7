"""Keeps a worker running beside the web: `python -m config.keeper PARENT`.

bin/serve starts it just before it becomes gunicorn, so gunicorn is its parent. It starts a worker, starts it again when
it dies, and ends it when the parent is gone or a signal comes. Should it be killed itself, the worker notices and ends
(`bin/manage worker --parent`). So none is left behind, on Linux or macOS, whatever is killed. Standard library only: it
is small and lives as long as the site.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
POLL_SECONDS = 0.25
PATIENCE_SECONDS = 15  # for a worker's jobs in hand
WAITS = (1, 2, 5, 10, 30)  # seconds before a worker that dies again and again is started again
LONG_ENOUGH = 60  # seconds after which a worker counts as one that works


class Keeper:
    """One worker, of which there always is one until `stop`."""

    def __init__(self, parent):
        self.parent, self.stopping, self.falls = parent, False, 0

    def stop(self, *_):
        self.stopping = True

    def keep(self):
        """Start workers until told to stop."""
        while not self._over():
            started = time.monotonic()
            worker = self._start()
            self._watch(worker)
            if not self._over():
                self._fell(worker, time.monotonic() - started)

    def _over(self):
        return self.stopping or os.getppid() != self.parent

    def _start(self):
        command = [sys.executable, str(MANAGE), "worker", "--parent", str(os.getpid())]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _watch(self, worker):
        """Until it dies, or until it is to end; then see that it does."""
        while worker.poll() is None and not self._over():
            time.sleep(POLL_SECONDS)
        if worker.poll() is None:
            worker.terminate()
            _see_it_end(worker)

    def _fell(self, worker, lived):
        self.falls = 0 if lived > LONG_ENOUGH else self.falls + 1
        wait = WAITS[min(self.falls, len(WAITS)) - 1] if self.falls else 0
        _log("worker_died", code=worker.returncode, starts_again_in_seconds=wait)
        until = time.monotonic() + wait
        while time.monotonic() < until and not self._over():
            time.sleep(POLL_SECONDS)


def _see_it_end(worker):
    try:
        worker.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _log(event, **facts):
    line = {"event": event, **facts, "level": "warning", "timestamp": datetime.now(UTC).isoformat()}
    print(json.dumps(line), file=sys.stderr, flush=True)


def begin():
    """Start a keeper for the process that calls, unless KINOPOST_WORKER is 0."""
    if os.environ.get("KINOPOST_WORKER") != "0":
        subprocess.Popen(
            [sys.executable, "-m", "config.keeper", str(os.getpid())], cwd=MANAGE.parent, stdin=subprocess.DEVNULL
        )


if __name__ == "__main__":
    keeper = Keeper(int(sys.argv[1]))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, keeper.stop)
    keeper.keep()
