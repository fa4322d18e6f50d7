"""Finds the people in a cast list that was cut at every link of a web page."""

import re
from html import unescape

LONGEST_ENTRY = 300  # as it came, with notes
LONGEST_NAME = 60
FOOTNOTE = re.compile(r"\s*\[(?:\d+|[a-z])\]|[\[\]†‡]")
LEAD_IN = re.compile(r"^(?:(?:and|with|&)\s+|[.,;:*–-]+\s*)+")
ROLE_NOTE = re.compile(r"\s*\([^()]*\)?$")
CREW = r"(?:screenp|teleplay|writ|director|producer|novel|book|story|a?creenplay|screenwriter)"
CREW_NOTE = re.compile(rf"^dir\.|^cast$|\({CREW}[^()]*\)?$|^{CREW}\w*\)$", re.IGNORECASE)
DANGLING = re.compile(
    r"(?:^|\s)(?:of|by|with|for|from|in|within|against|between|on|at|post-)$"
    r"|^(?:the|unknown|sr\.?|jr\.?|various cameos|his orchestra)$|^(?:best|academy award for best) ",
    re.IGNORECASE,
)
PLAIN_NAME = re.compile(r"[A-Z][a-zé]+(?: [A-Z]\.)?(?: [A-Z][a-zé]+){1,2}")


def people(entries):
    """The names in `entries`, each once, in their order."""
    if all(map(PLAIN_NAME.fullmatch, entries)):
        return list(dict.fromkeys(entries))
    names = {}
    entries = [_tidy(entry) for entry in entries if len(entry) < LONGEST_ENTRY]
    for entry in _outside_brackets(_after_crew(entries)):
        name = ROLE_NOTE.sub("", entry)
        if _is_person(name):
            names.setdefault(name.casefold(), name)
    return list(names.values())


def _tidy(entry):
    entry = FOOTNOTE.sub("", " ".join(unescape(entry).split()))
    return LEAD_IN.sub("", entry).rstrip(" ,;:")


def _after_crew(entries):
    """The entries behind the last one that ends a list of writers or directors; such lists stand first."""
    last = max((number for number, entry in enumerate(entries, 1) if CREW_NOTE.search(entry)), default=0)
    return entries[last:] or [entry for entry in entries if not CREW_NOTE.search(entry)]


def _outside_brackets(entries):
    """The entries without those from an opening bracket to its end: an award, the name of a group."""
    inside = False
    last_close = max((number for number, entry in enumerate(entries) if ")" in entry), default=0)
    for number, entry in enumerate(entries):
        inside = inside or (number < last_close and entry.count("(") > entry.count(")"))
        if not inside:
            yield entry
        inside = inside and ")" not in entry


def _is_person(name):
    if not 1 < len(name) <= LONGEST_NAME or DANGLING.search(name) or name[0] in "(?" or name[-1] == ")":
        return False
    return any(map(str.isupper, name)) or not name.isascii() or ("." in name and " " not in name and name[0].isalpha())
