"""Copies of made-up titles' discs (`bin/manage make_big`), and each title's stock.

The stock counts rentals and requests that are not there as rows, and copies have no events: millions would only take
time.
"""

from rentals.models import Copy, Stock

COLUMNS = {
    Copy: ["disc", "barcode", "shelf", "acquired_on"],
    Stock: ["title", "copies", "on_shelf", "waiting", "rentals", "held_since"],
}
SHARE_HELD = 0.9  # of titles that are out on disc
MOST_COPIES, MOST_RENTALS = 300, 40_000  # of the most popular title


def stock(chance, films):
    """Rows of Copy and Stock: the more popular, the more copies and rentals, by Zipf's law."""
    rows = {Copy: [], Stock: []}
    for film in films:
        held = _copies(chance, film) if chance.happens(SHARE_HELD) else []
        rows[Copy] += held
        rows[Stock].append(_stock(chance, film, held))
    return rows


def _copies(chance, film):
    """As many of each disc, bought when it came out."""
    number = 1 + int(MOST_COPIES / (film.rank + 2) ** 0.6 * chance.random())
    return [
        (disc, f"{disc:07}-{copy}", f"{chance.pick('ABCDEFGHJK')}-{disc % 1000:03}", _whole(released))
        for disc, released in film.discs
        for copy in range(1, number + 1)
    ]


def _whole(day):
    """A day of release, of which only the year may be known."""
    return day if len(day) == 10 else f"{day}-01-01"


def _stock(chance, film, held):
    if not held:
        return film.id, 0, 0, int(chance.random() * 1.2), 0, None
    rentals = int(MOST_RENTALS / (film.rank + 2) ** 0.8 * chance.random() * 2)
    on_shelf = sum(chance.happens(0.75) for _ in held) if chance.happens(0.85) else 0
    waiting = 0 if on_shelf else int(chance.expovariate(1 / len(held)))
    return film.id, len(held), on_shelf, waiting, rentals, min(acquired for *_, acquired in held)
