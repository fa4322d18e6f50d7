"""House style for those who write the catalogue: what looks odd and may be right. Nothing here refuses anything."""

import re

DOUBLE_SPACE = re.compile(r"\S {2,}\S")
STRAIGHT = re.compile(r"[\"']")
SPACE_BEFORE = re.compile(r"\w ([,;:.!?])(?:\s|$)")
HYPHEN_DASH = re.compile(r"\w (?:-|--) \w|\w--\w")
LETTERS = re.compile(r"[^\W\d_]")
SMALL = frozenset("a an and as at but by for from in into nor of on or the to with".split())
DAY_FIRST = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")
MONTH_FIRST = re.compile(r"\s*(\d{1,2})\s*[/.]\s*(\d{4})\s*")
IN_WORDS = re.compile(r"\s*(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})\s*", re.IGNORECASE)
MONTHS = "january february march april may june july august september october november december".split()
FEWEST_CAPITALS = 5


def of_name(text):
    """What looks odd in a name of a title or a person: sentences, best none."""
    if _shouted(text):
        yield f"“{text}” is in capitals. Our names have capitals where they are spoken: “{_spoken(text)}”."
    elif text.islower() and text.isascii() and " " in text:
        yield f"“{text}” has no capitals: “{_spoken(text)}”?"
    yield from _of_any(text)


def of_prose(text):
    """What looks odd in a lead, a synopsis or a biography."""
    yield from _of_any(text)
    if STRAIGHT.search(text):
        yield "It has straight quotation marks or apostrophes: we print “these”, ‘these’ and film’s."
    if HYPHEN_DASH.search(text):
        yield "It has a hyphen where we print a dash – like this."
    if any(_shouted(part) for part in text.split("\n")):
        yield "It has a line in capitals: we print none."


def date_meant(text):
    """The loose date that `text` says in another way, "28/12/1903" or "28 December 1903"; "" if it says none.

    The day comes first, as in Britain, unless that cannot be.
    """
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _loose(year, month, day)
    if found := MONTH_FIRST.fullmatch(text):
        return _loose(int(found[2]), int(found[1]))
    if found := IN_WORDS.fullmatch(text):
        month = next((at for at, name in enumerate(MONTHS, 1) if name.startswith(found[2].lower())), 0)
        return _loose(int(found[3]), month, int(found[1] or 0))
    return ""


def _of_any(text):
    if DOUBLE_SPACE.search(text):
        yield "It has two spaces in a row: one is enough."
    if text != text.strip():
        yield "It begins or ends with a space."
    if found := SPACE_BEFORE.search(text):
        yield f"It has a space before “{found[1]}”."


def _shouted(text):
    return text.isupper() and len(LETTERS.findall(text)) >= FEWEST_CAPITALS


def _spoken(text):
    """`text` with capitals as English names of films have them."""
    words = text.lower().split(" ")
    return " ".join(word if at and word in SMALL else word[:1].upper() + word[1:] for at, word in enumerate(words))


def _loose(year, month, day=0):
    """A loose date; "" if there is no such month or day. A month and a day that only fit the other way are swapped."""
    if month > 12 and day <= 12:
        month, day = day, month
    if not (1 <= month <= 12 and 0 <= day <= 31):
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"
