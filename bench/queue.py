"""bin/bench queue: what a move in a queue costs, however long the queue is, beside moving every row up or down."""

import argparse
import sys

from bench import scratch

DATABASE = "bench_queue"


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench queue", description=__doc__)
    parser.add_argument("--moves", type=int, default=200, metavar="N", help="for each length and way")
    options = parser.parse_args(arguments)
    with scratch.site(DATABASE) as (_, environment):
        print(scratch.run(environment, "-m", "bench.inside_queue", str(options.moves)), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
