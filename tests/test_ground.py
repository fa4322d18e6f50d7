"""The ground the site stands on: the embedded PostgreSQL, the commands in bin/, the project's environment.

Black box: each test starts programs as a person would, in folders of its own.
"""

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from config import debian, run_checks, run_tests

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


# ------------------------------------------------------------------ embedded PostgreSQL


class Server:
    """The embedded server in a folder of its own, run as `user` (None: as we are)."""

    def __init__(self, folder, user=None):
        self.home, self.user = folder / "pg", user
        self.environment = {"EMBEDDED_PG_HOME": self.home, "HOME": folder}
        if user:
            self.home.mkdir()
            os.chown(self.home, *pwd.getpwnam(user)[2:4])

    def command(self, verb):
        return [*as_user(self.user), sys.executable, "-m", "config.embedded_postgres", verb]

    def do(self, verb):
        return run(*self.command(verb), **self.environment)

    def begin(self, verb):
        return launch(*self.command(verb), **self.environment)

    def started(self):
        done = self.do("start")
        assert done.returncode == 0, done.stderr
        return self

    def pid(self):
        return int((self.home / "data" / "postmaster.pid").read_text().split()[0])

    def ask(self, *statements):
        """The first value of the last statement's answer."""
        with psycopg.connect(host=str(self.home / "run"), user="kinopost", dbname="kinopost", autocommit=True) as db:
            for statement in statements:
                cursor = db.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def is_whole(self):
        return self.ask("SELECT 'whole'") == "whole"


def as_user(name):
    """The words before a command that is to run as another user."""
    return ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups"] if name else []


@pytest.fixture(scope="module")
def pattern():
    """A folder with a stopped server to copy: making one from nothing takes seconds."""
    folder = make_place()
    Server(folder).started().do("stop")
    yield folder / "pg"
    shutil.rmtree(folder)


@pytest.fixture
def server(place, pattern):
    """A server that ran before and is stopped."""
    subprocess.run(["cp", "-a", pattern, place / "pg"], check=True)
    yield from with_end(Server(place))


@pytest.fixture
def new_server(place):
    """A server of which nothing is there yet."""
    yield from with_end(Server(place))


def with_end(server):
    yield server
    server.do("destroy")


def ordinary_user():
    """The name of a user without rights who can read the project; the test is skipped where there is none."""
    if not ROOT:
        return None
    if run(*as_user("nobody"), sys.executable, "-c", "import config.embedded_postgres, pg0").returncode:
        pytest.skip("nobody cannot read this folder")
    return "nobody"


def postmasters(home):
    """How many servers run on the data in `home`."""
    return sum(f"postgres\0-D\0{home}/data" in command for command in command_lines())


def command_lines():
    if not Path("/proc/self").exists():
        return run("ps", "-axo", "command=").stdout.replace(" ", "\0").splitlines()
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(os.fsdecode(path.read_bytes()))
    return found


def test_the_server_starts_answers_and_stops(new_server):
    assert new_server.do("status").returncode == 3
    assert new_server.do("start").stdout.startswith("running in")
    assert new_server.is_whole()
    assert new_server.do("status").returncode == 0
    assert new_server.do("stop").stdout.startswith("stopped in")
    assert new_server.do("status").returncode == 3


def test_starting_a_running_server_changes_nothing(server):
    first = server.started().pid()
    assert server.started().pid() == first


def test_stopping_a_stopped_server_is_no_error(server):
    assert server.do("stop").returncode == 0


def test_the_server_is_durable_and_has_no_port(server):
    server.started()
    assert server.ask("SHOW fsync") == "on"
    assert server.ask("SHOW listen_addresses") == ""
    assert server.ask("SELECT count(*)::int FROM pg_stat_ssl") >= 0


def test_an_ordinary_user_has_a_server_too(place):
    server = Server(place, user=ordinary_user())
    try:
        assert server.started().do("status").returncode == 0
        assert Path("/proc").exists() is False or server.home.stat().st_uid == owner_of(server.pid())
    finally:
        server.do("destroy")


def owner_of(pid):
    return Path("/proc", str(pid)).stat().st_uid


