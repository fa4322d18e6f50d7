"""bin/bench reviews: the reviews of a title that has 10,000, among five million: every order, page and filter.

The database is made by `bench.many_reviews`, which takes a quarter of an hour, and is kept: a later run finds it. What
is timed is said in bench/README.md.
"""

import argparse
import json
import os
import sys

from bench import many_reviews, scratch, table

MOST = 60  # milliseconds of a page's p95
COLUMNS = ("all", "by stars", "member", "member, by stars")
SHARES = ("p50", "p95")


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench reviews", description=__doc__.partition("\n")[0])
    parser.add_argument("--reviews", type=int, default=5_000_000)
    parser.add_argument("--of-one", type=int, default=10_000, help="reviews of the title that is measured")
    parser.add_argument("--rounds", type=int, default=20, help="times each page is asked for; default 20")
    asked = parser.parse_args(arguments)
    environment = many_reviews.ensure(asked.reviews, asked.of_one) | {"ALLOWED_HOSTS": "testserver"}
    environment |= {"LOG_LEVEL": "ERROR"}
    scratch.manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    before = os.getloadavg()[0]
    found = json.loads(scratch.run(environment, "-m", "bench.inside_reviews", str(asked.rounds)))
    print(f"{found['reviews']:,} reviews, {found['of_one']:,} of the title, {found['votes']:,} votes on these.")
    print(f"Load of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after.\n")
    print(_pages(found["pages"]), end="\n\n")
    print(_verbs(found["verbs"]), end="\n\n")
    print(table.lines(("", "must be", "is", ""), [*_verdicts(found)]))


def _pages(pages):
    headings = ["milliseconds", *(f"{column} {share}" for column in (*COLUMNS, "cpu") for share in SHARES)]
    rows = [[name, *(table.number(each[heading], 1) for heading in headings[1:])] for name, each in pages.items()]
    return table.lines(headings, rows)


def _verbs(verbs):
    rows = [[name, *(table.number(each[share], 1) for share in SHARES)] for name, each in verbs.items()]
    return table.lines(["milliseconds", *SHARES], rows)


def _verdicts(found):
    for label, columns in (("a page", COLUMNS), ("a page's processor time", ("cpu",))):
        slowest, name = max((max(each[f"{c} p95"] for c in columns), name) for name, each in found["pages"].items())
        yield _verdict(f"slowest p95 of {label}", f"≤ {MOST} ms", f"{slowest:.1f} ms: {name}", slowest <= MOST)
    for page, numbers in found["queries"].items():
        few, many = numbers["few"], numbers["many"]
        yield _verdict(f"queries of {page}", f"≤ {few}, as with 3 reviews", str(many), many <= few)


def _verdict(label, must, found, holds):
    return [label, must, found, "holds" if holds else "MISSES"]


if __name__ == "__main__":
    main(sys.argv[1:])
