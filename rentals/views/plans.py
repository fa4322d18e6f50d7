"""The page of plans, and joining one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import Address
from rentals import memberships
from rentals.billing import provider_of
from rentals.membership_page import terms
from rentals.models import Plan
from rentals.plan_forms import JoinForm
from rentals.refused import Refused


@require_safe
def plans(request):
    return render(request, "rentals/plans.html", _plans(request.user))


def join(request, slug):
    """What a plan costs, and the form that joins it; a visitor makes an account first."""
    plan = get_object_or_404(Plan, slug=slug)
    if plan.withdrawn_on:
        return render(request, "rentals/plans.html", _plans(request.user) | {"gone": plan}, status=410)
    if not request.user.is_authenticated:
        return render(request, "rentals/join.html", _join(request, plan)) if _reads(request) else _sign_in(request)
    if memberships.current(request.user):
        return redirect("rentals:change_plan", slug)
    form = JoinForm(
        None if _reads(request) else request.POST,
        instance=_address(request.user),
        plan=plan,
        initial=_named(request.user),
    )
    if form.is_valid():
        return _joined(request, form, plan)
    return render(request, "rentals/join.html", _join(request, plan) | {"form": form})


def _joined(request, form, plan):
    try:
        with transaction.atomic():
            form.save_for(request.user)
            membership = memberships.join(request.user, plan, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, refusal)
        return redirect("rentals:membership")
    due = membership.invoices.due().first()
    if due:
        return redirect(provider_of(due).page_for(due))
    messages.success(request, f"You are on {plan.name}. Put films in your queue and the first discs leave.")
    return redirect("rentals:membership")


def _plans(user):
    """The context of `rentals/plans.html`."""
    member = user if user.is_authenticated else None
    membership = memberships.current(member) if member else None
    plans = list(Plan.objects.offered())
    used = bool(member) and memberships.had_trial(member)
    return {"plans": plans, "membership": membership, "had_trial": used, "every": all(plan.all_media for plan in plans)}


def _join(request, plan):
    member = request.user if request.user.is_authenticated else None
    return _plans(request.user) | {"plan": plan, "terms": terms(plan, member, timezone.localdate())}


def _address(member):
    return Address.objects.filter(member=member).first()


def _named(member):
    return {"name": "" if member.shown_as == "A member" else member.shown_as}


def _reads(request):
    return request.method != "POST"


def _sign_in(request):
    return redirect_to_login(request.path, settings.LOGIN_URL)
