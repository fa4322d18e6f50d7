"""A member's card: to show on a phone, to print, to keep as PDF; and from the desk for a member."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import Member
from rentals.desk.access import desk_page
from rentals.member_card import card_of, pdf


@require_safe
@never_cache
@login_required
def card(request):
    """The member's own."""
    return render(request, "rentals/card.html", {"card": card_of(request.user)})


@require_safe
@never_cache
@login_required
def card_pdf(request):
    return _sent(request.user)


@require_safe
@never_cache
@desk_page("rentals.change_rental")
def desk_card(request, key):
    """The card of a member who lost it or has no printer."""
    members = Member.objects.filter(closed_at=None).select_related("address")
    return _sent(get_object_or_404(members, pk=key))


def _sent(member):
    headers = {"Content-Disposition": 'inline; filename="kinopost-card.pdf"'}
    return HttpResponse(pdf([card_of(member)]), content_type="application/pdf", headers=headers)
