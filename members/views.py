"""What a reader asks us to remember."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 3600


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
