"""How money comes and goes back: one small interface, behind which nobody else looks.

The setting BILLING names the module here that charges for new invoices; an invoice remembers its own. A module has a
`PROVIDER`. When a provider sees that money came or went back, it calls `rentals.memberships.confirm` or
`confirm_refund`; until then nothing happened. Charging and paying back are asked for in the transaction of what they
are for: what goes out to other machines leaves on commit.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from django.conf import settings


class Provider(Protocol):
    """What a way to pay has to offer."""

    name: str  # as invoices remember it: the name of its module
    at_once: bool  # whether the money is seen while the member waits
    button: str  # on the form that leads to paying
    today: str  # how one pays, in a sentence, before joining
    refund_how: str  # how money goes back, in a sentence

    def charge(self, invoice, *, now):
        """Ask for the money of `invoice`, which was made just now."""

    def refund(self, invoice, *, now):
        """Send back the money of `invoice`, which came through this provider."""

    def page_for(self, invoice):
        """The address of the page on which the member pays `invoice`."""

    def how_to_pay(self, invoice):
        """Pairs of label and value that pages and e-mails print under an invoice that is due."""

    def hear(self, request):
        """Answer a message from the provider's own machines (`rentals:billing`)."""


def provider(name=None):
    """The provider of that name, or the one that charges now. LookupError if there is none."""
    try:
        return import_module(f"{__name__}.{name or settings.BILLING}").PROVIDER
    except (ModuleNotFoundError, AttributeError) as error:
        raise LookupError(f"Nobody charges by {name!r}.") from error


def names():
    """The names of all providers that we have."""
    return {module.name for module in iter_modules(__path__)}


def provider_of(invoice):
    """Who charges, or charged, for `invoice`."""
    return provider(invoice.provider)
