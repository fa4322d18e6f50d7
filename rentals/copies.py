"""What staff do to copies: the verbs of the shelf.

Each takes the copy's row and changes it by a guarded update; the database writes the event. A copy that is out stays
out: what is decided about it holds from its return.
"""

from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from rentals.lending import LOST, OUTCOMES
from rentals.models import Condition, Copy, Farewell, Licence, Problem, Rental
from rentals.refused import Refused

NOTE_LENGTH = 200
TURNED_UP = "It was counted as lost, and turned up."


@contextmanager
def acting(by, note=""):
    """A transaction in which the events of copies say who did it and why. `by`: a Member, or None for the clock."""
    with transaction.atomic():
        _say(str(by.pk) if by else "", note)
        yield
        _say("", "")


def _say(by, note):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kinopost.by', %s, true), set_config('kinopost.note', %s, true)",
            [by, note[:NOTE_LENGTH]],
        )


def move(copy, shelf):
    """Give a copy another shelf place. Raises Refused if it lies there already."""
    _change(copy, ~Q(shelf=shelf.strip()), "has that place already", shelf=shelf.strip())


def hold(copy, *, at):
    """Keep a copy back until somebody has looked at it. Raises Refused if it is."""
    _change(copy, Q(in_inspection_since=None), "is held back already", in_inspection_since=at, bin=None)


def pass_inspection(copy, *, condition):
    """A copy is fit to go out. Raises Refused if it was not held back, or is not for rental."""
    if condition not in Condition.values:
        raise Refused("Say what condition it is in.")
    if Copy.objects.filter(pk=copy.pk, licence=Licence.NONE).exists():
        raise Refused(f"Copy {copy.barcode} is not for rental: note its licence first.")
    held = Q(in_inspection_since__isnull=False)
    _change(copy, held, "is not held back", in_inspection_since=None, condition=condition)


def note_licence(copy, licence, *, at):
    """Note whether a copy may be rented out; one that may not is held back. Raises Refused if that is noted."""
    if licence not in Licence.values:
        raise Refused("Say what its licence is.")
    since = Coalesce("in_inspection_since", Value(at))
    held = {"in_inspection_since": since, "bin": None} if licence == Licence.NONE else {}
    _change(copy, ~Q(licence=licence), "has that licence already", licence=licence, **held)


def lose(copy, *, at):
    """A copy is not where it should be. Raises Refused if that is known, or while it is out."""
    if Rental.objects.open().filter(copy=copy).exclude(posted_at=None).exists():
        raise Refused(f"Copy {copy.barcode} is with a member: if it does not come back, settle their report.")
    _change(copy, Q(missing_at=None), "is missing already", missing_at=at, bin=None)


@transaction.atomic
def find(copy):
    """A missing copy turned up, and is not counted as lost any more. Raises Refused if it was not missing."""
    _change(copy, Q(missing_at__isnull=False), "is not missing", missing_at=None)
    _last_problems(copy).filter(outcome=OUTCOMES[LOST]).update(outcome=TURNED_UP)


@transaction.atomic
def not_found(copy, *, at):
    """Take back `find`. Raises Refused if it is missing already, or out."""
    lose(copy, at=at)
    _last_problems(copy).filter(outcome=TURNED_UP).update(outcome=OUTCOMES[LOST])


def _last_problems(copy):
    last = Rental.objects.filter(copy=copy).order_by("-allocated_at", "-pk").values("pk")[:1]
    return Problem.objects.filter(rental__in=last)


@transaction.atomic
def withdraw(copy, farewell, *, at):
    """Take a copy out of service for good. Raises Refused if it is, or while it is out or about to go out."""
    if farewell not in Farewell.values:
        raise Refused("Say why it is withdrawn.")
    locked = Copy.objects.select_for_update(no_key=True).get(pk=copy.pk)
    if Rental.objects.open().filter(copy=locked).exists():
        raise Refused(f"Copy {copy.barcode} is out or about to go out: withdraw it when it is back.")
    _change(copy, Q(withdrawn_at=None), "is withdrawn already", withdrawn_at=at, withdrawn_for=farewell, bin=None)


def restore(copy):
    """A withdrawn copy is in service again. Raises Refused if it was not withdrawn, or was sold."""
    if Copy.objects.filter(pk=copy.pk, withdrawn_for=Farewell.SOLD).exists():
        raise Refused(f"Copy {copy.barcode} was sold. If it came back to us, add it as a new copy.")
    _change(copy, Q(withdrawn_at__isnull=False), "is not withdrawn", withdrawn_at=None, withdrawn_for="")


def _change(copy, guard, otherwise, **change):
    if not Copy.objects.filter(guard, pk=copy.pk).update(**change):
        raise Refused(f"Copy {copy.barcode} {otherwise}.")
    for name, value in change.items():
        setattr(copy, name, value)
