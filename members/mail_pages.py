"""Pages of what we write to members: what they want to get, and the way out that stands in every e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from members import links
from members.mail_kinds import KINDS, needed, optional
from members.models import MutedMail


@login_required
def mail(request):
    """Which kinds of e-mail a member wants."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        for kind in optional():
            _turn(request.user, kind.name, on=kind.name in wanted)
        messages.success(request, "Saved. That is what we will write to you.")
        return redirect("members:mail")
    muted = set(request.user.muted_mail.values_list("kind", flat=True))
    kinds = [{"kind": kind, "wanted": kind.name not in muted} for kind in optional()]
    return render(request, "members/mail.html", {"kinds": kinds, "needed": needed()})


def _turn(member, kind, *, on):
    if on:
        member.muted_mail.filter(kind=kind).delete()
    else:
        MutedMail.objects.get_or_create(member=member, kind=kind, defaults={"muted_at": timezone.now()})


# Exempt because mail programs post here by themselves and have no cookie (RFC 8058). The signature in the address is
# what allows it, and the worst somebody with the address could do is to turn one kind of e-mail off or on.
@csrf_exempt
@links.through(links.UNSUBSCRIBING)
def unsubscribe(request, token, member, facts):
    """Turn a kind of e-mail off without a login, or on again."""
    (kind,) = facts
    if request.method == "POST":
        _turn(member, kind, on="undo" in request.POST)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("Done.\n", content_type="text/plain")
        return redirect("members:unsubscribe", token)
    off = member.muted_mail.filter(kind=kind).exists()
    return render(request, "members/unsubscribe.html", {"kind": KINDS.get(kind), "off": off})
