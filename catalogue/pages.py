"""Pages for visitors, kept by the version of what they show.

A kept page is found by the numbers of the transactions that last changed anything on it (`PageVersion`,
`SiteVersion`) and by this process's code. So a page that changed is never served, nothing needs to be purged, and
every worker may keep its own. A page read while a change commits is kept under the older number: newer than promised,
never older.
"""

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db.models import F, Subquery
from django.http import HttpResponse, HttpResponseNotModified

from catalogue.models import SiteVersion, Title

THEMES = ("light", "dark")
SOURCES = ("catalogue", "members", "rentals", "reviews", "static", "templates")


class Version(NamedTuple):
    """What a title's page shows: the title, and the last changes of its own page and of what all pages share."""

    title_id: int
    page: int
    site: int


def version_of(slug):
    """The Version of the title at `slug`, or None. One query."""
    site = SiteVersion.objects.values("version")[:1]
    row = Title.objects.filter(slug=slug).values_list("pk", F("page_version__version"), Subquery(site)).first()
    return row and Version(*row)


def is_visitor(request):
    """Nobody is signed in: the page is the same for everybody of that kind."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def theme_of(request):
    """The colours the reader asked us to remember: "light", "dark" or "" for the machine's own."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def kept(request, version, make):
    """The title page at `version` for a visitor: kept, or made by `make()` (a response) and kept. Answers 304 too."""
    origin = f"{request.scheme}://{request.get_host()}"  # the page names its own address
    key = f"title:{'-'.join(map(str, version))}:{theme_of(request)}:{origin}:{CODE}"
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()}{"-gz" if packed else ""}"'
    if request.headers.get("If-None-Match") == etag:
        return _with_headers(HttpResponseNotModified(), etag)
    bodies = caches["pages"].get(key)
    if bodies is None:
        plain = make().content
        bodies = {False: plain, True: gzip.compress(plain, 6, mtime=0)}
        caches["pages"].set(key, bodies, timeout=None)
    response = HttpResponse(bodies[packed])
    if packed:
        response["Content-Encoding"] = "gzip"
    return _with_headers(response, etag)


def shared(version, make):
    """What all title pages share, `make()` once for each version of it."""
    return caches["pages"].get_or_set(f"shared:{version.site}:{CODE}", make, timeout=None)


def _with_headers(response, etag):
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # may be kept, must be asked for: a stale page is a bug
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def _code():
    """A digest of the code and templates that make pages, so that a new release keeps pages of its own."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in SOURCES for path in Path(settings.BASE_DIR, folder).rglob("*")):
        if path.suffix in (".py", ".html", ".css"):
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


CODE = _code()
