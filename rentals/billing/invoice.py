"""Pay by invoice: the member sends the money through a bank, staff see it come and confirm it (`InvoiceAdmin`)."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse


class ByInvoice:
    """The money is seen by people: nothing happens when it is asked for but that the invoice is there to read."""

    name = "invoice"
    at_once = False
    button = "Join and see the invoice"
    today = "You pay by bank transfer. The invoice tells you how; the first discs leave once we see the money."
    refund_how = "by bank transfer to the account it came from, within 14 days"

    def charge(self, invoice, *, now):
        """The invoice says how to pay; the e-mail with it was written with it."""

    def refund(self, invoice, *, now):
        """Staff find it among the invoices that are to be paid back."""

    def page_for(self, invoice):
        return reverse("rentals:invoice", args=[invoice.pk])

    def how_to_pay(self, invoice):
        return [*settings.BANK_ACCOUNT.items(), ("Reference", invoice.number)]

    def hear(self, request):
        raise Http404("No machine sends us invoices.")


PROVIDER = ByInvoice()
