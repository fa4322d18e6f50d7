"""Drafts: what is typed into the form of a title survives a closed tab, a lost session and a crash.

A script keeps the form some seconds after a change, and a button does without. A form names itself (`draft`, a number
of its own that goes on with who takes its draft up), so a draft is only ever replaced by the form it came of, and
saving that form ends it. Each member has one draft of each title, and one of a new title.
"""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from catalogue.admin.conflicts import number_of
from catalogue.admin.overlaps import moment, without_mistakes
from catalogue.models import Title, TitleDraft
from config.without_script import MORE, NO_SCRIPT

NOT_KEPT = ("csrfmiddlewaretoken", "form_key", "quiet", "take", "_save", "_continue", "_addanother", NO_SCRIPT, MORE)
ANOTHER = "Not kept: you have another draft of this, of {}. Take it up or throw it away first."
KEPT = "Kept as a draft, {}. It is not saved yet."
NOT_SAVED = "This is your draft of {}. It is not saved yet."


class Drafts:
    """An admin of titles that keeps drafts. Stands first in the class line."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("drafts/", wrap(self.list_drafts), name="catalogue_title_drafts"),
            path("drafts/<int:pk>/throw-away/", wrap(self.throw_away), name="catalogue_title_throw_away"),
            path("add/draft/", wrap(_often(self.keep_draft)), name="catalogue_title_draft_new"),
            path("<int:pk>/draft/", wrap(_often(self.keep_draft)), name="catalogue_title_draft"),
            *super().get_urls(),
        ]

    # -------------------------------------------------------------- keeping
    def keep_draft(self, request, pk=None):
        """Keep the form as it stands, and lead back to it; a script is answered in JSON."""
        title = pk and get_object_or_404(Title, pk=pk)
        if request.method != "POST":
            return redirect(address_of_form(title))
        if not self._may_save(request, title):
            raise PermissionDenied
        typed = self._typed(request, title)
        kept = TitleDraft.objects.keep(request.user, title or None, _form(typed), **_contents(typed))
        said = (
            f"Kept as a draft, {moment(kept.saved_at)}. It is not saved yet." if kept else self._another(request, title)
        )
        if "quiet" in request.POST:
            return JsonResponse({"kept": bool(kept), "said": said})
        return self._led_back(request, title, kept, said)

    def _typed(self, request, title):
        """The form as it was sent; a picture that was chosen is named in it (admin/pictures.py)."""
        if not request.FILES:
            return request.POST
        request.unjudged = True
        form = self.get_form(request, title or None)(request.POST, request.FILES)
        request.unjudged = False
        for mistake in form.errors.get("upload", ()):
            messages.warning(request, mistake)
        return form.data

    def _another(self, request, title):
        draft = TitleDraft.objects.of(request.user, title or None).first()
        return ANOTHER.format(moment(draft.saved_at)) if draft else "Not kept: try again."

    def _led_back(self, request, title, kept, said):
        if kept:
            messages.success(request, said)
            return redirect(f"{address_of_form(title)}?draft=1")
        request.refusal = said
        return self.changeform_view(request, title and str(title.pk), address_of_form(title))

    # -------------------------------------------------------------- going on
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With `?draft=1` the form opens with the member's draft in it, and is not saved."""
        draft = self._asked_for(request, object_id)
        if draft is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        _as_sent(request, draft)
        try:
            return super().changeform_view(request, object_id, address_of_form(draft.title), extra_context)
        finally:
            request.method = "GET"

    def _asked_for(self, request, object_id):
        if request.method != "GET" or "draft" not in request.GET:
            return None
        title = self.get_object(request, unquote(object_id)) if object_id else None
        if (object_id and not title) or not self._may_save(request, title):
            return None
        return TitleDraft.objects.of(request.user, title).first()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if context.get("beside"):
            context["beside"] |= self._of_drafts(request, obj)
        if hasattr(request, "taken_up") and not context.get("overlap"):
            without_mistakes(context)
        return response

    def _of_drafts(self, request, title):
        """What the form says of drafts: the member's own that is not in it, and who else has one."""
        form, taken_up = _form(request.POST), hasattr(request, "taken_up")
        drafts = TitleDraft.objects.filter(title=title) if title else TitleDraft.objects.of(request.user, None)
        drafts = list(drafts.select_related("member"))
        return {
            "keep": address("draft", title),
            "form": form,
            "taken_up": taken_up and request.refusal,
            "own": next((d for d in drafts if d.member == request.user and d.form != form), None),
            "others": [d for d in drafts if d.member != request.user],
        }

    # -------------------------------------------------------------- ending
    def save_related(self, request, form, formsets, change):
        """Saving ends the draft of this form, in the same transaction."""
        super().save_related(request, form, formsets, change)
        title = form.instance if change else None
        TitleDraft.objects.of(request.user, title).filter(form=_form(request.POST)).delete()

    def list_drafts(self, request):
        """The member's own drafts, the newest first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        drafts = TitleDraft.objects.filter(member=request.user).select_related("title").order_by("-saved_at")
        context = {**self.admin_site.each_context(request), "title": "My drafts", "drafts": drafts, "opts": self.opts}
        return render(request, "admin/catalogue/title/drafts.html", context)

    def throw_away(self, request, pk):
        """Delete one of the member's drafts. Goes back to the list, or to the form that asked."""
        if request.method != "POST":
            return redirect("admin:catalogue_title_drafts")
        draft = get_object_or_404(TitleDraft, pk=pk, member=request.user)
        draft.delete()
        messages.success(request, "The draft is thrown away.")
        return redirect(address_of_form(draft.title) if "from_form" in request.POST else "admin:catalogue_title_drafts")


def _as_sent(request, draft):
    """Make the request one that sends the draft, and that no form is saved of: `refusal` is a mistake in it."""
    _ = request.FILES  # Django reads it together with POST: later, it would put an empty form in the draft's place
    request.method, request.POST, request.taken_up = "POST", draft.post(), draft
    request.refusal = NOT_SAVED.format(moment(draft.saved_at))


def _often(view):
    """A form may be kept as often as one likes: it needs no key."""

    def often(*args, **kwargs):
        return view(*args, **kwargs)

    often.keeps_its_keys = True
    return often


def _form(post):
    """The number by which a form names itself; a new one if it has none."""
    with suppress(ValueError):
        return uuid.UUID(post.get("draft", ""))
    return uuid.uuid4()


def _contents(post):
    data = {
        name: [value.replace("\0", "") for value in values] for name, values in post.lists() if name not in NOT_KEPT
    }
    return {"data": data, "number": number_of(post), "now": timezone.now()}


def address(page, title):
    """Of a page beside the form: "draft", "preview"."""
    name = f"admin:catalogue_title_{page}"
    return reverse(name, args=[title.pk]) if title else reverse(f"{name}_new")


def address_of_form(title):
    return reverse("admin:catalogue_title_change", args=[title.pk]) if title else reverse("admin:catalogue_title_add")
