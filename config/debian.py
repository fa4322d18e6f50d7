"""Debian packages the project cannot do without, installed where that needs no question."""

import os
import shutil
import subprocess
import sys
import tempfile

APT_GET = ["apt-get", "-qy", "-o", "DPkg::Lock::Timeout=120", "--no-install-recommends"]
MINUTES = 20


def install(*packages):
    """Install `packages`, in one line. False where apt-get, the right to use it or the network is missing."""
    if not (apt_get := _apt_get()):
        return False
    print(f"Installing {' '.join(packages)} with apt-get …", file=sys.stderr, flush=True)
    return _run([*apt_get, "update"]) and _run([*apt_get, "install", *packages])


def _apt_get():
    """The words before `install`; None for a user who may not, or a system without apt-get."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive", *APT_GET]
    return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", *APT_GET] if _may_sudo() else None


def _may_sudo():
    if not shutil.which("sudo"):
        return False
    ask = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    return ask.returncode == 0


def _run(command):
    with tempfile.TemporaryFile("w+", errors="replace") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=MINUTES * 60)
        if done.returncode:
            out.seek(0)
            _report(out.read().splitlines())
    return done.returncode == 0


def _report(lines):
    errors = [line for line in lines if line.startswith("E:")] or lines[-1:]
    print(f"apt-get failed: {' '.join(errors)[:400]}", file=sys.stderr)
