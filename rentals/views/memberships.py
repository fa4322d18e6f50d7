"""A member's own plan: its page, changing, pausing, cancelling, invoices."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from catalogue.wording import day
from rentals import memberships
from rentals.billing import provider
from rentals.membership_page import cancel_page, change_page, invoice_page, membership_page
from rentals.models import Invoice, Plan
from rentals.plan_forms import PauseForm
from rentals.refused import Refused

NONE = "You have no plan at the moment. Choose one to begin."


@require_safe
@login_required
def membership(request):
    today = timezone.localdate()
    mine = memberships.current(request.user, today)
    return render(request, "rentals/membership.html", membership_page(request.user, mine, today))


@login_required
def change_plan(request, slug):
    """What another plan would mean; then the change."""
    plan = get_object_or_404(Plan, slug=slug)
    mine = _mine(request)
    if mine is None or (refusal := _no_change(mine, plan)):
        return _back(request, NONE if mine is None else refusal)
    if request.method != "POST":
        return render(request, "rentals/change_plan.html", change_page(mine, plan, timezone.localdate()))
    with _told(request):
        changed = memberships.change_plan(mine, plan, by=request.user, now=timezone.now())
        messages.success(request, _changed(changed, plan))
    return redirect("rentals:membership")


def _no_change(mine, plan):
    """Why there is nothing to show: a sentence, or ""."""
    if plan == mine.plan and not mine.next_plan:
        return f"{plan.name} is your plan already."
    if plan == mine.next_plan:
        return f"{plan.name} is to be your plan already, from {day(mine.next_plan_on)}."
    if mine.cancelled_at:
        return "Your membership is cancelled. Take the cancellation back first."
    return f"{plan.name} is not offered any more." if plan.withdrawn_on and plan != mine.plan else ""


def _changed(membership, plan):
    if membership.next_plan:
        return f"{plan.name} holds from {day(membership.next_plan_on)}. Until then nothing changes."
    return f"You are on {plan.name}."


@login_required
def pause(request):
    mine = _mine(request)
    if mine is None:
        return _back(request, NONE)
    form = PauseForm(request.POST) if request.method == "POST" else PauseForm()
    if form.is_valid():
        try:
            paused = memberships.pause(mine, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Paused {memberships.pause_in_words(paused)}.")
            return redirect("rentals:membership")
    return render(request, "rentals/pause.html", {"form": form, "membership": mine, "today": timezone.localdate()})


@login_required
def resume(request):
    """End the pause, or drop the one to come."""
    return _done(request, memberships.resume, "The pause is over. We send again from the next round on.")


@login_required
def cancel(request):
    mine = _mine(request)
    if mine is None or mine.cancelled_at:
        return _back(request, NONE if mine is None else f"It is cancelled already, and ends on {day(mine.ends_on)}.")
    if request.method != "POST":
        return render(request, "rentals/cancel.html", cancel_page(mine, timezone.localdate()))
    with _told(request):
        gone = memberships.cancel(mine, by=request.user, now=timezone.now())
        ends = "has ended" if gone.ended_at else f"ends on {day(gone.ends_on)}"
        messages.success(request, f"Cancelled: your membership {ends}.")
    return redirect("rentals:membership")


@login_required
def keep(request):
    """Take the cancellation back."""
    return _done(request, memberships.keep, "The cancellation is taken back. Everything goes on as before.")


@require_safe
@login_required
def invoice(request, key):
    """An invoice to pay, to print, to keep."""
    mine = Invoice.objects.filter(membership__member=request.user).select_related(
        "membership__member", "membership__plan"
    )
    return render(request, "rentals/invoice.html", invoice_page(get_object_or_404(mine, pk=key)))


# Exempt because other machines send no token of ours: the provider knows its own by their signatures.
@csrf_exempt
def billing(request, name):
    """A message from the machines of a provider of that name."""
    try:
        return provider(name).hear(request)
    except LookupError as error:
        raise Http404("Nobody charges by that name.") from error


def _mine(request):
    return memberships.current(request.user, timezone.localdate())


def _done(request, verb, words):
    """Do `verb` to the member's own membership and say `words`; then its page."""
    mine = _mine(request)
    if request.method == "POST" and mine:
        with _told(request):
            verb(mine, by=request.user, now=timezone.now())
            messages.success(request, words)
    return redirect("rentals:membership")


@contextmanager
def _told(request):
    """A refusal becomes a message."""
    try:
        yield
    except Refused as refusal:
        messages.warning(request, str(refusal))


def _back(request, words):
    messages.warning(request, words)
    return redirect("rentals:membership")
