"""What other apps read from and write into title records, and records of their own kinds.

An app registers a Section when it is ready, so that the catalogue need not import it.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One app's part of the format.

    `hold(drafts)` locks what the app will change and others may be changing, before anything of them is written.
    `write_titles(drafts)` stores its keys of title records whose titles are in the catalogue.
    `read_titles(titles)` gives {title id: {key: value}} for the export.
    `kinds` maps a record kind of its own to (write, read). `write(records, replaces)` gets records that name nothing
    twice and whether they say all there is to say, and returns "created", "updated" or "unchanged" for each;
    `read()` yields the records in the order of their keys.
    """

    write_titles: Callable = lambda drafts: None
    read_titles: Callable = lambda titles: {}
    kinds: dict = None
    hold: Callable = lambda drafts: None


_sections = []


def register(section):
    _sections.append(section)


def hold(drafts):
    for section in _sections:
        section.hold(drafts)


def write(drafts):
    for section in _sections:
        section.write_titles(drafts)


def read(titles):
    """{title id: all sections' keys} of `titles`, a list of ids."""
    parts = [section.read_titles(titles) for section in _sections]
    return {title: {k: v for part in parts for k, v in part.get(title, {}).items()} for title in titles}


def kinds():
    return {kind: doors for section in _sections for kind, doors in (section.kinds or {}).items()}


def filled(**values):
    """`values` without what is empty: how records are written. 0 is a number like any other."""
    return {key: value for key, value in values.items() if value is not False and value not in ("", None, [])}
