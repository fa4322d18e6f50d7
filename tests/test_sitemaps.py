"""The sitemaps list every page that search engines may list, and no other, and say honestly when it changed."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Credit, PageVersion, Person, Title
from catalogue.sitemaps import SHARD
from reviews.models import ScoreSummary
from tests import factories as make
from tests.pages import CRANES, get, tree

ORIGIN = "http://testserver"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = """
/ /titles/ /collections/ /genres/ /countries/ /awards/ /plans/ /how-we-choose/ /privacy/ /lists/
/charts/ /charts/apart/ /charts/best/ /charts/critics/ /charts/reviewers/ /critics/ /how-reviews-work/
""".split()
LONG_AGO = datetime(2001, 2, 3, tzinfo=UTC)


def rows(client, path, kind="url"):
    """{path: lastmod or None} of a sitemap; nothing is listed twice, and nothing of another site."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == {"url": f"{XML}urlset", "sitemap": f"{XML}sitemapindex"}[kind]
    assert {child.tag for child in root} <= {XML + kind}
    found = [(line.findtext(f"{XML}loc"), line.findtext(f"{XML}lastmod")) for line in root]
    assert len(dict(found)) == len(found)
    assert all(url.startswith(f"{ORIGIN}/") for url, _ in found)
    return {url.removeprefix(ORIGIN): changed for url, changed in found}


def index(client):
    return rows(client, "/sitemap.xml", "sitemap")


def listed(client):
    """{path: lastmod} of all that the sitemaps list."""
    found = {}
    for shard in index(client):
        pages = rows(client, shard)
        assert 0 < len(pages) <= SHARD
        assert not found.keys() & pages.keys()
        found |= pages
    return found


