"""Keep links that act without a login out of the log: who reads one there could use it, and it names a member."""

import re

SIGNED = re.compile(
    r"[\w-]+:[\w-]+:[\w-]{27,}"  # of django.core.signing: facts, instant, signature
    r"|\b[0-9a-z]+-[0-9a-z]{6}-[0-9a-f]{32,64}\b"  # to choose a password: member, instant, digest
)
SPOKEN = ("event", "request", "exception")


def without_tokens(logger, name, event):
    """The line of the log with "…" for each signed token; a processor of structlog."""
    spoken = {key: SIGNED.sub("…", event[key]) for key in SPOKEN if isinstance(event.get(key), str)}
    return event | spoken
