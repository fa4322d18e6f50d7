"""bin/bench pages: what our pages cost, beside the least that pages of their size can."""

import argparse
import contextlib
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import bigtitle, scratch, table
from bench.measure import Page, has_wrk, take_turns
from bench.processes import parent
from bench.servers import gunicorn

DATABASE = "bench"
TITLE = "/titles/the-cranes-are-flying-1957/"
BIG = f"/titles/{bigtitle.SLUG}/"
REVIEWS = f"{BIG}reviews/"
FLOOR_ROWS = Path(__file__).parent / "floor" / "lines.sql"
QUERIES = 12
OURS = {"ours": "config.settings", "cold": "bench.settings_cold"}


@dataclass(frozen=True)
class Subject:
    """A page of ours, and what it may cost: `times` its floor's CPU, `queries` of the database."""

    label: str
    server: str
    path: str
    floor: str
    times: float | None = None
    queries: int | None = None
    reader: str = "visitor"
    unchanged: bool = False  # the reader has the page already and asks whether it is still the same


FLOORS = ("static40", "floor.sql")
SUBJECTS = (
    Subject("title, kept", "ours", TITLE, "static40", 1.5, QUERIES),
    Subject("title, not changed (304)", "ours", TITLE, "static40", 1.5, QUERIES, unchanged=True),
    Subject("title, built anew", "cold", TITLE, "floor.sql", 1.2, QUERIES),
    Subject("title, for a member", "ours", TITLE, "floor.sql", 1.2, QUERIES, reader="member"),
    Subject("big title, built anew", "cold", BIG, "floor.sql", 1.2, QUERIES),
    Subject("its first page of reviews", "ours", REVIEWS, "floor.sql"),
)


def main(arguments=()):
    options = _options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything is taken down
    with contextlib.ExitStack() as stack:
        folder, environment = stack.enter_context(scratch.site(DATABASE))
        _fill(folder, environment)
        told = {name: _ask(environment, settings) for name, settings in OURS.items()}
        pages = _pages(_start(stack, folder, environment), told["ours"]["cookie"])
        _measure(pages, options, _database_server(environment))
    _report(pages, {name: answer["queries"] for name, answer in told.items()})
    if options.json:
        options.json.write_text(json.dumps({label: page.rows for label, page in pages.items()}, indent=1) + "\n")


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench pages", description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of each pass; default 2")
    parser.add_argument("--rounds", type=int, default=4, help="default 4")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured in each round")
    return parser.parse_args(arguments)


# ------------------------------------------------------------------ what is measured
def _fill(folder, environment):
    """The demo, a title with 1,000 reviews, the rows of floor.sql, the static files."""
    big = folder / "big.jsonl"
    big.write_text(bigtitle.line())
    _say("Filling a database of its own …")
    scratch.manage(environment, "import_titles", "fixtures/demo.jsonl", str(big))
    scratch.manage(environment, "rebuild_suggestions")
    scratch.manage(environment, "createcachetable")
    scratch.manage(environment, "collectstatic", "--no-input")
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(FLOOR_ROWS.read_text())
        connection.execute("VACUUM ANALYZE")


def _ask(environment, settings):
    """What bench/inside.py tells: a member's cookie, and how many queries each page takes."""
    environment = environment | {"DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "ERROR"}
    return json.loads(scratch.run(environment, "-m", "bench.inside", TITLE, BIG, REVIEWS))


def _start(stack, folder, environment):
    """{name: Server}: ours, ours without kept pages, and the floor; with workers of the same kind and number."""
    apps = {name: ("config.wsgi:application", settings) for name, settings in OURS.items()}
    apps["floor"] = ("django.core.wsgi:get_wsgi_application()", "bench.floor.settings")
    servers = {}
    for name, (app, settings) in apps.items():
        with_settings = environment | {"DJANGO_SETTINGS_MODULE": settings}
        servers[name] = stack.enter_context(gunicorn(app, with_settings, folder / f"{name}.log"))
    return servers


def _pages(servers, cookie):
    """{label: Page} of all that is measured. The floor `static40` is made as long as the title's page."""
    pages = {s.label: Page(s.label, servers[s.server], s.path, status=304 if s.unchanged else 200) for s in SUBJECTS}
    answer, body = Page("title", servers["ours"], TITLE).get()
    for subject in SUBJECTS:
        if subject.unchanged:
            pages[subject.label].headers["If-None-Match"] = answer.getheader("ETag")
        if subject.reader == "member":
            pages[subject.label].headers["Cookie"] = cookie
    paths = (f"/static/{len(body)}", "/sql")
    return {label: Page(label, servers["floor"], path) for label, path in zip(FLOORS, paths, strict=True)} | pages


def _database_server(environment):
    """Process id of the server that the database is in; None if it runs elsewhere."""
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        return parent(connection.info.backend_pid) if connection.info.hostaddr == "" else None


def _measure(pages, options, database):
    if not has_wrk():
        _say("Without wrk (apt-get install wrk) there is no load pass: no requests a second, no percentiles.")
    steps = len(pages) * options.rounds
    for number, page in enumerate(take_turns([*pages.values()], options.rounds, options.seconds, database), 1):
        _say(f"{number}/{steps} {page.label}: {page.rows[-1]['cpu']:.2f} ms")


def _say(line):
    print(line, file=sys.stderr, flush=True)


# ------------------------------------------------------------------ the report
COLUMNS = {  # what was measured: heading and digits
    "bytes": ("bytes", 0),
    "cpu": ("CPU ms", 2),
    "cpu_loaded": ("loaded", 2),
    "database": ("db ms", 2),
    "alone": ("alone ms", 1),
    "per_second": ("req/s", 0),
    "p50": ("p50 ms", 1),
    "p99": ("p99 ms", 1),
}
HEADINGS = ["page", *(heading for heading, _ in COLUMNS.values()), *(f"× {floor}" for floor in FLOORS)]


def _report(pages, queries):
    """Print what each page costs, then what our pages must keep to and whether they do."""
    print(table.lines(HEADINGS, [_costs(page, pages) for page in pages.values()]))
    print()
    print(
        table.lines(("page", "must keep to", "is", ""), [row for s in SUBJECTS for row in _verdicts(s, pages, queries)])
    )


def _costs(page, pages):
    measured = [table.number(page.median(key), digits) for key, (_, digits) in COLUMNS.items()]
    return [page.label, *measured, *(f"{page.ratio(pages[floor]):.2f}" for floor in FLOORS)]


def _verdicts(subject, pages, queries):
    page = pages[subject.label]
    if subject.times:
        ratio = page.ratio(pages[subject.floor])
        yield _verdict(subject, f"{subject.times} × {subject.floor}", f"{ratio:.2f} ×", ratio <= subject.times)
    if subject.queries:
        number = queries[subject.server][subject.path][subject.reader]
        yield _verdict(subject, f"{subject.queries} queries", number, number <= subject.queries)


def _verdict(subject, most, found, holds):
    return [subject.label, most, str(found), "holds" if holds else "MISSES"]


if __name__ == "__main__":
    main(sys.argv[1:])
