"""Import of files into the catalogue: each file whole or not at all, rows in batches, bad rows listed."""

from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from catalogue.importers import others, sections, titles
from catalogue.importers.drafts import Draft
from catalogue.importers.problems import REFUSALS, reason
from catalogue.importers.words import Words
from catalogue.models import Title
from catalogue.readers.formats import FORMATS, detect

BATCH = 1000
OUTCOMES = ("created", "updated", "unchanged")


@dataclass(frozen=True)
class Note:
    """Something to tell about one row: why it was rejected, or that it was kept apart from titles like it."""

    file: str
    row: int
    what: str  # "rejected" or "kept apart"
    reason: str


@dataclass
class Report:
    """What an import did. `created`, `updated` and `unchanged` count titles and every other record alike."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: list = field(default_factory=list)

    def add(self, outcome, number=1):
        setattr(self, outcome, getattr(self, outcome) + number)


def import_file(path, report, *, format=None, dry_run=False, progress=lambda rows: None):
    """Bring one file into the catalogue, in one transaction.

    Good rows go in, bad ones are noted in `report`. Raises BrokenFile, and changes nothing, if the file as a whole
    cannot be read; a process killed at any moment changes nothing either. With `dry_run` all is done and undone.
    """
    format = format or detect(path)
    with transaction.atomic():
        _FileImport(path, format, report).run(FORMATS[format](path), progress)
        transaction.set_rollback(dry_run)


class _FileImport:
    """One file's way into the catalogue."""

    def __init__(self, path, format, report):
        self.path, self.format, self.report = path, format, report
        self.words = Words()
        self.kinds = others.KINDS | sections.kinds()

    def run(self, rows, progress):
        _start_list_of_keys()
        rows = iter(rows)
        while batch := list(islice(rows, BATCH)):
            self._take(batch)
            progress(len(batch))

    def _take(self, batch):
        drafts = []
        for row in batch:
            if row.problem:
                self._reject(row.number, row.problem)
            elif row.record and row.record["record"] != "title":
                self._one(row.number, self._write_other, row.record)
            elif row.record:
                drafts.append(Draft(self.format, row.number, row.record))
        self._write(self._without_repeats(drafts))

    def _without_repeats(self, drafts):
        """Drafts whose key this file has not used; one that repeats an identifier goes on by its name and year."""
        first = _add_keys([draft.key for draft in drafts])
        repeats = [draft for draft in drafts if not _take_out(first, draft.key)]
        for draft in repeats:
            draft.drop_identifiers()
        second = _add_keys([draft.key for draft in repeats])
        twice = {draft for draft in repeats if not _take_out(second, draft.key)}
        for draft in twice:
            self._reject(draft.row, f"An earlier row of this file says what {draft.key} is already.")
        return [draft for draft in drafts if draft not in twice]

    def _write(self, drafts):
        """All drafts at once; if the database refuses that, one by one, so that only the bad ones stay out."""
        if not drafts:
            return
        try:
            with transaction.atomic():
                titles.write_titles(drafts, self.words)
        except REFUSALS:
            drafts = [draft for draft in drafts if self._one(draft.row, self._write_one, draft)]
        for outcome, number in zip(OUTCOMES, titles.count(drafts), strict=True):
            self.report.add(outcome, number)
        self._note_rivals(drafts)

    def _write_one(self, draft):
        draft.title_id, draft.changed, draft.is_new = None, True, False
        titles.write_titles([draft], self.words)

    def _write_other(self, record):
        write, _ = self.kinds[record["record"]]
        self.report.add(write(record))

    def _one(self, row, write, record):
        """Whether `write(record)` was accepted; if not, why is noted and nothing of it stays."""
        try:
            with transaction.atomic():
                write(record)
        except REFUSALS as refusal:
            self._reject(row, reason(refusal))
            return False
        return True

    def _reject(self, row, why):
        self.report.add("rejected")
        self.report.notes.append(Note(str(self.path), row, "rejected", why))

    def _note_rivals(self, drafts):
        apart = {draft.title_id: draft for draft in drafts if draft.rivals}
        for pk, slug in Title.objects.filter(pk__in=apart).values_list("pk", "slug") if apart else ():
            draft = apart[pk]
            why = f"{draft.record['name']} is now {slug}, because it could be any of: {', '.join(draft.rivals)}."
            self.report.notes.append(Note(str(self.path), draft.row, "kept apart", why))


def _take_out(keys, key):
    """Whether `key` was in the set; it is not any more."""
    found = key in keys
    keys.discard(key)
    return found


def _start_list_of_keys():
    """The keys a file has used so far: in the database, so that memory stays flat."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS import_keys (key text PRIMARY KEY) ON COMMIT DELETE ROWS")
        cursor.execute("TRUNCATE import_keys")


def _add_keys(keys):
    """Note `keys` as used; return those that were not used before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO import_keys SELECT DISTINCT unnest(%s::text[]) ON CONFLICT DO NOTHING RETURNING key", [keys]
        )
        return {key for (key,) in cursor}
