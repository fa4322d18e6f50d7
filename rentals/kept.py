"""What of a member is kept in the tables of memberships, rentals, queues and lists."""

from datetime import UTC, datetime

from django.db.models import Exists, OuterRef

from members import fates
from members.models import Address
from rentals import memberships
from rentals.desk import kept as desk
from rentals.models import (
    AccessNeeds,
    Finding,
    IdlePlace,
    Invoice,
    ListEntry,
    MemberLanguage,
    MemberList,
    Membership,
    MembershipChange,
    PassedOver,
    Player,
    Problem,
    QueueEntry,
    Rental,
    Round,
    Seen,
    SetAside,
    TwoAtOnce,
)
from rentals.models.shelf import OPEN

TITLE = {"title": "title__name", "year": "title__year", "address": "title__slug"}
DISC = {
    "title": "copy__disc__release__title__name",
    "year": "copy__disc__release__title__year",
    "address": "copy__disc__release__title__slug",
    "edition": "copy__disc__release__slug",
    "disc": "copy__disc__number",
}
EDITION = {"title": "release__title__name", "edition": "release__slug"}
A_MONTH = "30 days."
TO_SAY_WHY = "To tell you why you got what you got."
TAX_YEARS = 6  # to the end of the sixth year after the one it is of: what we must be able to show the tax office
UNTIL_CLOSED = "Until you delete your account."
UNTIL_CHANGED = "Until you change it, or delete your account."
A_YEAR = "A year after the disc came back, unless you ask us to keep your history."
AT_HOME = "A disc is with you or on its way: this stays until it is back, and goes the same night."
FOR_TAX = "Tax law wants invoices kept for six years. They stay without your name and address, and go after that."
STATISTICS = "That a disc was rented stays, for the figures of the film. Nothing says by whom."


def declare():
    """Say what becomes of each."""
    _memberships()
    _changes()
    _invoices()
    _rentals()
    _problems()
    _queue()
    _rounds()
    _lists()
    _ways_of_watching()
    desk.declare()
    fates.hold(Address, "member", _while_discs_are_out, AT_HOME)
    fates.before_the_end(_end_membership)
    fates.before_the_end(_call_off)


# ------------------------------------------------------------------ memberships
def _memberships():
    fates.declare(
        Membership,
        "member",
        "Memberships",
        what_for="To know which discs may go out to you, and what is owed.",
        how_long="Until you delete your account; with an invoice, six years.",
        columns={
            "plan": "plan__name",
            "next plan": "next_plan__name",
            "next plan from": "next_plan_on",
            "asked for at": "asked_at",
            "confirmed at": "confirmed_at",
            "trial until": "trial_until",
            "paid until": "paid_until",
            "paused from": "paused_from",
            "paused until": "paused_until",
            "cancelled at": "cancelled_at",
            "last day": "ends_on",
            "ended at": "ended_at",
        },
        keeps=_with_invoices,
        kept_because=FOR_TAX,
        end=_erase_memberships,
    )


def _changes():
    fates.declare(
        MembershipChange,
        "membership__member",
        "Changes of membership",
        what_for="So that you and we can look up what happened, and when.",
        how_long="As long as the membership.",
        columns={
            "plan": "membership__plan__name",
            "at": "at",
            "what": "what",
            "was": "was",
            "became": "became",
        },
    )
    fates.declare(
        MembershipChange,
        "by",
        "Changes that you made to memberships",
        what_for="To know who changed what.",
        how_long="As long as the membership.",
        columns={"at": "at", "what": "what", "was": "was", "became": "became"},
        ends=fates.UNLINKED,
        why_unlinked="The change stays on record; who made it does not.",
    )


def _invoices():
    fates.declare(
        Invoice,
        "membership__member",
        "Invoices",
        what_for="To be paid, and for the tax office.",
        how_long="Six years from the end of the year they are of.",
        columns={
            "number": "pk",
            "first day": "first_day",
            "last day": "last_day",
            "pence": "amount_pence",
            "for": "for_what",
            "issued at": "issued_at",
            "paid at": "paid_at",
            "void since": "voided_at",
            "to be paid back since": "refund_asked_at",
            "paid back at": "refunded_at",
        },
    )
    fates.declare(
        Invoice,
        "confirmed_by",
        "Payments you confirmed as staff",
        what_for="To know who saw the money.",
        how_long="As long as the invoice.",
        columns={"number": "pk", "paid at": "paid_at"},
        of_staff=True,
        ends=fates.UNLINKED,
        why_unlinked="The payment stays on record; who confirmed it does not.",
    )


def _with_invoices(rows, now):
    """Memberships with an invoice that the tax office may ask for."""
    since = datetime(now.year - TAX_YEARS, 1, 1, tzinfo=UTC)
    return rows.filter(Exists(Invoice.objects.filter(membership=OuterRef("pk"), issued_at__gte=since)))


def _erase_memberships(rows):
    """With their invoices, which are older than anybody may ask for."""
    fates.erase(Invoice.objects.filter(membership__in=rows))
    fates.erase(rows)


def _end_membership(member, now):
    """A membership ends with its account, and nothing more is owed."""
    memberships.close(member, now=now)


