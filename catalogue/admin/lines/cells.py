r"""A line parted at its bars, and joined again: any text comes back as it was, line breaks and bars in it too.

In a cell `\|` is a bar, `\\` a backslash, `\n` a line break; `\s` is a space at a cell's edge, where plain ones do
not count. Other backslashes are themselves.
"""

import re

BAR = " | "
ESCAPED = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}
MEANT = {"\\": "\\", "|": "|", "n": "\n", "r": "\r", "s": " ", "t": "\t"}
PIECE = re.compile(r"\\(?:u([0-9a-f]{4})|([\\|nrst]))|(\|)|(.)", re.DOTALL)


def join(cells):
    """The line of `cells`; empty ones at its end are left off."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return BAR.join(map(_escaped, cells)).lstrip(" ")


def part(line):
    """The cells of a line, at least one."""
    cells = [[]]
    for piece in PIECE.finditer(line):
        code, letter, bar, plain = piece.groups()
        if bar:
            cells.append([])
        else:
            cells[-1].append((plain is not None, plain or _meant(code, letter)))
    return [_stripped(cell) for cell in cells]


def _meant(code, letter):
    return chr(int(code, 16)) if code else MEANT[letter]


def _stripped(signs):
    """The text of a cell without the plain spaces at its edges."""
    while signs and signs[0][0] and signs[0][1].isspace():
        signs = signs[1:]
    while signs and signs[-1][0] and signs[-1][1].isspace():
        signs = signs[:-1]
    return "".join(sign for _, sign in signs)


def _escaped(text):
    inner = text.strip()
    start = text.index(inner) if inner else len(text)
    edges = "".join(map(_edge, text[:start])), "".join(map(_edge, text[start + len(inner) :]))
    return edges[0] + "".join(ESCAPED.get(sign, sign) for sign in inner) + edges[1]


def _edge(sign):
    """A space at the edge of a cell, so that it counts."""
    return {" ": "\\s", "\t": "\\t"}.get(sign) or ESCAPED.get(sign) or f"\\u{ord(sign):04x}"
