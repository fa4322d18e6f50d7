"""bin/bench desk: four desks that scan beside members who read, and a scanner that types ahead.

Each desk scans at the pace asked for (1,200 an hour: a hand inspects 650 discs an hour at best), over a connection of
its own, as the page does: one scan after the other. Hands do not keep step: between two scans of one lies half the pace
to one and a half. Then one desk scans ten a second for a minute: each must be there once, in its order. Must be: p50
30 ms, p99 150 ms.
"""

import argparse
import itertools
import json
import random
import re
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import uuid4

from bench import scratch, servers, table

DESKS = 4
MUST = {"p50": 30, "p99": 150}
READ = ("/", "/titles/", "/queue/", "/search/?q=film")
PAUSE = 0.1  # seconds between two pages of one reader
BURST_PACE = 0.1


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="bin/bench desk", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, metavar="N", help="of scanning at the pace; default 300")
    parser.add_argument("--an-hour", type=int, default=1200, metavar="N", help="scans of each desk; default 1,200")
    parser.add_argument("--readers", type=int, default=2, metavar="N", help="members who read meanwhile; default 2")
    parser.add_argument("--burst", type=int, default=60, metavar="N", help="seconds of ten scans a second; default 60")
    asked = parser.parse_args(arguments)
    each = asked.seconds * asked.an_hour // 3600 + 1
    burst = round(asked.burst / BURST_PACE)
    with scratch.site("bench_desk") as (folder, environment):
        scratch.manage(environment, "createcachetable")
        scratch.manage(environment, "collectstatic", "--no-input", "--verbosity=0")
        shop = json.loads(scratch.run(environment, "-m", "bench.inside_desk", "fill", str(DESKS * each + burst)))
        with servers.gunicorn("config.wsgi", environment, folder / "gunicorn.log") as server:
            rows = _measure(server.port, shop, each, 3600 / asked.an_hour, asked.readers, burst)
        told = scratch.run(environment, "-m", "bench.inside_desk", "count", str(burst))
    print(table.lines(("", "scans", "p50 ms", "p95 ms", "p99 ms", "slowest"), rows))
    print(told, end="")


def _measure(port, shop, each, pace, readers, burst):
    codes = iter(shop["codes"])
    over = threading.Event()
    desks = [Desk(port, session, [next(codes) for _ in range(each)]) for session in shop["hands"]]
    with ThreadPoolExecutor(DESKS + readers) as threads:
        reading = [threads.submit(_read, port, shop["reader"], over) for _ in range(readers)]
        scanning = [threads.submit(desk.scan_all, _gaps(number, pace)) for number, desk in enumerate(desks)]
        wait(scanning)
        over.set()
    for done in scanning + reading:
        done.result()
    quick = Desk(port, shop["hands"][0], [next(codes) for _ in range(burst)])
    quick.scan_all(itertools.repeat(BURST_PACE))
    found = [took for desk in desks for took in desk.took]
    return [_row("four desks, members reading", found), _row("ten a second, one desk", quick.took)]


def _gaps(seed, pace):
    """Seconds before each scan of a hand."""
    chance = random.Random(seed)
    while True:
        yield pace * chance.uniform(0.5, 1.5)


def _row(name, took):
    cuts = statistics.quantiles([1000 * each for each in took], n=100)
    figures = (cuts[49], cuts[94], cuts[98], 1000 * max(took))
    return [name, f"{len(took):,}", *(table.number(each, 1) for each in figures)]


class Desk:
    """A page that is open at a desk, and the scans that it sends."""

    def __init__(self, port, session, codes):
        self.codes, self.took = codes, []
        self.line = HTTPConnection("127.0.0.1", port)
        self.cookies = {"session": session}
        page = self._ask("GET", "/desk/").decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def scan_all(self, gaps):
        """One `gaps` seconds after the other was begun, or at once when that took longer."""
        due = time.perf_counter()
        for code, gap in zip(self.codes, gaps, strict=False):
            due += gap
            time.sleep(max(0, due - time.perf_counter()))
            self._scan(code)

    def _scan(self, code):
        sent = {"csrfmiddlewaretoken": self.token, "code": code, "station": "desk", "form_key": uuid4()}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Desk": "1"}
        at = time.perf_counter()
        answer = self._ask("POST", "/desk/scan/", urlencode(sent), headers)
        self.took.append(time.perf_counter() - at)
        assert b"Came back from" in answer, answer

    def _ask(self, method, path, body=None, headers=()):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = _answer(self.line, method, path, body, {"Cookie": cookies, "Host": "localhost", **dict(headers)})
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read()
        assert answer.status == 200, (path, answer.status, page[:500])
        return page


def _answer(line, *request):
    """Over a line that the server may have closed since, as browsers do it."""
    try:
        line.request(*request)
        return line.getresponse()
    except (ConnectionError, HTTPException):
        line.close()
        line.request(*request)
        return line.getresponse()


def _read(port, session, over):
    line = HTTPConnection("127.0.0.1", port)
    number = 0
    while not over.is_set():
        headers = {"Cookie": f"session={session}", "Host": "localhost"}
        answer = _answer(line, "GET", READ[number % len(READ)], None, headers)
        answer.read()
        assert answer.status == 200, READ[number % len(READ)]
        number += 1
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(sys.argv[1:])
