"""What the desk finds wrong with a disc, and what becomes of it: snags, until somebody settles them.

A cracked or scratched disc is held back; what its member had reported of it is settled by that. A wrong disc or an
empty sleeve means that the disc of the sleeve is not back: the member is asked. Two discs in one envelope are no snag.
"""

from django.db import transaction

from catalogue.compiled import compiled
from rentals import copies, lending
from rentals.desk import steps
from rentals.desk.answers import Answer, film_of, goes_to, number_of
from rentals.lending import OF_THE_DISC
from rentals.models import Condition, Copy, Farewell, Finding, FindingKind, Problem, ProblemKind, Rental, Step
from rentals.refused import Refused

CRACKED, SCRATCHED, WRONG_DISC = FindingKind.CRACKED, FindingKind.SCRATCHED, FindingKind.WRONG_DISC
EMPTY, TWO_IN_ONE, NOT_IN_PLACE = FindingKind.EMPTY, FindingKind.TWO_IN_ONE, FindingKind.NOT_IN_PLACE
BY_LETTER = {"C": CRACKED, "S": SCRATCHED, "W": WRONG_DISC, "E": EMPTY, "T": TWO_IN_ONE}
OF_DAMAGE = (CRACKED, SCRATCHED)
NOT_THERE = (WRONG_DISC, EMPTY)  # the disc of that sleeve is not back
TAKEN_BACK = "Taken back."
SEEN_TOO = "Our desk saw it, too."
BOTH_SCANNED = "Noted: scan the other disc, too."


def reported(rental):
    """What the member had said of it, as sentences for the hand that holds the disc."""
    kinds = [ProblemKind(problem.kind).label.lower() for problem in _reported(rental.pk)]
    return [f"Reported by the member: {kind}. Look at it." for kind in kinds]


@compiled
def _reported(rental):
    return Problem.objects.open().filter(rental=rental, kind__in=OF_THE_DISC)


@transaction.atomic
def find(kind, scan, *, by, at):
    """Write down what is wrong with the disc of `scan`, a return; returns the Finding. Raises Refused."""
    if scan.step != Step.RETURNED:
        raise Refused("That is said of a disc that came back: scan it in first.")
    fields = {"copy": scan.copy, "rental": scan.rental, "kind": kind, "settled_at": None}
    defaults = {"code": scan.code, "found_at": at, "by": by}
    finding, is_new = Finding.objects.get_or_create(**fields, defaults=defaults)
    if not is_new:
        raise Refused("This is written down already.")
    _follow(finding, at)
    return finding


def _follow(finding, at):
    kind, copy = finding.kind, Copy.objects.get(pk=finding.copy_id)
    if kind in OF_DAMAGE:
        for going_out in Rental.objects.to_post().filter(copy=copy).select_related("copy", "member", "entry"):
            lending.cancel(going_out, at=at, missing=False)  # a round was made meanwhile
        if copy.in_inspection_since is None:
            copies.hold(copy, at=at)
        Copy.objects.filter(pk=copy.pk).update(bin=None)
        Problem.objects.open().filter(rental=finding.rental, kind=ProblemKind.DAMAGED).update(
            settled_at=at, outcome=SEEN_TOO
        )
    elif kind in NOT_THERE:
        steps.not_back(finding.rental)
    elif kind == TWO_IN_ONE:
        _settle(finding, BOTH_SCANNED, at)


def answer(finding):
    copy = Copy.objects.select_related("disc__release__title").get(pk=finding.copy_id)
    if finding.kind in NOT_THERE:
        said = f"{film_of(copy)} is still with {number_of(finding.rental.member)}. If another disc is in it, scan that."
        return Answer("note", finding.get_kind_display(), [said, "It is among the snags."])
    if finding.kind == TWO_IN_ONE:
        return goes_to(copy, [BOTH_SCANNED], now=finding.found_at, kind="note")
    said = f"{finding.get_kind_display()}: held back, and among the snags."
    return goes_to(copy, [said], now=finding.found_at, kind="note")


def forget(finding):
    """Take back a finding that was a slip: the disc is as it was. Raises Refused once somebody settled it."""
    was_settled = finding.kind != TWO_IN_ONE and finding.settled_at
    if was_settled or not Finding.objects.filter(pk=finding.pk).exists():
        raise Refused("This snag is settled already.")
    if finding.kind in OF_DAMAGE:
        Copy.objects.filter(pk=finding.copy_id, in_inspection_since=finding.found_at).update(in_inspection_since=None)
        seen = Problem.objects.filter(rental=finding.rental, outcome=SEEN_TOO, settled_at=finding.found_at)
        seen.update(settled_at=None, outcome="")
    elif finding.kind in NOT_THERE:
        steps.take_back(finding.rental, at=finding.found_at)
    _settle(finding, TAKEN_BACK, finding.found_at)


# ------------------------------------------------------------------ snags
def note_unknown(code, *, by, at):
    """A disc that is not ours, or whose label nobody can read, is put aside."""
    return Finding.objects.create(kind=FindingKind.UNKNOWN, code=code, found_at=at, by=by)


def not_in_place(rental, *, by, at):
    """A disc to be picked is not where it should be. Raises Refused if that is known or it is packed."""
    if rental.packed_at:
        raise Refused("This disc is packed.")
    fields = {"copy": rental.copy, "rental": rental, "kind": NOT_IN_PLACE, "settled_at": None}
    defaults = {"code": rental.copy.barcode, "found_at": at, "by": by}
    finding, is_new = Finding.objects.get_or_create(**fields, defaults=defaults)
    if not is_new:
        raise Refused("This is among the snags already.")
    return finding


@transaction.atomic
def settle(finding, way, *, by, at):
    """End a snag in one of the WAYS of its kind, and do what that means. Raises Refused.

    Returns what was done, in a word or two.
    """
    if way not in ways(finding):
        raise Refused("Choose what becomes of it.")
    _, words, deed = WAYS[way]
    if not _settle(finding, words, at):
        raise Refused("This snag is settled already.")
    with copies.acting(by, finding.get_kind_display()):
        deed(finding, at)
    return words


def ways(finding):
    """{name: (label, what was done, deed)} of the ways to settle it, the likeliest first."""
    return {way: WAYS[way] for way in OF_KIND[finding.kind]}


def _settle(finding, outcome, at):
    rows = Finding.objects.open().filter(pk=finding.pk)
    return bool(rows.update(settled_at=max(at, finding.found_at), outcome=outcome))


def _missing(finding, at):
    lending.cancel(finding.rental, at=at, missing=True)


def _withdraw(finding, at):
    copies.withdraw(finding.copy, Farewell.BROKEN, at=at)


def _pass(finding, at):
    copies.pass_inspection(finding.copy, condition=Condition.WORN)


def _nothing(finding, at):
    """The sentence is all."""


WAYS = {
    "found": ("Found it", "Found", _nothing),
    "missing": ("Mark missing", "Marked missing", _missing),
    "passed": ("It plays: back in service", "Back in service", _pass),
    "withdraw": ("Withdraw", "Withdrawn", _withdraw),
    "closed": ("Looked into and closed", "Looked into and closed", _nothing),
}
OF_KIND = {
    CRACKED: ("withdraw", "passed"),
    SCRATCHED: ("passed", "withdraw"),
    WRONG_DISC: ("closed",),
    EMPTY: ("closed",),
    TWO_IN_ONE: ("closed",),
    NOT_IN_PLACE: ("found", "missing"),
    FindingKind.UNKNOWN: ("closed",),
}
