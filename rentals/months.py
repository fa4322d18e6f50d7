"""Months that begin on any day, and days counted with the first and the last."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils import timezone

ONE = timedelta(days=1)


def day_of(now):
    """The day it is here at the instant `now`."""
    return timezone.localdate(now)


def next_month(day, pay_day):
    """The day on which the month after the one of `day` begins: its `pay_day`, or its last if it is shorter."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(pay_day, monthrange(year, month + 1)[1]))


def last_day(first, pay_day):
    """The last day of a month that begins on `first`."""
    return next_month(first, pay_day) - ONE


def count(first, last):
    """Days from `first` to `last`; 0 if that is before."""
    return max(0, (last - first).days + 1)


def share(pence, days, of):
    """What `days` of `of` days cost at `pence` for all: to the nearest penny."""
    return (2 * pence * days + of) // (2 * of)
