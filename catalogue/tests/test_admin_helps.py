"""Every field of the catalogue says in the admin what the printed page makes of it."""

import pytest
from django.contrib import admin

from catalogue import models
from config.staff import ReadOnlyAdmin
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
PAGES = [
    model
    for model, page in admin.site._registry.items()
    if model._meta.app_label == "catalogue" and not isinstance(page, ReadOnlyAdmin)
]
SPOKEN_FOR = {"DELETE", "focus_x", "focus_y"}


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_field_says_what_the_page_makes_of_it(rf, model):
    page = admin.site._registry[model]
    request = rf.get("/")
    request.user = make_staff(is_superuser=True)
    forms = [page.get_form(request)()]
    for inline in page.get_inline_instances(request):
        forms.append(inline.get_formset(request)(instance=model()).empty_form)
    silent = {
        f"{type(form).__name__}.{name}"
        for form in forms
        for name, field in form.fields.items()
        if not field.help_text and name not in SPOKEN_FOR and not field.widget.is_hidden
    }
    assert silent == set()


def test_the_title_page_is_among_them():
    assert models.Title in PAGES
