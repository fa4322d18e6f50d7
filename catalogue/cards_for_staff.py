"""The catalogue's cards on the staff's first page."""

from catalogue.announcing import VIEWS
from catalogue.models import Completeness, SheetImport, WantedSearch
from catalogue.models.announced import announced
from config.dashboard import Card, at_most

LIST = "admin:catalogue_title_changelist"
IMPORTS = "admin:catalogue_sheetimport_changelist"


def cards():
    return [
        Card("Titles without an edition", "catalogue.change_title", LIST, _bare, {"missing": "editions"}),
        Card("Worst among the most asked for", "catalogue.change_title", "admin:catalogue_title_worst", _worst),
        Card("Searched for, not found", "catalogue.add_title", "admin:catalogue_wantedsearch_changelist", _wanted),
        Card("Imports to look at", "catalogue.change_title", IMPORTS, _imports, {"wait": "yes"}),
        Card("Not announced yet", "catalogue.change_title", "admin:catalogue_title_appears", _hidden),
    ]


def _bare():
    return at_most(Completeness.objects.filter(missing__contains=["editions"]))


def _worst():
    """The worst title by name, with its score; "" if none lacks anything."""
    worst = Completeness.objects.worst_first().select_related("title").first()
    return f"{worst.title}: {worst.score} of 100" if worst else ""


def _wanted():
    return at_most(WantedSearch.objects.shown())


def _imports():
    """Read, with rows that are refused or wait to be written, and nobody has decided."""
    return at_most(SheetImport.objects.waiting())


def _hidden():
    """Of titles and collections together."""
    return sum(at_most(model.every.exclude(announced())) for model in VIEWS)
