"""A life in films as a line: a dot for each title on its year, and the names of the best known ones above it.

Lengths are units of the drawing, WIDTH wide. Dots of one year stand one above the other. A name stands beside a thin
line up from its dot, high enough that no other name's line crosses it.
"""

from itertools import groupby

from catalogue import wording

WIDTH, BASE, MARGIN = 1310, 124, 23
ROOM = 215  # right of the last year, for its name
STEP = 16  # from one dot of a year to the next above it
MOST_DOTS = 5  # of one year; more would reach the names
LETTER, LONGEST = 7.6, 26  # width of a letter, letters of a name
LEVEL, LEVELS, LOWEST = 20, 5, 92
NAMED = 8
LEAST = 3  # titles below which there is no line to draw


def lifeline(rows):
    """{"dots", "labels", "ticks", "spoken", …} of rows (`catalogue.rows`) with their years; None for too few."""
    rows = sorted((row for row in rows if row["year"]), key=lambda row: row["year"])
    if len(rows) < LEAST or rows[0]["year"] == rows[-1]["year"]:
        return None
    place = _scale(rows[0]["year"], rows[-1]["year"])
    dots, labels = list(_dots(rows, place)), _labels(rows, place)
    top = min([BASE - STEP, *(dot["y"] - STEP for dot in dots), *(label["top"] - 4 for label in labels)])
    return {
        "top": top,
        "height": BASE + 36 - top,
        "width": WIDTH,
        "base": BASE,
        "dots": dots,
        "labels": labels,
        "ticks": list(_ticks(rows[0]["year"], rows[-1]["year"], place)),
        "spoken": _spoken(rows),
    }


def _scale(first, last):
    start = _first_tick(first)
    step = (WIDTH - MARGIN - ROOM) / (last - start)
    return lambda year: round(MARGIN + (year - start) * step)


def _first_tick(year):
    return (year - 2) // 5 * 5


def _dots(rows, place):
    for year, group in groupby(rows, lambda row: row["year"]):
        # those to rent lie on the line, and are those that are drawn if there are too many
        for number, row in enumerate(sorted(group, key=lambda row: not row["held"])[:MOST_DOTS]):
            yield {"x": place(year), "y": BASE - number * STEP, "held": row["held"]}


def _ticks(first, last, place):
    """A tick every five years, with the year on it every ten, or on each of the few of a short life."""
    named = 5 if last - first < 15 else 10
    for year in range(_first_tick(first), last + 1, 5):
        said = "" if year % named else year
        yield {"x": place(year), "top": BASE - 4, "foot": BASE + 4, "text_at": BASE + 30, "year": said}


def _labels(rows, place):
    """The names of the best known titles to rent, one a year, from the right, each above those it would cross."""
    best = sorted((row for row in rows if row["held"]), key=lambda row: -row["ratings"])[:NAMED]
    labels = []
    for row in sorted({row["year"]: row for row in reversed(best)}.values(), key=lambda row: -row["year"]):
        label = _label(row, place(row["year"]), labels)
        if label["level"] < LEVELS:
            labels.append(label)
    return labels


def _label(row, x, to_the_right):
    name = wording.shortened(row["name"], LONGEST)
    end = x + 9 + len(name) * LETTER
    level = max((other["level"] + 1 for other in to_the_right if other["x"] <= end + 9), default=0)
    baseline = LOWEST - level * LEVEL
    return {"x": x, "name": name, "level": level, "text_x": x + 9, "text_y": baseline, "top": baseline - 10}


def _spoken(rows):
    held = sum(row["held"] for row in rows)
    years = f"from {rows[0]['year']} to {rows[-1]['year']}"
    return f"Time line: {wording.counted(len(rows), 'title')} {years}, {held:,} of them to rent. All are listed below."
