"""What readers write is letters wherever it is printed: nothing of tests/xss.txt runs, fetches, or reads otherwise.

A sink is a kind of page that prints readers' text. It gives addresses, each with the texts that must be read there. To
add one, write a function and a line in SINKS.
"""

import csv
import io
import re
from collections import namedtuple
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from catalogue.feeds import UNWRITABLE
from catalogue.title_page import REVIEWS_SHOWN
from members import texts
from reviews.models import Review
from reviews.models.said import MOST_LETTERS
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
World = namedtuple("World", "titles reviews writer reader staff draft named author critics")


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
    staff, named = make.make_staff(is_superuser=True), [make.make_title(name=payload) for payload in PAYLOADS]
    for title in named:
        make.make_rating(title=title, member=draft.author)
    author = _turned_down(named, writer, staff)
    _charted(named, _members(len(PAYLOADS)))
    return World(titles, reviews, writer, draft.author, staff, draft, named, author, _critics(full))


def _turned_down(titles, writer, staff):
    """An author of reviews that moderators turned down, on titles of such names, one more each than was withdrawn."""
    author = make.make_member(shown_as=PAYLOADS[1][:NAME])
    make.make_reader_choices(member=author, has_page=True, shows_ratings=True, shares_taste=True)
    make.make_reader_choices(member=writer, has_page=True, shows_ratings=True, shares_taste=True)
    for title, note, headline in zip(titles, NOTES, cycle(HEADLINES), strict=False):
        review = make.make_review(author=author, title=title, headline=headline)
        make.make_withdrawn(author=author, title=title, reason=note)
        step = make.make_step(review=review, verb="reject", reason=note, by=staff)
        held = make.make_step(review=review, rule="links")
        make.make_report(review=review, note=note, reporter=writer)
        Review.objects.filter(pk=review.pk).update(withheld_by=step if review.pk % 2 else held)
    for title in titles[:9]:
        make.make_rating(title=title, member=author)
        make.make_rating(title=title, member=writer)
    for number, note in enumerate(NOTES):
        member = make.make_member(shown_as=PAYLOADS[number][:NAME])
        make.make_ban(member=member, step=make.make_step(member=member, verb="ban", reason=note, by=staff))
        make.make_vote_hold(voter=make.make_member(shown_as=PAYLOADS[-number][:NAME]))
    return author


def _charted(titles, members):
    counted = {"ratings": 5, "stars": 40, "prior": 10, "every": {"ratings": 5, "stars": 40}}
    for position, (title, member) in enumerate(zip(titles, members, strict=True), 1):
        make.make_chart_place(title=title, position=position, figures=counted)
        figures = {"part": 5, "whole": 5, "reviews": 1}
        make.make_chart_place(chart="reviewers", member=member, position=position, figures=figures)


