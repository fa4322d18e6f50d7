"""Another way to pay is one module in rentals/billing and the setting: nothing else knows."""

import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import reverse

from rentals import memberships
from rentals.billing import provider
from rentals.memberships import current
from rentals.models import Invoice
from tests.factories import make_invoice, make_member, make_plan

pytestmark = pytest.mark.django_db
SIGNED = "signed by the bank"
ADDRESS = {"name": "Ada", "line_1": "1 High Street", "town": "Leeds", "postcode": "LS1 4AP", "adult": "on"}


class Cards:
    """What a provider of card payments would be: its own page to pay on, and a machine that tells of the money."""

    name, at_once, button = "cards", True, "Continue to payment"
    today = "You pay by card."
    refund_how = "to your card"

    def __init__(self):
        self.charged, self.refunded = [], []

    def charge(self, invoice, *, now):
        self.charged.append(invoice.pk)

    def refund(self, invoice, *, now):
        self.refunded.append(invoice.pk)
        memberships.confirm_refund(invoice, by=None, now=now)

    def page_for(self, invoice):
        return f"https://cards.example/pay/{invoice.number}"

    def how_to_pay(self, invoice):
        return [("By card", "on the page of our bank")]

    def hear(self, request):
        if request.headers.get("Signature") != SIGNED:
            return HttpResponse(status=403)
        from django.utils import timezone

        invoice = Invoice.objects.get(pk=request.POST["invoice"])
        memberships.confirm(invoice, by=None, now=timezone.now())
        return HttpResponse(status=204)


@pytest.fixture
def cards(settings, monkeypatch):
    """As if the file rentals/billing/cards.py were there, and the setting named it."""
    module = ModuleType("rentals.billing.cards")
    module.PROVIDER = Cards()
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.BILLING = "cards"
    return module.PROVIDER


def hear(client, invoice, signature=SIGNED):
    return client.post(
        reverse("rentals:billing", args=["cards"]), {"invoice": invoice.pk}, headers={"Signature": signature}
    )


def test_a_second_provider_takes_a_member_from_joining_to_paid_and_back(client, cards):
    plan, member = make_plan(price_pence=999), make_member()
    client.force_login(member)
    join = reverse("rentals:join", args=[plan.slug])
    page = client.get(join).content.decode()
    assert "Continue to payment" in page and "You pay by card." in page and "of each month" in page

    response = client.post(join, ADDRESS | {"price_pence": 999})
    invoice = Invoice.objects.get()
    assert response.url == f"https://cards.example/pay/{invoice.number}"
    assert cards.charged == [invoice.pk] and invoice.provider == "cards"
    assert "on the page of our bank" in client.get(reverse("rentals:invoice", args=[invoice.pk])).content.decode()

    assert [hear(client, invoice).status_code for _ in range(2)] == [204, 204]
    assert current(member).confirmed_at and current(member).changes.count() == 2

    client.post(reverse("rentals:cancel"))
    invoice.refresh_from_db()
    assert cards.refunded == [invoice.pk] and invoice.refunded_at


def test_what_its_machine_did_not_sign_is_not_heard(client, cards):
    invoice = make_invoice(provider="cards")
    assert hear(client, invoice, signature="").status_code == 403
    assert Invoice.objects.due().exists()


def test_an_invoice_is_paid_back_by_who_charged_it(client, cards, settings):
    membership = memberships.join(make_member(), make_plan(), now=_now())
    memberships.confirm(membership.invoices.get(), by=None, now=_now())
    settings.BILLING = "invoice"
    memberships.cancel(membership, by=None, now=_now())
    assert cards.refunded == [membership.invoices.get().pk]


@pytest.mark.parametrize("name", ["nothing", "invoice", "__init__"])
def test_nobody_listens_where_no_machine_speaks(client, name):
    assert client.post(reverse("rentals:billing", args=[name])).status_code == 404


def test_by_invoice_is_what_there_is_now():
    assert provider().name == "invoice"


def _now():
    from django.utils import timezone

    return timezone.now()