@pytest.mark.skipif(not ROOT, reason="only root drops its rights")
def test_root_runs_the_server_as_somebody_without_rights(server):
    assert owner_of(server.started().pid()) != 0


@pytest.mark.skipif(not ROOT, reason="only root drops its rights")
def test_root_goes_on_with_whoever_owns_the_data(new_server):
    new_server.environment["EMBEDDED_PG_USER"] = "nobody"
    new_server.started().do("stop")
    new_server.environment["EMBEDDED_PG_USER"] = "daemon"
    assert owner_of(new_server.started().pid()) == pwd.getpwnam("nobody").pw_uid


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_another_user_is_not_let_in(server):
    server.started()
    ask = f"import psycopg; psycopg.connect(host='{server.home}/run', user='kinopost', dbname='kinopost')"
    done = run("setpriv", "--reuid=1234567", "--clear-groups", sys.executable, "-c", ask)
    assert "Permission denied" in done.stderr


def test_destroying_deletes_the_data_and_nothing_else(server):
    server.started()
    (server.home / "mine.txt").write_text("mine")
    server.do("destroy")
    assert [path.name for path in server.home.iterdir()] == ["mine.txt"]


@pytest.mark.race
def test_twenty_starts_at_once_give_one_server(new_server):
    starts = [new_server.begin("start") for _ in range(20)]
    assert [start.wait(PATIENCE) for start in starts] == [0] * 20
    assert new_server.is_whole()
    assert postmasters(new_server.home) == 1


def test_a_killed_server_keeps_what_was_written(server):
    server.started().ask("CREATE TABLE note (word text)", "INSERT INTO note VALUES ('kept')")
    os.kill(server.pid(), signal.SIGKILL)
    assert server.started().ask("SELECT word FROM note") == "kept"


def test_the_server_outlives_who_started_it(server):
    parent = launch("sh", "-c", '"$@"; sleep 60', "-", *server.command("start"), **server.environment)
    wait_until(lambda: server.do("status").returncode == 0)
    parent.kill()
    parent.wait()
    assert server.is_whole()


def test_a_process_number_that_is_another_program_now_does_not_hinder(server):
    server.started()
    os.kill(server.pid(), signal.SIGKILL)
    with sleeping() as other:
        record = server.home / "data" / "postmaster.pid"
        record.write_text(re.sub(r"^\d+", str(other.pid), record.read_text()))
        (server.home / "run" / ".s.PGSQL.5432.lock").write_text(record.read_text())
        assert server.started().is_whole()
        assert other.poll() is None


@contextlib.contextmanager
def sleeping():
    """A live program of the user the server runs as: PostgreSQL believes those."""
    program = subprocess.Popen([*as_user(server_user() if ROOT else None), "sleep", "60"])
    yield program
    program.kill()
    program.wait()


def server_user():
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


def test_a_killed_first_start_can_be_repeated(new_server):
    kill_start_after(new_server, 0.6)
    assert new_server.started().is_whole()


@pytest.mark.long
@pytest.mark.parametrize("moment", [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4])
def test_a_first_start_killed_at_any_moment_can_be_repeated(new_server, moment):
    kill_start_after(new_server, moment)
    assert new_server.started().is_whole()
    assert postmasters(new_server.home) == 1


@pytest.mark.long
@pytest.mark.parametrize("moment", [0.05, 0.1, 0.12, 0.15, 0.2, 0.25])
def test_a_later_start_killed_at_any_moment_can_be_repeated(server, moment):
    kill_start_after(server, moment)
    assert server.started().is_whole()
    assert postmasters(server.home) == 1


def kill_start_after(server, seconds):
    start = server.begin("start")
    time.sleep(seconds)
    start.kill()
    start.wait()


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_path_too_long_for_a_socket_is_one_line(place):
    done = run(sys.executable, "-m", "config.embedded_postgres", "start", EMBEDDED_PG_HOME=place / ("x" * 90))
    assert_one_line(done, "EMBEDDED_PG_HOME")


