"""What happens to a disc between the shelf and its return: the verbs of rentals.

Lock, read, decide, write. What fills a place at home takes the member's row first, that of the queue (`rentals.queue`),
then the copy's: whoever needs several takes them in the order of their keys, so nobody waits in a ring. What only moves
one rental on is a guarded update whose row count says whether it happened. Nothing here counts on having looked first:
one open rental per copy and per place are constraints.

Verbs that move many at once take querysets or lists, return those they moved, and are one statement or two however many
there are. `tell=False` writes no mail: for what is made up of the past.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalogue import viewings
from catalogue.wording import day_and_month
from members.models import Member
from rentals import letters
from rentals.calendar import expected, overdue_on, weekday
from rentals.models import Copy, Problem, ProblemKind, QueueEntry, Rental
from rentals.places import FULL, NO_PLAN, PAUSED, UNCONFIRMED, UNPAID, USED_UP, places_of
from rentals.queue import locked
from rentals.refused import Refused

OF_THE_DISC = (ProblemKind.DAMAGED, ProblemKind.WRONG_DISC)
OF_THE_POST = (ProblemKind.NOT_ARRIVED, ProblemKind.NOT_LOGGED)
REPORTS_TO_INSPECT = 2  # of one copy, damaged or the wrong disc: it is looked at before it is posted again
LOST, BACK, CLOSED = "lost", "back", "closed"
OUTCOMES = {
    LOST: "Counted as lost. The place is free again.",
    BACK: "It is back.",
    CLOSED: "Looked into and closed.",
}
NO_PLACE = {
    NO_PLAN: "This member has no plan.",
    UNCONFIRMED: "This member’s plan is not confirmed yet.",
    UNPAID: "This member’s plan is not paid for today.",
    PAUSED: "This member’s plan is paused.",
    USED_UP: "This member has had all discs of this month.",
    FULL: "Every place at home of this member is taken.",
}


class AlreadyReturned(Refused):
    """The copy was checked in before."""


# ------------------------------------------------------------------ out
def lend(member, copy, *, reason, now, entry=None):
    """Open a rental of `copy` to `member` by hand, and close the entry it answers, if any (`entry`, or the best of the
    queue). Returns the Rental. Raises Refused. Holds the rows of member and copy until commit.
    """
    if not reason.strip():
        raise Refused("Say why this disc is lent by hand.")
    with locked(member) as entries:
        places = places_of(member, timezone.localdate(now))
        if not places.free:
            raise Refused(NO_PLACE[places.cause])
        copy = _on_shelf([copy], now)[0]
        _refuse_medium(places, copy)
        _refuse_out_of_order(entries, copy)
        entry = _answered(entries, copy, entry)
        fields = {"copy": copy, "member": member, "entry": entry, "reason": reason.strip()}
        rental = Rental.objects.create(place=places.free[0], allocated_at=now, **fields)
        _close([entry] if entry else [], now)
    return rental


@transaction.atomic
def lend_many(assignments, *, now):
    """Open the rentals of (entry, copy, place), which the caller has chosen by the rules. Returns them in that order.

    All or none. Raises Refused if an entry or a copy is not to be had any more; the constraints refuse a place twice.
    Holds the rows of the members and the copies until commit.
    """
    if not assignments:
        return []
    entries, copies, _ = zip(*assignments, strict=True)
    members = {entry.member_id for entry in entries}
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk").values_list("pk"))
    _on_shelf(copies, now)
    _close(entries, now)
    return Rental.objects.bulk_create(
        Rental(entry=entry, member_id=entry.member_id, copy=copy, place=place, allocated_at=now)
        for entry, copy, place in assignments
    )


def _on_shelf(copies, now):
    """`copies`, locked, with their discs. Raises Refused if one of them is not free."""
    keys = [copy.pk for copy in copies]
    list(Copy.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    found = Copy.objects.on_shelf().select_related("disc__release__title").in_bulk(keys)
    for copy in copies:
        if copy.pk not in found:
            raise Refused(f"Copy {copy.barcode} is not on the shelf: it is out, looked at, missing or withdrawn.")
        if found[copy.pk].disc.release.released_on > timezone.localdate(now).isoformat():
            raise Refused(f"Copy {copy.barcode} is of an edition that is not out yet.")
    return [found[key] for key in keys]


def _refuse_medium(places, copy):
    release = copy.disc.release
    if release.medium not in places.membership.plan.media:
        raise Refused(f"This member’s plan has no {release.get_medium_display()}.")


def _refuse_out_of_order(entries, copy):
    """A disc of a set goes out after those before it that the member asks for too."""
    disc = copy.disc
    before = entries.live().filter(disc__release=disc.release, disc__number__lt=disc.number)
    first = before.order_by("disc__number").values_list("disc__number", flat=True).first()
    if first:
        raise Refused(f"Disc {first} of this set is in the queue and goes first.")


def _answered(entries, copy, entry):
    """The live entry that `copy` answers: the one given, or else the most exact; None if none does."""
    disc = copy.disc
    exact, medium, any_edition = Q(disc=disc), Q(disc=None, medium=disc.release.medium), Q(disc=None, medium="")
    wishes = [exact] + ([medium, any_edition] if disc.number == 1 else [])
    live = entries.live().filter(title=disc.release.title_id)
    found = [row for wish in wishes for row in live.filter(wish)]
    if entry is not None and entry not in found:
        raise Refused("This request is not in the queue any more, or asks for another disc.")
    return entry or next(iter(found), None)


def _close(entries, now):
    """Mark live `entries` as sent, all or none."""
    changed = QueueEntry.objects.live().filter(pk__in=[entry.pk for entry in entries]).update(sent_at=now)
    if changed != len(entries):
        raise Refused("A request is not in its queue any more.")


# ------------------------------------------------------------------ on its way
@transaction.atomic
def dispatch(rentals, *, at, tell=True):
    """Record that `rentals` were posted. Returns those that were; the others are posted already, cancelled or back."""
    posted = moved(rentals, Q(posted_at=None), posted_at=at)
    Copy.objects.filter(rentals__in=posted, bin__isnull=False).update(bin=None)
    for rental in posted if tell else ():
        letters.tell_posted(rental, expected=expected(timezone.localdate(at))[1], now=at)
    return posted


@transaction.atomic
def arrive(rentals, *, at):
    """Record that posted `rentals` are with their members; heals "not arrived". Returns those that newly are."""
    arrived = moved(rentals, Q(posted_at__isnull=False, arrived_at=None), arrived_at=at)
    _heal(arrived, [ProblemKind.NOT_ARRIVED], "It arrived.", at)
    return arrived


def say_arrived(rental, *, at):
    """The member says that the disc is there. Raises Refused."""
    if not arrive([rental], at=at):
        raise Refused(why_not(rental, "You have told us already that it is there."))


def say_posted_back(rental, *, at):
    """The member says that the disc is on its way back. Raises Refused."""
    if not moved([rental], Q(posted_at__isnull=False, said_posted_at=None), said_posted_at=at):
        raise Refused(why_not(rental, "You have told us already that you posted it back."))


def unsay_posted_back(rental):
    """Take back `say_posted_back`: the disc is still at home. Raises Refused."""
    if not moved([rental], Q(said_posted_at__isnull=False), said_posted_at=None):
        raise Refused(why_not(rental, "There is nothing to undo."))


def moved(rentals, guard, **change):
    """Change those open `rentals` for which `guard` holds, and return them as they are now, by their keys.

    Takes their rows' locks in the order of their keys: two callers take turns and the second finds nothing to change.
    """
    with transaction.atomic(savepoint=False):
        rows = Rental.objects.select_for_update(of=["self"], no_key=True).open().filter(guard, pk__in=_keys(rentals))
        found = list(rows.for_page().select_related("member", "copy__disc__release__title").order_by("pk"))
        Rental.objects.filter(pk__in=[rental.pk for rental in found]).update(**change)
    for rental in found:
        for name, value in change.items():
            setattr(rental, name, value)
    return found


def _keys(rentals):
    return [rental.pk for rental in rentals]


def why_not(rental, otherwise=""):
    """Why nothing can be said of a rental, or `otherwise` if it is with the member."""
    now = Rental.objects.get(pk=rental.pk)
    if now.checked_in_at:
        return "This disc is back already."
    if now.cancelled_at:
        return "This disc was not sent after all."
    return otherwise if now.posted_at else "This disc is not posted yet."


# ------------------------------------------------------------------ back
def check_in(rental, *, at):
    """Record the return of the copy. Raises AlreadyReturned on a second scan, Refused if it was never posted.

    One that was counted as lost has ended: `rentals.copies.find` has it in service again.
    """
    if check_in_many([rental], at=at)[0]:
        return
    now = Rental.objects.select_related("copy").get(pk=rental.pk)
    if now.checked_in_at:
        raise AlreadyReturned(f"Copy {now.copy.barcode} was already checked in.")
    raise Refused(f"Copy {now.copy.barcode} was not posted, so it cannot come back.")


@transaction.atomic(savepoint=False)
def check_in_many(rentals, *, at, tell=True):
    """Record the return of many. Returns (rentals that are back now, the others, which were not out)."""
    returned = moved(rentals, Q(posted_at__isnull=False), checked_in_at=at)
    if Problem.objects.filter(rental__in=returned).exists():
        _heal(returned, OF_THE_POST, OUTCOMES[BACK], at)
        _inspect(returned, at)
    viewings.came_back([(rental.member_id, rental.copy.disc.release.title_id) for rental in returned])
    for rental in returned if tell else ():
        letters.tell_received(rental, now=at)
    back = {rental.pk for rental in returned}
    return returned, [rental for rental in rentals if rental.pk not in back]


def _inspect(rentals, at):
    """Keep back those copies of `rentals` that were reported now and are reported for the second time."""
    reported = Problem.objects.filter(kind__in=OF_THE_DISC)
    suspects = set(reported.filter(rental__in=rentals).values_list("rental__copy", flat=True))
    reports = list(reported.filter(rental__copy__in=suspects).values_list("rental__copy", flat=True))
    again = [copy for copy in suspects if reports.count(copy) >= REPORTS_TO_INSPECT]
    Copy.objects.filter(pk__in=again, in_inspection_since=None).update(in_inspection_since=at)


@transaction.atomic
def cancel(rental, *, at, missing):
    """End a rental before it is posted; `missing`: the copy is not where it should be. Raises Refused.

    The entry comes back to its place in the queue with its claim. Holds the member's row until commit.
    """
    with locked(rental.member):
        if not moved([rental], Q(posted_at=None), cancelled_at=at):
            raise Refused(f"Copy {rental.copy.barcode} is posted, back or cancelled already.")
        if missing:
            Copy.objects.filter(pk=rental.copy_id, missing_at=None).update(missing_at=at)
        _asked_for_again(rental)


def _asked_for_again(rental):
    """Put the rental's entry back into the queue, as it was; whether it was. The caller holds the member's row."""
    entry = rental.entry
    if entry is None or QueueEntry.objects.live().filter(**_wish(entry)).exists():
        return False
    return bool(QueueEntry.objects.filter(pk=entry.pk, removed_at=None).update(sent_at=None))


def _wish(entry):
    return {"member": entry.member_id, "title": entry.title_id, "medium": entry.medium, "disc": entry.disc_id}


# ------------------------------------------------------------------ something is wrong
@transaction.atomic
def report(rental, kind, *, at, note="", again=False):
    """The member says what is wrong. Returns the Problem. Raises Refused.

    A disc that has not arrived is lost at once, and its place free (`rentals.lost`). `again`: the entry comes back to
    its place in the queue, so that another copy comes. Holds the rental's row, and the member's, until commit.
    """
    with locked(rental.member):
        now = Rental.objects.select_for_update(of=["self"], no_key=True).get(pk=rental.pk)
        _refuse_report(now, kind, at)
        problem, is_new = Problem.objects.get_or_create(
            rental=now, kind=kind, settled_at=None, defaults={"note": note, "reported_at": at}
        )
        if not is_new:
            raise Refused("You have told us already; we are looking into it.")
        if kind == ProblemKind.NOT_LOGGED and now.said_posted_at is None:
            Rental.objects.filter(pk=now.pk).update(said_posted_at=at)
        if kind == ProblemKind.NOT_ARRIVED:
            _lose(now, at, lost_at=at)
        if again:
            _asked_for_again(now)
    return problem


def _refuse_report(rental, kind, at):
    if rental.checked_in_at or rental.cancelled_at or rental.posted_at is None:
        raise Refused(why_not(rental, ""))
    if kind == ProblemKind.NOT_ARRIVED:
        _refuse_not_arrived(rental, at)


def _refuse_not_arrived(rental, at):
    if rental.arrived_at or rental.said_posted_at:
        raise Refused("You have told us that this disc was with you.")
    day = overdue_on(timezone.localdate(rental.posted_at))
    if timezone.localdate(at) < day:
        raise Refused(f"Please give the post until {weekday(day)} {day_and_month(day)}: most discs take a day or two.")


@transaction.atomic
def settle(problem, *, outcome, at):
    """Staff end a problem as one of OUTCOMES. False if it was settled before: nothing changes then.

    Lost frees the place, and the copy is missing until it turns up; back checks it in. Takes the rental's row first, as
    a scan does.
    """
    rental = Rental.objects.select_for_update(of=["self"], no_key=True).get(pk=problem.rental_id)
    if not Problem.objects.open().filter(pk=problem.pk).update(settled_at=at, outcome=OUTCOMES[outcome]):
        return False
    if outcome == LOST:
        _lose(rental, at)
    if outcome == BACK:
        check_in_many([rental], at=at)
    return True


def _lose(rental, at, **change):
    if moved([rental], Q(posted_at__isnull=False), checked_in_at=at, **change):
        Copy.objects.filter(pk=rental.copy_id, missing_at=None).update(missing_at=at)
        _heal([rental], ProblemKind.values, OUTCOMES[LOST], at)


def _heal(rentals, kinds, outcome, at):
    """Settle the open problems of those kinds."""
    Problem.objects.open().filter(rental__in=rentals, kind__in=kinds).update(settled_at=at, outcome=outcome)
