"""The labels of envelopes: to whom, from where, and which disc. In the order of postcodes, as the post sorts."""

import re
from dataclasses import dataclass

from django.conf import settings

from rentals.labels import Label, Sheet
from rentals.models import Rental

OUTWARD = re.compile(r"([A-Z]+)([0-9]+)([A-Z]?)")
BARS_WIDTH = 50  # mm, with what stays white beside them
SIZE = (99.1, 57)
SHEETS = {
    "a4": Sheet("A4, 10 labels of 99.1 × 57 mm (L7173)", (210, 297), 2, 5, SIZE, (4.65, 6), (101.6, 57)),
    "single": Sheet("Label printer, one of 99.1 × 57 mm at a time", SIZE, 1, 1, SIZE),
}


@dataclass(frozen=True)
class Envelope:
    """What the label of an envelope says: `to` are the lines of the address, `place` is where the disc lies."""

    disc: Label
    to: tuple
    place: str

    @property
    def sender(self):
        return settings.RETURN_ADDRESS


def to_label(keys=()):
    """Rentals to be posted that `keys` names, or all, in the order of their labels: (with an address, without)."""
    rentals = Rental.objects.to_post().select_related("copy__disc__release__title", "member__address")
    rows = list(rentals.filter(pk__in=keys) if keys else rentals)
    reached = [rental for rental in rows if hasattr(rental.member, "address")]
    without = [rental for rental in rows if not hasattr(rental.member, "address")]
    return sorted(reached, key=lambda rental: (by_postcode(rental.member.address.postcode), rental.pk)), without


def by_postcode(postcode):
    """A key that sorts postcodes as the post does: B13 before BN1, SE2 before SE15."""
    outward, _, inward = postcode.partition(" ")
    found = OUTWARD.fullmatch(outward)
    area, district, letter = found.groups() if found else (outward, "0", "")
    return area, int(district), letter, inward


def envelope(rental):
    copy, address = rental.copy, rental.member.address
    release = copy.disc.release
    disc = Label(copy.barcode, release.title.name, release.get_medium_display(), copy.shelf, BARS_WIDTH)
    street = [address.line_1, address.line_2]
    lines = (address.name, *filter(None, street), f"{address.town} {address.postcode}")
    return Envelope(disc, lines, f"Bin {copy.bin}" if copy.bin else copy.shelf)