def is_indexed(page, url):
    """The page lets search engines list it, under the address it has."""
    robots = [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"]
    (canonical,) = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"] or [None]
    assert bool(robots) != bool(canonical), f"{url}: one or the other"
    return canonical == ORIGIN + url


# ------------------------------------------------------------------ all of them, and no other
def links(page, url):
    for link in page.iter("a"):
        if link.get("href") and urljoin(ORIGIN + url, link.get("href")).startswith(f"{ORIGIN}/"):
            path = urldefrag(urljoin(ORIGIN + url, link.get("href"))).url
            yield urlsplit(path)._replace(scheme="", netloc="").geturl()


def crawl(client, wanted):
    """{address: whether it may be listed} of the `wanted` pages and of all that links lead to from them."""
    seen, waiting = {}, ["/", *wanted]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        response = client.get(url)
        seen[url] = False
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = tree(response)
            seen[url] = is_indexed(page, url)
            # A query makes a page another view of one that is listed: tests below look at some of each kind.
            waiting += [link for link in dict.fromkeys(links(page, url)) if "?" not in link]
    return seen


def test_every_page_that_may_be_listed_is_and_no_other(demo, client):
    expected = set(listed(client))
    seen = crawl(client, expected)
    assert len(expected) > 400
    assert {url for url, indexed in seen.items() if indexed} == expected


@pytest.mark.parametrize(
    "url",
    [
        "/titles/?page=2",
        "/titles/?genre=drama",
        "/titles/?genre=drama&genre=war",
        "/search/",
        "/search/?q=cranes",
        "/sign-in/",
        "/sign-in/?next=/",
        "/sign-up/",
        "/reset/",
        f"{CRANES}reviews/?sort=newest",
        "/collections/classics/?page=2",
        "/titles/?%00=%ff&&=x",
    ],
)
def test_a_selection_a_form_or_a_further_part_is_not_to_be_listed(demo, client, url):
    assert not is_indexed(get(client, url), url)


def test_what_others_add_to_a_link_changes_nothing(demo, client):
    page = get(client, "/collections/?utm_source=a&utm_medium=b&fbclid=c")
    assert is_indexed(page, "/collections/")


def test_a_titles_page_is_the_same_whatever_is_asked(demo, client):
    assert is_indexed(get(client, f"{CRANES}?page=2&sort=x"), CRANES)
    assert is_indexed(get(client, CRANES), CRANES)


def test_pages_that_are_not_there_are_not_to_be_listed(demo, client):
    assert not is_indexed(get(client, "/nowhere/", status=404), "/nowhere/")


@pytest.mark.django_db
def test_reviews_that_the_titles_page_shows_whole_need_no_page_of_their_own(client):
    few, many = make.make_title(), make.make_title()
    for title, number in ((few, 3), (many, 4)):
        for _ in range(number):
            make.make_review(title=title)
        ScoreSummary.objects.rebuild([title.pk])
    urls = [reverse("reviews:of_title", args=[title.slug]) for title in (few, many)]
    assert [is_indexed(get(client, url), url) for url in urls] == [False, True]
    assert [url in listed(client) for url in urls] == [False, True]


@pytest.mark.django_db
def test_critics_that_the_titles_page_shows_whole_need_no_page_of_their_own(client):
    few, many = make.make_title(), make.make_title()
    for title, number in ((few, 6), (many, 7)):
        for _ in range(number):
            make.make_critic_review(title=title)
        ScoreSummary.objects.rebuild([title.pk])
    urls = [reverse("reviews:critics_of_title", args=[title.slug]) for title in (few, many)]
    assert [is_indexed(get(client, url), url) for url in urls] == [False, True]
    assert [url in listed(client) for url in urls] == [False, True]


@pytest.mark.django_db
def test_a_former_address_is_not_listed_and_the_new_one_is(client):
    title = make.make_title()
    was = title.get_absolute_url()
    title.move_to("elsewhere")
    assert was not in listed(client)
    assert "/titles/elsewhere/" in listed(client)


@pytest.mark.django_db
def test_people_without_a_page_are_not_listed(client):
    make.make_credit(person=make.make_person(name="Once"))
    paged = make.make_person(has_page=True)
    assert [url for url in listed(client) if url.startswith("/people/")] == [paged.get_absolute_url()]


@pytest.mark.django_db
def test_an_empty_site_lists_its_own_pages(client):
    assert sorted(listed(client)) == sorted(PAGES)
    assert client.get("/sitemaps/titles-0.xml").status_code == 404


@pytest.mark.parametrize("path", ["titles-7", "nothing-0", "titles", "titles--1", f"titles-{10**30}"])
def test_a_shard_that_is_not_there(demo, client, path):
    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


# ------------------------------------------------------------------ when
@pytest.mark.django_db
def test_a_change_of_what_the_page_shows_is_dated_and_nothing_else():
    title, other = make.make_title(), make.make_title()
    PageVersion.objects.update(changed_at=LONG_AGO, version=0)
    make.make_review(title=title)
    now = PageVersion.objects.get(title=title).changed_at
    assert timezone.now() - now < timedelta(minutes=5)
    assert PageVersion.objects.get(title=other).changed_at == LONG_AGO
    Title.objects.filter(pk=0).update(name="")
    assert PageVersion.objects.get(title=other).changed_at == LONG_AGO


@pytest.mark.django_db
def test_lastmod_is_the_last_change_and_left_out_where_unknown(client):
    known, unknown = make.make_title(), make.make_title()
    PageVersion.objects.filter(title=known).update(changed_at=LONG_AGO)
    PageVersion.objects.filter(title=unknown).update(changed_at=None)
    number = known.pk // SHARD
    pages = rows(client, f"/sitemaps/titles-{number}.xml")
    assert pages[known.get_absolute_url()] == "2001-02-03T00:00:00+00:00"
    assert pages[unknown.get_absolute_url()] is None
    assert index(client)[f"/sitemaps/titles-{number}.xml"] == "2001-02-03T00:00:00+00:00"


@pytest.mark.django_db
def test_who_has_a_sitemap_is_told_so(client):
    make.make_title()
    for path in ("/sitemap.xml", "/sitemaps/pages-0.xml"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304


# ------------------------------------------------------------------ many
def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.long
@pytest.mark.django_db
def test_25000_titles_are_listed_once_each_in_shards_of_10000(client):
    Title.objects.bulk_create((Title(slug=f"film-{n}", name=f"Film {n}") for n in range(25_000)), batch_size=5000)
    shards = [shard for shard in index(client) if "titles" in shard]
    assert len(shards) in (3, 4)  # keys begin where tests before this one ended
    pages = listed(client)
    assert sum(url.startswith("/titles/film-") for url in pages) == 25_000
    assert all(changed for url, changed in pages.items() if url.startswith("/titles/film-"))
    assert [queries(client, shard) for shard in shards] == [1] * len(shards)


@pytest.mark.django_db
def test_people_of_many_shards_are_found_by_a_look_at_each(client):
    for number in (5, 40, 41, 900):
        person = make.make_person(pk=number * SHARD, has_page=True)
        Credit.objects.filter(person=person).delete()
    found = [shard for shard in index(client) if "people" in shard]
    assert found == [f"/sitemaps/people-{number}.xml" for number in (5, 40, 41, 900)]
    before = queries(client, "/sitemap.xml")
    Person.objects.filter(pk__in=[40 * SHARD, 900 * SHARD]).delete()
    assert queries(client, "/sitemap.xml") == before - 2


# ------------------------------------------------------------------ robots.txt
def test_robots_txt_names_the_sitemap_and_closes_no_page_that_is_listed(demo, client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert [url for url in listed(client) if any(matches(rule, url) for rule in closed)] == []
    assert any(matches(rule, "/titles/?genre=war&format=dvd") for rule in closed)
    assert not any(matches(rule, "/titles/?genre=war") for rule in closed)  # open, so that its noindex is read
    assert not any(matches(rule, "/search/?q=cranes") for rule in closed)


def matches(rule, url):
    """Whether a rule of robots.txt (RFC 9309) speaks of an address."""
    first, *rest = rule.split("*")
    if not url.startswith(first):
        return False
    place = len(first)
    for part in rest:
        place = url.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
