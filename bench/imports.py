"""bin/bench import: how fast films come in, in how much memory, and whether it stays as fast when they are more."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import films, scratch, table

DATABASE = "bench_import"
SIZES = (10_000, 40_000)
FASTEST, MOST_MEGABYTES, LINEAR = 1500, 300, 0.8
COLUMNS = {"titles": 0, "seconds": 1, "rate": 0, "cpu": 1, "megabytes": 0}
HEADINGS = ("films", "titles", "seconds", "titles/s", "its CPU s", "peak MB", "again s", "again titles/s")


def main(arguments=()):
    options = _options(arguments)
    runs = {f"{size:,} made up": _made_up(size) for size in SIZES}
    if options.shared.is_dir():
        runs["US films, real"] = _import(options.shared)
    else:
        print(f"No folder {options.shared}: real films left out (--shared FOLDER).", file=sys.stderr)
    print(table.lines(HEADINGS, [_costs(label, run) for label, run in runs.items()]))
    print()
    print(table.lines(("", "must be", "is", ""), list(_verdicts(runs))))


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench import", description=__doc__)
    default = scratch.PROJECT.parent / "shared" / "data" / "us-films"
    parser.add_argument("--shared", type=Path, default=default, metavar="FOLDER", help="of real US films")
    return parser.parse_args(arguments)


# ------------------------------------------------------------------ what is measured
def _made_up(size):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "films.json")
        films.write(path, size)
        return _import(path)


def _import(path):
    """What it took to import `path` into an empty database, and to import it again."""
    with scratch.site(DATABASE) as (_, environment):
        print(f"Importing {path.name} …", file=sys.stderr, flush=True)
        first, again = _run(environment, path), _run(environment, path)
    titles = first["created"] + first["updated"]
    return first | {"titles": titles, "rate": titles / first["seconds"], "again": again}


def _run(environment, path):
    """What `import_titles` prints in the end, and what its process took: CPU seconds, peak megabytes."""
    command = [sys.executable, "manage.py", "import_titles", str(path)]
    quietly = {"cwd": scratch.PROJECT, "env": environment, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quietly, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed: {said}")
    return json.loads(said.splitlines()[-1]) | {
        "cpu": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }


# ------------------------------------------------------------------ the report
def _costs(label, run):
    again = run["again"]
    return [
        label,
        *(table.number(run[key], digits) for key, digits in COLUMNS.items()),
        table.number(again["seconds"], 1),
        table.number(again["unchanged"] / again["seconds"], 0),
    ]


def _verdicts(runs):
    for label, run in runs.items():
        rate, size = run["rate"], run["megabytes"]
        yield _verdict(label, f"≥ {FASTEST:,} titles/s", table.number(rate, 0), rate >= FASTEST)
        yield _verdict(label, f"< {MOST_MEGABYTES} MB", table.number(size, 0), size < MOST_MEGABYTES)
    small, large, *_ = runs.values()
    ratio = large["rate"] / small["rate"]
    yield _verdict("rate of the larger to the smaller", f"≥ {LINEAR}", f"{ratio:.2f}", ratio >= LINEAR)


def _verdict(label, must, found, holds):
    return [label, must, found, "holds" if holds else "MISSES"]


if __name__ == "__main__":
    main(sys.argv[1:])
