"""What every answer carries, and where every link leads."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client

from catalogue.models import Title
from tests.factories import make_member, make_staff
from tests.pages import CRANES, tree

ORIGIN = "http://testserver"
MOST_PAGES = 400
KINDS = "titles|people|collections|genres|countries|companies|awards"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def picture_of(title):
    from catalogue.cards import cover

    return cover(title)["src"]


def answers(client):
    """(what, response) of each kind of answer."""
    title = Title.objects.for_cards().get(slug="the-cranes-are-flying-1957")
    title.move_to("the-cranes")
    tag = client.get("/titles/the-cranes/")["ETag"]
    member = Client()
    member.force_login(make_member())
    staff = Client()
    staff.force_login(make_staff(is_superuser=True))
    yield "200", client.get("/titles/the-cranes/")
    yield "200 of a member", member.get("/titles/the-cranes/")
    yield "304", client.get("/titles/the-cranes/", headers={"if-none-match": tag})
    yield "301", client.get(CRANES)
    yield "302", client.get("/titles/the-cranes/rate/")
    yield "404", client.get("/nowhere/")
    yield "405", client.post("/")
    yield "403", Client(enforce_csrf_checks=True).post("/sign-in/")
    yield "400", client.get("/", headers={"host": "elsewhere.example"})
    yield "admin", staff.get("/admin/")
    yield "picture", client.get(picture_of(title))


def test_every_answer_carries_our_policies(demo, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seen = {}
    for what, response in answers(client):
        seen[what] = response.status_code
        policy = dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
        assert policy == POLICY, what
        # a host that is not ours is refused before that middleware; the policy's frame-ancestors says it too
        expected = {name: value for name, value in HEADERS.items() if (what, name) != ("400", "X-Frame-Options")}
        assert {name: response[name] for name in expected} == expected, what
        assert "geolocation=()" in response["Permissions-Policy"], what
    assert [seen[str(code)] for code in (200, 304, 301, 302, 404, 405, 403, 400)] == [
        200, 304, 301, 302, 404, 405, 403, 400,
    ]  # fmt: skip
    assert (seen["admin"], seen["picture"]) == (200, 200)


# ------------------------------------------------------------------ every link
def resources(page):
    """Addresses that a browser loads by itself, or sends a form to."""
    for element in page.iter():
        for name in ("src", "data", "poster", "action", "formaction", "background"):
            if element.get(name):
                yield element.get(name)
        if element.tag in ("link", "use", "image") and element.get("href"):
            yield element.get("href")
        yield from (part.split()[0] for part in element.get("srcset", "").split(",") if part.strip())
        assert "style" not in element.attrib, "our policy blocks style attributes"
        assert not re.search(r"url\(", " ".join(element.attrib.values()))


def is_ours(url):
    return urljoin(ORIGIN, url).startswith(f"{ORIGIN}/")


def count_rows():
    """{table: (rows, highest xmin)} of all tables: any write changes it."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f'SELECT count(*), max(xmin::text::bigint) FROM "{table}"')
            counts[table] = cursor.fetchone()
    return counts


def crawl(client):
    """Follow links from the front page and a full title page. Returns {address: status} and what each page loads."""
    waiting, seen, loaded = ["/", CRANES], {}, {}
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        if url in seen:
            continue
        response = client.get(url)
        seen[url] = response.status_code
        if response.status_code in (301, 302):
            waiting.append(response["Location"])
        elif response["Content-Type"].startswith("text/html"):
            page = tree(response)
            loaded[url] = list(resources(page))
            links = [urldefrag(urljoin(ORIGIN + url, a.get("href"))).url for a in page.iter("a") if a.get("href")]
            fresh = [urlsplit(link)._replace(scheme="", netloc="").geturl() for link in links if is_ours(link)]
            waiting += sorted(set(fresh) - set(seen), key=lambda link: (_family(link) in map(_family, seen), link))
    return seen, loaded


def _family(url):
    """Pages of one kind: those of kinds not seen yet are read first."""
    path = urlsplit(url)
    kinds = re.sub(r"awards/[^/]+/[^/]+", "awards/x/x", path.path)
    return (re.sub(rf"({KINDS})/[^/]+", r"\1/x", kinds), bool(path.query))


@pytest.mark.django_db
def test_a_write_shows_in_the_counts():
    before = count_rows()
    member = make_member()
    added = count_rows()
    member.save()
    assert before != added != count_rows() or added != before


def test_links_lead_somewhere_load_nothing_from_elsewhere_and_write_nothing(demo, client):
    before = count_rows()
    seen, loaded = crawl(client)
    assert len(seen) == MOST_PAGES
    assert {url: status for url, status in seen.items() if status not in (200, 301, 302)} == {}
    foreign = {url: [r for r in found if not is_ours(r) and not r.startswith("#")] for url, found in loaded.items()}
    assert {url: found for url, found in foreign.items() if found} == {}
    assert {_family(url)[0] for url in seen} >= {
        "/", "/titles/", "/titles/x/", "/titles/x/reviews/", "/titles/x/critics/", "/people/x/", "/collections/",
        "/collections/x/", "/genres/x/", "/countries/x/", "/companies/x/", "/awards/", "/awards/x/", "/awards/x/x/",
        "/plans/", "/sign-in/",
    }  # fmt: skip
    assert count_rows() == before
