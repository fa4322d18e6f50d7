"""gunicorn as bin/serve starts it, on a free port, for as long as a block lasts."""

import contextlib
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

from bench.scratch import PROJECT

PATIENCE = 60


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextlib.contextmanager
def gunicorn(app, environment, log):
    """A Server of `app`, with the workers of config/gunicorn.py; what it says goes to the file `log`."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", app]
    environment = environment | {"HOST": "127.0.0.1", "PORT": str(port)}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=out, stderr=out)
    try:
        _wait(process, port, log)
        yield Server(port, process.pid)
    finally:
        _stop(process)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process, port, log):
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    sys.exit(f"gunicorn did not start:\n{log.read_text()}")


def _stop(process):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
