"""What of a member is kept in the tables of the desk, of orders and of what came in from other shops."""

from members import fates
from rentals.models import CopyEvent, Finding, ImportedRow, Order, OutOfPrint, Scan

EDITION = {"title": "release__title__name", "edition": "release__slug"}


def declare():
    """Say what becomes of each."""
    _findings()
    _deeds_of_staff()
    _orders()
    _imports()


def _findings():
    fates.declare(
        Finding,
        "rental__member",
        "What our desk found wrong with discs you had",
        what_for="To put it right, and to see where the post breaks discs.",
        how_long="What was noted goes when the rental is unlinked from you.",
        columns={
            "title": "rental__copy__disc__release__title__name",
            "found": "kind",
            "note": "note",
            "found at": "found_at",
            "outcome": "outcome",
        },
    )


def _deeds_of_staff():
    of_staff = {"of_staff": True, "ends": fates.UNLINKED, "what_for": "To know who did what at the desk."}
    fates.declare(
        Finding,
        "by",
        "What you found wrong at the desk",
        how_long="As long as the copy.",
        columns={"found": "kind", "found at": "found_at"},
        why_unlinked="The finding stays on record; who made it does not.",
        **of_staff,
    )
    fates.declare(
        CopyEvent,
        "by",
        "What you did to copies",
        how_long="As long as the copy.",
        columns={"copy": "copy__barcode", "what": "kind", "at": "at"},
        why_unlinked="What happened to a copy stays on record; who did it does not.",
        **of_staff,
    )
    fates.declare(
        Scan,
        "by",
        "What you scanned",
        how_long="30 days.",
        columns={"code": "code", "did": "step", "at": "scanned_at"},
        why_unlinked="The scan stays for its month; who made it does not.",
        **of_staff,
    )


def _orders():
    staff = {"of_staff": True, "ends": fates.UNLINKED, "what_for": "To know who ordered what."}
    fates.declare(
        Order,
        "by",
        "What you ordered from suppliers",
        how_long="As long as the edition.",
        columns=EDITION | {"how many": "quantity", "on": "ordered_on"},
        why_unlinked="The order stays on record; who made it does not.",
        **staff,
    )
    fates.declare(
        OutOfPrint,
        "by",
        "Editions that you noted as out of print",
        how_long="As long as the edition.",
        columns=EDITION | {"on": "noted_on"},
        why_unlinked="That it is out of print stays on record; who noted it does not.",
        **staff,
    )


def _imports():
    fates.declare(
        ImportedRow,
        "member",
        "Brought in from another shop",
        what_for="To find you again when more comes from there, and not to bring you in twice.",
        how_long="Until you delete your account.",
        columns={"shop": "shop", "your number there": "key"},
        ends=fates.UNLINKED,
        why_unlinked="That a number of that shop came in stays, so that it does not come in again. Nothing says whose.",
        end=_forget_imported,
    )


def _forget_imported(rows):
    """Nor does a digest, by which somebody who has the words could tell that they are those."""
    rows.update(member=None, digest=bytes(16))
