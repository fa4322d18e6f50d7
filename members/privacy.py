"""Pages on what we keep of a member: a download of all of it, how long rentals are remembered, deleting the account."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import closing, downloads, fates
from members.models import Member
from members.profile_forms import DeleteForm

ASKED = "Your download is being made. It is ready in a few minutes: load this page again."
KEPT = "We keep your history from now on."
NOT_KEPT = "A year after a disc came back, we forget that it was you who had it."
LOOKS_SHOWN = 50  # the rest is in the download
LAST = "You are the last superuser: nobody could look after the staff any more. Make another superuser first."
TOO_MANY = "Too many tries. Wait a few minutes and try again; nothing was deleted."


@require_safe
def notice(request):
    """What we keep, why, how long and who sees it: for everybody."""
    return render(request, "members/notice.html", {"fates": _of_members()})


def _of_members():
    """Declarations that concern members who do not work here."""
    return [fate for fate in fates.all_fates() if not fate.of_staff]


@require_safe
@login_required
def privacy(request):
    asked_for = request.user.downloads.order_by("-asked_at")
    looks = request.user.looks.order_by("-at", "-pk")[:LOOKS_SHOWN]
    return render(request, "members/privacy.html", {"downloads": asked_for, "looks": looks})


@login_required
def ask_download(request):
    """Have a download made; then the page that lists it."""
    if request.method == "POST":
        downloads.ask(request.user, now=timezone.now())
        messages.success(request, ASKED)
    return redirect("members:privacy")


@require_safe
@login_required
def download(request, key):
    """The file, for the member who asked for it."""
    row = get_object_or_404(request.user.downloads.ready(), pk=key)
    try:
        file = row.path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=row.file_name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
def history(request):
    """Keep the history of rentals, or let it go after a year; then the page again."""
    if request.method == "POST":
        keeps = request.POST.get("keep") == "yes"
        Member.objects.filter(pk=request.user.pk).update(keeps_history=keeps)
        messages.success(request, KEPT if keeps else NOT_KEPT)
    return redirect("members:privacy")


def _has_no_password(request):
    return not request.user.has_usable_password()


@login_required
@reauthentication_required(enabled=_has_no_password)
def delete(request):
    """Say what goes and what must stay; with the password, delete the account.

    The form has no key: the keys of a member's forms go with the account, and a second click finds nobody signed in.
    """
    form = _delete_form(request)
    if request.method == "POST" and (form is None or _is_proved(request, form)):
        return _closed(request)
    now = timezone.now()
    ending, staying = closing.ending(request.user, now), closing.staying(request.user, now)
    return render(request, "members/delete.html", {"form": form, "ending": ending, "staying": staying})


@transaction.atomic
def _closed(request):
    """Delete the account, unless nobody would be left to look after the others."""
    if Member.objects.is_last_in_charge(request.user):
        messages.error(request, LAST)
        return redirect("members:delete")
    closing.close(request.user, now=timezone.now())
    logout(request)
    return redirect("members:closed")


def _delete_form(request):
    """None where there is no password to ask for: then another proof was asked for."""
    sent = request.POST if request.method == "POST" else None
    return None if _has_no_password(request) else DeleteForm(sent, member=request.user)


def _is_proved(request, form):
    """Whether the password is right. As many tries as allauth allows."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error("password", TOO_MANY)
    return form.is_valid()


@require_safe
def closed(request):
    """What somebody sees whose account is deleted."""
    return render(request, "members/closed.html")
