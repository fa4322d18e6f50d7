"""Whose rental or request a row is: staff see it once they gave a reason for that member (members/looks.py).

A list of rentals is work without it: what is out, what is to be posted. Together with the member it is somebody's
history. So the pages of the admin print a member only beside rows that are open to the reader; they are not sorted
by member, and are looked up by member only with a reason.
"""

from django.contrib import admin, messages
from django.db.models import Value
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from members import looks
from members.models import Member
from rentals import barcodes

FORGOTTEN, NOT_SHOWN = "Forgotten", "Not shown"
NOBODY = "No member has this e-mail address or number. Type the whole of it."


class ReasonWanted(Exception):
    """The rows of this member were asked for, and no reason was given yet."""

    def __init__(self, member):
        super().__init__(member.pk)
        self.member = member


class WhoseRows:
    """Pages of rows of members. `whose_path` leads to the member; `whose` is to be listed instead of it."""

    whose_path = "member"
    search_help_text = "A barcode, a film; or a member’s whole e-mail address or number, which asks for a reason."

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        may_ask = request.user.has_perm("members.add_look")
        return rows.annotate(is_opened=looks.opened(request.user, self.whose_path), may_ask=Value(may_ask))

    @admin.display(description="member")
    def whose(self, row):
        member = self._member_of(row)
        if member is None:
            return FORGOTTEN
        if row.is_opened:
            return format_html("{}, {}", member.shown_as, barcodes.member_code(member.pk))
        if not row.may_ask:
            return NOT_SHOWN
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        return format_html('<a href="{}">Give a reason to see</a>', looks.ask_why(member.pk, page))

    def _member_of(self, row):
        for step in self.whose_path.split("__"):
            row = row and getattr(row, step)
        return row

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return list(dict.fromkeys("whose" if field == "member" else field for field in fields))

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "whose"]

    # ---------------------------------------------------------------- looked up by member
    def get_search_results(self, request, queryset, search_term):
        """Rows of a member, if the term names one; else as a rule."""
        term = search_term.strip()
        key = barcodes.member_of(term)
        if key is None and "@" not in term:
            return super().get_search_results(request, queryset, search_term)
        members = Member.objects.filter(pk=key) if key else Member.objects.with_address(term)
        return self._of(request, queryset, members.first()), False

    def _of(self, request, rows, member):
        if member is None:
            messages.warning(request, NOBODY)
            return rows.none()
        if not looks.is_open(request.user, member):
            raise ReasonWanted(member)
        return rows.filter(**{self.whose_path: member})

    def lookup_allowed(self, lookup, value, request=None):
        """Addresses do not name members: only the box for searching does, which asks why."""
        named = any(part.startswith("member") for part in lookup.split("__"))
        return not named and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except ReasonWanted as wanted:
            return redirect(looks.ask_why(wanted.member.pk, request.get_full_path()))
