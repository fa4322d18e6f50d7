"""A release's ordered lists as text, one line for each row: written, read, and brought into the database.

    English | LPCM | 1.0 | commentary | with the director

What is written reads back as the same rows, whatever is in them; what people write may be shorter. `cells` parts a line
and joins it, `grammar` says what the cells of each list mean, `saving` changes the rows that changed.
"""

from catalogue.admin.lines.grammar import LISTS, Languages, Misread
from catalogue.admin.lines.saving import going, renumbered, save

__all__ = ["LISTS", "Languages", "Misread", "going", "parse", "renumbered", "save", "written"]


def parse(name, text, languages):
    """(rows, mistakes) of the list called `name`: dicts of a row's fields, and a sentence for each line misread."""
    grammar, rows, mistakes = LISTS[name], [], []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip():
            try:
                rows += grammar.read(line, languages, rows)
            except Misread as mistake:
                mistakes.append(f"Line {number}: {mistake}")
    return rows, mistakes


def written(name, rows, languages):
    """The lines of `rows`: dicts, as `parse` gives them."""
    lines = []
    for number, row in enumerate(rows):
        lines.append(LISTS[name].write(row, languages, rows[:number]))
    return "\n".join(lines)
