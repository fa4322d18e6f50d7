"""Titles, people and collections by name: in any script, spelling and order of words, also misspelt (docs/search.md)."""

from catalogue.search.engine import Found, find, suggest
from catalogue.search.hits import Hit

__all__ = ["Found", "Hit", "find", "suggest"]
