"""Keep links that act without a login out of the log: who reads one there could use it, and it names a member."""

import re

SIGNED = re.compile(r"[\w-]+:[\w-]+:[\w-]{27,}")  # what django.core.signing makes: facts, instant, signature
SPOKEN = ("event", "request", "exception")


def without_tokens(logger, name, event):
    """The line of the log with "…" for each signed token; a processor of structlog."""
    spoken = {key: SIGNED.sub("…", event[key]) for key in SPOKEN if isinstance(event.get(key), str)}
    return event | spoken
