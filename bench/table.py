"""Tables of text: the first column to the left, the others to the right."""


def lines(headings, rows):
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return "\n".join(_line(row, widths) for row in [headings, ["-" * width for width in widths], *rows])


def _line(row, widths):
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def number(value, digits):
    """`value` for a table; "–" if it is None."""
    return "–" if value is None else f"{value:,.{digits}f}"
