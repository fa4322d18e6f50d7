"""Tells foreign files apart by what is in them."""

import re
from pathlib import Path

from . import cannes, dvd_profiler, jsonl, us_films
from .files import opened
from .rows import BrokenFile

FORMATS = {
    "kinopost": jsonl.read,
    "dvd-profiler": dvd_profiler.read,
    "us-films": us_films.read,
    "cannes": cannes.read,
}
SUFFIXES = {".json", ".jsonl", ".xml", ".csv"}
ENOUGH = 1 << 16
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SIGNS = {
    "dvd-profiler": re.compile(r"(?=<).*?<Collection\b", re.DOTALL),
    "kinopost": re.compile(r'\{[^\n]*"record"\s*:'),
    "us-films": re.compile(r'\[\s*(?:\]|\{.*?"title"\s*:)', re.DOTALL),
    "cannes": re.compile(
        r"(?=[^\n]*\btitle\b)(?=[^\n]*\b(?:imdb_url|original_title|countries_of_origin)\b)", re.IGNORECASE
    ),
}
KNOWN = "a Kinopost export, a DVD Profiler collection, a JSON list of US films, the CSV of Cannes"


def detect(path):
    """The name of the format, a key of FORMATS; raises BrokenFile if it is none of them."""
    start = _start(path)
    for name, sign in SIGNS.items():
        if sign.match(start):
            return name
    reason = "the file is empty." if not start else f"not a file that can be imported; these can: {KNOWN}."
    raise BrokenFile(path, "line 1", reason)


def _start(path):
    """The beginning of the text, as far as it can be read."""
    with opened(path) as file:
        raw = file.read(ENOUGH)
    return raw.decode(MARKS.get(raw[:2], "utf-8-sig"), errors="replace").lstrip()


def files_in(paths):
    """The files to read: each file named, and in each folder named all that may be one, by name."""
    return [file for path in map(Path, paths) for file in (_inside(path) if path.is_dir() else [path])]


def _inside(folder):
    files = (file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    return sorted(file for file in files if not file.name.startswith("."))
