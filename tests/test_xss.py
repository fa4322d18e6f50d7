"""What readers write is letters wherever it is printed: nothing of tests/xss.txt runs, fetches, or reads otherwise.

A sink is a kind of page that prints readers' text. It gives addresses, each with the texts that must be read there. To
add one, write a function and a line in SINKS; while its address does not exist yet, it is left out.
"""

import re
from collections import namedtuple
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.live_server_helper import LiveServer

from catalogue.feeds import UNWRITABLE
from catalogue.title_page import REVIEWS_SHOWN
from members import texts
from reviews.models import Review
from tests import factories as make
from tests.databases import connected_to, copy_of
from tests.pages import structured_data, tree

LINES = Path(__file__).with_name("xss.txt").read_text(encoding="utf-8").splitlines()
PAYLOADS = [
    re.sub("⟨([0-9A-F]+)⟩", lambda found: chr(int(found[1], 16)), line) for line in LINES if not line.startswith("#")
]
HEADLINE, NAME, NOTE = 120, 40, 500  # letters that columns hold
A_BODY = 30  # payloads in one body
WATCH = """
  window.canary = () => console.error("canary ran")
  addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI, sample}) =>
    console.error(`CSP ${violatedDirective} ${blockedURI} ${sample}`))
"""
# All that is folded away is opened, and every element is touched as a hand would; then what can be read and is typed.
READ = """() => {
  for (const details of document.querySelectorAll("main details")) details.open = true
  for (const element of document.querySelectorAll("body *"))
    for (const event of ["mouseover", "pointerenter", "focus", "toggle"]) element.dispatchEvent(new Event(event))
  const boxes = [...document.querySelectorAll("input, textarea, option")].map((box) => box.value)
  return [document.body.innerText, ...boxes].join("\\n")
}"""


def batched(rows, number):
    rows = list(rows)
    return [rows[start : start + number] for start in range(0, len(rows), number)]


def packed(most):
    """The payloads, as many in one text of `most` letters as there is room for."""
    texts_, room = [], 0
    for payload in PAYLOADS:
        fits = texts_ and len(payload) < room
        texts_[len(texts_) - 1 :] = [f"{texts_[-1]} {payload}"] if fits else [*texts_[-1:], payload]
        room = most - len(texts_[-1])
    return texts_


HEADLINES, BODIES = packed(HEADLINE), batched(PAYLOADS, A_BODY)
NAMES, NOTES = [payload[:NAME] for payload in PAYLOADS], packed(NOTE)


def folded(text):
    """Without the differences that HTML does not keep."""
    return re.sub("[ \n\t\r\f]+", " ", text.replace("\0", ""))


# ------------------------------------------------------------------ what is written
World = namedtuple("World", "titles reviews writer reader staff draft")


def _title():
    return make.make_title(year=1957)


def _members(number):
    return [make.make_member(shown_as=name) for name in NAMES[:number]]