def test_a_closed_folder_is_one_line(place):
    closed = place / "closed"
    closed.mkdir(mode=0o700 if ROOT else 0o500)
    done = run(*as_user(ordinary_user()), *Server(closed).command("start"), EMBEDDED_PG_HOME=closed / "pg")
    assert_one_line(done, "closed to", "EMBEDDED_PG_HOME")


def test_a_folder_that_cannot_be_is_one_line(place):
    (place / "file").write_text("")
    done = run(*Server(place).command("start"), EMBEDDED_PG_HOME=place / "file" / "pg")
    assert_one_line(done, "PostgreSQL cannot run in")


def test_a_missing_library_is_named_with_its_package(server):
    (place := server.home.parent / "path").mkdir()
    (place / "ldd").write_text("#!/bin/sh\necho '  libgssapi_krb5.so.2 => not found'\n")
    (place / "ldd").chmod(0o755)
    done = run(*server.command("start"), **server.environment, PATH=place)
    assert_one_line(done, "libgssapi_krb5.so.2", "apt-get install libgssapi-krb5-2")


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


# ------------------------------------------------------------------ bin/


def copy_commands(place):
    shutil.copytree(PROJECT / "bin", place / "bin")
    (place / "config").mkdir()
    shutil.copy(PROJECT / "config" / "find_python.sh", place / "config")


def test_without_a_python_every_command_says_so_in_one_line(place):
    copy_commands(place)
    for command in sorted((place / "bin").iterdir()):
        assert_one_line(run("/bin/sh", command, cwd=place, PATH="/nowhere"), "Python 3.11")


def test_an_old_python_is_passed_over(place):
    copy_commands(place)
    pretend = "import sys; sys.version_info = (3, 10); exec(sys.argv[1])"
    (place / "python3").write_text(f"#!/bin/sh\nexec {sys.executable} -c '{pretend}' \"$2\"\n")
    (place / "python3").chmod(0o755)
    assert_one_line(run("/bin/sh", "bin/manage", cwd=place, PATH=place), "Python 3.11")


@pytest.mark.parametrize("command", ["config.serve", "config.run_tests"])
def test_a_database_that_does_not_answer_is_one_line_without_the_password(command):
    url = f"postgresql://ann:s3cr3t@127.0.0.1:{free_port()}/films"
    done = run(
        sys.executable, "-m", command, DATABASE_URL=url, PORT=free_port(), KINOPOST_CHROMIUM=shutil.which("true")
    )
    assert_one_line(done, "DATABASE_URL", "/films")
    assert "s3cr3t" not in done.stderr + done.stdout


@pytest.mark.parametrize("url", ["postgresql://ann:s3cr3t@host:port/x", "nonsense://ann:s3cr3t@host/x", "s3cr3t"])
def test_a_database_url_that_is_none_is_one_line_without_the_password(url):
    done = run(sys.executable, "-m", "config.serve", DATABASE_URL=url, PORT=free_port())
    assert_one_line(done, "DATABASE_URL")
    assert "s3cr3t" not in done.stderr + done.stdout


def test_a_port_in_use_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(sys.executable, "-m", "config.serve", PORT=taken.getsockname()[1])
    assert_one_line(done, "PORT=8001 bin/serve")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return unused.getsockname()[1]


def test_serve_prepares_everything_and_stops_cleanly(server, place):
    port, state = free_port(), place / "state"
    site = {**server.environment, "PORT": port, "KINOPOST_STATE": state, "KINOPOST_DEMO": "0"}
    first = welcome(port, site)
    assert "/admin/  staff@kinopost.example, password " in first and "code: bin/manage staff_code" in first
    for secret in ("staff-password", "staff-two-factor"):
        assert (state / secret).stat().st_mode & 0o777 == 0o600
    code = run(sys.executable, "manage.py", "staff_code", **site).stdout.strip()
    assert len(code) == 6 and code.isdigit()
    assert welcome(port, site) == first


def test_the_demo_is_not_open_to_anybody_behind_tls():
    done = run(sys.executable, "-m", "config.serve", KINOPOST_DEMO="1", KINOPOST_HTTPS="1", PORT=free_port())
    assert_one_line(done, "KINOPOST_DEMO=1")


