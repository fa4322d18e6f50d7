"""What members send about their queue."""

import re
from datetime import UTC, datetime

from rentals.queue import STEPS

BOX = re.compile(r"to-([0-9]{1,18})-([0-9]{1,4})")


def place(sent):
    """A place as somebody typed it: a whole number, or 0, which no queue has, for anything else."""
    sent = sent.strip()
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def changed_places(sent):
    """{entry key: place} of the number boxes, `to-KEY-WAS`, in which something else stands than was."""
    boxes = ((BOX.fullmatch(name), value) for name, value in sent.items())
    return {int(box[1]): place(value) for box, value in boxes if box and value.strip() != box[2]}


def way(sent):
    """The step of the button that was pressed, or None."""
    step = sent.get("move")
    return step if step in STEPS else None


def as_sent(at):
    """An instant as an address and a form carry it: UTC, without the sign that addresses take for a space."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def instant(sent):
    """The instant that was sent, or None."""
    try:
        return datetime.fromisoformat(sent).replace(tzinfo=UTC)
    except ValueError:
        return None
