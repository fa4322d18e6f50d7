"""bin/bench rounds: a whole round with its database, in shops of growing size: read, match, write."""

import argparse
import json
import sys

from bench import scratch, table

DATABASE = "bench_rounds"
SIZES = (5_000, 100_000)
SECONDS = {5_000: 5, 100_000: 60}  # of the clock, as members with an open place wait so long to change their queue
HEADINGS = ("members", "requests", "seconds", "reading", "matching", "writing", "peak MB", "sent", "refused", "load")


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench rounds", description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--entries", type=int, default=30, metavar="N", help="in each queue")
    options = parser.parse_args(arguments)
    found = [one for members in options.members for one in _measured(members, options.entries)]
    print(table.lines(HEADINGS, [_row(one) for one in found]))
    print()
    print(table.lines(("", "must be", "is", ""), [_verdict(one) for one in found if one["members"] in SECONDS]))


def _measured(members, entries):
    """The first round of a shop, in which all claims are new, and one more on the same day."""
    with scratch.site(DATABASE) as (_, environment):
        print(f"{members:,} members: filling a database …", file=sys.stderr, flush=True)
        scratch.run(environment, "-m", "bench.inside_rounds", "fill", str(members), str(entries))
        for number in ("first", "second"):
            told = json.loads(scratch.run(environment, "-m", "bench.inside_rounds", number))
            yield told | {"members": members, "number": number}


def _row(one):
    parts = [table.number(one[name], 2) for name in ("seconds", "reading", "matching", "writing")]
    counts = [f"{one[name]:,}" for name in ("sent", "refused")]
    label = f"{one['members']:,}, {one['number']} round"
    return [label, f"{one['requests']:,}", *parts, f"{one['peak_mb']:,.0f}", *counts, f"{one['load']:.1f}"]


def _verdict(one):
    most = SECONDS[one["members"]]
    word = "holds" if one["seconds"] <= most else "MISSES"
    return [f"{one['members']:,} members, {one['number']} round", f"≤ {most} s", f"{one['seconds']:.2f} s", word]


if __name__ == "__main__":
    main(sys.argv[1:])
