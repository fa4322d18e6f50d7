"""Pages for visitors, kept by the version of what they show.

A kept page is found by the numbers of the transactions that last changed anything on it (`PageVersion`,
`SiteVersion`) and by this process's code. So a page that changed is never served, nothing needs to be purged, and
every worker may keep its own. A page read while a change commits is kept under the older number: newer than promised,
never older.
"""

import gzip
import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db.models import F, Subquery
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from catalogue.models import SiteVersion, Title

THEMES = ("light", "dark")
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")  # named, and not with quality 0, which refuses it


def version_of(slug):
    """(title id, version of its page) of the title at `slug`, or None. One query."""
    site = SiteVersion.objects.values("version")[:1]
    row = Title.objects.filter(slug=slug).values_list("pk", F("page_version__version"), Subquery(site)).first()
    return row and (row[0], f"{row[1]}-{row[2]}")


def is_visitor(request):
    """Nobody is signed in: the page is the same for everybody of that kind."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def theme_of(request):
    """The colours the reader asked us to remember: "light", "dark" or "" for the machine's own."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def kept(request, name, version, make):
    """The page `name` at `version` for a visitor: kept, or made by `make()` (a response) and kept. Answers 304 too."""
    # a page names its own address, so each of our host names has its own
    key = f"{request.scheme}://{request.get_host()}:{name}:{version}:{theme_of(request)}:{CODE}"
    packed = bool(GZIP.search(request.headers.get("Accept-Encoding", "")))
    etag = f'"{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()}{"-gz" if packed else ""}"'
    if _is_known(etag, request):
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


def _is_known(etag, request):
    """The browser has the page of that tag; a proxy may have marked it weak, or name several."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in [tag.removeprefix("W/") for tag in known]


def _with_headers(response, etag):
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # may be kept, must be asked for: a stale page is a bug
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def _code():
    """A digest of the code and templates that make pages, so that a new release keeps pages of its own."""
    digest = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR).glob("*/**/*")):
        if path.suffix in (".py", ".html", ".css") and not {"tests", "var"} & set(path.parts):
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


CODE = _code()
