"""bin/bench search: whether members find what they mean, and how fast, at two sizes of catalogue."""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

from bench import big, scratch, table
from bench.known_items import ALL, GOALS

DATABASE = "bench_search"
INSIDE = "bench.search_inside"
SOURCES = {"us": "us-films", "cannes": "cannes-films"}
GOLD = {"first": 0.95, "reciprocal": 0.97}  # of all; no class under LEAST
LEAST = 0.90
PREFIX = "60% prefix"
SHOWN = 8  # misses of a class
FASTEST = {"find": 80, "suggest": 30}  # p95 of the page in milliseconds, at the big size
GROWTH = 4  # times as long as at the small size


def main(arguments=()):
    options = _options(arguments)
    sizes = {label: getattr(options, label) for label in ("small", "titles")}
    measured = {label: {} for label in sizes}
    if not options.times_only:
        _report_quality(_quality(options.shared))
    if not options.quality_only:
        environments = {label: _made(size) for label, size in sizes.items()}
        for number in range(1, options.rounds + 1):
            for label, environment in environments.items():
                _say(f"Round {number} of {options.rounds}: {sizes[label]:,} titles …")
                _add(measured[label], _inside(environment, "times", "1", str(options.each)))
        _report_times(measured["titles"], measured["small"], sizes)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1) + "\n")


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench search", description=__doc__)
    parser.add_argument("--titles", type=int, default=500_000, metavar="N", help="big size; default 500000")
    parser.add_argument("--small", type=int, default=5_000, metavar="N", help="default 5000")
    parser.add_argument("--each", type=int, default=60, help="queries of each class; default 60")
    parser.add_argument("--rounds", type=int, default=3, help="default 3")
    default = scratch.PROJECT.parent / "shared" / "data"
    parser.add_argument("--shared", type=Path, default=default, metavar="FOLDER", help="of real films")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every time that was measured")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--quality-only", action="store_true")
    only.add_argument("--times-only", action="store_true")
    return parser.parse_args(arguments)


def _made(size):
    """The environment of a made-up catalogue of that size, whose pages can be asked for."""
    environment = big.ensure(size)
    scratch.manage(environment, "collectstatic", "--no-input")
    return environment


def _say(line):
    print(line, file=sys.stderr, flush=True)


def _inside(environment, *command):
    return json.loads(scratch.run(environment | SETTINGS, "-m", INSIDE, *command))


SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}


# ------------------------------------------------------------------ quality
def _quality(shared):
    """What bench/search_inside.py says of the demo, and of real films where they are."""
    folders = {source: shared / folder for source, folder in SOURCES.items() if (shared / folder).is_dir()}
    with scratch.site(DATABASE) as (_, environment):
        _say(f"Importing the demo{', ' if folders else ''}{', '.join(SOURCES[source] for source in folders)} …")
        scratch.manage(environment, "import_titles", "fixtures/demo.jsonl", *map(str, folders.values()))
        scratch.manage(environment, "rebuild_search")
        _say("Asking …")
        return ["demo", *folders], _inside(environment, "quality", "demo", *folders)


def _report_quality(answer):
    sources, said = answer
    gold, known, reachable = said["gold"], said["known"], said["reachable"]
    print(f"Queries by hand (tests/search_gold.tsv), on {' + '.join(sources)}")
    floors = {group: LEAST for group in gold} | {"all": GOLD["first"]}
    print(table.lines(HAND, [_row(group, gold[group], floors[group]) for group in gold]))
    print(f"MRR@10 of all must be {GOLD['reciprocal']}: {_holds(gold['all']['reciprocal'] >= GOLD['reciprocal'])}")
    print("\n".join(["", "Not on top:", *gold["all"]["misses"], "", "Queries made from names"]))
    rows = {group: _made_row(group, known[group], reachable) for group in [*GOALS, "all"] if group in known}
    print(table.lines(MADE, [*rows.values()]))
    print(f"{PREFIX}: as many names begin alike, luck alone gives {reachable[0]:.3f} and {reachable[1]:.3f}.")
    print("\n".join(["", "Some of what is not on top where a goal is missed:", *_some_misses(known, rows), ""]))


