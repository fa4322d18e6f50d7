"""Business days, what is expected when, and the next round."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rentals.calendar import add_business_days, expected, is_business_day, next_business_day, next_round, overdue_on

LONDON = ZoneInfo("Europe/London")
THURSDAY, FRIDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 28),  # a Saturday
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 8, 31),  # the bank holiday of England, not of Scotland
        date(2026, 12, 28),  # Boxing Day is on a Saturday
        date(2022, 9, 19),  # the Queen's funeral, a bank holiday once
    ],
)
def test_weekends_and_bank_holidays_are_no_business_days(day):
    assert not is_business_day(day)


def test_a_bank_holiday_of_scotland_is_a_business_day_here():
    assert is_business_day(date(2026, 8, 3)) and is_business_day(date(2026, 11, 30))


def test_days_are_counted_over_the_weekend():
    assert next_business_day(FRIDAY) == MONDAY
    assert add_business_days(FRIDAY, 0) == FRIDAY
    assert add_business_days(THURSDAY, 2) == MONDAY
    assert add_business_days(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_a_disc_is_expected_in_one_or_two_business_days_and_overdue_after_five():
    assert expected(THURSDAY) == (FRIDAY, MONDAY)
    assert overdue_on(THURSDAY) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("now", "round_"),
    [
        (datetime(2026, 11, 27, 9, 59), datetime(2026, 11, 27, 10)),
        (datetime(2026, 11, 27, 10), datetime(2026, 11, 27, 15)),
        (datetime(2026, 11, 27, 15), datetime(2026, 11, 30, 10)),
        (datetime(2026, 12, 24, 16), datetime(2026, 12, 29, 10)),
        (datetime(2026, 3, 27, 16), datetime(2026, 3, 30, 10)),  # the clocks change on the 29th
    ],
)
def test_the_next_round_is_at_the_next_hour_of_a_business_day(now, round_):
    assert next_round(now.replace(tzinfo=LONDON)) == round_.replace(tzinfo=LONDON)


def test_the_hours_of_rounds_are_a_setting(settings):
    settings.ROUNDS = ["08:30"]
    now = datetime(2026, 11, 27, 8, tzinfo=LONDON)
    assert next_round(now) == now.replace(hour=8, minute=30)
