"""The worker beside the web: it does the jobs, it is there again when it dies, and it never outlives the site.

Black box: bin/serve's program is started as a person would, and killed in every way.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.test_ground import PATIENCE, PROJECT, Server, free_port, launch, make_place, surroundings, wait_until

pytestmark = [pytest.mark.long, pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")]


@pytest.fixture(scope="module")
def ground():
    """A server of Postgres and a state folder with everything in it that bin/serve prepares."""
    folder = make_place()
    server = Server(folder).started()
    with _site(server, folder):
        pass
    yield server, folder
    server.do("destroy")


@contextmanager
def _site(server, folder, **environment):
    port = free_port()
    surroundings = {**server.environment, "PORT": port, "KINOPOST_STATE": folder / "state", "KINOPOST_DEMO": "0"}
    serve = launch(sys.executable, "-m", "config.serve", **surroundings | environment)
    try:
        assert serve.stdout.readline().startswith("Kinopost")
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE).status == 200
        yield serve
    finally:
        keepers = [*children(serve.pid, "config.keeper")]
        workers = [pid for keeper in keepers for pid in children(keeper, "worker")]
        with suppress(ProcessLookupError):
            serve.send_signal(signal.SIGINT)
        serve.communicate(timeout=PATIENCE)
        wait_until(lambda: not any(map(lives, keepers + workers)))


@pytest.fixture
def site(ground):
    with _site(*ground) as serve:
        yield serve


def command_of(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    return ""


def lives(pid):
    """Whether the process runs; one that ended and was not waited for does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def children(parent, word):
    """Processes that `parent` started whose command has that word."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] not in "ZX" and word in command_of(folder.name):
                yield int(folder.name)


def the_keeper(serve):
    return the_only(lambda: [*children(serve.pid, "config.keeper")])


def the_worker(serve):
    keeper = the_keeper(serve)
    return the_only(lambda: [*children(keeper, "worker")])


def the_only(find):
    wait_until(find)
    (pid,) = find()
    return pid


def ask(ground, statement):
    server, _ = ground
    return server.ask(statement)


def put_off(ground):
    """A job of no e-mail: it has nothing to send and ends well. Its number."""
    return ask(
        ground,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES ('mail', 'send_message', '{\"message\": 0}') RETURNING id::int",
    )


def is_done(ground, job):
    return ask(ground, f"SELECT status::text FROM procrastinate_jobs WHERE id = {job}") == "succeeded"


def test_the_worker_beside_the_web_does_jobs(ground, site):
    job = put_off(ground)
    wait_until(lambda: is_done(ground, job))


def test_a_worker_that_dies_is_there_again(ground, site):
    first = the_worker(site)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not lives(first))
    assert the_worker(site) != first
    job = put_off(ground)
    wait_until(lambda: is_done(ground, job))
    assert len([*children(the_keeper(site), "worker")]) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_site_ends_nothing_is_left(site, number):
    keeper, worker = the_keeper(site), the_worker(site)
    site.send_signal(number)
    site.wait(PATIENCE)
    wait_until(lambda: not lives(keeper) and not lives(worker))


def test_a_worker_ends_when_its_keeper_is_killed(site):
    keeper, worker = the_keeper(site), the_worker(site)
    os.kill(keeper, signal.SIGKILL)
    wait_until(lambda: not lives(worker))


def test_a_site_without_a_worker_can_be_had(ground):
    with _site(*ground, KINOPOST_WORKER="0") as serve:
        time.sleep(1)
        assert [*children(serve.pid, "config.keeper")] == []


def test_a_worker_on_its_own_says_so_in_json_and_stops_when_told(ground):
    server, folder = ground
    command = [sys.executable, "manage.py", "worker"]
    environment = surroundings(**server.environment, KINOPOST_STATE=folder / "state")
    worker = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
    lines = [json.loads(worker.stderr.readline())]
    job = put_off(ground)
    wait_until(lambda: is_done(ground, job))
    worker.terminate()
    lines += map(json.loads, worker.communicate(timeout=PATIENCE)[1].splitlines())
    assert [line["event"] for line in lines] == ["worker_started", "worker_stopped"]
    assert worker.returncode == 0
