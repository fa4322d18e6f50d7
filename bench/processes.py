"""CPU time of processes, from /proc."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root):
    """User and system time ever used by process `root` and its descendants, those that ended included."""
    stats = dict(_stats())
    return sum(stats[pid][1] for pid in _tree(root, stats))


def running_milliseconds(pid):
    """Milliseconds for which process `pid` has had a processor, without its descendants; 0 if it is not seen here."""
    try:
        return int(Path("/proc", str(pid), "schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0


def parent(pid):
    """Id of the parent of process `pid`; None if there is no such process here."""
    found = _stat(Path("/proc", str(pid)))
    return found and found[0]


def _stats():
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (found := _stat(folder)):
            yield int(folder.name), found


def _stat(folder):
    """(parent, seconds) of the process at `folder`, or None: it may end any time."""
    try:
        fields = (folder / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None
    return int(fields[1]), sum(map(int, fields[11:15])) / TICK  # utime stime cutime cstime: proc(5)


def _tree(root, stats):
    children = {}
    for pid, (parent, _) in stats.items():
        children.setdefault(parent, []).append(pid)
    found = [root] if root in stats else []
    for pid in found:
        found += children.get(pid, ())
    return found
