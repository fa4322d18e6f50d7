"""The staff's pages of the catalogue. Lists made by commands (similar, popular) and versions of pages are not here."""

from catalogue.admin import people, releases, sheet_imports, titles, vocabulary

__all__ = ["people", "releases", "sheet_imports", "titles", "vocabulary"]
