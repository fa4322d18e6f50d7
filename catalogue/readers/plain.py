"""Plain text out of marked-up text."""

import re
from html import unescape

LINE_BREAK = re.compile(r"<(?:br|/?p)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# html.unescape passes the digits to int(), which raises for more than a few thousand of them.
ENDLESS_REFERENCE = re.compile(r"&#\d{9,};?")
BLANK_LINES = re.compile(r"\n{3,}")


def paragraphs(markup):
    """The text of `markup` without tags and entities; a blank line parts paragraphs."""
    text = unescape(ENDLESS_REFERENCE.sub("", _without_tags(markup)))
    lines = [" ".join(line.split()) for line in _without_tags(text).split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _without_tags(markup):
    return TAG.sub("", LINE_BREAK.sub("\n", markup))
