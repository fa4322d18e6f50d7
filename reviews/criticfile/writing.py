"""Critics' reviews as CSV: the same bytes for the same facts, and what an import takes over as it is."""

import csv

from catalogue.sheets.cells import escaped
from reviews.criticfile.columns import COLUMNS
from reviews.models import CriticReview

IN_ORDER = ("title__slug", "critic__slug", "publication__slug")
FIELDS = {
    "title": "title__slug",
    "critic": "critic__name",
    "critic_slug": "critic__slug",
    "top_critic": "critic__is_top",
    "publication": "publication__name",
    "publication_slug": "publication__slug",
    "publication_url": "publication__url",
    **{name: name for name in ("fresh", "score", "quote", "published_on", "added_on", "url")},
}
WRITTEN = [column for column in COLUMNS if column in FIELDS]
WORDS = {"top_critic": ("no", "yes"), "fresh": ("against", "for")}


def export_critics(out):
    """Write all critics' reviews into the text file `out`, row by row."""
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(WRITTEN)
    for row in rows(CriticReview.objects.all()):
        sheet.writerow(row)


def rows(reviews):
    """Yields the cells of each of `reviews`, in the order of WRITTEN."""
    for row in reviews.order_by(*IN_ORDER).values_list(*(FIELDS[column] for column in WRITTEN)).iterator():
        yield list(map(_cell, WRITTEN, row))


def _cell(column, value):
    return WORDS[column][value] if column in WORDS else escaped(str(value))
