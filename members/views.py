"""The account of a member, and what a reader asks us to remember."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from members.models import Member

A_YEAR = 365 * 24 * 3600


@require_safe
@login_required
def account(request):
    return render(request, "members/account.html")


@require_safe
@login_required
def security(request):
    """How the member signs in: address, password, second step, sessions."""
    steps = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "new_email": request.user.emailaddress_set.filter(verified=False).last(),
        "has_app": "totp" in steps,
        "has_codes": "recovery_codes" in steps,
        "passkeys": list(steps).count("webauthn"),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "members/security.html", context)


@require_POST
def demo_sign_in(request):
    """Sign in as a made-up member, where the demo is (settings.DEMO); elsewhere there is no such address."""
    if not settings.DEMO:
        raise Http404
    member = get_object_or_404(Member.objects.of_the_demo(), handle=request.POST.get("handle", ""))
    return perform_login(request, Login(user=member))


# Exempt because kept pages carry no token; the worst another site could do is to turn the light on.
@csrf_exempt
@require_POST
def theme(request):
    """Remember the colours asked for, and go back to the page."""
    chosen = request.POST.get("theme", "")
    back = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if here else "catalogue:home")
    if chosen in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie("theme")
    return response
