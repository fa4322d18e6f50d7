"""bin/bench allocation: who gets which disc, matched for shops of growing size, beside rules that are simpler.

The matching alone, over arrays, without a database.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import scratch, table

SIZES = (10_000, 100_000, 1_000_000)
SECONDS = {100_000: 2, 1_000_000: 45}  # of one thread's CPU, which is what it takes where nothing else runs
GIGABYTES = {1_000_000: 4}
GROWTH = 20  # times the CPU for ten times the members: sorting is 12, and a million's arrays are in no cache
SHARE = 0.80  # of the fullest matching
TIMES = ("members", "wishes", "seconds", "CPU s", "× before", "peak MB", "load", "proposals", "places filled")
RULES = ("", "seconds", "places filled", "of maximum", "mean rank", "envy", "waste", "members wronged")


def main(arguments=()):
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="kinopost-bench-") as folder:
        found = [_measured(folder, members, options) for members in options.members]
    times = [one["matching"] for one in found]
    print(table.lines(TIMES, [_time_row(*pair) for pair in zip(times, [None, *times[:-1]], strict=True)]))
    for one in found:
        if one["rules"]:
            print(f"\n{one['matching']['members']:,} members")
            print(table.lines(RULES, [_rule_row(label, rule) for label, rule in one["rules"].items()]))
    print()
    print(table.lines(("", "must be", "is", ""), [*_verdicts(found)]))


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench allocation", description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--entries", type=int, default=30, metavar="N", help="in each queue")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each matching; the quickest counts")
    parser.add_argument("--rules", type=int, default=100_000, metavar="N", help="compare rules up to so many members")
    return parser.parse_args(arguments)


def _measured(folder, members, options):
    """{"matching", "rules"} of one size; each step is a process of its own, so that its memory is."""
    market = Path(folder, f"{members}.npz")
    _inside("make", market, members, options.entries)
    runs = [_inside("match", market) for _ in range(options.runs)]
    best = min(runs, key=lambda run: run["seconds"]) | {"members": members}
    _say(f"{members:,} members: " + ", ".join(f"{run['seconds']:.2f} s (load {run['load']:.1f})" for run in runs))
    rules = _inside("rules", market) if members <= options.rules else {}
    market.unlink()
    return {"matching": best, "rules": rules}


def _inside(step, *arguments):
    """What a step of `bench.inside_allocation` prints."""
    command = [sys.executable, "-m", "bench.inside_allocation", step, *map(str, arguments)]
    done = subprocess.run(command, cwd=scratch.PROJECT, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def _say(words):
    print(words, file=sys.stderr, flush=True)


# ------------------------------------------------------------------ the report
def _time_row(one, before):
    growth = one["cpu"] / before["cpu"] if before else None
    figures = table.number(one["seconds"], 2), table.number(one["cpu"], 2), table.number(growth, 1)
    more = f"{one['peak_mb']:,.0f}", f"{one['load']:.1f}", f"{one['proposals']:,}", f"{one['filled']:.1%}"
    return [f"{one['members']:,}", f"{one['wishes']:,}", *figures, *more]


def _rule_row(label, rule):
    share = f"{rule['of_maximum']:.1%}" if rule["of_maximum"] else "–"
    counts = [table.number(rule[key], 0) for key in ("envy", "waste", "wronged")]
    return [label, f"{rule['seconds']:.2f}", f"{rule['filled']:.1%}", share, table.number(rule["rank"], 2), *counts]


def _verdicts(found):
    times = {one["matching"]["members"]: one["matching"] for one in found}
    for members in times:
        if members in SECONDS:
            yield _at_most(f"CPU s, {members:,} members", SECONDS[members], times[members]["cpu"])
        if members in GIGABYTES:
            yield _at_most(f"GB, {members:,} members", GIGABYTES[members], times[members]["peak_mb"] / 1000)
        if members * 10 in times:
            growth = times[members * 10]["cpu"] / times[members]["cpu"]
            yield _at_most(f"CPU of {members * 10:,} to {members:,}", GROWTH, growth)
    for one in found:
        if one["rules"]:
            yield from _fairness(one["matching"]["members"], one["rules"])


def _fairness(members, rules):
    ours, wronged = rules["deferred acceptance"], f"members wronged, of {members:,}"
    yield [wronged, "0", table.number(ours["wronged"], 0), "MISSES" if ours["wronged"] else "holds"]
    if ours["of_maximum"]:
        word = "holds" if ours["of_maximum"] >= SHARE else "MISSES"
        yield [f"of the maximum, {members:,} members", f"≥ {SHARE:.0%}", f"{ours['of_maximum']:.1%}", word]


def _at_most(label, most, found):
    return [label, f"≤ {most}", f"{found:.2f}", "holds" if found <= most else "MISSES"]


if __name__ == "__main__":
    main(sys.argv[1:])