def welcome(port, site):
    """What bin/serve says before it serves. It is then asked for a page and stopped as by Ctrl-C."""
    serve = launch(sys.executable, "-m", "config.serve", **site)
    try:
        said = "".join(serve.stdout.readline() for _ in range(4))
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).status == 200
    finally:
        serve.send_signal(signal.SIGINT)
        errors = serve.communicate(timeout=PATIENCE)[1]
    assert serve.returncode == 0, errors
    return said


def test_long_is_a_word_of_ours_and_the_rest_goes_to_pytest():
    assert run_tests._for_pytest(["--long", "-k", "queue"]) == ["-m", "", "-k", "queue"]


def test_a_chromium_that_does_not_run_is_one_line():
    done = run(sys.executable, "-m", "config.run_tests", KINOPOST_CHROMIUM="/nowhere/chromium")
    assert_one_line(done, "KINOPOST_CHROMIUM")


def test_a_failed_check_says_its_name_and_what_it_printed(capfd):
    assert not run_checks.passes("spelling", [sys.executable, "-c", "print('slip'); raise SystemExit(1)"], {})
    assert capfd.readouterr().out.split() == ["FAILED", "spelling", "slip"]


def test_nothing_is_installed_where_there_is_no_apt_get(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert debian.install("chromium") is False


# ------------------------------------------------------------------ the project's environment


def test_the_development_lock_holds_the_other():
    def pins(name):
        return set(re.findall(r"^[\w.-]+==[^\s;]+", (PROJECT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-dev.txt")


class Clone:
    """A project with our bootstrap and no dependencies."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "config").mkdir(parents=True)
        for name in ("__init__.py", "bootstrap.py", "debian.py", "turns.py"):
            shutil.copy(PROJECT / "config" / name, folder / "config")
        self.require("# nothing\n")

    def require(self, text):
        (self.folder / "requirements.txt").write_text(text)

    def command(self):
        return [base_python(), "config/bootstrap.py", "requirements.txt", "-c", "print('ran')"]

    def go(self, **environment):
        return run(*self.command(), cwd=self.folder, **environment)


def base_python():
    return sys._base_executable


@pytest.fixture
def clone(place):
    return Clone(place / "clone")


def test_the_environment_is_made_once_and_follows_the_requirements(clone):
    first, second = clone.go(), clone.go()
    assert "Making .venv" in first.stderr and first.stdout == "ran\n"
    assert second.stderr == "" and second.stdout == "ran\n"
    clone.require("# nothing yet\n")
    changed = clone.go().stderr
    assert "Installing" in changed and "Making" not in changed


@pytest.mark.long
def test_a_moved_clone_gets_a_new_environment(clone):
    clone.go()
    clone.folder = clone.folder.rename(clone.folder.with_name("moved"))
    assert "Making .venv" in clone.go().stderr


def test_a_failed_install_is_one_line_with_its_log_and_leaves_no_stamp(clone):
    clone.require(f"kinopost-is-not-a-package==1 --hash=sha256:{'0' * 64}\n")
    done = clone.go(PIP_NO_INDEX=1)
    assert done.returncode == 1 and done.stdout == ""
    assert "kinopost-is-not-a-package" in done.stderr.splitlines()[-1] and "install.log" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not (clone.folder / ".venv" / "made-of").exists()


@pytest.mark.long
def test_a_killed_install_is_made_again(clone):
    killed = launch(*clone.command(), cwd=clone.folder)
    wait_until(lambda: (clone.folder / ".venv" / "bin" / "python").exists())
    killed.kill()
    killed.wait()
    assert not (clone.folder / ".venv" / "made-of").exists()
    again = clone.go()
    assert "Making .venv" in again.stderr and again.stdout == "ran\n"


@pytest.mark.long
@pytest.mark.race
def test_two_first_runs_at_once_make_one_environment(clone):
    runs = [launch(*clone.command(), cwd=clone.folder) for _ in range(4)]
    outputs = [run.communicate(timeout=PATIENCE) for run in runs]
    assert [output for output, _ in outputs] == ["ran\n"] * 4
    assert sum("Making" in errors for _, errors in outputs) == 1
