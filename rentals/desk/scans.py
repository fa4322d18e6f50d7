"""One box for everything that is scanned: a disc, its sleeve, a member's card, or a letter for what was found.

A scan is a row with the key that was made where it was scanned, in the transaction of what it did: sent again after a
cut line, it is the same scan and answers as it did. What it did is undone within UNDO_WITHIN.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction

from catalogue.compiled import compiled
from catalogue.wording import counted, day_and_month
from members.models import Member
from rentals import barcodes, copies
from rentals.desk import findings, steps
from rentals.desk.answers import Answer, film_of, goes_to, number_of, time_of
from rentals.models import Copy, Rental, Scan, Step
from rentals.refused import Refused

UNDO_WITHIN = timedelta(minutes=10)
FORGET_AFTER = timedelta(days=30)
DESK, POST = "desk", "post"  # stations: where discs come back and are packed; where packed ones leave
UNDO = "Z"
NOTHING_TO_UNDO = Answer("bad", "Nothing to undo", ["You have scanned nothing in the last ten minutes."])
LONGEST = 80


def scan(code, *, key, station, by, at, now):
    """Do what scanning `code` means here, once for `key`, and return the Scan with its answer.

    `at`: when it was scanned, which may be a while ago; `now`: when it reached us. Holds the rows it changes until
    commit.
    """
    row = Scan(key=key, code=code.strip()[:LONGEST], by=by, scanned_at=min(at, now), received_at=now)
    return _once(row, lambda: _meant(row, station))


def _once(row, deed):
    """Do it and keep `row`, which it notes what it did on. If its key is kept already, nothing of it is done."""
    row.step = Step.NOTHING
    try:
        return _first_time(row, deed)
    except IntegrityError:
        if kept := Scan.objects.filter(key=row.key).first():  # before, or at the same time
            return kept
        raise


def _first_time(row, deed):
    try:
        with copies.acting(row.by):
            return _kept(row, deed())
    except Refused as refused:
        row.step = Step.NOTHING
        with transaction.atomic():
            return _kept(row, Answer("bad", "Nothing changed", [str(refused)]))


def _kept(row, answer):
    row.answer = answer.as_row()
    row.save(force_insert=True)
    return row


def _meant(row, station):
    """Do it, note on `row` what it was, and answer."""
    typed = row.code.upper()
    if typed == UNDO:
        return _undo_last(row)
    if typed in findings.BY_LETTER:
        return _found(row, findings.BY_LETTER[typed])
    if member := barcodes.member_of(row.code):
        return _card(row, member)
    row.copy = Copy.objects.select_related("disc__release__title").filter(barcode=barcodes.disc_of(row.code)).first()
    if row.copy is None:
        return Answer("bad", "Not one of our barcodes", [barcodes.unknown(row.code)], unknown=True)
    return _disc(row, station)


# ------------------------------------------------------------------ a disc
def _disc(row, station):
    row.rental = next(iter(_open_rental(row.copy.pk)), None)
    if row.rental is None:
        return _is_in(row)
    if row.rental.posted_at:
        return _came_back(row) if station == DESK else _on_its_way(row)
    return _pack(row) if station == DESK else _post(row)


@compiled
def _open_rental(copy):
    return Rental.objects.open().filter(copy=copy).select_related("member__address")


def _came_back(row):
    rental, copy = row.rental, row.copy
    if not steps.take_back(rental, at=row.scanned_at):
        return _is_in(row)
    row.step = Step.RETURNED
    copy.refresh_from_db(fields=["bin", "in_inspection_since", "withdrawn_at"])
    said = [f"Came back from {number_of(rental.member)}, posted {day_and_month(rental.posted_at.date())}."]
    return goes_to(copy, [*said, *findings.reported(rental)], now=row.received_at, findings=True)


def _is_in(row):
    """A disc that is not out: found if it was missing; else nothing changes, and the screen says where it belongs."""
    copy = row.copy
    if copy.missing_at:
        copies.find(copy)
        row.step = Step.FOUND
        return goes_to(copy, ["It was missing. It is in service again."], now=row.received_at)
    last = copy.rentals.exclude(checked_in_at=None).order_by("-checked_in_at").first()
    since = f"It came back on {time_of(last.checked_in_at)}." if last else "It has not been out yet."
    return goes_to(copy, [f"We have it as in: nothing changed. {since}"], now=row.received_at, kind="note")


def _on_its_way(row):
    posted = time_of(row.rental.posted_at)
    said = f"Posted to {number_of(row.rental.member)} on {posted}. If it came back, scan it at the desk."
    return Answer("note", "Posted already", [said, film_of(row.copy)])


def _pack(row):
    rental = row.rental
    again = not steps.pack(rental, at=row.scanned_at)
    row.step = Step.NOTHING if again else Step.PACKED
    rental.refresh_from_db(fields=["packed_at"])
    said = [film_of(row.copy), f"For {number_of(rental.member)}, {rental.member.address.postcode}."]
    if again:
        said.insert(0, f"Packed on {time_of(rental.packed_at)}: nothing changed.")
    return Answer("note" if again else "good", "Packed already" if again else "Pack it", said, label=rental.pk)


def _post(row):
    rental = row.rental
    if rental.packed_at is None:
        return Answer("bad", "Not packed yet", [f"{film_of(row.copy)} is to be packed first: scan it at the desk."])
    steps.post([rental], at=row.scanned_at)
    row.step = Step.POSTED
    said = [film_of(row.copy), f"To {number_of(rental.member)}, {rental.member.address.postcode}."]
    return Answer("good", "Into the post", said)


# ------------------------------------------------------------------ a member's card
def _card(row, key):
    """What a member has at home: for a disc without its sleeve, or a sleeve without its disc."""
    member = Member.objects.filter(pk=key).first()
    if member is None:
        return Answer("bad", "No such member", ["No account has this number. Scan the card again."])
    row.step = Step.LOOKED
    if member.closed_at:
        return Answer("note", f"Member {number_of(member)}", ["This account is closed. What comes back is scanned in."])
    out = list(Rental.objects.open().filter(member=member).for_page().order_by("allocated_at"))
    discs = [f"{film_of(rental.copy)}, {rental.copy.barcode}" for rental in out]
    title = f"Member {number_of(member)} has {counted(len(discs), 'disc')}"
    return Answer("note", title, discs or ["Nothing is out or about to go out to this member."], card=member.pk)


# ------------------------------------------------------------------ what was found
DID = (Step.RETURNED, Step.PICKED, Step.PACKED, Step.POSTED, Step.FOUND)


def last_of(by, now, *, did=DID):
    """The Scan by which `by` changed something last, within the time in which it can be undone; or None."""
    mine = Scan.objects.filter(by=by, undone_at=None, step__in=did, received_at__gt=now - UNDO_WITHIN)
    return mine.select_related("copy__disc__release__title", "rental__member", "finding").order_by("-pk").first()


def _found(row, kind):
    last = last_of(row.by, row.received_at, did=[Step.RETURNED])
    if last is None:
        return Answer("bad", "Scan the disc first", ["Say what is wrong with a disc right after you scanned it."])
    row.copy, row.rental, row.step = last.copy, last.rental, Step.FOUND
    row.finding = findings.find(kind, last, by=row.by, at=row.received_at)
    return findings.answer(row.finding)


# ------------------------------------------------------------------ undo
def _undo_last(row):
    last = last_of(row.by, row.received_at)
    if last is None:
        return NOTHING_TO_UNDO
    return _undone(row, last)


def undo(which, *, key, by, now):
    """Undo one scan, whoever made it. Returns the Scan that tells of it."""
    row = Scan(key=key, code=UNDO, by=by, scanned_at=now, received_at=now)
    return _once(row, lambda: _undone(row, which))


def _undone(row, last):
    row.copy, row.rental = last.copy, last.rental
    if last.received_at <= row.received_at - UNDO_WITHIN:
        raise Refused("That is more than ten minutes ago.")
    if not Scan.objects.filter(pk=last.pk, undone_at=None).update(undone_at=row.received_at):
        raise Refused("That is undone already.")
    _take_back(last)
    row.step = Step.UNDONE
    said = f"{last.get_step_display()}: {film_of(last.copy)}" if last.copy else last.get_step_display()
    return Answer("good", "Undone", [said, "It is as if it had not been scanned."])


def _take_back(last):
    if last.finding:
        findings.forget(last.finding)
    elif last.step == Step.FOUND:
        copies.not_found(last.copy, at=last.received_at)
    elif last.step == Step.RETURNED:
        steps.not_back(last.rental)
    elif last.step == Step.PICKED:
        steps.put_back([last.rental])
    elif last.step == Step.PACKED:
        steps.unpack(last.rental)
    elif last.step == Step.POSTED:
        steps.not_posted(last.rental)


def forget_scans(*, now):
    """Delete the scans of 30 days ago: what they did stands in the rows of rentals and copies. How many."""
    return Scan.objects.filter(received_at__lt=now - FORGET_AFTER).delete()[0]
