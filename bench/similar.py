"""bin/bench similar: do the lists of films like a film lead to what members like next, and to all of the shop?"""

import argparse
import json
import math
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench import scratch, table

DATABASE = "bench_similar"
BEFORE = 0.8  # of the ratings, the oldest: what the lists are made from
LIKED_FROM = 7  # of ten
HITS, SHOWN = 20, 10  # places of a list that count as a hit, as exposure
SHRINK = 20
LATELY_DAYS = 30
HIT_RATE, COVERAGE, GINI, SECONDS = 0.18, 0.85, 0.70, 60
LISTS = "SELECT t.slug, o.slug FROM catalogue_similartitle s JOIN catalogue_title t ON t.id = s.title_id " + (
    "JOIN catalogue_title o ON o.id = s.other_id ORDER BY t.slug, s.position"
)
HEADINGS = ("", f"hit rate@{HITS}", "± s.e.", "ours more by", "± s.e.", f"coverage@{SHOWN}", "Gini", "seconds")


def main(arguments=()):
    options = _options(arguments)
    if not options.shared.is_dir():
        sys.exit(f"No folder {options.shared} with movies.dat and ratings.dat: name it with --shared FOLDER.")
    split = Split(_ratings(options.shared / "ratings.dat"), BEFORE)
    films = _films(options.shared / "movies.dat", split.known)
    _say(f"{len(films):,} films, {len(split.before):,} ratings before, {len(split.trials):,} members after.")
    runs = {
        "ours": _ours(films, split),
        "item-kNN": _timed(lambda: item_knn(split)),
        "popularity": _timed(lambda: popularity(split, split.liked)),
        f"popularity of {LATELY_DAYS} days": _timed(lambda: popularity(split, split.liked_lately())),
    }
    scores = {label: Score(split, lists, seconds) for label, (lists, seconds) in runs.items()}
    print(table.lines(HEADINGS, [_row(label, score, scores["ours"]) for label, score in scores.items()]))
    print()
    print(table.lines(("ours", "must be", "is", ""), list(_verdicts(scores))))


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench similar", description=__doc__)
    default = scratch.PROJECT.parent / "shared" / "data" / "ratings"
    parser.add_argument("--shared", type=Path, default=default, metavar="FOLDER", help="of real ratings")
    return parser.parse_args(arguments)


# ------------------------------------------------------------------ the ratings, split by time
@dataclass(frozen=True)
class Rating:
    member: str
    film: str
    half_stars: int
    at: int


class Split:
    """Ratings before and after. The catalogue is what was rated before: nobody could be shown what was not there."""

    def __init__(self, ratings, share):
        ratings = sorted(ratings, key=lambda r: (r.at, r.member, r.film))
        cut = round(share * len(ratings))
        self.before, after = ratings[:cut], ratings[cut:]
        self.known = {rating.film for rating in self.before}
        self.liked = _liked(self.before)
        self.trials = _trials(self.liked, _liked(r for r in after if r.film in self.known))

    def liked_lately(self):
        since = self.before[-1].at - LATELY_DAYS * 86400
        return _liked(rating for rating in self.before if rating.at > since)


def _liked(ratings):
    """{member: films they liked}"""
    liked = defaultdict(set)
    for rating in ratings:
        if rating.half_stars >= LIKED_FROM:
            liked[rating.member].add(rating.film)
    return liked


def _trials(before, after):
    """[(films liked before, films liked after)] of each member who liked some on both sides."""
    return [(sorted(before[member]), after[member]) for member in sorted(before.keys() & after.keys())]


def _ratings(path):
    """Those that are half a star or more; a dozen are 0."""
    for line in path.read_text().splitlines():
        member, film, half_stars, at = line.split("::")
        if half_stars != "0":
            yield Rating(member, film, int(half_stars), int(at))


def _films(path, known):
    """{film: (name, year, genres)}"""
    films = {}
    for line in path.read_text().splitlines():
        film, name, genres = line.split("::")
        name, year = re.fullmatch(r"(.*) \((\d{4})\)", name.strip()).groups()
        if film in known:
            films[film] = (name, int(year), genres.split("|") if genres else [])
    return films


# ------------------------------------------------------------------ lists: {film: others, the best first}
def _ours(films, split):
    """What `rebuild_suggestions` writes into a database that holds these films and ratings, and how long it takes."""
    with scratch.site(DATABASE) as (folder, environment):
        path = folder / "films.jsonl"
        with path.open("w") as out:
            out.writelines(_records(films, split.before))
        _say("Importing …")
        scratch.manage(environment, "import_titles", str(path))
        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("ANALYZE")
            _, seconds = _timed(lambda: scratch.manage(environment, "rebuild_suggestions"))
            return _grouped(connection.execute(LISTS)), seconds


