"""Reads texts, numbers and flags out of the elements of a profile."""

import re


def text_of(element, path):
    """The text at `path` with single spaces; "" if there is none."""
    return " ".join((element.findtext(path) or "").split())


def texts_of(element, path):
    """The texts at `path` that are not empty, each once."""
    texts = (" ".join((part.text or "").split()) for part in element.iterfind(path))
    return list(dict.fromkeys(filter(None, texts)))


def number_in(element, path):
    """The whole number at `path`; None for none and for 0, which DVD Profiler writes for unknown."""
    text = text_of(element, path)
    return int(text) or None if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None


def is_true(flag):
    """Whether an element such as <FeatureTrailer> says True."""
    return (flag.text or "").strip().lower() == "true"
