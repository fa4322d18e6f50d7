"""What the desk's first page shows: how far the day is, what is to be picked, snags, and what came back."""

from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from rentals.barcodes import member_code
from rentals.calendar import next_round
from rentals.desk import findings
from rentals.desk.answers import film_of, number_of
from rentals.models import Finding, FindingKind, Rental, Scan, Step

RECENT = 8
SNAGS = 50
LONGEST_ON_THE_WAY = timedelta(days=14)  # from a round to the post
LONGEST = 400  # rows of the pick list at once


# Each by an index, and written by hand: every scan asks for them.
COUNTS = """
SELECT count(*) AS to_post, count(picked_at) AS picked, count(packed_at) AS packed,
  (SELECT count(*) FROM rentals_rental WHERE checked_in_at >= %(since)s AND lost_at IS NULL) AS back,
  (SELECT count(*) FROM rentals_rental WHERE allocated_at BETWEEN %(longest)s AND %(now)s
    AND posted_at >= %(since)s) AS posted
FROM rentals_rental WHERE cancelled_at IS NULL AND checked_in_at IS NULL AND posted_at IS NULL
"""


def counts(now):
    """{label: number} of the day so far. In one query."""
    since = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"since": since, "longest": since - LONGEST_ON_THE_WAY, "now": now})
        return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))


def pick_list():
    """Rows of what is to be picked and packed, in the order of the shelves: bins first."""
    rentals = Rental.objects.to_post().select_related("copy__disc__release__title", "member__address")
    rentals = rentals.order_by(F("copy__bin").asc(nulls_last=True), "copy__shelf", "copy__barcode", "pk")
    missing = set(Finding.objects.open().filter(kind=FindingKind.NOT_IN_PLACE).values_list("rental", flat=True))
    return [_row(rental, rental.pk in missing) for rental in rentals[:LONGEST]]


def _row(rental, missing):
    copy = rental.copy
    address = getattr(rental.member, "address", None)
    return {
        "key": rental.pk,
        "place": f"Bin {copy.bin}" if copy.bin else copy.shelf,
        "film": copy.disc.release.title.name,
        "medium": copy.disc.release.get_medium_display(),
        "disc": copy.disc.number,
        "code": copy.barcode,
        "member": number_of(rental.member),
        "post": address.postcode.split()[0] if address else "",
        "picked": rental.picked_at is not None,
        "packed": rental.packed_at is not None,
        "missing": missing,
        "moved": bool(address and rental.packed_at and address.changed_at > rental.packed_at),
    }


def snags():
    """Open findings, newest first, each with the ways to settle it."""
    return [_snag(finding) for finding in Finding.objects.open().for_page().order_by("-found_at", "-pk")[:SNAGS]]


def _snag(finding):
    copy, rental = finding.copy, finding.rental
    about = film_of(copy) if copy else finding.code
    member = f"It was with {number_of(rental.member)}." if rental and rental.member else ""
    where = f"It belongs to {copy.place}." if finding.kind == FindingKind.NOT_IN_PLACE else member
    ways = [(way, label) for way, (label, *_) in findings.ways(finding).items()]
    return {"key": finding.pk, "title": f"{finding.get_kind_display()}: {about}", "text": where, "ways": ways}


def recent(now):
    """What came back in the last hour, newest first."""
    rows = Rental.objects.filter(checked_in_at__gt=now - timedelta(hours=1)).select_related(
        "copy__disc__release__title"
    )
    return [
        {"at": rental.checked_in_at, "film": film_of(rental.copy), "place": rental.copy.place}
        for rental in rows.order_by("-checked_in_at", "-pk")[:RECENT]
    ]


def page(by, now):
    """Everything that `templates/desk/today.html` shows."""
    rows = pick_list()
    waiting = next((row["key"] for row in rows if not row["picked"] and not row["missing"]), None)
    return {
        "counts": counts(now),
        "rows": rows,
        "longest": LONGEST,
        "next_row": waiting,
        "snags": snags(),
        "recent": recent(now),
        "next_round": next_round(now),
        "last": last_scan(by),
    }


def last_scan(by):
    """The last thing `by` scanned, with what the screen said; None if nothing.

    `next_to`: the number of the member to whom a round has given the disc since; "" if none has.
    """
    last = Scan.objects.filter(by=by).order_by("-pk").first()
    if last:
        last.next_to = _next_to(last) if last.step == Step.RETURNED else ""
    return last


def _next_to(scan):
    member = Rental.objects.to_post().filter(copy=scan.copy_id).values_list("member", flat=True).first()
    return member_code(member) if member else ""