def _records(films, ratings):
    given = defaultdict(list)
    for rating in ratings:
        given[rating.film].append([f"bench-{rating.member}", rating.half_stars, _day(rating.at)])
    for film, (name, year, genres) in films.items():
        record = {"record": "title", "slug": film, "name": name, "kind": "film", "year": year, "genres": genres}
        edition = {"slug": "dvd", "medium": "dvd", "discs": [{"number": 1}]}
        yield json.dumps(record | {"ratings": given[film], "releases": [edition]}) + "\n"


def _day(at):
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _grouped(rows):
    lists = defaultdict(list)
    for film, other in rows:
        lists[film].append(other)
    return lists


def popularity(split, liked):
    """The same list for all films: what most members like."""
    fans = Counter(film for films in liked.values() for film in films)
    best = sorted(fans, key=lambda film: (-fans[film], film))[: HITS + 1]
    return {film: [other for other in best if other != film][:HITS] for film in split.known}


def item_knn(split):
    """Nearest by the cosine of who likes them, shrunk: fans of both / (√(fans × fans) + SHRINK)."""
    fans = defaultdict(set)
    for member, films in split.liked.items():
        for film in films:
            fans[film].add(member)
    return {film: _nearest(film, fans, split.liked) for film in split.known}


def _nearest(film, fans, liked):
    both = Counter(other for member in fans.get(film, ()) for other in liked[member])
    both.pop(film, None)
    near = {other: n / (math.sqrt(len(fans[film]) * len(fans[other])) + SHRINK) for other, n in both.items()}
    return sorted(near, key=lambda other: (-near[other], other))[:HITS]


# ------------------------------------------------------------------ how good they are
class Score:
    """Hit rate of each trial, and how the lists share out attention."""

    def __init__(self, split, lists, seconds):
        self.seconds = seconds
        self.hits = [_hits(lists, before, after) for before, after in split.trials]
        exposure = Counter(other for others in lists.values() for other in others[:SHOWN])
        self.exposure = sorted(exposure[film] for film in split.known)

    @property
    def hit_rate(self):
        return statistics.mean(self.hits)

    @property
    def coverage(self):
        """Share of films that some list shows."""
        return sum(number > 0 for number in self.exposure) / len(self.exposure)

    @property
    def gini(self):
        """0 if all films are shown as often, 1 if one alone is."""
        size, total = len(self.exposure), sum(self.exposure)
        return sum((2 * place - size - 1) * number for place, number in enumerate(self.exposure, 1)) / (size * total)

    def more(self, other):
        """How much higher our hit rate is than the other's, and its standard error: the members are the same."""
        more = [mine - its for mine, its in zip(self.hits, other.hits, strict=True)]
        return statistics.mean(more), _error(more)


def _hits(lists, before, after):
    """Of all pairs of a film liked before and one liked after: the share in which the one's list has the other."""
    return sum(len(after.intersection(lists.get(film, ())[:HITS])) for film in before) / len(before) / len(after)


def _error(values):
    return statistics.stdev(values) / math.sqrt(len(values))


def _timed(make):
    began = time.perf_counter()
    return make(), time.perf_counter() - began


# ------------------------------------------------------------------ the report
def _row(label, score, ours):
    more = ours.more(score) if score is not ours else (None, None)
    values = (score.hit_rate, _error(score.hits), *more, score.coverage, score.gini)
    return [label, *(table.number(value, 3) for value in values), table.number(score.seconds, 1)]


def _verdicts(scores):
    ours, *others = scores.values()
    yield _verdict(f"hit rate@{HITS}", f"≥ {HIT_RATE}", f"{ours.hit_rate:.3f}", ours.hit_rate >= HIT_RATE)
    yield _verdict(f"coverage@{SHOWN}", f"≥ {COVERAGE}", f"{ours.coverage:.3f}", ours.coverage >= COVERAGE)
    yield _verdict("exposure Gini", f"≤ {GINI}", f"{ours.gini:.3f}", ours.gini <= GINI)
    yield _verdict("rebuild", f"≤ {SECONDS} s", f"{ours.seconds:.1f} s", ours.seconds <= SECONDS)
    for label, other in zip(("item-kNN", "popularity"), others, strict=False):
        more, error = ours.more(other)
        yield _verdict(f"hit rate beside {label}", "no worse", f"{more:+.3f} ± {error:.3f}", more >= -2 * error)
        wider = ours.coverage - other.coverage
        yield _verdict(f"coverage beside {label}", "more", f"{wider:+.3f}", wider > 0)


def _verdict(what, must, found, holds):
    return [what, must, found, "holds" if holds else "MISSES"]


def _say(words):
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
