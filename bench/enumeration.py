"""Whether the time of an answer tells if an address has an account: bin/bench enumeration [--pairs 300].

Sign-in, reset and sign-up are asked, by turns, with an address that has an account and with one that has none. Their
medians must lie within 5 ms of each other. Hashes are the real ones; limits on how often one may ask are on, and each
request comes from another place.
"""

import argparse
import sys

from bench import scratch


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench enumeration")
    parser.add_argument("--pairs", type=int, default=300)
    pairs = parser.parse_args(arguments).pairs
    with scratch.site("bench_enumeration") as (_, environment):
        scratch.manage(environment, "createcachetable")
        scratch.manage(environment, "collectstatic", "--no-input", "--verbosity=0")
        said = scratch.run(environment | {"LOG_LEVEL": "CRITICAL"}, "-m", "bench.enumeration_inside", str(pairs))
    print(said, end="")
    if "FAR APART" in said:
        sys.exit(1)
