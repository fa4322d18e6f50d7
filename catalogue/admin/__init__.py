"""The staff's pages of the catalogue. Lists made by commands (similar, popular) and versions of pages are not here."""

from catalogue.admin import deeds, people, releases, sheet_imports, titles, vocabulary, wanted

__all__ = ["deeds", "people", "releases", "sheet_imports", "titles", "vocabulary", "wanted"]
