"""Cells that a spreadsheet takes for text, whatever somebody wrote into them."""

STARTS = ("=", "+", "-", "@")  # of a formula, for one spreadsheet or another
BLANKS = "\t\r\n"


def safe(value):
    """`value` as a cell: text that would be read as a formula gets an apostrophe before it.

    Spreadsheets pass over white space, so a formula behind some is one too; a tab or an end of line in front would
    start a new cell elsewhere. Figures stay figures.
    """
    if not isinstance(value, str):
        return value
    risky = value.startswith(tuple(BLANKS)) or value.lstrip().startswith(STARTS)
    return f"'{value}" if risky else value
