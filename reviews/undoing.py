"""What a rating was before it changed, in the address of the page that comes next: that page offers to undo it.

A rating can be undone only by the form of that page, so whoever makes up such an address changes nothing.
"""

import re

WAS = "was"
MARK = re.compile(r"([0-9]{1,18})-([0-9]|10)")


def mark(title, before):
    """What stands in the address: the title and the half stars it had, 0 without."""
    return f"{title.pk}-{before}"


def before(request, key):
    """The half stars that the title of that key had, as the address says; None if it says nothing of it."""
    was = MARK.fullmatch(request.GET.get(WAS, ""))
    return int(was[2]) if was and int(was[1]) == key else None


def undo(request, key, now):
    """The half stars that an undo sends, as text, for a title that has `now`; "" if there is nothing to undo."""
    was = before(request, key)
    return "" if was in (None, now) else str(was)
