"""What a title's page still lacks, and how much that matters: all of it stands in this table.

A score is 100 less the weights of what is missing. Triggers keep what is missing of each title in the transaction that
changes it (migration 0012, whose view says in SQL what each code means); the score is a column that the database makes
of the weights here. A title with no facts but its name has 0.
"""

from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Value, When

WORST = 100  # what a title loses that has nothing
BATCH = 5000


class Reason(NamedTuple):
    """Something that may be missing: its weight, what a cataloguer reads, and where on the form it is mended."""

    code: str
    weight: int
    words: str
    place: str


REASONS = [
    Reason("editions", 24, "No edition", "releases-group"),
    Reason("synopsis", 14, "No synopsis", "id_synopsis"),
    Reason("poster", 10, "No poster", "id_upload"),
    Reason("director", 10, "Directed by nobody", "credits-group"),
    Reason("language", 10, "No language", "title_languages-group"),
    Reason("cast", 8, "Cast of fewer than 3", "credits-group"),
    Reason("sound", 7, "Edition without sound tracks", "releases-group"),
    Reason("script", 6, "No name in its own script", "names-group"),
    Reason("country", 6, "No country", "title_countries-group"),
    Reason("genre", 6, "No genre", "title_genres-group"),
    Reason("year", 5, "No year", "id_year"),
    Reason("date", 5, "Edition without a date", "releases-group"),
    Reason("identifier", 4, "No identifier elsewhere", "identifiers-group"),
    Reason("runtime", 3, "No running time", "id_runtime_minutes"),
]
# These are missing only where there is something to be missing from: not of a title without editions or languages.
IMPLIED = {"sound", "date", "script"}
BY_CODE = {reason.code: reason for reason in REASONS}

LOCK = "SELECT FROM catalogue_pageversion WHERE title_id = ANY (%s) ORDER BY title_id FOR NO KEY UPDATE"
COMPLETE = "SELECT catalogue_complete(%s)"
# What is asked for is known from what the search ranks titles by, which is worked out every night.
ASKED_FOR = """
UPDATE catalogue_completeness c SET asked_for = d.rank FROM catalogue_searchdocument d
WHERE c.title_id = ANY (%s) AND d.kind = 1 AND d.owner = c.title_id AND c.asked_for <> d.rank
"""
KEYS = "SELECT id FROM catalogue_title WHERE id > %s ORDER BY id LIMIT %s"
WRONG = """
SELECT title_id, o.missing, c.missing FROM catalogue_completeness_of o
FULL JOIN catalogue_completeness c USING (title_id)
WHERE (o.missing, o.offers_checked_on) IS DISTINCT FROM (c.missing, c.offers_checked_on)
"""


def score_of_missing():
    """100 less the weight of each reason in the column `missing`, as the database works it out."""
    losses = (
        Case(When(missing__contains=[reason.code], then=Value(reason.weight)), default=Value(0)) for reason in REASONS
    )
    score = Value(WORST, output_field=IntegerField())
    for loss in losses:
        score -= loss
    return score


def urgency_of():
    """How much is gained by mending a title: what is missing, times how often it is asked for."""
    return F("asked_for") * (Value(WORST) - score_of_missing())


def rebuild(now=None):
    """Make all scores anew, and weigh them by what is asked for now. In batches, beside edits; how many titles.

    Each batch holds the page versions of its titles, as everybody does who changes one (migration 0004).
    """
    last, number = 0, 0
    while keys := _run(KEYS, [last, BATCH]):
        keys = [key for (key,) in keys]
        with transaction.atomic():
            _run(LOCK, [keys])
            _run(COMPLETE, [keys])
            _run(ASKED_FOR, [keys])
        last, number = keys[-1], number + len(keys)
    return number


def wrong():
    """Titles whose kept row is not what their rows say: none, or something is broken."""
    return _run(WRONG)


def _run(sql, values=None):
    """The rows of the statement, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
