"""The columns of sheets in words: a part of docs/spreadsheets.md, made from the declarations."""

from catalogue.sheets.columns import Parts
from catalogue.sheets.kinds import SHEETS


def described():
    """The text, in Markdown."""
    return "\n".join(map(_sheet, SHEETS.values()))


def _sheet(sheet):
    key = " and ".join(filter(None, [", ".join(sheet.key[:-1]), sheet.key[-1]]))
    rows = "\n".join(f"| {column.heading} | {_cell(column)} |" for column in sheet.columns)
    return (
        f"### {sheet.kind.capitalize()}\n"
        f"A row is found by {key}. A new one needs {_listed(sheet.needed)}. "
        f"Not carried: {sheet.says_not}.\n\n| column | what it holds |\n|---|---|\n{rows}\n"
    )


def _listed(headings):
    return " and ".join(headings)


def _cell(column):
    kind = "A list. " if isinstance(column, Parts) else ""
    bulk = " *In bulk, too.*" if column.bulk else ""
    return f"{kind}{column.help or 'Text.'}{bulk}".replace("|", "\\|")
