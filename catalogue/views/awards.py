"""Awards: bodies, the years of one, and the winners of a prize."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue import awards as page_of
from catalogue.models import AwardBody
from catalogue.views.paging import context


@require_safe
def awards(request):
    return render(request, "catalogue/awards.html", context(request, {"bodies": page_of.bodies()}))


@require_safe
def body(request, slug):
    found = get_object_or_404(AwardBody, slug=slug)
    page = page_of.body_page(found, request.GET.get("page"))
    return render(request, "catalogue/award_body.html", context(request, page))


@require_safe
def prize(request, slug, prize):
    found = get_object_or_404(AwardBody, slug=slug)
    page = page_of.prize_page(found, prize, request.GET.get("page"))
    if page is None:
        raise Http404
    return render(request, "catalogue/award_prize.html", context(request, page))
