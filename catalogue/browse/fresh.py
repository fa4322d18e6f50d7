"""The index of this process, as true as the database at each request.

Every change of what a title shows writes the number of its transaction into the title's page version (migration 0004);
what pages do not show, like the end of a title, writes it into a table of its own (0006). So before each answer one
query asks for the numbers since the last look: since the oldest transaction that was still running then, because a
transaction that began before a look may commit after it. What has been read at that number is not read again.
"""

import threading
from dataclasses import dataclass, field

from django.db import connection

from catalogue.browse import words
from catalogue.browse.index import Index

MANY = 8  # if more than an eighth of the titles have changed, reading all is quicker

LOOK = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0),
       (SELECT version FROM catalogue_siteversion),
       array_agg(title_id), array_agg(version)
FROM (SELECT title_id, max(version) AS version FROM (
  SELECT title_id, version FROM catalogue_pageversion WHERE version >= %(since)s
  UNION ALL SELECT title_id, version FROM catalogue_browseversion WHERE version >= %(since)s) either
  GROUP BY title_id) changed
"""


@dataclass
class Look:
    """What one look found: `since` is where the next begins, `read` the versions {title key: number} from there on."""

    since: int
    own: int
    site: int
    changed: dict = field(default_factory=dict)


class Holder:
    """The index and the last look. One thread at a time looks and reads; the others wait for what it finds."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self):
        self.index = self.last = None

    def current(self):
        """(the index as of now, the version of what all pages share; None if this transaction has changed that)."""
        with self.lock:
            if self.index is None:
                self._load()
            look = _look(self.last.since)
            if ids := [key for key, version in look.changed.items() if self._is_news(key, version, look.own)]:
                self._read(ids)
            self.last = look
            return self.index, look.site if look.site != look.own else None

    def _is_news(self, key, version, own):
        # Our own transaction may have gone on changing the title under the same number (only in tests).
        return version == own or self.last.changed.get(key) != version

    def _load(self):
        self.last = _look(None)
        self.index = Index.load()

    def _read(self, ids):
        many = len(ids) * MANY > len(self.index) and len(ids) > 1000
        self.index = Index.load() if many else self.index.patched(ids)


def _look(since):
    """A Look at what has changed since the transaction `since`; None: nothing before now."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"since": since if since is not None else 1 << 62})
        *found, ids, versions = cursor.fetchone()
    return Look(*found, dict(zip(ids or [], versions or [], strict=True)))


holder = Holder()
current = holder.current


def forget():
    """Forget everything: for tests, where databases come and go and number their transactions alike."""
    holder.forget()
    words.forget()
