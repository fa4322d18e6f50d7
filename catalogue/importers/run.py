"""Import of files into the catalogue: each file whole or not at all, rows in batches, bad rows listed."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from catalogue import history
from catalogue.importers import others, sections
from catalogue.importers.drafts import KINOPOST, OUTCOMES, Draft
from catalogue.importers.problems import REFUSALS, reason
from catalogue.importers.titles import write_titles
from catalogue.models import Title
from catalogue.readers.formats import FORMATS, detect

BATCH = 1000
MOST_PARTS = 50_000  # in the lists of a batch: a title with very many ratings weighs as much as a thousand without
IMPORT_LOCK = 0x696D7074  # "impt"


@dataclass(frozen=True, slots=True)
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

    def include(self, other):
        for outcome in (*OUTCOMES, "rejected"):
            self.add(outcome, getattr(other, outcome))
        self.notes += other.notes


def import_file(path, report, *, format=None, dry_run=False, progress=lambda rows: None):
    """Bring one file into the catalogue, in one transaction, when no other import is at work.

    Good rows go in, bad ones are noted in `report`. Raises BrokenFile, and changes nothing, the report included, if
    the file as a whole cannot be read; a process killed at any moment changes nothing either. With `dry_run` all is
    done and undone.
    """
    format, of_file = format or detect(path), Report()
    with transaction.atomic(), history.deed("import", note=Path(path).name):
        wait_for_turn()
        _FileImport(path, format, of_file).run(FORMATS[format](path), progress)
        transaction.set_rollback(dry_run)
    report.include(of_file)


def wait_for_turn():
    """Two imports at once would each make the film that both have, or wait for each other for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


class _FileImport:
    """One file's way into the catalogue."""

    def __init__(self, path, format, report):
        self.path, self.format, self.report = path, format, report
        self.kinds = others.KINDS | sections.kinds()

    def run(self, rows, progress):
        _start_list_of_keys()
        for batch in _batches(rows):
            self._take(batch)
            progress(len(batch))

    def _take(self, batch):
        """Write a batch: what titles refer to first."""
        for row in batch:
            if row.problem:
                self._reject(row.number, row.problem)
        kinds = {"title": []}
        for row in batch:
            if row.record:
                kinds.setdefault(row.record["record"], []).append(row)
        drafts = [Draft(self.format, row.number, row.record) for row in kinds.pop("title")]
        for kind, rows in kinds.items():
            self._take_others(kind, rows)
        self._take_titles(self._without_repeats(drafts))

    def _take_others(self, kind, rows):
        write, _ = self.kinds[kind]
        for part in _without_namesakes(rows):
            for outcome in self._accepted(part, lambda rows: write([r.record for r in rows], self.format == KINOPOST)):
                self.report.add(outcome)

    def _take_titles(self, drafts):
        drafts = self._accepted(drafts, write_titles)
        for draft in drafts:
            self.report.add(draft.outcome)
        self._note_rivals(drafts)

    def _accepted(self, rows, write):
        """What `write(rows)` returns; if the database refuses them, by halves, so that only bad rows stay out."""
        if not rows:
            return []
        try:
            with transaction.atomic():
                done = write(rows)
                connection.check_constraints()  # else those that are deferred would fail the whole file at its end
                return done
        except REFUSALS as refusal:
            why = reason(refusal)
        if len(rows) == 1:
            self._reject(rows[0].number, why)
            return []
        half = len(rows) // 2
        return [*self._accepted(rows[:half], write), *self._accepted(rows[half:], write)]

    def _without_repeats(self, drafts):
        """Drafts whose keys this file has not used. In lists made by others, a key used before is only dropped."""
        repeats = _repeats(drafts)
        if self.format != KINOPOST:
            for draft in repeats:
                draft.drop_identifiers()
            repeats = _repeats(repeats)
        for draft, key in repeats.items():
            self._reject(draft.number, f"An earlier row of this file says what {key} is already.")
        return [draft for draft in drafts if draft not in repeats]

    def _reject(self, row, why):
        self.report.add("rejected")
        self.report.notes.append(Note(str(self.path), row, "rejected", why))

    def _note_rivals(self, drafts):
        apart = {draft.title_id: draft for draft in drafts if draft.rivals}
        for pk, slug in Title.objects.filter(pk__in=apart).values_list("pk", "slug") if apart else ():
            draft = apart[pk]
            why = f"{draft.record['name']} is now {slug}, because it could be any of: {', '.join(draft.rivals)}."
            self.report.notes.append(Note(str(self.path), draft.number, "kept apart", why))


def _batches(rows):
    """`rows` in lists that memory can hold, however long the lists in their records are."""
    batch, parts = [], 0
    for row in rows:
        batch.append(row)
        parts += sum(len(value) for value in row.record.values() if isinstance(value, list)) if row.record else 0
        if len(batch) == BATCH or parts > MOST_PARTS:
            yield batch
            batch, parts = [], 0
    if batch:
        yield batch


def _without_namesakes(rows):
    """`rows` in lists that name nothing twice: a record that comes again is written after the first."""
    while rows:
        first = {}
        again = [row for row in rows if first.setdefault(_name(row.record), row) is not row]
        yield list(first.values())
        rows = again


def _name(record):
    return record.get("slug") or record.get("handle") or record["code"]


def _start_list_of_keys():
    """The keys a file has used so far: in the database, so that memory stays flat."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS import_keys (key text PRIMARY KEY) ON COMMIT DELETE ROWS")
        cursor.execute("TRUNCATE import_keys")


def _repeats(drafts):
    """{draft: a key of it that the file has used before}; all keys count as used from now on."""
    unused = _add_keys({key for draft in drafts for key in draft.keys})
    repeats = {}
    for draft in drafts:
        if used := [key for key in draft.keys if key not in unused]:
            repeats[draft] = used[0]
        unused.difference_update(draft.keys)
    return repeats


def _add_keys(keys):
    """Note `keys` as used; return those that were not used before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO import_keys SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING RETURNING key", [list(keys)]
        )
        return {key for (key,) in cursor}
