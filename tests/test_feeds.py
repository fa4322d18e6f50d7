"""Atom feeds: well formed whatever names hold, stable, honest about when, and told once to who has them."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import feeds
from catalogue.models import Collection, Title
from tests import factories as make
from tests.pages import CRANES, get

ORIGIN = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<b>\x01 & \x1b]]>\ufffe \x0b“日本” 👻</b>"
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def feed(client, url, **headers):
    """The root of the feed at `url`: RFC 4287's required parts are there, once each."""
    response = client.get(url, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for part in (root, *entries(root)):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1 and part.findtext(ATOM + name), name
        assert part.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo
        assert link(part, "alternate").startswith(f"{ORIGIN}/")
    assert link(root, "self") == ORIGIN + url
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(root)]
    assert len(set(ids)) == len(ids)
    return root


def entries(root):
    return root.findall(f"{ATOM}entry")


def link(part, rel):
    (found,) = [link.get("href") for link in part.findall(f"{ATOM}link") if link.get("rel") == rel]
    return found


def names(root):
    return [entry.findtext(f"{ATOM}title") for entry in entries(root)]


def of_collection(collection):
    return reverse("catalogue:feed_of_collection", args=[collection.slug])


def of_person(person):
    return reverse("catalogue:feed_of_person", args=[person.slug])


def arrived(at, **fields):
    title = make.make_title(**fields)
    Title.objects.filter(pk=title.pk).update(added_at=at)
    make.make_copy(title=title, acquired_on=at.date())
    return title


# ------------------------------------------------------------------ what is in them
@pytest.mark.django_db
def test_new_to_rent_is_what_came_last_to_our_shelves(client):
    arrived(MAY, name="Older")
    arrived(JUNE, name="Newer", year=None)
    make.make_release(title=make.make_title(name="Never held"))
    root = feed(client, "/feeds/new/")
    assert names(root) == ["Newer", "Older (1957)"]
    assert [entry.findtext(f"{ATOM}published") for entry in entries(root)] == [JUNE.isoformat(), MAY.isoformat()]
    assert root.findtext(f"{ATOM}updated") == JUNE.isoformat()


@pytest.mark.django_db
def test_a_collections_feed_has_its_titles(client):
    collection = make.make_collection()
    for at, name in ((JUNE, "Newer"), (MAY, "Older")):
        make.make_title_collection(title=arrived(at, name=name), collection=collection)
    arrived(JUNE, name="Elsewhere")
    root = feed(client, of_collection(collection))
    assert names(root) == ["Newer (1957)", "Older (1957)"]
    assert link(root, "alternate") == ORIGIN + reverse("catalogue:collection", args=[collection.slug])


@pytest.mark.django_db
def test_a_persons_feed_has_each_title_once(client):
    person = make.make_person(has_page=True)
    title = arrived(MAY, name="Once")
    for role in ("director", "writer"):
        make.make_credit(title=title, person=person, role=role)
    assert names(feed(client, of_person(person))) == ["Once (1957)"]


@pytest.mark.django_db
def test_a_person_without_a_page_has_no_feed(client):
    assert client.get(of_person(make.make_credit().person)).status_code == 404
    assert client.get("/people/nobody/feed/").status_code == 404
    assert client.get("/collections/nothing/feed/").status_code == 404


@pytest.mark.django_db
def test_an_empty_feed_is_valid_and_says_that_nothing_changed(client):
    for url in ("/feeds/new/", of_collection(make.make_collection()), of_person(make.make_person(has_page=True))):
        root = feed(client, url)
        assert (entries(root), root.findtext(f"{ATOM}updated")) == ([], "1970-01-01T00:00:00+00:00")


@pytest.mark.django_db
def test_another_app_may_say_since_when_a_title_can_be_rented(client, monkeypatch):
    monkeypatch.setattr(feeds, "ARRIVALS", dict(feeds.ARRIVALS))
    held, other = make.make_title(name="Held"), make.make_title(name="Not held")
    make.make_popular_title(title=held)
    feeds.new_to_rent_by("page_version__changed_at")  # any date of a title's will do here
    other.page_version.__class__.objects.filter(title=other).update(changed_at=None)
    assert names(feed(client, "/feeds/new/")) == ["Held (1957)"]


# ------------------------------------------------------------------ whatever names hold
@pytest.mark.django_db
def test_names_of_any_signs_make_a_valid_feed_and_no_markup(client):
    collection, person = make.make_collection(), make.make_person(has_page=True)
    title = arrived(MAY, name=HOSTILE, lead=HOSTILE)
    make.make_title_collection(title=title, collection=collection)
    make.make_credit(title=title, person=person)
    Collection.objects.filter(pk=collection.pk).update(name=HOSTILE, text=HOSTILE)
    type(person).objects.filter(pk=person.pk).update(name=HOSTILE)
    for url in ("/feeds/new/", of_collection(collection), of_person(person)):
        (entry,) = entries(feed(client, url))
        assert entry.findtext(f"{ATOM}title") == "<b> & ]]> “日本” 👻</b> (1957)"
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert summary.text == "<p>1957</p><p>&lt;b&gt; &amp; ]]&gt; “日本” 👻&lt;/b&gt;</p>"


# ------------------------------------------------------------------ ids, instants, tags
@pytest.mark.django_db
def test_an_entry_stays_the_same_when_its_page_changes_and_moves(client):
    title = arrived(MAY, name="Before")
    (before,) = entries(feed(client, "/feeds/new/"))
    title.move_to("elsewhere")
    Title.objects.update(name="After")
    (after,) = entries(feed(client, "/feeds/new/"))
    assert link(after, "alternate") == f"{ORIGIN}/titles/elsewhere/"
    for name in ("id", "updated"):
        assert before.findtext(ATOM + name) == after.findtext(ATOM + name)


@pytest.mark.django_db
def test_who_has_a_feed_is_told_so_until_something_is_new(client):
    arrived(MAY)
    first = client.get("/feeds/new/")
    assert first["Last-Modified"] == "Fri, 01 May 2026 00:00:00 GMT"
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        known = client.get("/feeds/new/", headers=header)
        assert (known.status_code, known.content) == (304, b"")
    arrived(JUNE)
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get("/feeds/new/", headers=header).status_code == 200


@pytest.mark.django_db
def test_a_feed_has_the_last_50_and_as_many_queries_for_them_as_for_2(client):
    for number in range(2):
        make.make_title_country(title=arrived(MAY, name=f"Film {number}"))
    few = queries_of(client)
    for number in range(60):
        make.make_title_country(title=arrived(JUNE, name=f"Film {number}"))
    assert queries_of(client) == few == 2
    assert len(entries(feed(client, "/feeds/new/"))) == 50


def queries_of(client, url="/feeds/new/"):
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


# ------------------------------------------------------------------ found from the pages
@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        ("/", ["/feeds/new/"]),
        (CRANES, ["/feeds/new/", f"{CRANES}reviews/feed/"]),
        ("/collections/film-noir/", ["/feeds/new/", "/collections/film-noir/feed/"]),
        ("/people/mikhail-kalatozov/", ["/feeds/new/", "/people/mikhail-kalatozov/feed/"]),
    ],
)
def test_pages_name_their_feeds(demo, client, url, feeds):
    links = [link for link in get(client, url).iter("link") if link.get("type") == "application/atom+xml"]
    assert [link.get("href") for link in links] == feeds
    assert all(link.get("rel") == "alternate" and link.get("title") for link in links)
    for found in feeds:
        assert entries(feed(client, found))
