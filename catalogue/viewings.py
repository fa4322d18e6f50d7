"""Who had a disc of a title at home and sent it back: rentals know it, reviews of those members count as verified.

Neither app knows of the other. Rentals register what came back and say when something does; reviews register who wants
to hear of it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_returns, _listeners = [], []
_gathered = ContextVar("gathered", default=None)


def register_returns(queryset):
    """Discs that came back, as `values` of viewer (a member's key) and viewed (a title's)."""
    _returns.append(queryset)


def returns():
    return list(_returns)


def saw(title, member):
    """Whether `member` had a disc of `title` and it came back, as far as we still know."""
    return any(rows.filter(viewer=member.pk, viewed=title.pk).exists() for rows in _returns)


def seen(titles, member):
    """Those of `titles` (keys) of which `member` had a disc and it came back, as far as we still know."""
    mine = [rows.filter(viewer=member.pk, viewed__in=titles) for rows in _returns]
    return {title for rows in mine for title in rows.values_list("viewed", flat=True)}


def listen(listener):
    """`listener(pairs)` is called with [(member's key, title's key)] in the transaction in which discs come back."""
    _listeners.append(listener)


def came_back(pairs):
    """Discs of these titles came back from these members: [(member's key, title's key)]."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.extend(pairs)
        return
    for listener in _listeners if pairs else ():
        listener(pairs)


@contextmanager
def told_at_the_end():
    """What comes back meanwhile is told once, at the end: for what is made up of the past."""
    gathered = []
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    came_back(gathered)
