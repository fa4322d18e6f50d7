"""A title record on its way into the catalogue."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from catalogue.names import fold

KINOPOST = "kinopost"
OUTCOMES = ("created", "updated", "unchanged")


@dataclass(eq=False)
class Draft:
    """One title record, what it is matched with, and what became of it."""

    source: str  # the format it came in
    number: int  # of its row in the file
    record: dict
    title_id: int | None = None
    is_new: bool = False
    changed: bool = True
    rivals: list = field(default_factory=list)  # slugs of titles it could also be: kept apart, listed

    def drop_identifiers(self):
        """Go by name and year only. Lists made by hand give one film's address to several."""
        self.record = {key: value for key, value in self.record.items() if key != "identifiers"}

    @property
    def replaces(self):
        """Our own format says all there is to say of a title; others only fill what is missing."""
        return self.source == KINOPOST

    @property
    def key(self):
        """What the source calls the title: the slug, or the first outside identifier of it or of a release."""
        if self.replaces:
            return self.record["slug"]
        found = next(iter(self.identifiers or self.release_identifiers), None)
        return " ".join(found) if found else self.record["slug"]

    @property
    def keys(self):
        """What no other row of the file may have: in our own format, where one line says all, each identifier too."""
        if not self.replaces:
            return [self.key]
        return [
            self.key,
            *map(" ".join, self.identifiers),
            *map("release {0[0]} {0[1]}".format, self.release_identifiers),
        ]

    @property
    def outcome(self):
        return "created" if self.is_new else "updated" if self.changed else "unchanged"

    @property
    def identifiers(self):
        return _pairs(self.record)

    @property
    def release_identifiers(self):
        return [pair for release in self.record.get("releases", ()) for pair in _pairs(release)]

    @cached_property
    def digest(self):
        """What tells whether the source says the same as last time. Ask when the record is as it goes in."""
        text = json.dumps(self.record, sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    @property
    def folded_names(self):
        return {fold(self.record["name"]), *(fold(name["name"]) for name in self.record.get("names", ()))}

    @property
    def years(self):
        """The year of the film, else the years of its earliest events; empty if nothing is known."""
        if year := self.record.get("year"):
            return {year}
        return {min(int(event["date"][:4]) for event in self.record["events"])} if self.record.get("events") else set()

    @property
    def directors(self):
        return {fold(c["name"]) for c in self.record.get("credits", ()) if c["role"] == "director"}


def _pairs(record):
    return [(i["scheme"], i["value"]) for i in record.get("identifiers", ())]
