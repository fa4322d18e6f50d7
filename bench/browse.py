"""bin/bench browse: the list of titles with counts for every facet, at two sizes and beside plain SQL.

The databases `bench_big_<titles>` are made by `bin/manage make_big`, which takes minutes for 500,000, and are kept: a
later run finds them. What is timed is said in bench/README.md.
"""

import argparse
import json

from bench import big, scratch, table

FIGURES = ("engine p50", "engine p95", "page p50", "page p95", "page p99", "cpu", "sql")
GROWTH = ("page p50", "cpu")


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench browse", description=__doc__.partition("\n")[0])
    parser.add_argument("--titles", type=int, default=500_000)
    parser.add_argument("--small", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=20, help="times each page is asked for; default 20")
    asked = parser.parse_args(arguments)
    measured = {titles: _measured(titles, asked.rounds) for titles in (asked.small, asked.titles)}
    for titles, found in measured.items():
        print(_lines(titles, found), end="\n\n")
    print(_growth(measured[asked.small]["classes"], measured[asked.titles]["classes"]))


def _measured(titles, rounds):
    environment = big.ensure(titles) | {"LOG_LEVEL": "ERROR", "ALLOWED_HOSTS": "testserver"}
    scratch.manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return json.loads(scratch.run(environment, "-m", "bench.inside_browse", str(rounds)))


def _lines(titles, found):
    once = ", ".join(f"{name} {value:,.1f}" for name, value in found["once"].items())
    rows = [
        [name, f"{each['found']:,}", *(table.number(each.get(figure), 1) for figure in FIGURES)]
        for name, each in found["classes"].items()
    ]
    return f"{titles:,} titles. {once}\n" + table.lines(["milliseconds", "found", *FIGURES], rows)


def _growth(small, big):
    rows = [[name, *(f"{each[figure] / small[name][figure]:.1f}" for figure in GROWTH)] for name, each in big.items()]
    return table.lines(["times the small one's", *GROWTH], rows)