def _made():
    """Rows with the payloads as they stand, also those that our forms refuse: what is old may hold anything."""
    bodies, authors = cycle("\n\n".join(some) for some in BODIES), _members(REVIEWS_SHOWN)
    titles, reviews = [], []
    for headlines in batched(HEADLINES, REVIEWS_SHOWN):
        titles.append(_title())
        for author, headline in zip(authors, headlines, strict=False):
            said = {"title": titles[-1], "headline": headline, "body": next(bodies)}
            reviews.append(make.make_review(author=author, **said))
    full = _title()
    for author, payload in zip(_members(len(PAYLOADS)), PAYLOADS, strict=True):
        reviews.append(make.make_review(title=full, author=author, headline=payload[:HEADLINE], body=payload))
    writer = make.make_member(shown_as=PAYLOADS[0][:NAME])
    for title, headline in zip(cycle(titles), HEADLINES[: len(titles)], strict=False):
        make.make_review(title=title, author=writer, headline=headline, body="\n\n".join(PAYLOADS[:3]))
    for review, note in zip(reviews, cycle(NOTES), strict=False):
        make.make_reply(review=review, body=note)
        make.make_report(review=review, note=note, reporter=writer)
    draft = make.make_draft(author=make.make_member(), title=full, headline="x")
    return World(titles, reviews, writer, draft.author, make.make_staff(is_superuser=True), draft)


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker):
    """The address of a server with an empty database of its own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def world(site):
    return _made()


# ------------------------------------------------------------------ where it is printed
def said_in(review):
    return [review.headline, review.author.shown_as, *review.body.split("\n\n")]


def title_pages(world):
    for title in world.titles:
        shown = Review.objects.for_page().filter(title=title).select_related("author")[:REVIEWS_SHOWN]
        yield title.get_absolute_url(), [text for review in shown for text in said_in(review)]


def reviews_pages(world):
    title = world.draft.title
    rows = Review.objects.for_page(order="newest").filter(title=title).select_related("author")
    for number, some in enumerate(batched(rows, 20), 1):
        address = reverse("reviews:of_title", args=[title.slug])
        yield f"{address}?sort=newest&page={number}", [text for review in some for text in said_in(review)]


def permalinks(world):
    for review in world.reviews[: len(HEADLINES)]:
        yield reverse("reviews:review", args=[review.pk]), said_in(review)


def reviewers(world):
    reviews = Review.objects.filter(author=world.writer).order_by("-written_on", "-pk")[:20]
    yield reverse("reviews:reviewer", args=[world.writer.handle]), [review.headline for review in reviews]


def report_forms(world):
    for review in world.reviews[: len(HEADLINES) : 3]:
        yield reverse("reviews:report", args=[review.pk]), [review.headline, review.author.shown_as]


def drafts(world):
    """The form with a draft: all payloads in each of its boxes."""
    address = reverse("reviews:write", args=[world.draft.title.slug])
    for headline, body in zip(HEADLINES, cycle(BODIES), strict=False):
        type(world.draft).objects.update(headline=headline, body="\n".join(body))
        yield address, [headline, *body]
    type(world.draft).objects.update(headline=HEADLINES[0], body="\n\n".join(BODIES[0]))
    yield f"{reverse('reviews:delete', args=[world.draft.title.slug])}?draft", [HEADLINES[0], *BODIES[0]]


def admin_lists(world):
    """Fifty rows to a page."""
    for model, texts_ in {"review": [r.headline for r in world.reviews], "report": NOTES, "staffreply": []}.items():
        address = reverse(f"admin:reviews_{model}_changelist")
        pages = range(1, len(world.reviews) // 50 + 1)
        yield from ((f"{address}?p={page}&o=", []) for page in pages)
        yield f"{address}?q=canary", [] if model != "review" else [texts_[0]]


def admin_forms(world):
    for review in world.reviews[: len(HEADLINES) : 10]:
        yield reverse("admin:reviews_review_change", args=[review.pk]), [review.headline]


# name: (addresses, who opens them)
SINKS = {
    "title page": (title_pages, None),
    "reviews page": (reviews_pages, None),
    "reviews page of a member": (reviews_pages, "reader"),
    "permalink": (permalinks, None),
    "reviewer page": (reviewers, None),
    "report": (report_forms, "reader"),
    "draft": (drafts, "reader"),
    "admin lists": (admin_lists, "staff"),
    "admin forms": (admin_forms, "staff"),
}


@pytest.fixture
def watched(site, chromium):
    """watched(member) is a page whose `complaints` are all that a payload could do."""
    contexts, complaints = [], []

    def open_(member=None):
        context = chromium.new_context(base_url=site, viewport={"width": 1440, "height": 900})
        contexts.append(context)
        if member:
            client = Client()
            client.force_login(member)
            context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        page = context.new_page()
        page.add_init_script(WATCH)
        page.on("console", lambda said: _is_ours(said.text) and complaints.append(said.text))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda asked: _is_fetched(asked.url, site) and complaints.append(f"request {asked.url}"))
        return page

    open_.complaints = complaints
    yield open_
    for context in contexts:
        context.close()


def _is_ours(said):
    return "canary" in said or "CSP" in said or "Content Security Policy" in said


def _is_fetched(address, site):
    return not address.startswith(site) and not address.startswith("file:") or "canary" in urlsplit(address).path


@pytest.mark.browser
@pytest.mark.parametrize("name", SINKS)
def test_no_text_is_more_than_letters(name, world, watched):
    addresses, who = SINKS[name]
    page = watched(who and getattr(world, who))
    try:
        for address, expected in addresses(world):
            answer = page.goto(address)
            assert answer.status == 200, address
            read = folded(page.evaluate(READ))
            assert [text for text in expected if folded(text).strip() not in read] == [], address
            assert watched.complaints == [], address
    except NoReverseMatch as missing:
        pytest.skip(f"Not there yet: {missing}")


@pytest.mark.browser
def test_what_was_typed_stands_in_the_form_with_its_mistakes_and_in_the_preview(world, watched):
    page = watched(world.reader)
    address = reverse("reviews:write", args=[world.titles[0].slug])
    for headline, body in zip([*HEADLINES[::6], *["x" * 200] * len(BODIES)], cycle(BODIES), strict=False):
        page.goto(address)
        page.evaluate(TYPE, [headline, "\n\n".join(body)])
        with page.expect_navigation():
            page.locator("button[name=preview]").click()
        read = folded(page.evaluate(READ))
        if page.locator(".preview").count():
            headline, *body = (cleaned(text) for text in (headline, *body))
        assert [text for text in (headline, *body) if folded(text).strip() not in read] == []
        assert watched.complaints == []


TYPE = """([headline, body]) => {
  document.getElementById("id_headline").value = headline
  document.getElementById("id_body").value = body
}"""


def cleaned(text):
    try:
        return texts.clean(text, lines=True)
    except ValidationError:
        return ""


# ------------------------------------------------------------------ what is not a page
MAILS = ("review-held", "review-shown", "review-rejected", "review-change")


@pytest.mark.browser
def test_mails_are_letters_too(world, watched, tmp_path):
    page = watched()
    for number, (kind, text) in enumerate(zip(cycle(MAILS), NOTES, strict=False)):
        step = make.make_step(review=world.reviews[0], reason=text)
        context = {"review": world.reviews[0], "title": world.titles[0], "step": step, "member": world.writer}
        try:
            html = render_to_string(f"mail/{kind}.html", context | {"site": "https://kinopost.example"})
        except TemplateDoesNotExist:
            continue
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8", errors="replace")
        page.goto(file.as_uri())
        page.evaluate(READ)
        assert watched.complaints == [], kind


FEEDS = {"of_title": lambda world: world.draft.title.slug, "of_reviewer": lambda world: world.writer.handle}


@pytest.mark.browser
@pytest.mark.parametrize("name", FEEDS)
def test_feeds_are_well_formed_whatever_is_written(name, world):
    try:
        address = reverse(f"reviews:feed_{name}", args=[FEEDS[name](world)])
    except NoReverseMatch as missing:
        pytest.skip(f"Not there yet: {missing}")
    root = ElementTree.fromstring(Client().get(address).content)
    assert not [element for element in root.iter() if element.tag.endswith(("script", "img", "svg"))]
    said = folded("".join(root.itertext()))
    newest = Review.objects.filter(title=world.draft.title) if name == "of_title" else world.writer.reviews
    for review in newest.order_by("-written_on", "-pk")[:10]:
        assert folded(UNWRITABLE.sub("", review.headline)).strip() in said


# ------------------------------------------------------------------ without a browser, each by itself
@pytest.mark.django_db
def test_structured_data_says_what_was_typed(client):
    for payload in PAYLOADS:
        title = _title()
        make.make_review(title=title, headline=payload[:HEADLINE], body=payload)
        page = tree(client.get(title.get_absolute_url()))
        (review,) = structured_data(page)["review"]
        assert (review["name"], review["reviewBody"]) == (payload[:HEADLINE], payload)


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_posted_as_typed_or_refused_with_a_reason(payload, sign_in):
    title, member = _title(), make.make_member()
    client = sign_in(member)
    response = client.post(reverse("reviews:write", args=[title.slug]), {"headline": payload, "body": payload})
    review = Review.objects.filter(author=member).first()
    if review is None:
        assert response.context["form"].errors and "faults" in response.content.decode()
    else:
        assert (review.headline, review.body) == tuple(texts.clean(payload, lines=lines) for lines in (False, True))
        assert {*review.body} >= {*payload} - texts_dropped()


def texts_dropped():
    """What is left out without a word: it cannot be seen."""
    return {*" \n\t\u200b\u200c\u200d\u2060\u00ad\ufeff\u2028\u2029", *map(chr, range(0xE0000, 0xE0080))}


def test_there_are_enough_of_them():
    assert len({*PAYLOADS}) == len(PAYLOADS) >= 120
    assert max(map(len, PAYLOADS)) <= HEADLINE
