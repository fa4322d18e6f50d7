"""What only the site itself can tell: a member's session, and how many queries a page takes.

Run with the settings of which it is asked; prints JSON.

    python -m bench.inside PATH…
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def main(paths):
    visitor, member = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    member.force_login(get_user_model().objects.order_by("pk").first())
    cookie = f"{settings.SESSION_COOKIE_NAME}={member.cookies[settings.SESSION_COOKIE_NAME].value}"
    queries = {path: {"visitor": _queries(visitor, path), "member": _queries(member, path)} for path in paths}
    print(json.dumps({"cookie": cookie, "queries": queries}))


def _queries(client, path):
    """Number of queries of the second request for `path`: the first may fill what a process keeps."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


main(sys.argv[1:])
