"""bin/bench admin_form: the staff's form of a title with 100 credits and 12 editions, among many people.

In one process, through all of the middleware, one request after the other. Must be: opened within 1 s, saved within
2 s; autocompletes answer within 100 ms among 300,000 people (`--people 300000`, which takes a while to make).
"""

import argparse

from bench import scratch

NAME = "bench_admin_form"


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench admin_form", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000, metavar="N", help="default 20,000")
    parser.add_argument("--rounds", type=int, default=10, metavar="N", help="default 10")
    asked = parser.parse_args(arguments)
    with scratch.site(NAME) as (_, environment):
        scratch.manage(environment, "createcachetable")
        scratch.manage(environment, "collectstatic", "--no-input", "--verbosity=0")
        print(scratch.run(environment, "-m", "bench.inside_admin_form", str(asked.people), str(asked.rounds)), end="")
