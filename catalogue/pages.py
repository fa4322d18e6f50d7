"""Pages for visitors, kept by the version of what they show (docs/decisions/0001-pages-kept-by-version.md).

A kept page is found by the numbers of the transactions that last changed anything on it (`PageVersion`,
`SiteVersion`) and by this process's code. So a page that changed is never served, nothing needs to be purged, and
every worker may keep its own. A page read while a change commits is kept under the older number: newer than promised,
never older.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

THEMES = ("light", "dark")
SOURCES = ("catalogue", "members", "rentals", "reviews", "static", "templates")
SHARED_KEPT = 4
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")  # named, and not with quality 0, which refuses it

VERSION = """
SELECT t.id, v.version, (SELECT version FROM catalogue_siteversion)
FROM catalogue_title t JOIN catalogue_pageversion v ON v.title_id = t.id WHERE t.slug = %s{announced}
"""
OF_EVERY, OF_ANNOUNCED = VERSION.format(announced=""), VERSION.format(announced=" AND t.hidden_until IS NULL")


class Version(NamedTuple):
    """What a title's page shows: the title, and the last changes of its own page and of what all pages share."""

    title_id: int
    page: int
    site: int


def version_of(slug, every=False):
    """The Version of the title at `slug`, or None; without `every` it is one that is announced.

    One query, in SQL, because it is all that a kept page costs.
    """
    with connection.cursor() as cursor:
        cursor.execute(OF_EVERY if every else OF_ANNOUNCED, [slug])
        row = cursor.fetchone()
    return row and Version(*row)


class Store:
    """The last `most` things put in, by key. Threads share it: each step is one of the dict's own."""

    def __init__(self, most):
        self.most, self.kept = most, OrderedDict()

    def get(self, key):
        return self.kept.get(key)

    def put(self, key, value):
        self.kept[key] = value
        while len(self.kept) > self.most:
            self.kept.popitem(last=False)

    def clear(self):
        self.kept.clear()


store = Store(settings.KEPT_PAGES)
shared_store = Store(SHARED_KEPT)


class Kept:
    """A page's bytes, plain and packed, and the headers Django sent with each the first time."""

    def __init__(self, response):
        self.plain, self.headers = response.content, {}
        self.of_today = getattr(response, "of_today", False)

    @cached_property
    def packed(self):
        return gzip.compress(self.plain, 6, mtime=0)

    def body(self, packed):
        return self.packed if packed else self.plain


def forget():
    """Forget all kept pages: for tests, where databases come and go and number their versions alike."""
    store.clear()
    shared_store.clear()


def key_of(version, theme, origin):
    """Under what a title's page is kept. A page names its own address, so each of our host names has its own."""
    return version, theme, origin


def is_visitor(request):
    """Nobody is signed in: the page is the same for everybody of that kind."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def theme_of(request):
    """The colours the reader asked us to remember: "light", "dark" or "" for the machine's own."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def kept(request, version, make):
    """The title page at `version` for a visitor: kept, or made by `make()` (a response) and kept. Answers 304 too."""
    key = key_of(version, theme_of(request), f"{request.scheme}://{request.get_host()}")
    packed = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    tag = tag_of(key, packed)
    if is_known(tag, request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), tag)
    page = _once(store, key, lambda: Kept(make()), lasts=lambda page: not page.of_today)
    response = HttpResponse(page.body(packed))
    if packed:
        response["Content-Encoding"] = "gzip"
    return _with_headers(response, None if page.of_today else tag)


def of_today(response):
    """Mark a page that another day changes by itself: it is not kept, and has no tag."""
    response.of_today = True
    return response


def public(version, origin, make):
    """What a title's page at `origin` says to everybody, made once for each version: members' pages are made from it.

    A title that is not out yet comes out without a new version: its page is made each time.
    """
    return _once(store, ("public", version, origin), make, lasts=lambda page: page.get("out", True))


def shared(version, make):
    """What all title pages share, `make()` once for each version of it."""
    return _once(shared_store, version.site, make)


def _once(where, key, make, lasts=lambda value: True):
    value = where.get(key)
    if value is None:
        value = make()
        if lasts(value):
            where.put(key, value)
    return value


def is_known(tag, known):
    """The browser has the page of that tag; a proxy may have marked it weak, or name several."""
    return tag == known or tag in [each.removeprefix("W/") for each in parse_etags(known)]


def accepts_gzip(encodings):
    return bool(GZIP.search(encodings))


def tag_of(key, packed):
    """The ETag of the page kept under `key`, plain or packed."""
    digest = hashlib.md5(repr((key, CODE)).encode(), usedforsecurity=False).hexdigest()
    return f'"{digest}-gz"' if packed else f'"{digest}"'


def _with_headers(response, tag):
    if tag:
        response["ETag"] = tag
    response["Cache-Control"] = "no-cache"  # may be kept, must be asked for: a stale page is a bug
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def _code():
    """A digest of the code and templates that make pages, so that a new release has tags of its own."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in SOURCES for path in Path(settings.BASE_DIR, folder).rglob("*")):
        if path.suffix in (".py", ".html", ".css", ".js"):
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


CODE = _code()