def _critics(title):
    """Critics and publications of such names, and what they said of one title; all of one critic, of one paper."""
    critic, paper = make.make_critic(name=PAYLOADS[0]), make.make_publication(name=PAYLOADS[1])
    made = []
    for number, (payload, other) in enumerate(zip(PAYLOADS, reversed(PAYLOADS), strict=True)):
        who = {
            "critic": critic if number % 3 == 1 else make.make_critic(name=payload),
            "publication": paper if number % 3 == 2 else make.make_publication(name=other),
        }
        said = {"quote": other, "score": payload[:20], "url": "https://example.org/"}
        made.append(make.make_critic_review(title=title, **who, **said))
        make.make_critic_review(title=make.make_title(name=other), critic=critic, publication=paper, quote=payload)
    return made


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker):
    """The address of a server with an empty database of its own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def world(site):
    with transaction.atomic():
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
    rows = Review.objects.for_page().filter(title=title).select_related("author")
    rows = rows.order_by("-written_on", "-pk")
    for number, some in enumerate(batched(rows, 20), 1):
        address = reverse("reviews:of_title", args=[title.slug])
        yield f"{address}?sort=newest&page={number}", [text for review in some for text in said_in(review)]


def permalinks(world):
    for review in world.reviews[: len(HEADLINES)]:
        yield reverse("reviews:review", args=[review.pk]), [*said_in(review), *review.reply.body.split("\n\n")]


def reviewers(world):
    reviews = Review.objects.filter(author=world.writer).order_by("-written_on", "-pk")[:20]
    yield reverse("reviews:reviewer", args=[world.writer.handle]), [review.headline for review in reviews]


def report_forms(world):
    for review in world.reviews[: len(HEADLINES) : 3]:
        yield reverse("reviews:report", args=[review.pk]), [review.headline, review.author.shown_as]


def critics(world):
    """All critics of one title; all names; all that one wrote, and all in one publication."""
    title, first = world.critics[0].title, world.critics
    said = [[review.quote, review.critic.name, review.publication.name] for review in first]
    yield from paged(reverse("reviews:critics_of_title", args=[title.slug]), said, 20)
    names = sorted({review.critic.name for review in first} | {review.publication.name for review in first})
    yield reverse("reviews:critics"), names
    for writer in (first[1].critic, first[2].publication):
        yield from paged(writer.get_absolute_url(), [[]] * writer.reviews.count(), 20)


def paged(address, said, number):
    """The pages of a list; what stands on which of them is not asked, so all of it must stand on one of them."""
    yield from ((f"{address}?page={page}", []) for page in range(1, len(said) // number + 2))


def charts(world):
    names = [title.name for title in world.named]
    yield reverse("reviews:charts"), names[:5]
    yield reverse("reviews:chart", args=["best"]), names
    yield reverse("reviews:chart", args=["reviewers"]), NAMES


def scores(world):
    for title in world.named[::12]:
        yield reverse("reviews:scores", args=[title.slug]), [title.name]


def queue(world):
    """All that waits, with reports, reasons and what was withdrawn before; and some of it by itself."""
    address = reverse("admin:reviews_moderationstep_queue")
    held = [[]] * (world.author.reviews.count() + len(world.reviews) + len(NOTES))
    yield from paged(address, held, 20)
    for review in world.author.reviews.all()[: len(NOTES)]:
        notes = [report.note for report in review.reports.all()] + [step.reason for step in review.moderation.all()]
        said = [review.headline, world.author.shown_as, review.title.name, *notes]
        yield reverse("admin:reviews_moderationstep_review", args=[review.pk]), said
    yield from ((reverse(f"admin:reviews_{model}_changelist"), []) for model in ("moderationstep", "ban", "votehold"))


def turned_down(world):
    """What the author reads of it: on their own page, beside the review, in its form, where they would delete it."""
    rows = world.author.reviews.order_by("-written_on", "-pk")
    for number, some in enumerate(batched(rows, 20), 1):
        said = [text for review in some for text in (review.headline, review.title.name, review.withheld_by.reason)]
        yield f"{reverse('reviews:choices')}?page={number}", said
    for review in rows[:: len(rows) // 9]:
        said = [review.headline, review.title.name]
        yield reverse("reviews:review", args=[review.pk]), [*said, review.withheld_by.reason]
        yield from ((reverse(f"reviews:{page}", args=[review.title.slug]), said) for page in ("write", "delete"))


def own_ratings(world):
    names = [title.name for title in reversed(world.named)]
    for number, some in enumerate(batched(names, 20), 1):
        yield f"{reverse('reviews:ratings')}?page={number}", some
    for title in world.named[::60]:
        yield f"{reverse('reviews:ratings')}?of={title.pk}&was=3", [title.name]


def votes(world):
    for review in world.reviews[: len(HEADLINES) : 4]:
        yield reverse("reviews:vote", args=[review.pk]), said_in(review)


def taste(world):
    names = [title.name for title in world.named[:9]]
    yield reverse("reviews:taste", args=[world.writer.handle]), [world.writer.shown_as, *names]
    yield f"{reverse('reviews:reviewer', args=[world.writer.handle])}?show=ratings", names


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
    "critics": (critics, None),
    "charts": (charts, None),
    "scores": (scores, None),
    "vote": (votes, "reader"),
    "own ratings": (own_ratings, "reader"),
    "turned down": (turned_down, "author"),
    "taste": (taste, "author"),
    "moderation": (queue, "staff"),
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
    for address, expected in addresses(world):
        answer = page.goto(address)
        assert answer.status == 200, address
        read = folded(page.evaluate(READ))
        assert [text for text in expected if folded(text).strip() not in read] == [], address
        assert watched.complaints == [], address


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


def sheet(names):
    """A file of ratings: of films of such names, each also with no stars, with ten, and as a kind of it."""
    rows = [[stars, name, f"{name[:40]}"] for name in names for stars in ("7", name[:30])]
    out = io.StringIO()
    csv.writer(out).writerows([["Const", "Your Rating", "Date Rated", "Title", "Title Type"]])
    csv.writer(out).writerows([["tt0000000", stars, name, name, "movie"] for stars, name, _ in rows])
    return {"name": "ratings.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("utf-8", "replace")}


@pytest.mark.browser
def test_the_names_of_a_file_are_letters_on_the_page_that_says_what_was_found(world, watched):
    page = watched(world.reader)
    names = [name for name in PAYLOADS if "\0" not in name]
    page.goto(reverse("reviews:import_ratings"))
    page.locator("main input[type=file]").set_input_files(sheet(names))
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    read = folded(page.evaluate(READ))
    assert [name for name in names if folded(name).strip() not in read] == []
    assert "Left out" in read and watched.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for name in PAYLOADS[:3]])
def test_the_name_and_the_headings_of_a_file_are_letters_where_it_is_refused(name, world, watched):
    page = watched(world.reader)
    headings = ",".join('"' + payload.replace('"', '""')[:40] + '"' for payload in PAYLOADS[:12])
    page.goto(reverse("reviews:import_ratings"))
    file = {"name": f"{name.replace('/', '')}.csv", "mimeType": "text/csv", "buffer": f"{headings}\n1\n".encode()}
    page.locator("main input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    assert "We do not know these columns" in page.evaluate(READ) and watched.complaints == []


@pytest.mark.browser
def test_a_reason_that_was_refused_is_letters_in_its_form(world, watched):
    page = watched(world.staff)
    review = world.author.reviews.first()
    for some in BODIES:
        page.goto(reverse("admin:reviews_moderationstep_review", args=[review.pk]))
        typed = "\n\n".join(some) + "x" * 2001
        page.locator("textarea[name=reason]").first.fill(typed.replace("\0", ""))
        with page.expect_navigation():
            page.locator("button[name=act][value=reject]").click()
        read = folded(page.evaluate(READ))
        assert [text for text in some if folded(text).strip() not in read] == []
        assert watched.complaints == []


TYPE = """([headline, body]) => {
  document.getElementById("id_headline").value = headline
  document.getElementById("id_body").value = body
}"""


def cleaned(text):
    try:
        return texts.clean(text, lines=True, most=MOST_LETTERS)
    except ValidationError:
        return ""


# ------------------------------------------------------------------ what is not a page
MAILS = ("review-held", "review-shown", "review-rejected", "review-change", "banned", "ban-lifted")

REASONED = ("review-held", "review-rejected", "review-change", "banned")


@pytest.mark.browser
def test_mails_are_letters_too(world, watched, tmp_path):
    page = watched()
    for number, (kind, text) in enumerate(zip(cycle(MAILS), NOTES, strict=False)):
        step, title = make.make_step(review=world.reviews[0], reason=text), world.named[number]
        context = {"title": title, "step": step, "member": world.writer, "because": text, "contact": "us@example.org"}
        html = render_to_string(f"mail/{kind}.html", context | {"site": "https://kinopost.example"})
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8", errors="replace")
        page.goto(file.as_uri())
        read = folded(page.evaluate(READ))
        shown = [title.name] * kind.startswith("review") + [text] * (kind in REASONED)
        assert [text for text in shown if folded(text).strip() not in read] == [], kind
        assert watched.complaints == [], kind


def _feeds(world):
    """(address, reviews): of a title, of reviewers, of titles of such names with a review each."""
    yield reverse("reviews:feed_of_title", args=[world.draft.title.slug]), world.draft.title.reviews
    yield reverse("reviews:feed_of_reviewer", args=[world.writer.handle]), world.writer.reviews
    for title in world.named:
        author = make.make_member(shown_as=title.name[:NAME])
        make.make_reader_choices(member=author, has_page=True)
        make.make_review(title=title, author=author, headline=title.name, body=title.name)
        yield reverse("reviews:feed_of_title", args=[title.slug]), author.reviews
        yield reverse("reviews:feed_of_reviewer", args=[author.handle]), author.reviews


@pytest.mark.browser
def test_feeds_are_well_formed_whatever_is_written(world):
    for address, reviews in _feeds(world):
        root = ElementTree.fromstring(Client().get(address).content)
        assert not [element for element in root.iter() if element.tag.endswith(("script", "img", "svg"))], address
        said = folded("".join(root.itertext()))
        for review in reviews.order_by("-written_on", "-pk")[:10]:
            for text in (review.headline, review.title.name, review.author.shown_as):
                assert folded(UNWRITABLE.sub("", text)).strip() in said, address


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
        assert (review.headline, review.body) == tuple(
            texts.clean(payload, lines=lines, most=MOST_LETTERS) for lines in (False, True)
        )
        assert {*review.body} >= {*payload} - texts_dropped()


def texts_dropped():
    """What is left out without a word: it cannot be seen."""
    return {*" \n\t\u200b\u200c\u200d\u2060\u00ad\ufeff\u2028\u2029", *map(chr, range(0xE0000, 0xE0080))}


def test_there_are_enough_of_them():
    assert len({*PAYLOADS}) == len(PAYLOADS) >= 120
    assert max(map(len, PAYLOADS)) <= HEADLINE