def _some_misses(known, rows):
    missing = [group for group, row in rows.items() if row[-1] != _holds(True) and group != "all"]
    return [miss for group in missing for miss in known[group]["misses"][:SHOWN]]


HAND = ("class", "queries", "success@1", "success@5", "MRR@10", "at least", "")
MADE = ("class", "queries", "success@1", "goal", "success@5", "goal", "MRR@10", "")


def _row(group, figures, least):
    numbers = [f"{figures[name]:.3f}" for name in ("first", "fifth", "reciprocal")]
    return [group, str(figures["queries"]), *numbers, f"{least:.2f}", _holds(figures["first"] >= least)]


def _made_row(group, figures, reachable):
    """A class of GOALS is held to success@1 and @5, all of them to success@1 and MRR@10."""
    first, second = GOALS.get(group, ALL)
    if group == PREFIX:
        first, second = (
            min(goal, _lucky(share, figures["queries"])) for goal, share in zip((first, second), reachable, strict=True)
        )
    found = figures["first"], figures["fifth" if group in GOALS else "reciprocal"]
    goals = [f"{first:.2f}", f"{second:.2f}"] if group in GOALS else [f"{first:.2f}", ""]
    numbers = [f"{figures['first']:.3f}", goals[0], f"{figures['fifth']:.3f}", goals[1], f"{figures['reciprocal']:.3f}"]
    return [group, str(figures["queries"]), *numbers, _holds(found[0] >= first and found[1] >= second)]


def _lucky(share, queries):
    """The least that luck gives in 39 of 40 such samples, if it gives `share` of many."""
    return share - 1.96 * (share * (1 - share) / queries) ** 0.5


def _holds(true):
    return "holds" if true else "MISSES"


# ------------------------------------------------------------------ times
def _add(measured, more):
    for group, by_label in more.items():
        for label, times in by_label.items():
            measured.setdefault(group, {}).setdefault(label, []).extend(times)


def _report_times(large, small, sizes):
    print(f"{sizes['titles']:,} titles; milliseconds with {os.cpu_count()} processors.")
    print(f"×: p50 over that of {sizes['small']:,} titles.")
    for what in FASTEST:
        print()
        print(table.lines(_headings(what), [_times_row(group, what, large, small) for group in [*large, "all"]]))
    print()
    print(table.lines(("all classes", "must keep to", "is", ""), list(_verdicts(large, small))))


def _headings(what):
    floors = ("equal p50", "trigrams p50", "trigrams p95")
    return (what, "p50", "p95", "p99", "page p50", "page p95", "page p99", "×", *floors)


def _times_row(group, what, large, small):
    """`what` by function and by page, how it grew, and the floors."""
    own = [_number(times, percent) for times in _both(large, group, what) for percent in (50, 95, 99)]
    growth = _percentile(_all(large, group, what), 50) / _percentile(_all(small, group, what), 50)
    floors = [("equal", 50), ("trigrams", 50), ("trigrams", 95)]
    return [group, *own, f"{growth:.1f}", *(_number(_all(large, group, label), percent) for label, percent in floors)]


def _both(measured, group, what):
    return _all(measured, group, what), _all(measured, group, f"{what} page")


def _all(measured, group, label):
    """The times of a class, or of all classes."""
    groups = measured if group == "all" else [group]
    return [time for group in groups if group in measured for time in measured[group][label]]


def _verdicts(large, small):
    for what, most in FASTEST.items():
        is_ = _percentile(_all(large, "all", f"{what} page"), 95)
        yield [f"{what}, page, p95", f"{most} ms", f"{is_:.1f} ms", _holds(is_ <= most)]
    for what in FASTEST:
        for percent in (50, 95):
            grown = [_percentile(_all(size, "all", f"{what} page"), percent) for size in (large, small)]
            growth = grown[0] / grown[1]
            yield [f"{what}, page, growth of p{percent}", f"{GROWTH} ×", f"{growth:.1f} ×", _holds(growth <= GROWTH)]


def _number(times, percent):
    return table.number(_percentile(times, percent), 1)


def _percentile(times, percent):
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main(sys.argv[1:])
