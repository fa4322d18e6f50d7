"""The way of a disc across the desk: back, picked, packed, posted; and each of these steps taken back.

A step is a guarded update, as in `rentals.lending`: done a second time it changes nothing. What a step is said to have
happened at is never before the step it follows, however late a scanner without a network sends it.
"""

from django.db import transaction
from django.db.models import F, Q

from catalogue.compiled import compiled
from rentals import lending, letters
from rentals.lending import BACK, OF_THE_POST, OUTCOMES, moved
from rentals.models import BINS, Copy, Problem, Rental, Stock
from rentals.queue import locked
from rentals.refused import Refused


# ------------------------------------------------------------------ back
@transaction.atomic(savepoint=False)
def take_back(rental, *, at):
    """Record the return of a disc, and put it into a bin if somebody waits for it. False if it was not out.

    Holds the rows of rental and copy until commit.
    """
    returned, _ = lending.check_in_many([rental], at=max(at, rental.posted_at))
    for back in returned:
        _to_a_bin(back.copy)
    return bool(returned)


def _to_a_bin(copy):
    """Of those for what goes out next, if as many members ask for the film as copies of it are here, or more.

    Later discs of sets go to their shelves: a film's stock counts its first discs alone.
    """
    if copy.disc.number == 1 and list(_asked_for(copy.disc.release.title_id)):
        here = Copy.objects.in_service().filter(pk=copy.pk, in_inspection_since=None)
        here.update(bin=copy.pk % BINS + 1)


@compiled
def _asked_for(title):
    return Stock.objects.filter(title=title, waiting__gte=F("on_shelf"))


def not_back(rental):
    """Take back a return: the disc is out as before, and what the return had settled is open again. Raises Refused.

    Holds the rows of member, rental and copy until commit.
    """
    with locked(rental.member):
        now = Rental.objects.select_for_update(of=["self"], no_key=True).get(pk=rental.pk)
        list(Copy.objects.select_for_update(no_key=True).filter(pk=now.copy_id))
        _refuse_not_back(now)
        was = now.checked_in_at
        Rental.objects.filter(pk=now.pk).update(checked_in_at=None)
        Copy.objects.filter(pk=now.copy_id).update(bin=None)
        Copy.objects.filter(pk=now.copy_id, in_inspection_since=was).update(in_inspection_since=None)
        healed = Problem.objects.filter(rental=now, kind__in=OF_THE_POST, outcome=OUTCOMES[BACK], settled_at=was)
        healed.update(settled_at=None, outcome="")
        letters.unsay_received(now)


def _refuse_not_back(rental):
    if rental.checked_in_at is None:
        raise Refused("This disc is not in: there is nothing to undo.")
    if Rental.objects.open().filter(copy=rental.copy_id).exists():
        raise Refused("This disc is to go out again already: take it from the pick list first.")
    if Rental.objects.open().filter(member=rental.member_id, place=rental.place).exists():
        raise Refused("The member’s place is filled again already, so that the return stands.")


# ------------------------------------------------------------------ out
def pick(rentals, *, at):
    """Discs are taken from their shelves. Returns those that newly are."""
    return moved(rentals, Q(posted_at=None, picked_at=None, allocated_at__lte=at), picked_at=at)


def put_back(rentals):
    """Take back `pick`, of what is not packed. Returns those that are on their shelves again."""
    return moved(rentals, Q(posted_at=None, packed_at=None, picked_at__isnull=False), picked_at=None)


@transaction.atomic
def pack(rental, *, at):
    """A disc is in its envelope with the label on it; it is picked by that. False if it was.

    Raises Refused without an address. Holds the rental's row until commit.
    """
    if not hasattr(rental.member, "address"):
        raise Refused("This member has no address: ask for it before it can be packed.")
    at = max(at, rental.allocated_at, rental.picked_at or at)
    pick([rental], at=at)
    return bool(moved([rental], Q(posted_at=None, packed_at=None), packed_at=at))


def unpack(rental):
    """Take back `pack`. Raises Refused once it is posted."""
    if not moved([rental], Q(posted_at=None, packed_at__isnull=False), packed_at=None):
        raise Refused("This disc is posted or was not packed: there is nothing to undo.")


@transaction.atomic
def post(rentals, *, at):
    """Packed discs leave with the post. Returns those that newly did. Holds their rows until commit."""
    rows = Rental.objects.to_post().filter(pk__in=[rental.pk for rental in rentals], packed_at__isnull=False)
    packed = list(rows.select_for_update(no_key=True).order_by("pk"))
    return lending.dispatch(packed, at=max([at, *(rental.packed_at for rental in packed)]))


@transaction.atomic
def not_posted(rental):
    """Take back `post`: the disc is still here, packed. Raises Refused if the member has said anything of it since."""
    here = Q(posted_at__isnull=False, arrived_at=None, said_posted_at=None, problems=None)
    if not moved([rental], here, posted_at=None):
        raise Refused("This disc is not on its way any more: there is nothing to undo.")
    letters.unsay_posted(rental)
