"""Cost of pages, side by side: CPU of the server's processes per request.

The pages take turns, in an order that is rotated each round, so that a machine whose speed swings does so for all of
them; ratios are taken round by round. In its turn a page is asked for twice over:

1. serial: one request after the other, each over a connection of its own. CPU before and after is the headline.
2. load: eight connections of `wrk` on the same machine. Without wrk there is no such pass.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

from bench.processes import cpu_seconds
from bench.servers import Server

WARM_UP = 12
CONNECTIONS = 8
FEWEST = 10  # requests of a serial pass
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclass
class Page:
    """Something to ask a server for, and the rows measured: one a round."""

    label: str
    server: Server
    path: str
    headers: dict = field(default_factory=dict)
    status: int = 200
    rows: list = field(default_factory=list)

    def get(self):
        """The response and its body; exits if the status is not the one expected."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request("GET", self.path, headers=self.headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != self.status:
            sys.exit(f"{self.label}: {self.path} answered {response.status}, not {self.status}")
        return response, body

    def median(self, key):
        """Median over the rounds; None if `key` was not measured."""
        values = [row[key] for row in self.rows if row.get(key) is not None]
        return statistics.median(values) if values else None

    def ratio(self, other, key="cpu"):
        """How many times as much as `other` it took: median of the rounds' ratios."""
        return statistics.median(mine[key] / its[key] for mine, its in zip(self.rows, other.rows, strict=True))


def take_turns(pages, rounds, seconds, database=None):
    """Measure `pages` `rounds` times, each pass `seconds` long; yields every page as a row of it is done.

    `database` is the process id of the database server, or None if it is out of sight.
    """
    for number in range(rounds):
        turn = number % len(pages)
        for page in pages[turn:] + pages[:turn]:
            page.rows.append(_measure(page, seconds, database))
            yield page


def _measure(page, seconds, database):
    for _ in range(WARM_UP):
        _, body = page.get()
    return {"bytes": len(body), **_serial(page, seconds, database), **(_load(page, seconds) if has_wrk() else {})}


def _serial(page, seconds, database):
    before, before_there = cpu_seconds(page.server.pid), cpu_seconds(database)
    times = []
    while len(times) < FEWEST or sum(times) < seconds:
        began = time.perf_counter()
        page.get()
        times.append(time.perf_counter() - began)
    return {
        "requests": len(times),
        "cpu": (cpu_seconds(page.server.pid) - before) / len(times) * 1000,
        "database": (cpu_seconds(database) - before_there) / len(times) * 1000 if database else None,
        "alone": statistics.median(times) * 1000,
    }


def has_wrk():
    return shutil.which("wrk") is not None


def _load(page, seconds):
    headers = [part for name, value in page.headers.items() for part in ("-H", f"{name}: {value}")]
    address = f"http://127.0.0.1:{page.server.port}{page.path}"
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "60s"]
    before = cpu_seconds(page.server.pid)
    said = subprocess.run(["wrk", *options, *headers, address], capture_output=True, text=True, check=True).stdout
    return _read_wrk(page, said, cpu_seconds(page.server.pid) - before)


def _read_wrk(page, said, cpu):
    if failed := re.search(r"(Non-2xx or 3xx responses|Socket errors):.*", said):
        sys.exit(f"{page.label}: {failed[0]}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    times = {
        f"p{percent}": float(value) * MILLISECONDS[unit]
        for percent, value, unit in re.findall(r"^ +(50|99)% +([\d.]+)(us|ms|s|m)$", said, re.MULTILINE)
    }
    rate = float(re.search(r"Requests/sec: +([\d.]+)", said)[1])
    return {"cpu_loaded": cpu / requests * 1000, "per_second": rate, **times}
