"""The queries of search_gold.tsv, and how well the search answers them.

They were written by hand from the names alone, without a look at how the search compares names, so that both cannot be
wrong in the same way. `meant` holds slugs of titles, `person:` and `collection:` with theirs; several, parted by `|`,
where any is right. `source` is what must be imported: the demo, the US films or those of Cannes.
"""

import csv
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

FILE = Path(__file__).with_name("search_gold.tsv")
COLUMNS = ["class", "query", "meant", "source"]
SOURCES = ("demo", "us", "cannes")
FOLDERS = ("us-films", "cannes-films")  # of the shared data: imported after the demo
PAGES = {"title": "catalogue:title", "person": "catalogue:person", "collection": "catalogue:collection"}
DEPTH = 10  # an answer further down counts as none


@dataclass(frozen=True)
class Wish:
    """What somebody types, and the addresses of the pages that they mean."""

    group: str
    query: str
    meant: tuple
    source: str

    def place(self, hits):
        """Where what is meant stands among `hits`, from 1; None if it is not among the first ten."""
        addresses = [hit.url for hit in hits[:DEPTH]]
        return next((place for place, address in enumerate(addresses, 1) if address in self.meant), None)


def wishes(sources=SOURCES):
    with FILE.open(newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_wish(row) for row in rows if row["source"] in sources]


def _wish(row):
    return Wish(row["class"], row["query"], tuple(map(address, row["meant"].split("|"))), row["source"])


def address(meant):
    kind, _, slug = meant.rpartition(":")
    return reverse(PAGES[kind or "title"], args=[slug])


def shared_folders():
    """The folders of real data that the queries are about besides the demo; none where there is no such data."""
    shared = Path(os.environ.get("KINOPOST_SHARED", Path(settings.BASE_DIR).parent / "shared")) / "data"
    folders = [shared / name for name in FOLDERS]
    return folders if all(folder.is_dir() for folder in folders) else []


@dataclass
class Marks:
    """How some queries were answered: (wish, place or None) of each."""

    answers: list

    @property
    def first(self):
        """Share of the queries with what is meant on top: success@1."""
        return self.within(1)

    def within(self, places):
        """success@`places`"""
        return sum(place is not None and place <= places for _, place in self.answers) / len(self.answers)

    @property
    def reciprocal(self):
        """MRR@10: 1 for what is on top, 1/2 for the second place …"""
        return sum(1 / place for _, place in self.answers if place) / len(self.answers)

    def by_group(self):
        groups = defaultdict(list)
        for wish, place in self.answers:
            groups[wish.group].append((wish, place))
        return {group: Marks(answers) for group, answers in groups.items()}

    def misses(self):
        """What is not on top, a line each."""
        return [_miss(wish, place) for wish, place in self.answers if place != 1]


def _miss(wish, place):
    found = f"found as number {place}" if place else "not found"
    return f"{wish.group}: {wish.query!r} means {' or '.join(wish.meant)}, {found}"


def marks(asked, find):
    """How `find`, which gives hits for a query, answers the wishes."""
    return Marks([(wish, wish.place(find(wish.query))) for wish in asked])
