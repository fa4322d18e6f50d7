"""bin/bench ratings: many clients rating one title at once, beside titles of their own and beside a recount."""

import argparse
import sys

from bench import scratch

DATABASE = "bench_ratings"


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench ratings", description=__doc__)
    parser.add_argument("--clients", type=int, default=16, metavar="N", help="processes; default 16")
    parser.add_argument("--seconds", type=float, default=10, metavar="N", help="for each way; default 10")
    parser.add_argument("--ratings-of-title", type=int, default=100_000, metavar="N", help="before; default 100,000")
    asked = parser.parse_args(arguments)
    with scratch.site(DATABASE) as (_, environment):
        numbers = map(str, (asked.clients, asked.seconds, asked.ratings_of_title))
        print(scratch.run(environment, "-m", "bench.inside_ratings", *numbers), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
