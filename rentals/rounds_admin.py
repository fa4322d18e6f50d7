"""The staff's pages of rounds: what each sent, what it passed over, and what more copies would do. To look at only."""

from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from catalogue.admin.naming import TitleSearch
from catalogue.models import Medium
from catalogue.wording import counted
from config.staff import ReadOnlyAdmin
from rentals import rounds
from rentals.disc_forms import OfADisc
from rentals.models import Cause, IdlePlace, PassedOver, Round
from rentals.whose import WhoseRows

SHOWN = 20  # rows of a kind on the page of a round; the rest is on pages of their own
MOST_MORE = 1000
OF_DISC = {
    "film": F("disc__release__title__name"),
    "medium": F("disc__release__medium"),
    "edition": F("disc__release__edition"),
    "release": F("disc__release"),
    "number": F("disc__number"),
}


class WhatIfForm(OfADisc):
    """So many more copies of a disc."""

    more = forms.IntegerField(label="More copies", min_value=1, max_value=MOST_MORE, initial=1)


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ("at", "made_at", "by", "places", "sent", "passed_over")
    list_select_related = ("by",)
    date_hierarchy = "at"
    ordering = ("-at",)
    change_list_template = "admin/rentals/round/change_list.html"
    change_form_template = "admin/rentals/round/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.what_if)
        return [path("what-if/", view, name="rentals_round_what_if"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        parts = [part(obj) for part, model in PARTS.items() if request.user.has_perm(f"rentals.view_{model}")]
        return super().render_change_form(request, context | {"parts": parts}, *args, obj=obj, **kwargs)

    def what_if(self, request):
        """What a round now would come to, and what it would with more copies of a disc."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = WhatIfForm(request.GET or None)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": "What if we had more copies?"}
        context |= {"form": form, "answer": _answer(form) if form.is_valid() else None}
        return render(request, "admin/rentals/round/what_if.html", context)


@admin.register(PassedOver)
class PassedOverAdmin(WhoseRows, TitleSearch, ReadOnlyAdmin):
    """Why a request was passed over; kept for 30 days."""

    whose_path = "entry__member"
    list_display = ("round", "title", "whose", "disc", "copies", "proposed", "turn", "served")
    list_select_related = ("round", "entry__member", "entry__title", "disc__release")
    ordering = ("-pk",)
    of_title = "entry__title"
    search_help_text = "A film; or a member’s whole e-mail address or number, which asks for a reason."

    def title(self, passed):
        return passed.entry.title


@admin.register(IdlePlace)
class IdlePlaceAdmin(ReadOnlyAdmin):
    """Open places that a round left empty, and why; kept for 30 days."""

    list_display = ("round", "member", "place", "cause")
    list_select_related = ("round", "member")
    list_filter = ("cause",)
    ordering = ("-pk",)
    search_fields = ("member__email",)


# ------------------------------------------------------------------ the page of a round
class Part(NamedTuple):
    """One kind of rows of a round: the first few as (address of the first cell, cells), and where all of them are."""

    heading: str
    head: tuple
    rows: list
    all: str
    none: str = "Nothing here. What rounds tell of single requests and places is kept for 30 days."


def _sent(row):
    rentals = row.rentals.select_related("copy__disc__release__title").order_by("pk")[:SHOWN]
    rows = [(reverse("admin:rentals_rental_change", args=[rental.pk]), _rental(rental)) for rental in rentals]
    head = ("Film", "Disc", "Copy", "Place", "Number in the queue")
    return Part(f"{counted(row.sent, 'disc')} sent", head, rows, _all("rental", row), "Nothing was sent.")


def _rental(rental):
    disc = rental.copy.disc
    return disc.release.title, f"{disc.release}, {disc}", rental.copy, rental.place, rental.position or ""


def _missed(row):
    """The discs that refused most requests, each with what one more copy of it would do."""
    discs = row.passed.filter(served=False).values("disc", **OF_DISC)
    discs = discs.annotate(refused=Count("pk"), copies=Max("copies"), asked=Max("proposed"))
    rows = [(_with_one_more(disc), _disc(disc)) for disc in discs.order_by("-refused", "disc")[:SHOWN]]
    head = ("Film: with one more copy?", "Disc", "Copies", "Asked", "Passed over")
    return Part("Discs that were missed most", head, rows, "")


def _with_one_more(disc):
    asked = urlencode({"release": disc["release"], "disc_number": disc["number"], "more": 1})
    return f"{reverse('admin:rentals_round_what_if')}?{asked}"


def _disc(disc):
    edition = " ".join(filter(None, [Medium(disc["medium"]).label, disc["edition"]]))
    return disc["film"], f"{edition}, Disc {disc['number']}", disc["copies"], disc["asked"], disc["refused"]


def _passed(row):
    rows = row.passed.select_related("entry__title", "disc__release").order_by("entry", "disc")
    rows = [(reverse("admin:rentals_passedover_change", args=[each.pk]), _request(each)) for each in rows[:SHOWN]]
    head = ("Film", "Disc", "Copies", "Asked", "Turn", "Got another disc")
    return Part(f"{counted(row.passed_over, 'request')} passed over", head, rows, _all("passedover", row))


def _request(passed):
    entry, disc, served = passed.entry, passed.disc, "Yes" if passed.served else "No"
    return entry.title, f"{disc.release}, {disc}", passed.copies, passed.proposed, passed.turn, served


def _empty(row):
    causes = row.idle.values_list("cause").annotate(number=Count("pk")).order_by("-number", "cause")
    rows = [(_all("idleplace", row, cause__exact=cause), (Cause(cause).label, number)) for cause, number in causes]
    heading = f"{counted(row.places - row.sent, 'place')} left empty"
    return Part(heading, ("Why", "Places"), rows, _all("idleplace", row))


PARTS = {_sent: "rental", _missed: "passedover", _passed: "passedover", _empty: "idleplace"}  # with the right it takes


def _all(model, row, **more):
    """The list of all such rows of a round, page by page."""
    return f"{reverse(f'admin:rentals_{model}_changelist')}?{urlencode({'round__id__exact': row.pk} | more)}"


# ------------------------------------------------------------------ what if
def _answer(form):
    """(the sentence, [(what, now, then)]) of the copies that `form` asks about."""
    disc, more = form.disc, form.cleaned_data["more"]
    now, then = rounds.what_if({disc.pk: more}, timezone.now())
    rows = [(what, count(now, disc), count(then, disc)) for what, count in COUNTS.items()]
    members = counted(rows[1][2] - rows[1][1], "more member")
    copies = f"{counted(more, 'more copy', 'more copies')} of {disc.release.title}, {disc.release}, {disc}"
    return f"With {copies}, {members} would get something in a round now.", rows


def _sent_of(made, disc):
    return int((made.result.sent.disc == disc.pk).sum())


def _served(made, disc):
    return len(set(made.result.sent.member.tolist()))


COUNTS = {
    "This disc sent": _sent_of,
    "Members who get something": _served,
    "Discs sent": lambda made, disc: made.counts()["sent"],
    "Requests passed over": lambda made, disc: made.counts()["passed_over"],
}
