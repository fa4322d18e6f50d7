"""The staff's pages on which two rows are made one, or one is made two; and the list of those that look alike."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from catalogue import merging
from catalogue.merging.suspects import MOST, not_the_same, same_editions, suspects, two_numbers
from catalogue.models import FormerPersonSlug, FormerTitleSlug, Person, Release, Title

FOUND = 20  # rows that a search for the other one shows
NAMED_BY = {Title: FormerTitleSlug._meta.get_field("title"), Person: FormerPersonSlug._meta.get_field("person")}
UNDO = 'It can be undone on <a href="{}">the page of this deed</a>.'


class OtherSelect(AutocompleteSelect):
    """Django's, but for what is no key: Django's own breaks on it when the form comes back."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if key.isdecimal() and len(key) < 19], attr)


class Gone(Exception):
    """The row was deleted or merged while its form was open."""


class Merging:
    """Makes two rows one, or one row two. For whoever may change and delete such rows."""

    actions = ("merge_these",)

    def get_urls(self):
        pages = {
            "suspects/": (self.suspects_view, "suspects"),
            "not-the-same/": (require_POST(self.not_the_same_view), "not_the_same"),
            "<int:key>/merge/": (self.merge_view, "merge"),
            "<int:key>/split/": (self.split_view, "split"),
        }
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            *(path(at, view(page), name=f"{name}_{what}") for at, (page, what) in pages.items()),
            *super().get_urls(),
        ]

    def may_merge(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        links = {"may_merge": self.may_merge(request), "merges": self.opts.app_label + "_" + self.opts.model_name}
        try:
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **links})
        except Gone as gone:
            messages.error(request, str(gone))
            return redirect(self._at("changelist"))

    def save_model(self, request, obj, form, change):
        """Saving a row that is gone would make it anew. Locks the row: a merge waits, and takes along what is saved."""
        there = self.model._base_manager.filter(pk=obj.pk).select_for_update(no_key=True)
        if change and not list(there.values_list("pk")):
            raise Gone(f"“{obj}” was deleted or merged meanwhile. What you typed is not saved.")
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        links = {"suspects_url": self.may_merge(request) and self.model in NAMED_BY and self._at("suspects")}
        return super().changelist_view(request, {**(extra_context or {}), **links})

    def get_actions(self, request):
        actions = super().get_actions(request)
        return actions if self.may_merge(request) else {k: v for k, v in actions.items() if k != "merge_these"}

    @admin.action(description="Merge these two")
    def merge_these(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) == 2:
            return redirect(self._merge_url(*keys))
        messages.error(request, "Tick two rows: one that stays, and the one that goes into it.")
        return None

    # -------------------------------------------------------------- merging
    def merge_view(self, request, key):
        """Choose the other one; see what would follow; do it. The row of the page stays, the other one goes."""
        stays = self._of_staff(request, key)
        gone = self._other(request.POST.get("other") or request.GET.get("other"))
        if gone is None:
            return self._merge_page(request, "merge_with", stays, f"Merge with “{stays}”", self._choice(request, stays))
        if request.method == "POST" and (answer := self._merge(request, gone, stays)):
            return answer
        return self._merge_page(request, "merge", stays, f"Merge “{gone}” into “{stays}”", self._preview(gone, stays))

    def _merge(self, request, gone, stays):
        """A redirect once it is done; None if it cannot be, which is said on the page that comes again."""
        picks = [
            name for name in (each.name for each in merging.differing(gone, stays)) if request.POST.get(name) == "gone"
        ]
        offered = {f"{one.pk}-{other.pk}": (one.pk, other.pk) for one, other, _ in _editions(gone, stays)}
        editions = [offered[pair] for pair in request.POST.getlist("edition") if pair in offered]
        try:
            deed = merging.merge(gone, stays, by=request.user, picks=picks, editions=editions)
        except merging.Refused as refused:
            return self._refused(request, refused.args)
        except merging.Busy as busy:
            return self._refused(request, busy.args)
        said = f"“{gone}” is part of “{stays}” now, and its address leads here."
        messages.success(request, format_html("{} " + UNDO, said, reverse("admin:catalogue_deed_change", args=[deed])))
        return redirect(self._at("change", stays.pk))

    def _refused(self, request, sentences):
        for sentence in ("Nothing was changed.", *sentences):
            messages.error(request, sentence)

    def _preview(self, gone, stays):
        return {
            "gone": gone,
            "stays": stays,
            "why_not": merging.why_not(gone, stays),
            "lines": merging.lines(gone, stays) if gone != stays else [],
            "differing": merging.differing(gone, stays),
            "filled_in": merging.filled_in(gone, stays),
            "editions": _editions(gone, stays),
            "two_numbers": two_numbers(gone, stays),
            "other_way": self._merge_url(gone.pk, stays.pk),
            "moves": self.model in NAMED_BY,
        }

    def _choice(self, request, stays):
        """The other editions of the title, or a search for titles or people."""
        words = request.GET.get("q", "").strip()
        if isinstance(stays, Release):
            found = stays.title.releases.filter(medium=stays.medium).exclude(pk=stays.pk).order_by("position")
            return {"found": [(row, self._merge_url(stays.pk, row.pk)) for row in found], "of_title": stays.title}
        found, _ = self.get_search_results(request, self.model._default_manager.all(), words or stays.name)
        found = found.exclude(pk=stays.pk).order_by(*self.ordering)[:FOUND]
        found = [(row, self._merge_url(stays.pk, row.pk)) for row in found]
        return {"found": found, "words": words, "form": self._other_form()}

    def _other_form(self, said=None):
        """One field that finds the other one as its name is typed."""
        select = OtherSelect(NAMED_BY[self.model], self.admin_site, attrs={"aria-label": "The other one"})
        field = forms.ModelChoiceField(self.model._default_manager.all(), widget=select)
        return type("OtherForm", (forms.Form,), {"other": field})(said)

    # -------------------------------------------------------------- splitting
    def split_view(self, request, key):
        """Choose what moves, and to where; do it."""
        row = self._of_staff(request, key)
        if request.method == "POST" and (answer := self._split(request, row)):
            return answer
        groups = [(follower, _rows(follower, row, request)) for follower in merging.pickable(self.model)]
        context = {
            "groups": [(follower.name, follower.model._meta.label_lower, rows) for follower, rows in groups if rows],
            "said": request.POST,
            "is_title": self.model is Title,
            "is_release": self.model is Release,
            "form": self.model in NAMED_BY and self._other_form(request.POST or None),
        }
        return self._merge_page(request, "split", row, f"Split “{row}”", context)

    def _split(self, request, row):
        picked = {f.model: _keys(request.POST.getlist(f.model._meta.label_lower)) for f in merging.pickable(self.model)}
        try:
            into, new = self._where(request)
            deed, to = merging.split(row, picked, by=request.user, into=into, **new)
        except merging.Refused as refused:
            return self._refused(request, refused.args)
        except merging.Busy as busy:
            return self._refused(request, busy.args)
        said = f"What you chose stands on “{to}” now."
        messages.success(request, format_html("{} " + UNDO, said, reverse("admin:catalogue_deed_change", args=[deed])))
        return redirect(self._at("change", to.pk))

    def _where(self, request):
        """(the row that it moves to or None, columns of a new one)."""
        said = request.POST
        if said.get("to") == "other" and self.model is not Release:
            other = self._other(said.get("other"))
            if other is None:
                raise merging.Refused("Choose the one that it moves to.")
            return other, {}
        if self.model is Release:
            return None, {"edition": said.get("name", "").strip()[:200]}
        return None, _new(self.model, said)

    # -------------------------------------------------------------- those that look alike
    def suspects_view(self, request):
        if self.model not in NAMED_BY:
            raise Http404
        if not self.may_merge(request):
            raise PermissionDenied
        pairs = [(each, self._merge_url(each.stays.pk, each.gone.pk)) for each in suspects(self.model)]
        title = f"{self.opts.verbose_name_plural.capitalize()} that look alike"
        return self._merge_page(request, "suspects", None, title, {"pairs": pairs, "most": MOST})

    def not_the_same_view(self, request):
        if not self.may_merge(request):
            raise PermissionDenied
        pair = [self._other(request.POST.get(name)) for name in ("first", "second")]
        if None not in pair and pair[0] != pair[1] and self.model in NAMED_BY:
            not_the_same(self.model, pair[0].pk, pair[1].pk)
            messages.success(request, f"Noted: “{pair[0]}” and “{pair[1]}” are not the same.")
        return redirect(self._at("suspects") if self.model in NAMED_BY else self._at("changelist"))

    # -------------------------------------------------------------- what they share
    def _of_staff(self, request, key):
        if not self.may_merge(request):
            raise PermissionDenied
        return self._other(str(key)) or _missing()

    def _other(self, key):
        known = key and key.isdecimal() and len(key) < 19
        return self.model._base_manager.filter(pk=int(key)).first() if known else None

    def _merge_url(self, stays, gone):
        return f"{self._at('merge', stays)}?{urlencode({'other': gone})}"

    def _at(self, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _merge_page(self, request, template, row, title, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "object": row}
        urls = {"list_url": self._at("changelist"), "row_url": row and self._at("change", row.pk)}
        return TemplateResponse(request, f"admin/catalogue/{template}.html", shared | urls | context)


def _missing():
    raise Http404


def _editions(gone, stays):
    return same_editions(gone, stays) if isinstance(stays, Title) else []


def _keys(values):
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]


