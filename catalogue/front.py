"""In front of Django: visitors' title pages that are kept are answered before Django makes a request of them.

Django's own way of a request costs three times what sending a kept page does. This looks up the page's version by the
same query and the same store as the view (`catalogue.pages`), and sends the bytes and the headers that Django sent for
them the first time. Anything out of the ordinary, an error too, goes on to Django.
"""

import json
import logging
import re
import sys
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import Error

from catalogue import pages

TITLE = re.compile(r"/titles/([a-z0-9-]+)/")
THEME = re.compile(r"(?:^|; ?)theme=(light|dark)(?:;|$)")
SESSION = re.compile(rf"(?:^|; ?){re.escape(settings.SESSION_COOKIE_NAME)}=")
NOT_OF_A_304 = ("content-type", "content-length", "content-encoding")


class Front:
    """WSGI middleware around `site`, Django's application."""

    def __init__(self, site):
        self.site = site
        self.log = logging.getLogger("kinopost.front")

    def __call__(self, environ, start_response):
        key = _key(environ)
        page = key and pages.store.get(key)
        if not page:
            return self.site(environ, start_response)
        packed = pages.accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if packed not in page.headers:
            return self.site(environ, _noting(page, packed, start_response))
        known = pages.is_known(pages.tag_of(key, packed), environ.get("HTTP_IF_NONE_MATCH", ""))
        return self._answer(environ, start_response, page, packed, known)

    def _answer(self, environ, start_response, page, packed, known):
        request_id = str(uuid.uuid4())
        headers = [*page.headers[packed][known], ("X-Request-ID", request_id)]
        start_response("304 Not Modified" if known else "200 OK", headers)
        self._note(environ, 304 if known else 200, request_id)
        return [] if known or environ["REQUEST_METHOD"] == "HEAD" else [page.body(packed)]

    def _note(self, environ, code, request_id):
        """The line that config.logs.RequestLog writes of a request, without its way there."""
        if self.log.isEnabledFor(logging.INFO):
            line = {"code": code, "request": f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"}
            line |= {"event": "request_finished", "request_id": request_id, "level": "info"}
            sys.stderr.write(json.dumps(line | {"timestamp": datetime.now(UTC).isoformat()}) + "\n")


def _key(environ):
    """Under what the page asked for is kept, if it is a visitor's title page; else None."""
    title = TITLE.fullmatch(environ.get("PATH_INFO", ""))
    cookies = environ.get("HTTP_COOKIE", "")
    if title is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or SESSION.search(cookies):
        return None
    try:
        version = pages.version_of(title[1])
    except Error:
        return None
    theme = THEME.search(cookies)
    return version and pages.key_of(version, theme[1] if theme else "", _origin(environ))


def _origin(environ):
    header, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    scheme = "https" if header and environ.get(header) == secure else environ["wsgi.url_scheme"]
    return f"{scheme}://{environ.get('HTTP_HOST', '')}"


def _noting(page, packed, start_response):
    """`start_response`, that notes the headers of Django's whole answer beside the page."""

    def start(status, headers, exc_info=None):
        if status.startswith("200"):
            own = [(name, value) for name, value in headers if name.lower() != "x-request-id"]
            bare = [(name, value) for name, value in own if name.lower() not in NOT_OF_A_304]
            page.headers[packed] = {False: own, True: bare}
        return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

    return start
