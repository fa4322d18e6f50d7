"""What the list of titles can be narrowed down and sorted by, that the shop knows."""

from catalogue.browse.declared import Facet, Personal, Sort, register
from catalogue.browse.words import Fixed
from rentals.models import SHORT_WAIT_DAYS, Rental

IN_STOCK = Facet(
    "stock",
    "Availability",
    f"SELECT title_id, CASE WHEN wait_days = 0 THEN 1 WHEN wait_days <= {SHORT_WAIT_DAYS} THEN 2 END FROM rentals_stock",
    Fixed((1, "now", "In stock now"), (2, "soon", "Short wait")),
    ordered=True,
    opened=True,
    place=60,
)
MOST_RENTED = Sort("rented", "Most rented", "SELECT title_id, rentals, 0 FROM rentals_stock", place=10)
NEWEST = Sort(
    "new", "Newest to rent", "SELECT title_id, held_since - DATE '2000-01-01', 0 FROM rentals_stock", place=20
)


def _rented(member):
    """Keys of the titles that `member` has rented."""
    rented = Rental.objects.filter(member=member, cancelled_at=None)
    return list(rented.values_list("copy__disc__release__title_id", flat=True).distinct())


UNRENTED = Personal("unrented", "Not yet rented by me", _rented)


def register_ours():
    register(IN_STOCK, MOST_RENTED, NEWEST, UNRENTED)
