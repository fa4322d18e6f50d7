"""The Chromium that browser tests drive: bin/test names it in KINOPOST_CHROMIUM."""

import os
import shutil

CHROMIUM = os.environ.get("KINOPOST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
