"""What bin/serve does: see that everything is in place, make what is missing, hand over to gunicorn.

HOST, PORT         where to listen; default 127.0.0.1 and 8000
WEB_CONCURRENCY    worker processes; default 2
KINOPOST_DEMO      0: no demo catalogue, and nobody signs in as a made-up member with one click
KINOPOST_WORKER    0: no worker for jobs beside the web (docs/jobs.md)
"""

import contextlib
import hashlib
import io
import os
import secrets
import sys

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from config import keeper, preflight, turns

HOST, PORT = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
TURN_SECONDS = 1800
STAFF, MEMBER = "staff@kinopost.example", "member@kinopost.example"
CODE = "bin/manage staff_code"
SHOWPIECE = "/titles/the-cranes-are-flying-1957/"


def main():
    preflight.require_free(HOST, PORT)
    preflight.require_mail()
    preflight.require_database()
    _open_the_demo()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with _turn():
        _prepare()
    os.environ["KINOPOST_WELCOME"] = _welcome()
    connections.close_all()
    _serve()


def _open_the_demo():
    """Made-up members are open to whoever comes (settings.DEMO), but not on a site behind TLS: that is in earnest."""
    if os.environ.get("KINOPOST_HTTPS") != "1":
        os.environ.setdefault("KINOPOST_DEMO", "1")
    elif os.environ.get("KINOPOST_DEMO") == "1":
        sys.exit("KINOPOST_DEMO=1 lets anybody in as a made-up member: not with KINOPOST_HTTPS=1. Set it to 0.")


@contextlib.contextmanager
def _turn():
    """One bin/serve prepares at a time: two would load the demo twice."""
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.STATE_DIR / "serve.lock", "w") as lock:
        if not turns.take(lock, TURN_SECONDS):
            sys.exit("Another bin/serve has been preparing for half an hour: end it and try again.")
        yield


def _prepare():
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _collect_static()
    _make_staff()
    _load_demo()


def _say(line):
    print(line, file=sys.stderr, flush=True)


# ------------------------------------------------------------------ static files


def _collect_static():
    """Copy, hash and compress the static files if one has changed since."""
    stamp = settings.STATE_DIR / "static-sources"
    sources = _fingerprint()
    if (settings.STATIC_ROOT / "staticfiles.json").exists() and _kept(stamp) == sources:
        return
    _say("Preparing the static files …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def _fingerprint():
    """Changes when a static file does (by size and time), or how they are stored."""
    found = sorted(_static_files())
    return hashlib.sha256(repr((found, settings.STORAGES["staticfiles"])).encode()).hexdigest()


def _static_files():
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            yield path, status.st_size, status.st_mtime_ns


# ------------------------------------------------------------------ demo and staff


def _load_demo():
    """Import the demo catalogue into an empty one, with a member to try it as and a shop that is busy."""
    if os.environ.get("KINOPOST_DEMO") == "0" or apps.get_model("catalogue", "Title").objects.exists():
        return
    _say("Loading the demo catalogue …")
    call_command("import_titles", str(settings.BASE_DIR / "fixtures" / "demo.jsonl"), stdout=io.StringIO())
    _members().create_user(email=MEMBER, password=_password(MEMBER), shown_as="Ruth")
    call_command("make_demo_activity", member=[MEMBER], stdout=io.StringIO())
    call_command("make_demo_reading", member=MEMBER, stdout=io.StringIO())
    call_command("rebuild_suggestions", stdout=io.StringIO())


def _make_staff():
    """Make one member of staff if there is none, and set up the second step that staff need."""
    if not _members().filter(is_superuser=True).exists():
        _members().create_superuser(email=STAFF, password=_password(STAFF))
    if _sign_in_with(STAFF):
        _set_up_two_factor(_members().get(email=STAFF))


def _set_up_two_factor(member):
    """For the account that is still as we made it: its secret is kept for `bin/manage staff_code`."""
    from members import two_factor

    if not two_factor.is_on(member):
        secret = two_factor.new_secret()
        _keep(settings.STATE_DIR / two_factor.STAFF_SECRET, secret)
        two_factor.set_up(member, secret)


def _members():
    return apps.get_model("members", "Member").objects


def _password_file(email):
    """Where the password we made for an account is kept, beside the secret key: staff-password, member-password."""
    return settings.STATE_DIR / f"{email.split('@')[0]}-password"


def _kept(path):
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    return ""


def _password(email):
    """The password kept for an account, or a new one."""
    return _kept(_password_file(email)) or _new_password(_password_file(email))


def _new_password(path):
    password = secrets.token_urlsafe(12)
    _keep(path, password)
    return password


def _keep(path, secret):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret + "\n")


def _sign_in_with(email):
    """How to sign in; None once the password that was made is no longer the right one."""
    member, kept = _members().filter(email=email).first(), _kept(_password_file(email))
    return f"{email}, password {kept}" if member and kept and member.check_password(kept) else None


# ------------------------------------------------------------------ hand over


def _welcome():
    site = f"http://{f'[{HOST}]' if ':' in HOST else HOST}:{PORT}"
    database = "" if os.environ.get("DATABASE_URL") else "; the database too: bin/database stop"
    member, staff = _sign_in_with(MEMBER), _sign_in_with(STAFF)
    lines = [
        f"Kinopost    {site}/",
        f"A film      {site}{SHOWPIECE}",
        *([f"Member      {site}/sign-in/  {member}"] if member else []),
        f"Staff       {site}/admin/  {f'{staff}, code: {CODE}' if staff else 'with the account you made'}",
        f"Stop        Ctrl-C{database}",
    ]
    return "\n".join(lines)


def _serve():
    """Become gunicorn, with a worker for jobs beside it."""
    keeper.begin()
    options = ["--config", str(settings.BASE_DIR / "config" / "gunicorn.py")]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options])


if __name__ == "__main__":
    try:
        main()
    except PermissionError as problem:
        sys.exit(f"{problem.filename} is closed to this user: set KINOPOST_STATE to a folder of your own.")
    except KeyboardInterrupt:
        sys.exit(130)
