"""Discs that the post lost, and those that come after all.

Whoever reports that a disc has not arrived (`rentals.lending.report`) has its place free at once, and it does not count
toward the month's cap. Nobody is asked to prove anything: the desk's page of the post shows where discs get lost.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from rentals.lending import LOST, OUTCOMES
from rentals.models import Copy, Problem, Rental
from rentals.queue import locked
from rentals.refused import Refused

CAME = "It came after all."
SHOWN_FOR = timedelta(days=60)  # beside the discs at home; then in the history alone


def lately(now):
    """Rentals that the post lost in the last days and that are still to be found: a condition."""
    return Q(lost_at__gt=now - SHOWN_FOR, arrived_at=None, copy__missing_at__isnull=False)


@transaction.atomic
def came_after_all(rental, *, at):
    """The member says that a disc is there which the post had lost. Raises Refused.

    It is at home again if nothing else has taken its place; else the member has one more than the plan's places until
    it is back, and sends it back like any other. Holds the rows of member, rental and copy until commit.
    """
    with locked(rental.member):
        now = Rental.objects.select_for_update(of=["self"], no_key=True).get(pk=rental.pk)
        copy = Copy.objects.select_for_update(no_key=True).get(pk=now.copy_id)
        _refuse(now, copy)
        change = {"arrived_at": at}
        if not Rental.objects.open().filter(member=now.member_id, place=now.place).exists():
            change["checked_in_at"] = None
            Copy.objects.filter(pk=copy.pk).update(missing_at=None)
        Rental.objects.filter(pk=now.pk).update(**change)
        Problem.objects.filter(rental=now, outcome=OUTCOMES[LOST]).update(outcome=CAME)


def _refuse(rental, copy):
    if rental.lost_at is None or rental.arrived_at:
        raise Refused("We do not count this disc as lost.")
    if copy.missing_at is None:
        raise Refused(f"Copy {copy.barcode} is back with us. Look at the number on the sleeve of yours.")
