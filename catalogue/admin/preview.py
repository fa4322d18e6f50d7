"""The public page of a title before it is saved, and the same page as a machine reads it.

The form is saved as ever, the page is made from what that transaction sees, and the transaction is undone: no row, no
job and no mail is left, and nothing is kept for visitors. Only a poster that was uploaded stays on disk, as with every
form that is checked: its name is its digest.

Locks: those of saving, until the page is made, and no longer. That is the title's row (FOR NO KEY UPDATE) if a field of
it changed, the rows of its lists that changed, people whose credits come or go, and the version of its page. Somebody
who rates or reviews the title at that moment waits for that version, so for the rest of one page at most. The preview
itself waits `PATIENCE` for others and then says so.
"""

import copy
import re
from base64 import b64encode
from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from catalogue import plain_text
from catalogue.models import Title
from catalogue.pictures import Picture
from catalogue.views.title import made_for_visitor

PATIENCE = "3s"
SCRIPT = re.compile(r"<script\b(?![^>]*ld\+json)[^>]*>.*?</script>", re.DOTALL)
BUSY = "Somebody else is saving this title at this moment. Wait a little and press Preview again."
EMPTY = "Nothing is typed yet. Give the title its name and press Preview: its page stands here."


def beside(view):
    """A view whose answers may stand in a frame of ours. What is sent to it has no effect and needs no key."""
    framed = xframe_options_sameorigin(
        csp_replace({"frame-ancestors": [SELF]})(csp_update({"img-src": ["data:"]})(view))
    )

    @wraps(framed)
    def answered(*args, **kwargs):
        return framed(*args, **kwargs)

    answered.keeps_its_keys = True
    return answered


class Previews:
    """An admin of titles with a preview. Stands in the class line before the admin that saves."""

    change_form_template = "admin/catalogue/title/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(beside(self.preview))
        return [
            path("add/preview/", view, name="catalogue_title_preview_new"),
            path("<int:pk>/preview/", view, name="catalogue_title_preview"),
            *super().get_urls(),
        ]

    def preview(self, request, pk=None):
        """The page of the form as it stands; asked for with GET, as it was saved. `?as=text`: as a machine reads it."""
        self._check_right(request, pk)
        if request.method == "POST":
            return _undone(request, lambda: self._from_form(request, pk))
        return _page(request, pk) if pk else _words(request, EMPTY)

    def _check_right(self, request, pk):
        if pk and not Title.every.filter(pk=pk).exists():
            raise Http404
        if not self._may_save(request, pk):
            raise PermissionDenied

    def _from_form(self, request, pk):
        request.is_preview = True
        response = self.changeform_view(request, pk and str(pk))
        return _mistakes(request, response) if hasattr(response, "context_data") else response

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form may hold a frame with our own pages."""
        return _with_frame(super().changeform_view(request, object_id, form_url, extra_context))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not context.get("is_popup") and self._may_save(request, obj):
            context["beside"] = {"preview": _address(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _may_save(self, request, obj):
        return self.has_change_permission(request) if obj else self.has_add_permission(request)

    def response_add(self, request, obj, post_url_continue=None):
        return _page(request, obj.pk) if is_preview(request) else super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return _page(request, obj.pk) if is_preview(request) else super().response_change(request, obj)


def _with_frame(response):
    response._csp_update = {"frame-src": [SELF]}  # as `csp_update` does it, which knows no methods
    return response


def _address(title):
    name = "admin:catalogue_title_preview"
    return reverse(name, args=[title.pk]) if title else reverse(f"{name}_new")


def is_preview(request):
    """The form is saved only to look at it."""
    return getattr(request, "is_preview", False)


def _undone(request, work):
    """The response of `work()`, whose writes are all taken back."""
    try:
        with transaction.atomic():
            _wait_at_most(PATIENCE)
            response = work()
            transaction.set_rollback(True)
    except OperationalError:
        return _words(request, BUSY)
    return response


def _wait_at_most(time):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [time])


def _page(request, key):
    """What a visitor gets at the address of the title `key`; without scripts, and each link leads out of the frame."""
    title = Title.every.get(pk=key)
    page = made_for_visitor(_visit(request, title.get_absolute_url()), key).content.decode()
    if request.GET.get("as") == "text":
        return render(request, "admin/catalogue/title/machine.html", {"read": plain_text.read(page)})
    page = SCRIPT.sub("", page).replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(_with_picture(page, Title.every.for_cards().get(pk=key)))


def _with_picture(page, title):
    """The page with the title's picture in it: there is nothing at the picture's address before it is saved."""
    picture = Picture.of(title)
    data = f"data:image/webp;base64,{b64encode(picture.at_once()).decode()}"
    return re.sub(rf"(?<=[\"\s])/pictures/{re.escape(title.slug)}/{picture.key}/[0-9]+\.webp", data, page)


def _visit(request, address):
    """The request of somebody who is not signed in, for `address`."""
    visit = copy.copy(request)
    visit.user, visit.method, visit.path, visit.path_info = AnonymousUser(), "GET", address, address
    visit.GET = visit.POST = QueryDict()
    visit.META = {**request.META, "QUERY_STRING": ""}
    visit.COOKIES = {name: value for name, value in request.COOKIES.items() if name == "theme"}
    return visit


# ------------------------------------------------------------------ in place of the page
def _words(request, words, mistakes=()):
    return render(request, "admin/catalogue/title/no_preview.html", {"words": words, "mistakes": mistakes})


def _mistakes(request, response):
    return _words(request, "There is no page of this yet:", list(mistakes(response.context_data)))


def mistakes(context):
    """What is wrong with a form of the admin that came back, field by field: [(where, sentence)]."""
    yield from _of_form(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        name = str(inline.opts.verbose_name_plural).capitalize()
        yield from ((name, sentence) for sentence in inline.formset.non_form_errors())
        for number, form in enumerate(inline.formset.forms, 1):
            yield from _of_form(form, f"{name}, row {number}")


def _of_form(form, where=""):
    for field, sentences in form.errors.items():
        label = str(form.fields[field].label or field).capitalize() if field in form.fields else ""
        yield from ((", ".join(filter(None, [where, label])), sentence) for sentence in sentences)
