"""Import of critics' reviews from a CSV file: looked at or taken over, whole or not at all, bad rows listed."""

from itertools import islice

from django.db import IntegrityError, transaction

from catalogue.importers.problems import reason
from catalogue.importers.run import Note, Report, wait_for_turn
from catalogue.readers.rows import BrokenFile
from reviews.criticfile import staging
from reviews.criticfile.matching import Matcher
from reviews.criticfile.reading import read

BATCH = 1000
SHOWN = 50  # rows of a kind in a preview


def _nobody(told):
    """Nobody listens."""


class NotAsSeen(Exception):
    """What would be done is no longer what a look at the file showed."""


def import_critics(path, *, today, rights=staging.RIGHTS, seen=None, told=_nobody, progress=_nobody):
    """Take over the file in one transaction, when no other import is at work. Returns the Report of what it did.

    Good rows go in; of each bad one `told` hears a Note. `rights` are those of who imports. Raises BrokenFile, and
    changes nothing, if the file as a whole cannot be taken; NotAsSeen if `seen` is the digest of another outcome.
    """
    with transaction.atomic():
        wait_for_turn()
        _stage(path, today, rights, progress)
        if seen not in (None, staging.digest()):
            raise NotAsSeen
        try:
            staging.write(today)
        except IntegrityError as error:  # somebody added the same meanwhile
            raise BrokenFile(path, "", f"the database refused it ({reason(error)}); import it again.") from error
        return _report(path, told)


def look_at(path, *, today, rights=staging.RIGHTS, told=_nobody, progress=_nobody):
    """The Report of what an import would do; nothing is done."""
    with transaction.atomic():
        _stage(path, today, rights, progress)
        return _report(path, told)


def preview(path, *, today, rights):
    """The same, and what the staff's page prints of it: {"report", "seen", "groups", "rejected", "new"}."""
    with transaction.atomic():
        _stage(path, today, rights, _nobody)
        return {
            "report": _report(path, _nobody),
            "seen": staging.digest(),
            "groups": [(outcome, staging.sample(outcome, SHOWN)) for outcome in ("created", "updated")],
            "rejected": list(islice(staging.rejected(), SHOWN)),
            "new": {what: staging.new(what) for what in staging.NEW},
        }


def _stage(path, today, rights, progress):
    staging.start()
    matcher, rows = Matcher(), read(path, today)
    while batch := list(islice(rows, BATCH)):
        staging.put(_staged(batch, matcher))
        progress(len(batch))
    staging.judge(rights)


def _staged(batch, matcher):
    """The batch as tuples in the order of staging.FIELDS."""
    bad = [(row.number, row.problem) for row in batch if row.said is None]
    good = [row for row in batch if row.said is not None]
    titles, critics, places = (
        matcher.titles(good),
        matcher.writers(good, "critic"),
        matcher.writers(good, "publication"),
    )
    found = [_found(*each) for each in zip(good, titles, critics, places, strict=True)]
    blank = [None] * (len(staging.FIELDS) - 2)
    return [*found, *((*row, *blank) for row in bad)]


def _found(row, title, critic, publication):
    said, problem = row.said, title[1] or critic[1] or publication[1]
    return (
        row.number,
        problem,
        title[0],
        critic[0],
        said["critic"],
        said.get("top_critic"),
        publication[0],
        said["publication"],
        said.get("publication_url"),
        said["fresh"],
        *(said.get(name) for name in ("score", "quote", "published_on", "added_on", "url")),
    )


def _report(path, told):
    for row, why in staging.rejected():
        told(Note(str(path), row, "rejected", why))
    return Report(**staging.counts())
