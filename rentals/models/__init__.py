"""What the shop rents out, to whom, and who asks for what."""

from rentals.models.desk import CopyEvent, CopyEventKind, Finding, FindingKind, Scan, Step
from rentals.models.imported import ImportedKind, ImportedRow
from rentals.models.lists import ListEntry, MemberList, Seen
from rentals.models.memberships import Charge, Happening, Invoice, Membership, MembershipChange
from rentals.models.orders import MOST_ORDERED, Order, OutOfPrint
from rentals.models.plans import Plan
from rentals.models.queue import LIVE, QueueEntry, TwoAtOnce
from rentals.models.rounds import Cause, IdlePlace, PassedOver, Round, SetAside
from rentals.models.shelf import BINS, OPEN, Condition, Copy, Farewell, Licence, Problem, ProblemKind, Rental
from rentals.models.stock import SHORT_WAIT_DAYS, Stock
from rentals.models.viewing import AccessNeeds, MemberLanguage, Player
