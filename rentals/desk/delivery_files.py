"""A delivery as a CSV file: looked at row by row, carried by the form that shows it, and taken in when confirmed."""

from dataclasses import astuple, dataclass

from catalogue.film_files import reading, sealing, writing
from catalogue.film_files.reading import Unreadable, plain
from catalogue.models import Disc, Release, ReleaseIdentifier
from catalogue.wording import joined
from rentals import barcodes
from rentals.desk.deliveries import EANS, LONGEST_SHELF, LONGEST_SOURCE, Arrival, faults
from rentals.models import Condition, Licence

COLUMNS = ("ean", "film", "edition", "disc", "barcode", "shelf", "condition", "licence", "source")
KIND = "delivery"
WANTED = (
    "We do not know these columns: {}. A delivery has a column ean or film (the address of its page), and may have "
    "edition, disc, barcode, shelf, condition, licence and source."
)
SHOWN = 300  # rows of what comes in


class Wrong(Exception):
    """A row cannot come in. The words say why and what to do."""


@dataclass(frozen=True)
class Row:
    """A line of the file: its number and {column: what stands there}."""

    line: int
    cells: dict

    def __getitem__(self, column):
        return self.cells.get(column, "")


# ------------------------------------------------------------------ reading
def read(data):
    """(rows, [(row, why)] that are no rows, headings that are not read) of a file. Raises Unreadable."""
    table = reading.table(reading.text_of(data), _kind, WANTED)
    rows, wrong = [], []
    for line, cells in table.lines:
        try:
            row = {heading: plain(cell).strip() for heading, cell in table.cells(line, cells).items()}
            rows.append(Row(line, row))
        except Unreadable as why:
            wrong.append((Row(line, dict(zip(table.headings, cells, strict=False))), str(why)))
    return rows, wrong, [heading for heading in table.headings if heading not in (*COLUMNS, "line", "reason")]


def _kind(headings):
    return KIND if headings & {"ean", "film"} else ""


# ------------------------------------------------------------------ which disc a row is of
@dataclass(frozen=True)
class Editions:
    """The editions that rows name: {EAN: release}, {slug of a film: {slug of an edition: release}}, and their discs."""

    by_ean: dict
    by_film: dict
    discs: dict

    def disc_of(self, row):
        """The key of the disc. Raises Wrong."""
        release, number = self._release_of(row), row["disc"] or "1"
        if not number.isdecimal() or len(number) > 3:
            raise Wrong(f"{number[:40]} is no number of a disc.")
        disc = self.discs.get((release, int(number)))
        if disc is None:
            raise Wrong(f"This edition has no disc {int(number)}.")
        return disc

    def _release_of(self, row):
        if not row["ean"]:
            return self._of_film(row)
        found = next((self.by_ean[code] for code in _eans(row["ean"]) if code in self.by_ean), None)
        if found is None:
            raise Wrong(_no_ean(row["ean"]))
        return found

    def _of_film(self, row):
        if not row["film"]:
            raise Wrong("Neither an EAN nor a film stands here.")
        editions = self.by_film.get(_slug(row["film"]))
        if not editions:
            raise Wrong(f"No film with an edition on disc has the address {row['film'][:80]}.")
        if row["edition"]:
            return _named(editions, row["edition"].lower())
        if len(editions) > 1:
            raise Wrong(f"This film has several editions. Name one in the column edition: {joined(sorted(editions))}.")
        return next(iter(editions.values()))


def _named(editions, slug):
    if slug not in editions:
        raise Wrong(f"This film has no edition {slug[:40]}. It has {joined(sorted(editions))}.")
    return editions[slug]


def _no_ean(ean):
    if "E+" in ean.upper():
        return f"{ean[:40]} is an EAN that a spreadsheet shortened. Format that column as text, and fill it in again."
    return f"No edition in the catalogue has the EAN {ean[:40]}. Add it to the edition first, or name the film."


def _eans(ean):
    """An EAN as it may be written down: American ones have twelve digits, thirteen with a nought before."""
    return ean, f"0{ean}", ean.lstrip("0")


def _slug(film):
    return reading.slug(film).lower()


