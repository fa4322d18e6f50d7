"""bin/bench admin_lists: the staff's lists over 500,000 titles and 1,000,000 copies, asked in every way they offer.

The database `bench_admin_lists_<titles>` takes a quarter of an hour to make, and is kept.
"""

import argparse
import json

from bench import big, scratch, table

MOST_MS, MOST_QUERIES = 300, 15
FIRST_PAGE = "first page"  # no list: it asks once for each of its cards
MADE_BY = [*big.MADE_BY, "bench/fill_admin_lists.py"]


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench admin_lists", description=__doc__.partition("\n")[0])
    parser.add_argument("--titles", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=20, help="times each list is asked for; default 20")
    parser.add_argument("--only", default="", help="lists with this in their name: catalogue_title")
    parser.add_argument("--all", action="store_true", help="print every way to ask; else the slowest of each list")
    asked = parser.parse_args(arguments)
    make = [["manage.py", "make_big", "--titles", str(asked.titles)], ["-m", "bench.fill_admin_lists"]]
    environment = big.kept(f"bench_admin_lists_{asked.titles}", MADE_BY, make)
    environment |= {"LOG_LEVEL": "ERROR", "ALLOWED_HOSTS": "testserver"}
    scratch.manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    found = json.loads(scratch.run(environment, "-m", "bench.inside_admin_lists", str(asked.rounds), asked.only))
    print(_lines(found if asked.all else _slowest(found)))
    print(_verdict(found))


def _slowest(found):
    """Of each list the plain one and the slowest."""
    plain = [row for row in found if row["asked"] in ("plain", "")]
    worst = {}
    for row in found:
        if row["p95"] > worst.get(row["list"], row | {"p95": 0})["p95"]:
            worst[row["list"]] = row
    return sorted([*plain, *(row for row in worst.values() if row not in plain)], key=lambda row: row["list"])


def _lines(rows):
    figures = ("p50", "p95", "cpu")
    cells = [
        [row["list"], row["asked"], *(table.number(row[figure], 1) for figure in figures), str(row["queries"])]
        for row in rows
    ]
    return table.lines(["list", "asked", "p50 ms", "p95 ms", "CPU ms", "queries"], cells)


def _verdict(found):
    slow = [row for row in found if row["p95"] > MOST_MS or row["queries"] > MOST_QUERIES and row["list"] != FIRST_PAGE]
    named = "".join(f"\n  {row['list']}, {row['asked']}: {row['p95']:.0f} ms, {row['queries']} queries" for row in slow)
    return f"\n{len(found)} ways to ask, {len(slow)} over {MOST_MS} ms or {MOST_QUERIES} queries.{named}"