# ------------------------------------------------------------------ rentals
def _rentals():
    fates.declare(
        Rental,
        "member",
        "Rentals",
        what_for="To know where our discs are; then for your history.",
        how_long=A_YEAR,
        columns=DISC
        | {
            "allocated at": "allocated_at",
            "posted at": "posted_at",
            "arrived at": "arrived_at",
            "said posted back at": "said_posted_at",
            "checked in at": "checked_in_at",
            "lost at": "lost_at",
            "cancelled at": "cancelled_at",
        },
        ends=fates.UNLINKED,
        why_unlinked=STATISTICS,
        keeps=_out,
        kept_because=AT_HOME,
        end=unlink,
    )


def _problems():
    fates.declare(
        Problem,
        "rental__member",
        "Problems you told us of",
        what_for="To put them right.",
        how_long="What you wrote goes when the rental is unlinked from you.",
        columns={
            "title": "rental__copy__disc__release__title__name",
            "problem": "kind",
            "note": "note",
            "reported at": "reported_at",
            "settled at": "settled_at",
            "outcome": "outcome",
        },
    )


def _out(rows, now):
    return rows.filter(OPEN)


def unlink(rentals):
    """Forget whose `rentals` were, and what was written of them. How many; the figures of the films stay."""
    for notes in (Problem, Finding):
        notes.objects.filter(rental__in=rentals).exclude(note="").update(note="")
    return rentals.update(member=None)


def _while_discs_are_out(rows, now):
    return rows.filter(Exists(Rental.objects.open().filter(member=OuterRef("member"))))


def _call_off(member, now):
    """What has not been posted does not go out any more."""
    member.rentals.open().filter(posted_at=None).update(cancelled_at=now)


# ------------------------------------------------------------------ queue and lists
def _queue():
    fates.declare(
        QueueEntry,
        "member",
        "Queue",
        what_for="To send what you asked for, in your order.",
        how_long="What you take off, 30 days; what was sent, as long as its rental names you.",
        columns=TITLE
        | {
            "medium": "medium",
            "disc": "disc__number",
            "asked at": "asked_at",
            "passed over first at": "claim_at",
            "days said then, at least": "promised_low_days",
            "days said then, about": "promised_days",
            "days said then, at most": "promised_high_days",
            "paused at": "paused_at",
            "taken off at": "removed_at",
            "sent at": "sent_at",
        },
    )
    fates.declare(
        TwoAtOnce,
        "member",
        "Sets sent two discs at once",
        what_for="To send the next disc of a set early.",
        how_long=UNTIL_CHANGED,
        columns=EDITION | {"asked at": "asked_at"},
    )


def _rounds():
    _requests_in_rounds()
    _places_in_rounds()


def _requests_in_rounds():
    fates.declare(
        PassedOver,
        "entry__member",
        "Requests that were passed over",
        what_for=TO_SAY_WHY,
        how_long=A_MONTH,
        columns={
            "title": "entry__title__name",
            "round of": "round__at",
            "copies": "copies",
            "asked": "proposed",
            "your turn": "turn",
        },
    )
    fates.declare(
        SetAside,
        "entry__member",
        "Requests that waited for another disc of a set",
        what_for=TO_SAY_WHY,
        how_long=A_MONTH,
        columns={"title": "entry__title__name", "round of": "round__at"},
    )
    fates.declare(
        SetAside,
        "sent__member",
        "Discs of a set that others waited for",
        what_for=TO_SAY_WHY,
        how_long=A_MONTH,
        columns={"title": "sent__title__name", "round of": "round__at"},
    )


def _places_in_rounds():
    fates.declare(
        IdlePlace,
        "member",
        "Places that stayed empty",
        what_for=TO_SAY_WHY,
        how_long=A_MONTH,
        columns={"round of": "round__at", "place": "place", "why": "cause"},
    )
    fates.declare(
        Round,
        "by",
        "Rounds that you made by hand",
        what_for="To know who shared out discs out of turn.",
        how_long="As long as there are rentals.",
        columns={"round of": "at", "made at": "made_at"},
        of_staff=True,
        ends=fates.UNLINKED,
        why_unlinked="The round stays on record; who made it does not.",
    )


def _lists():
    fates.declare(
        MemberList,
        "member",
        "Lists",
        what_for="For you to keep, and for others to read if you made it public.",
        how_long="Until you delete the list, or your account.",
        columns={"name": "name", "about": "text", "public": "public", "made at": "made_at"},
    )
    fates.declare(
        ListEntry,
        "list__member",
        "Films on your lists",
        what_for="The same.",
        how_long="As long as the list.",
        columns={"list": "list__name"} | TITLE | {"added at": "added_at"},
    )
    fates.declare(
        Seen,
        "member",
        "Seen",
        what_for="So that you see what you have seen.",
        how_long=UNTIL_CHANGED,
        columns=TITLE | {"marked at": "marked_at"},
    )


# ------------------------------------------------------------------ how a member watches
def _ways_of_watching():
    fates.declare(
        Player,
        "member",
        "Players",
        what_for="To send discs that play.",
        how_long=UNTIL_CHANGED,
        columns={"medium": "medium", "regions": "regions"},
    )
    fates.declare(
        MemberLanguage,
        "member",
        "Languages",
        what_for="To send editions that you can follow.",
        how_long=UNTIL_CHANGED,
        columns={"language": "language__name"},
    )
    fates.declare(
        AccessNeeds,
        "member",
        "Access needs",
        what_for="To send editions with the subtitles or the description you need. Nobody else sees it.",
        how_long=UNTIL_CHANGED,
        columns={"subtitles for the hard of hearing": "hard_of_hearing", "audio description": "audio_description"},
    )
