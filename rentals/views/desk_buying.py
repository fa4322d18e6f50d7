"""The buying desk: what to buy, what is ordered and when it comes."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from catalogue.models import Release
from catalogue.sent import key_of
from members.spreadsheets import safe
from rentals.desk import buying
from rentals.desk import orders as verbs
from rentals.desk.access import desk_page
from rentals.desk.order_forms import ExpectForm, OrderForm
from rentals.models import Order
from rentals.refused import Refused

COLUMNS = (
    "film",
    "year",
    "edition",
    "waiting",
    "reserved",
    "passed over before",
    "copies",
    "on order",
    "expected on",
    "days away",
    "to buy by ratio",
    "by forecast",
    "out of print",
)


# ------------------------------------------------------------------ what to buy
@require_safe
@desk_page("rentals.view_order")
def what_to_buy(request):
    """Editions that members wait too long for."""
    return _buying(request)


def _buying(request, wrong=None):
    return render(request, "desk/buying.html", buying.page(wrong) | {"made": _just_made(request)})


def _just_made(request):
    """The order that was made last here, which can be taken back."""
    key = key_of(request.GET.get("ordered", ""))
    return key and Order.objects.open().filter(pk=key, by=request.user).select_related("release__title").first()


@require_safe
@desk_page("rentals.view_order")
def what_to_buy_csv(request):
    """The same for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="to-buy.csv"'
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    rows.writerows(_cells(line) for line in buying.lines())
    return response


def _cells(line):
    title, edition = line.release.title, safe(str(line.release))
    asked = line.waiting, line.reserved, line.passed_over
    have = line.copies, line.on_order, line.expected_on or "", line.days_away
    buy = line.by_ratio, line.by_forecast, "yes" if line.gone else ""
    return [safe(title.name), title.year or "", edition, *asked, *have, *buy]


@require_POST
@desk_page("rentals.add_order")
def order(request, key):
    """Note that so many of an edition were ordered."""
    release = get_object_or_404(Release, pk=key)
    form = OrderForm(request.POST, auto_id=f"line-{key}-%s")
    if not form.is_valid():
        return _buying(request, wrong=(release, form))
    made = verbs.order(release, by=request.user, on=timezone.localdate(), **form.cleaned_data)
    return redirect(f"{reverse('rentals:desk_buying')}?ordered={made.pk}")


@require_POST
@desk_page("rentals.change_order")
def out_of_print(request, key):
    """Note that an edition is not to be had new, or that it is again."""
    release = get_object_or_404(Release, pk=key)
    if request.POST.get("off"):
        verbs.note_back(release)
    else:
        verbs.note_gone(release, by=request.user, on=timezone.localdate())
    return redirect(f"{reverse('rentals:desk_buying')}#edition-{key}")


# ------------------------------------------------------------------ orders
@require_safe
@desk_page("rentals.view_order")
def orders(request):
    """What is to come, and what came lately."""
    return _orders(request)


def _orders(request, wrong=None):
    return render(request, "desk/orders.html", verbs.page(timezone.localdate(), wrong))


@require_POST
@desk_page("rentals.change_order")
def expect(request, key):
    """Another day on which an order should come."""
    row = get_object_or_404(Order, pk=key)
    form = ExpectForm(row, request.POST)
    if not form.is_valid():
        return _orders(request, wrong=form)
    return _done(request, row, lambda: verbs.expect(row, form.cleaned_data["expected_on"], form.cleaned_data["note"]))


@require_POST
@desk_page("rentals.change_order")
def cancel(request, key):
    """The rest of an order does not come; or it comes after all."""
    row = get_object_or_404(Order, pk=key)
    if request.POST.get("off"):
        return _done(request, row, lambda: verbs.revive(row))
    return _done(request, row, lambda: verbs.cancel_rest(row, on=timezone.localdate()))


def _done(request, row, verb):
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('rentals:desk_orders')}#order-{row.pk}")
