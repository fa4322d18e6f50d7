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


def import_critics(path, *, today, rights=staging.RIGHTS, told=lambda note: None, progress=lambda rows: None):
    """Take over the file in one transaction, when no other import is at work. Returns the Report of what it did.

    Good rows go in; of each bad one `told` hears a Note. `rights` are those of who imports. Raises BrokenFile, and
    changes nothing, if the file as a whole cannot be taken.
    """
    with transaction.atomic():
        wait_for_turn()
        _stage(path, today, rights, progress)
        try:
            staging.write(today)
        except IntegrityError as error:  # somebody added the same meanwhile
            raise BrokenFile(path, "", f"the database refused it ({reason(error)}); import it again.") from error
        return _report(path, told)


def look_at(path, *, today, rights=staging.RIGHTS, told=lambda note: None, progress=lambda rows: None, then=None):
    """The Report of what an import would do; nothing is done. `then()` is asked while the rows can be looked at."""
    with transaction.atomic():
        _stage(path, today, rights, progress)
        report = _report(path, told)
        return (report, then()) if then else report


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
