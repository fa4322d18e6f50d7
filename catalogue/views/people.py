"""Pages of people."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.models import FormerPersonSlug, Person
from catalogue.person_page import person_page
from catalogue.views.moved import moved


@require_safe
def person(request, slug):
    found = Person.objects.with_page().filter(slug=slug).first()
    if found is None:
        return moved(FormerPersonSlug, "person", slug)
    if not found.paged:
        raise Http404
    return render(request, "catalogue/person.html", person_page(found))
