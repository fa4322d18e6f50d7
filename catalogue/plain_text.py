"""A page as those read it who see no pictures and no layout: screen readers, crawlers, this docstring's reader.

Lines in reading order: headings with as many # as their level, items of lists with a bullet, rows of tables with bars,
pictures by what they are said to show. What is hidden from readers is left out, and so is what frames every page.
"""

import json
import re
from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT = frozenset("head script style template svg noscript select textarea nav".split())
BREAKS = frozenset(
    "address article aside blockquote br details div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr legend li main ol p section summary table tbody thead tr ul".split()
)
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
APART = frozenset([*HEADINGS, "p", "section", "ul", "ol", "dl", "table"])  # an empty line stands before them
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


class Reading(NamedTuple):
    """What a machine finds in a page: its name, what search engines print below that, its text, its facts as JSON."""

    title: str
    description: str
    text: str
    facts: list


def read(page):
    """The Reading of a page's HTML."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return Reading(_folded(reader.title), reader.description, reader.text(), facts(page))


def facts(page):
    """The structured data of a page (JSON-LD), each set laid out in lines."""
    return [json.dumps(json.loads(found), indent=2, ensure_ascii=False) for found in JSON_LD.findall(page)]


class _Reader(HTMLParser):
    """Collects the words of <main> line by line. Tags that nobody closed end with what they stand in."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.lines, self.line, self.prefix = [], [], "", ""
        self.title = self.description = ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and attrs.get("name") == "description":
            self.description = attrs.get("content") or ""
        silent = self._is_silent() or tag in SILENT or _is_hidden(attrs)
        if not silent:
            self._begin(tag, attrs)
        if tag not in VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag):
        if tag not in [name for name, _ in self.open]:
            return
        while self.open.pop()[0] != tag:
            pass
        if tag in BREAKS:
            self._end_line()
        elif tag in ("td", "th") and not self._is_silent():
            self.line += " | "

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "title" and ("svg", True) not in self.open:
            self.title += data
        elif self._in_main():
            self.line += data

    def _begin(self, tag, attrs):
        if tag in BREAKS:
            self._end_line()
        if tag in APART:
            self.lines.append("")
        if tag == "li":
            self.prefix = "• "
        elif tag in HEADINGS:
            self.prefix = HEADINGS[tag]
        if self._in_main():
            self.line += _spoken(tag, attrs)

    def _end_line(self):
        words = _folded(self.line).strip("| ")
        if words:
            self.lines.append(self.prefix + words)
            self.prefix = ""
        self.line = ""

    def _is_silent(self):
        return bool(self.open) and self.open[-1][1]

    def _in_main(self):
        return not self._is_silent() and any(tag == "main" for tag, _ in self.open)

    def text(self):
        """All lines; never two empty ones together."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def _is_hidden(attrs):
    return "hidden" in attrs or attrs.get("aria-hidden") == "true" or attrs.get("type") == "hidden"


def _spoken(tag, attrs):
    """What is said of something that is not words."""
    if tag == "img" and attrs.get("alt"):
        return f" [Picture: {attrs['alt']}] "
    if attrs.get("role") == "img":
        return f" {attrs.get('aria-label') or ''} "
    return ""


def _folded(words):
    return re.sub(r"\s+", " ", words).strip()
