"""Atom feeds: what is new to rent, in a collection, with a person.

An entry is a title and stays one entry however often its page changes: its instant is that of its arrival. So a
reader is told once of each title.
"""

import re
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.views.decorators.http import conditional_page, require_safe

from catalogue.cards import card
from catalogue.models import Collection, Person, Release, Title

ENTRIES = 50
IDS = UUID("6d0b7c52-9a1f-4f0e-8b57-3c1f6a2e9d48")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed without entries: nothing has changed in it yet
# XML 1.0 has no way to write these, not even as a reference.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _on_disc():
    return Title.objects.filter(Exists(Release.objects.filter(title=OuterRef("pk"))))


def lasting_id(kind, key=0):
    """An id that stays when the address changes, as Atom wants it."""
    return uuid5(IDS, f"{kind} {key}").urn


# What counts as new to rent: titles that `rows()` gives, by their `field`, a date or an instant.
ARRIVALS = {"rows": _on_disc, "field": "added_at"}


def new_to_rent_by(field):
    """Let `field` of titles, which another app may know better, say since when each can be rented; null: it cannot."""
    ARRIVALS.update(rows=Title.objects.all, field=field)


class _Atom(Atom1Feed):
    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class Titles(Feed):
    """Titles, the last to come first. Subclasses say which, and since when."""

    feed_type = _Atom
    author_name = "Kinopost"
    arrived = "added_at"

    @classmethod
    def as_view(cls):
        return require_safe(conditional_page(cls()))

    def items(self, subject):
        rows = self.rows(subject).filter(**{f"{self.arrived}__isnull": False})
        newest = rows.order_by(f"-{self.arrived}", "-pk").values_list("pk", self.arrived)[:ENTRIES]
        arrivals = dict(newest)
        titles = Title.objects.for_cards().in_bulk(arrivals)
        return [_entry(titles[key], at) for key, at in arrivals.items()]

    def item_title(self, entry):
        return entry["name"]

    def item_description(self, entry):
        return entry["summary"]

    def item_link(self, entry):
        return entry["url"]

    def item_guid(self, entry):
        return entry["id"]

    def item_pubdate(self, entry):
        return entry["at"]

    item_updateddate = item_pubdate


class NewToRent(Titles):
    title, link, subtitle = "Kinopost: new to rent", "/", "Films and series that have come to our shelves."

    feed_guid = lasting_id("new")

    def feed_url(self, subject):
        return reverse("catalogue:feed_new")

    @property
    def arrived(self):
        return ARRIVALS["field"]

    def rows(self, subject):
        return ARRIVALS["rows"]()


class OfCollection(Titles):
    def get_object(self, request, slug):
        return get_object_or_404(Collection.objects, slug=slug)

    def title(self, collection):
        return clean(f"Kinopost: new in {collection.name}")

    def subtitle(self, collection):
        return clean(collection.text)

    def link(self, collection):
        return reverse("catalogue:collection", args=[collection.slug])

    def feed_guid(self, collection):
        return lasting_id("collection", collection.pk)

    def feed_url(self, collection):
        return reverse("catalogue:feed_of_collection", args=[collection.slug])

    def rows(self, collection):
        return Title.objects.filter(title_collections__collection=collection)


class OfPerson(Titles):
    def get_object(self, request, slug):
        person = Person.objects.with_page().filter(slug=slug, paged=True).first()
        if person is None:
            raise Http404
        return person

    def title(self, person):
        return clean(f"Kinopost: new with {person.name}")

    def link(self, person):
        return reverse("catalogue:person", args=[person.slug])

    def feed_guid(self, person):
        return lasting_id("person", person.pk)

    def feed_url(self, person):
        return reverse("catalogue:feed_of_person", args=[person.slug])

    def rows(self, person):
        return Title.objects.filter(pk__in=person.credits.values("title"))


def _entry(title, arrived):
    shown = card(title)
    year = f" ({title.year})" if title.year else ""
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in (shown["line"], title.lead) if line))
    return {
        "id": lasting_id("title", title.pk),
        "name": clean(f"{title.name}{year}"),
        "url": shown["url"],
        "summary": clean(lines),
        "at": instant(arrived),
    }


def instant(arrived):
    """A date as the instant it begins in UTC; an instant as it is."""
    if isinstance(arrived, date) and not isinstance(arrived, datetime):
        return datetime.combine(arrived, time(), UTC)
    return arrived


def clean(text):
    return UNWRITABLE.sub("", text)
