"""Why, as a table: a row for each open place, and for each request that a disc refused or that was set aside."""

import csv

from catalogue.models import Disc
from members.spreadsheets import safe
from rentals.models import Cause, QueueEntry

HEADINGS = ("member", "place", "outcome", "request", "title", "disc", "copies", "proposed", "turn", "because")
BATCH = 20_000


def write_csv(made, file):
    """Write what `made` came to. Members and requests are named by number, for the file may leave the house."""
    table = csv.writer(file)
    table.writerow(HEADINGS)
    titles, discs = _titles(made), _discs(made)
    for row in _rows(made.result, made.market.unpaid):
        request, disc = row[3], row[5]
        table.writerow([*row[:4], safe(titles.get(request, "")), discs.get(disc, ""), *row[6:]])


def _rows(result, unpaid):
    for member, place, entry, disc in _tuples(result.sent):
        yield member, place, "sent", entry, "", disc, "", "", "", "best of the queue that older claims left"
    for member, place, cause in _tuples(result.idle):
        yield member, place, "empty", "", "", "", "", "", "", cause
    for member, place in _tuples(unpaid):
        yield member, place, "empty", "", "", "", "", "", "", Cause.PAYMENT.value
    for member, entry, disc, copies, proposed, turn, served in _tuples(result.refused):
        because = "got another of its discs" if served else "older claims, or all copies out"
        yield member, "", "passed over", entry, "", disc, copies, proposed, turn, because
    for member, entry, sent in _tuples(result.set_aside):
        yield member, "", "set aside", entry, "", "", "", "", "", f"request {sent} for the same set goes out"


def _tuples(columns):
    return zip(*(column.tolist() for column in columns), strict=True)


def _titles(made):
    """{request: name of its title}"""
    result = made.result
    keys = {*result.sent.entry.tolist(), *result.refused.entry.tolist(), *result.set_aside.entry.tolist()}
    return _named(QueueEntry, keys, "title__name")


def _discs(made):
    """{disc: "dvd, disc 1"}"""
    keys = {*made.result.sent.disc.tolist(), *made.result.refused.disc.tolist()}
    rows = _named(Disc, keys, "release__medium", "number")
    return {key: f"{medium}, disc {number}" for key, (medium, number) in rows.items()}


def _named(model, keys, *fields):
    keys, found = sorted(keys), {}
    for start in range(0, len(keys), BATCH):
        rows = model.objects.filter(pk__in=keys[start : start + BATCH]).values_list("pk", *fields)
        found |= {key: values[0] if len(fields) == 1 else values for key, *values in rows}
    return found
