"""Companies: what one produced, and what it put out on disc."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.companies import company_page
from catalogue.models import Company
from catalogue.views.paging import context


@require_safe
def company(request, slug):
    found = get_object_or_404(Company, slug=slug)
    page = company_page(found, request.GET.get("show"), request.GET.get("page"))
    return render(request, "catalogue/company.html", context(request, page))
