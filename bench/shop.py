"""bin/bench shop: a made-up shop, day by day, by our rule and by two simpler ones on the same world."""

import argparse
import os
import sys

import django
import numpy as np

from bench import rules, table

FEWEST = 500
WARM = 30  # days before anything is counted: nobody has a claim at first, and every copy is in
HEADINGS = ("", "ours", "serial by oldest claim", "title by title")


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench shop", description=__doc__)
    parser.add_argument("--members", type=int, default=2000, metavar="N")
    parser.add_argument("--days", type=int, default=120, metavar="D", help=f"counted, after {WARM} that are not")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.members < FEWEST or options.days < 1:
        parser.error(f"--members from {FEWEST:,}, which is a title for each 10 and 30 in each queue; --days from 1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()  # the site's own calendar and estimates; no database
    columns = [_told(_lived(rule, options)) for rule in (rules.deferred, rules.serial, rules.by_title)]
    print(table.lines(HEADINGS, [[label, *(column[label] for column in columns)] for label in columns[0]]))


def _lived(rule, options):
    from bench.simulated import Shop

    print(f"{rule.__name__}: {options.days + WARM} days …", file=sys.stderr, flush=True)
    shop = Shop(options.members, options.seed)
    shop.live(WARM + options.days, rule)
    return shop


# ------------------------------------------------------------------ what is told
def _told(shop):
    """{label: figure} of the days after the first."""
    sent = [row for row in shop.sent if row[0] >= WARM]
    rounds = np.array([row for row in shop.rounds if row[0] >= WARM])
    number = np.array([rank for _, _, rank, _ in sent])
    return {
        "discs sent": f"{len(sent):,}",
        "of open places, filled in the round": f"{rounds[:, 2].sum() / rounds[:, 1].sum():.1%}",
        "number 1 of the queue": f"{(number == 0).mean():.1%}",
        "among the first 5": f"{(number < 5).mean():.1%}",
        **_waits(shop),
        **_paces(shop, sent),
        "members wronged, per 1,000 sent": f"{1000 * rounds[:, 3].sum() / len(sent):.1f}",
        "copies lost": f"{shop.lost}",
    }


def _waits(shop):
    """How long requests that were passed over waited, and how that was against what the page had said."""
    end = shop.day + 1
    known = [wait for wait in shop.waits.values() if wait.since >= WARM]
    days = np.array([wait.days for wait in known if wait.days is not None])
    told = [wait for wait in known if end - wait.since > wait.high]  # long enough ago to know
    sooner = sum(wait.days is not None and wait.days < wait.low for wait in told)
    later = sum(wait.days is None or wait.days > wait.high for wait in told)
    return {
        "days from first refusal, median": f"{np.median(days):.1f}",
        "days from first refusal, nine in ten": f"{np.quantile(days, 0.9):.1f}",
        "waits promised and known": f"{len(told):,}",
        "sooner than promised (10 % meant)": f"{sooner / len(told):.1%}" if told else "–",
        "later than promised (10 % meant)": f"{later / len(told):.1%}" if told else "–",
    }


def _paces(shop, sent):
    """Whether quick renters wait longer for a disc than slow ones: the rule is blind to usage."""
    quick = shop.pace < np.median(shop.pace)
    found = {}
    for label, those in (("quick", quick), ("slow", ~quick)):
        waits = [days for _, member, _, days in sent if those[member] and days is not None]
        passed = np.mean([days is not None for _, member, _, days in sent if those[member]])
        found[f"passed over before, {label} renters"] = f"{passed:.1%}"
        found[f"days they waited, median, {label}"] = f"{np.median(waits):.1f}" if waits else "–"
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
