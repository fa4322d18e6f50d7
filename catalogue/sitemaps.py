"""Sitemaps: every page that search engines may list, and no other, in shards of 10,000 addresses.

A shard holds the rows whose keys lie in one span of 10,000, so it is read by one walk along the index however many
there are before it, and a page stays in its shard for good. `lastmod` is said only of pages of which we know it:
titles, by the transaction that last changed what their page shows (models/versions.py).

Apps add what is theirs by `register` and `register_pages` when they are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from xml.sax.saxutils import escape

from django.db.models import F, Max
from django.db.models.functions import Lower
from django.urls import reverse

from catalogue.awards import prize_addresses
from catalogue.cards import address
from catalogue.models import AwardBody, Collection, Company, Genre, Person, Title
from catalogue.ways_in import with_titles

SHARD = 10_000
INDEXES = ("home", "browse", "collections", "genres", "countries", "awards")
FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}\n</{0}>\n'
)


@dataclass(frozen=True)
class Section:
    """Pages of one kind, a row each.

    `rows()` is a queryset of them, `fields` name what the address of `view` is filled in with, `key` a whole number
    by which the rows are parted (None: they are few), `changed` when the page last changed ("": we do not know).
    """

    view: str
    rows: Callable
    fields: tuple = ("slug",)
    key: str | None = "pk"
    changed: str = ""

    def shards(self):
        """[(number, instant of the last change or None)] of the shards that hold anything."""
        if self.key is None:
            return [(0, None)] if self.rows().exists() else []
        if self.changed:
            spans = self.rows().annotate(shard=F(self.key) / SHARD).order_by("shard").values_list("shard")
            return list(spans.annotate(Max(self.changed)))
        return [(number, None) for number in self._filled()]

    def _filled(self):
        """Numbers of the shards that hold anything, by a look at the first row behind each."""
        rows, number = self.rows().order_by(self.key).values_list(self.key, flat=True), -1
        while (key := rows.filter(**{f"{self.key}__gte": (number + 1) * SHARD}).first()) is not None:
            number = key // SHARD
            yield number

    def pages(self, number):
        """(address, instant of the last change or None) of each page in a shard, one query."""
        rows = self.rows()
        if self.key is None and number:
            return
        if self.key:
            span = {f"{self.key}__gte": number * SHARD, f"{self.key}__lt": (number + 1) * SHARD}
            rows = rows.filter(**span).order_by(self.key)
        columns = rows.values_list(*self.fields, *filter(None, [self.changed]))
        for row in columns.iterator():
            yield address(self.view, *row[: len(self.fields)]), row[-1] if self.changed else None


@dataclass(frozen=True)
class Few:
    """Pages that are not a row each, and few: `addresses()` names them all."""

    addresses: Callable

    def shards(self):
        return [(0, None)] if self.addresses() else []

    def pages(self, number):
        return [(path, None) for path in self.addresses()] if number == 0 else []


@dataclass(frozen=True)
class Pages:
    """Pages without rows, by the names of their views."""

    views: list

    def shards(self):
        return [(0, None)]

    def pages(self, number):
        return [(reverse(view), None) for view in self.views] if number == 0 else []


def register(name, section):
    """Add a Section under `name`, which its addresses carry."""
    SECTIONS[name] = section


def register_pages(*views):
    SECTIONS["pages"].views.extend(views)


def _countries():
    """Countries with a page: those that have titles."""
    return with_titles().annotate(lower=Lower("pk")).order_by("pk")


SECTIONS = {
    "pages": Pages([f"catalogue:{name}" for name in INDEXES]),
    "titles": Section("catalogue:title", Title.objects.all, changed="page_version__changed_at"),
    "people": Section("catalogue:person", lambda: Person.objects.with_page().filter(paged=True)),
    "collections": Section("catalogue:collection", Collection.objects.all),
    "genres": Section("catalogue:genre", Genre.objects.all),
    "countries": Section("catalogue:country", _countries, ("lower",), key=None),
    "awards": Section("catalogue:award_body", AwardBody.objects.all),
    "prizes": Few(prize_addresses),
    "companies": Section("catalogue:company", Company.objects.all),
}


# ------------------------------------------------------------------ as XML
def index(origin):
    """The sitemap index: one line per shard that holds anything."""
    shards = [(name, *shard) for name, section in SECTIONS.items() for shard in section.shards()]
    lines = [_line("sitemap", origin, reverse("catalogue:sitemap", args=[name, n]), at) for name, n, at in shards]
    return FRAME.format("sitemapindex", "\n".join(lines))


def shard(origin, name, number):
    """The sitemap of one shard; None if there is nothing in it."""
    section = SECTIONS.get(name)
    lines = section and [_line("url", origin, *page) for page in section.pages(number)]
    return FRAME.format("urlset", "\n".join(lines)) if lines else None


def _line(tag, origin, path, at):
    changed = f"<lastmod>{at.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<{tag}><loc>{escape(origin + path)}</loc>{changed}</{tag}>"
