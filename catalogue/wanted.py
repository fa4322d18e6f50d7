"""Searches that found nothing, or a film that cannot be rented here, counted without who searched.

The page of a search that ends so tells us by a form that its script sends when the page is shown (static/js/wanted.js):
so a search itself writes nothing and takes no longer, and what reads pages without showing them is not counted. Each
visitor counts once a day for the same words, and for no more than MOST_A_DAY words; searches are kept for KEEP.
"""

import re
from datetime import timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from catalogue.models import CountedVisit, Title, WantedDay
from catalogue.names import fold
from catalogue.search import find

KEEP = timedelta(days=90)
MOST_A_DAY = 30  # words of one visitor
NEW_A_DAY = 5000  # rows, whoever asks
LONGEST, MOST_WORDS = 60, 8
PRIVATE = re.compile(r"@|://|www\.|\d[\d\s().+-]{5,}\d", re.IGNORECASE)  # an address, a telephone or card number
ROBOT = re.compile(r"bot|crawl|spider|slurp|headless|curl|wget|python|preview|monitor", re.IGNORECASE)

SEEN = """
INSERT INTO catalogue_countedvisit AS seen (digest, day, times) VALUES (%s, %s, 1)
ON CONFLICT (digest) DO UPDATE SET times = least(seen.times + 1, 30000) RETURNING times
"""
SEARCH = """
INSERT INTO catalogue_wantedsearch AS s (folded, typed, title_id, visitors, last_on) VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (folded) DO UPDATE SET visitors = s.visitors + 1, typed = excluded.typed, title_id = excluded.title_id,
  last_on = greatest(s.last_on, excluded.last_on)
RETURNING id
"""
DAY = """
INSERT INTO catalogue_wantedday AS d (search_id, day, visitors) VALUES (%s, %s, 1)
ON CONFLICT (search_id, day) DO UPDATE SET visitors = d.visitors + 1
"""
OLD_DAYS = "DELETE FROM catalogue_wantedday WHERE day < %s"
LEFT = """
UPDATE catalogue_wantedsearch s SET visitors = d.visitors FROM (
  SELECT search_id, sum(visitors) AS visitors FROM catalogue_wantedday GROUP BY 1) d
WHERE d.search_id = s.id AND s.visitors <> d.visitors
"""
EMPTY = """
DELETE FROM catalogue_wantedsearch s WHERE NOT EXISTS (SELECT FROM catalogue_wantedday d WHERE d.search_id = s.id)
"""


def note(typed, visitor, *, now):
    """Count a search for `typed` that ended in vain; False if it is not counted. `visitor`: what tells visitors apart.

    It is searched once more: what a page says of itself proves nothing.
    """
    words = " ".join(typed.split())
    if not fits(words) or not _is_new(visitor, fold(words), now.date()):
        return False
    found = find(words)
    title = _cannot_be_rented(found)
    if found.is_cut or (found.hits and title is None):
        return False
    _count(words, title, now.date())
    return True


def fits(words):
    """Whether words may be kept: none that could be somebody's address or number, and not what nobody calls a film."""
    short = 2 <= len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    return short and not PRIVATE.search(words) and any(sign.isalpha() for sign in words)


def is_robot(agent):
    return not agent or bool(ROBOT.search(agent))


def _is_new(visitor, folded, day):
    """Whether this visitor did not count for these words today, nor for too many others."""
    return _times(visitor, folded, day) == 1 and _times(visitor, "", day) <= MOST_A_DAY


def _times(visitor, words, day):
    """How often this came up today, this time included. What is kept can neither be read nor joined."""
    digest = salted_hmac("catalogue.wanted", f"{day}\n{visitor}\n{words}", algorithm="sha256").digest()[:16]
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [digest, day])
        return cursor.fetchone()[0]


def _cannot_be_rented(found):
    """The title that was found first, if it is one of which we have no copy."""
    first = found.hits[0] if found.hits else None
    if first is None or first.kind != "title":
        return None
    return Title.objects.filter(pk=first.key, stock__copies=0).first()


@transaction.atomic
def _count(words, title, day):
    if WantedDay.objects.filter(day=day)[:NEW_A_DAY].count() == NEW_A_DAY:
        return
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, [fold(words)[:100], words, title and title.pk, day])
        cursor.execute(DAY, [*cursor.fetchone(), day])


@transaction.atomic
def forget(*, now):
    """Delete what is older than KEEP, and the digests of days that are over."""
    CountedVisit.objects.filter(day__lt=now.date()).delete()
    with connection.cursor() as cursor:
        cursor.execute(OLD_DAYS, [now.date() - KEEP])
        cursor.execute(LEFT)
        cursor.execute(EMPTY)
