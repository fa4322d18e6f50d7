"""The kinds of sheets there are."""

from catalogue.sheets.people import CREDITS, PEOPLE
from catalogue.sheets.releases import RELEASES
from catalogue.sheets.titles import TITLES

SHEETS = {sheet.kind: sheet for sheet in (TITLES, RELEASES, PEOPLE, CREDITS)}
