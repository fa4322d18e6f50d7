"""Days on which discs are posted, and when: Monday to Friday, without England's bank holidays.

All days are those of Leeds and London; an instant is turned into one by `timezone.localdate`.
"""

from datetime import datetime, time, timedelta
from functools import cache

import holidays
from django.conf import settings
from django.utils import timezone

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DAYS_IN_THE_POST = 2  # business days after which a disc is taken to be there, unless its member says otherwise
DAYS_TO_WAIT = 5  # business days after which a disc has not arrived


@cache
def _bank_holidays():
    return holidays.country_holidays("GB", subdiv="ENG")


def is_business_day(day):
    """Whether discs are posted on that date."""
    return day.weekday() < 5 and day not in _bank_holidays()


def next_business_day(day):
    """The first business day after the date `day`."""
    day += timedelta(days=1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def add_business_days(day, number):
    """The date `number` business days after `day`; `day` itself for 0."""
    for _ in range(number):
        day = next_business_day(day)
    return day


def expected(posted_on):
    """The dates between which a disc posted first class on `posted_on` is there: the next business day or two."""
    return next_business_day(posted_on), add_business_days(posted_on, DAYS_IN_THE_POST)


def overdue_on(posted_on):
    """The first date on which a disc posted on `posted_on` can be said not to have arrived."""
    return add_business_days(posted_on, DAYS_TO_WAIT)


def next_round(now):
    """The instant of the next round after `now`: at the hours of the setting ROUNDS, on business days."""
    day = timezone.localdate(now)
    while True:
        if is_business_day(day):
            later = [at for at in _rounds(day) if at > now]
            if later:
                return later[0]
        day += timedelta(days=1)


def last_round(now):
    """The instant of today's last round that is not after `now`; None if there was none yet."""
    day = timezone.localdate(now)
    past = [at for at in _rounds(day) if at <= now] if is_business_day(day) else []
    return past[-1] if past else None


def _rounds(day):
    return sorted(timezone.make_aware(datetime.combine(day, time.fromisoformat(hour))) for hour in settings.ROUNDS)


def weekday(day):
    """ "Friday"."""
    return DAYS[day.weekday()]
