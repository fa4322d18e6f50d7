"""What the shop rents out, to whom, and who asks for what."""

from rentals.models.plans import Plan
from rentals.models.queue import QueueEntry
from rentals.models.shelf import Copy, Rental
from rentals.models.stock import SHORT_WAIT_DAYS, Stock
