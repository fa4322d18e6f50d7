"""What a cell says, or Unfit with what it should say."""

from datetime import UTC, date, datetime, time

from django.utils import timezone

from rentals.shop_import.rows import Unfit

FIRST_YEAR = 1950
DAMAGED_DATE, FUTURE = "damaged date", "in the future"
DAY_LOOKS = "Write a day as 2024-05-31."
INSTANT_LOOKS = "Write it as 2024-05-31 or 2024-05-31 14:30."
YES, NO = ("", "yes", "y", "true", "t", "1"), ("no", "n", "false", "f", "0")


def day_in(row, name, *, until=None):
    """The day that a cell says, or None for an empty one; not after `until`, if that is given."""
    if not (text := row.cell(name)):
        return None
    day = _read(row, name, date.fromisoformat, DAY_LOOKS)
    if until and day > until:
        raise Unfit(FUTURE, f"{name} of {row.kind} {row.key} is {text}, which has not come yet. Put it right.")
    return day


def instant_in(row, name, now):
    """The instant that a cell says, or None for an empty one: here where it names no offset, and its day begins."""
    if not row.cell(name):
        return None
    instant = _read(row, name, _instant, INSTANT_LOOKS)
    if instant > now:
        raise Unfit(
            FUTURE, f"{name} of {row.kind} {row.key} is {row.cell(name)}, which has not come yet. Put it right."
        )
    return instant


def is_a_day(text):
    """Whether a cell that was read as an instant says the day only."""
    return len(text) <= len("2024-05-31")


def begins(day):
    return timezone.make_aware(datetime.combine(day, time()))


def number_in(row, name, *, least, most, otherwise):
    text = row.cell(name)
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise Unfit(
            f"bad {name}", f"{name} of {row.kind} {row.key} is “{text}”: write a number from {least} to {most}."
        )
    return int(text)


def yes_in(row, name):
    """Whether a cell says yes; an empty one does."""
    text = row.cell(name).lower()
    if text not in YES + NO:
        raise Unfit(f"bad {name}", f"{name} of {row.kind} {row.key} is “{row.cell(name)}”: write yes or no.")
    return text in YES


def _read(row, name, read, looks):
    text = row.cell(name)
    try:
        found = read(text)
    except ValueError:
        raise Unfit(DAMAGED_DATE, f"{name} of {row.kind} {row.key} is “{text}”, which is no day. {looks}") from None
    if found.year < FIRST_YEAR or found.year > 9000:
        raise Unfit(DAMAGED_DATE, f"{name} of {row.kind} {row.key} is in the year {found.year}. Put it right.")
    return found


def _instant(text):
    found = datetime.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= 9000:
        return found.replace(tzinfo=UTC)  # for its year to be refused: it may have no instant
    return timezone.make_aware(found) if timezone.is_naive(found) else found
