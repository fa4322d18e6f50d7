"""Pages of people."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import structured_data
from catalogue.models import FormerPersonSlug, Person
from catalogue.person_page import person_page
from catalogue.views.moved import moved
from catalogue.views.paging import context


@require_safe
def person(request, slug):
    found = Person.objects.with_page().filter(slug=slug).first()
    if found is None:
        return moved(FormerPersonSlug, "person", slug)
    if not found.paged:
        raise Http404
    page = context(request, person_page(found), structured_data.person)
    return render(request, "catalogue/person.html", page)