def _editions(rows):
    """The Editions that `rows` name. Three queries."""
    eans = [code for row in rows if row["ean"] for code in _eans(row["ean"])]
    by_ean = dict(
        ReleaseIdentifier.objects.filter(scheme__in=EANS, value__in=eans)
        .order_by("-pk")
        .values_list("value", "release")
    )
    by_film = {}
    films = {_slug(row["film"]) for row in rows if row["film"]}
    for film, slug, key in Release.objects.filter(title__slug__in=films).values_list("title__slug", "slug", "pk"):
        by_film.setdefault(film, {})[slug] = key
    releases = [*by_ean.values(), *(key for editions in by_film.values() for key in editions.values())]
    discs = Disc.objects.filter(release__in=releases).values_list("release", "number", "pk")
    return Editions(by_ean, by_film, {(release, number): key for release, number, key in discs})


# ------------------------------------------------------------------ what a row says
def _arrival(row, editions):
    """The Arrival that a row is. Raises Wrong."""
    return Arrival(
        editions.disc_of(row),
        barcodes.read(row["barcode"]),
        _fitting(row, "shelf", LONGEST_SHELF),
        _one_of(Condition, row["condition"] or Condition.NEW),
        _one_of(Licence, row["licence"] or Licence.RENTAL),
        _fitting(row, "source", LONGEST_SOURCE),
    )


def _fitting(row, column, longest):
    if len(row[column]) > longest:
        raise Wrong(f"The {column} is longer than {longest} letters.")
    return row[column]


def _one_of(choices, said):
    """The choice that is called so, by its value or its label."""
    names = {name.casefold(): value for value, label in choices.choices for name in (value, label)}
    if said.casefold() not in names:
        raise Wrong(f"{said[:40]} is none of: {', '.join(choices.values)}.")
    return names[said.casefold()]


def sorted_out(rows):
    """([(row, Arrival)] that come in, [(row, why)] that do not). Four queries, however many rows."""
    editions, good, wrong = _editions(rows), [], []
    twice = faults([(row.line, barcodes.read(row["barcode"])) for row in rows if row["barcode"]])
    for row in rows:
        try:
            if row.line in twice:
                raise Wrong(twice[row.line])
            good.append((row, _arrival(row, editions)))
        except Wrong as why:
            wrong.append((row, str(why)))
    return good, wrong


# ------------------------------------------------------------------ shown, and confirmed
def preview(member, data):
    """The context of `desk/delivery_preview.html`. Raises Unreadable."""
    rows, broken, unread = read(data)
    good, wrong = sorted_out(rows)
    wrong = sorted(broken + wrong, key=lambda pair: pair[0].line)
    discs = Disc.objects.select_related("release__title").in_bulk({arrival.disc_id for _, arrival in good})
    return {
        "good": [
            {"line": row.line, "arrival": arrival, "disc": discs[arrival.disc_id]} for row, arrival in good[:SHOWN]
        ],
        "coming": len(good),
        "more": max(0, len(good) - SHOWN),
        "wrong": [{"line": row.line, "what": _what(row), "why": why} for row, why in wrong],
        "unread": joined([heading or "one without a heading" for heading in unread]) if unread else "",
        "sealed": _sealed(member, good, wrong),
    }


def _what(row):
    """What a row is about, in the file's own words."""
    words = [row[column] for column in ("ean", "film", "edition", "barcode") if row[column]]
    return ", ".join(words)[:120] or "an empty row"


def _salt(member):
    return f"rentals.delivery.{member.pk}"


def _sealed(member, good, wrong):
    said = {
        "arrivals": [astuple(arrival) for _, arrival in good],
        "wrong": [[row.line, *(row[column] for column in COLUMNS), why] for row, why in wrong],
    }
    return sealing.seal(said, _salt(member))


def opened(member, sealed):
    """(arrivals, rejected rows) that were shown to `member` within a day, or None."""
    said = sealing.opened(sealed, _salt(member))
    return said and ([Arrival(*arrival) for arrival in said["arrivals"]], said["wrong"])


def as_csv(wrong):
    """The rejected rows as a file that can be put right and sent again."""
    return writing.as_csv(["line", *COLUMNS, "reason"], wrong)
