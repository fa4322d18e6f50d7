"""Steps of bin/bench allocation, each a process of its own that prints JSON.

python -m bench.inside_allocation make FILE MEMBERS ENTRIES | match FILE | rules FILE
"""

import json
import os
import resource
import sys
from time import perf_counter, process_time

import numpy as np

from bench import markets, rules
from rentals.allocation import Discs, Places, Wishes, allocate

KINDS = {"places": Places, "wishes": Wishes, "discs": Discs}


def main(step, path, *numbers):
    print(json.dumps(STEPS[step](path, *map(int, numbers))))


def make(path, members, entries):
    market = markets.make(members, entries)
    np.savez(
        path,
        **{
            f"{kind}_{n}": column
            for kind, columns in zip(KINDS, market, strict=True)
            for n, column in zip(columns._fields, columns, strict=True)
        },
    )
    return {}


def read(path):
    """(Places, Wishes, Discs)"""
    with np.load(path) as kept:
        return [columns(*(kept[f"{kind}_{name}"] for name in columns._fields)) for kind, columns in KINDS.items()]


# ------------------------------------------------------------------ time and memory
def match(path):
    market = read(path)
    began, used = perf_counter(), process_time()
    found = allocate(*market)
    return {
        "seconds": perf_counter() - began,
        "cpu": process_time() - used,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "load": os.getloadavg()[0],
        "wishes": len(market[1].entry),
        "proposals": len(found.refused.entry) + len(found.sent.entry),
        "filled": len(found.sent.entry) / len(market[0].member),
    }


# ------------------------------------------------------------------ rules side by side
def compare(path):
    """{rule: what it does for the same market}"""
    market = read(path)
    fullest = rules.maximum(*market)
    runs = {
        "deferred acceptance": rules.deferred,
        "serial by oldest claim": rules.serial,
        "title by title": rules.by_title,
    }
    found = {label: _judged(market, rule, fullest) for label, rule in runs.items()}
    return found | {"maximum": _of_the_fullest(market, fullest)} if fullest else found


def _judged(market, rule, fullest):
    began = perf_counter()
    won = rule(*market)
    seconds = perf_counter() - began
    envy, waste = rules.complaints(*market, won)
    return {
        "seconds": seconds,
        "filled": len(won) / len(market[0].member),
        "of_maximum": len(won) / fullest[0] if fullest else None,
        "rank": float(market[1].rank[won].mean() + 1),
        "envy": int(envy.sum()),
        "waste": int(waste.sum()),
        "wronged": len(np.unique(market[1].member[envy | waste])),
    }


def _of_the_fullest(market, fullest):
    filled, seconds = fullest
    nothing = dict.fromkeys(("rank", "envy", "waste", "wronged"))
    return {"seconds": seconds, "filled": filled / len(market[0].member), "of_maximum": 1, **nothing}


STEPS = {"make": make, "match": match, "rules": compare}

if __name__ == "__main__":
    main(*sys.argv[1:])