def _new(model, said):
    """The columns of the new title or person. Raises Refused with what is wrong with them."""
    name, year = said.get("name", "").strip()[:300], said.get("year", "").strip()
    if not name:
        raise merging.Refused("Write the name of the new one.")
    if year and not (year.isdecimal() and 1870 <= int(year[:9]) <= 2100):
        raise merging.Refused("Write the year in four figures, or leave it empty.")
    return {"name": name} | ({"year": int(year)} if model is Title and year else {})


def _rows(follower, row, request):
    """[(key, what it says, whether it is ticked)] of what a split may take."""
    ticked = request.POST.getlist(follower.model._meta.label_lower)
    links = [link.name for link in follower.model._meta.concrete_fields if isinstance(link, ForeignKey)]
    order = [*(follower.listed or ()), "position"] if follower.listed is not None else []
    rows = follower.of(row.pk).select_related(*links).order_by(*order, "pk")
    return [(each.pk, _said(each, follower.path), str(each.pk) in ticked) for each in rows]


def _said(row, path):
    """What a row says, with what it names beside its owner."""
    links = (f for f in row._meta.concrete_fields if isinstance(f, ForeignKey) and f.name != path)
    named = [str(getattr(row, link.name)) for link in links if getattr(row, link.attname) is not None]
    own = [str(row)] if type(row).__str__ is not Model.__str__ else []
    played = [part for part in (getattr(row, "character", ""), getattr(row, "detail", "")) if part]
    return ", ".join(dict.fromkeys(own + named + played))
