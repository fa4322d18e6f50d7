"""Adding to the queue, from any page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import Medium, Title
from catalogue.sent import LARGEST_KEY, key_of, keys_of
from rentals.asking import ask, ask_all, states_of
from rentals.refused import Refused
from rentals.rent_panel import ANY
from rentals.views.queue import page_before


@login_required
def add(request):
    """Put a title, an edition or a disc at the end of the queue; then the page again where it was asked for."""
    if request.method != "POST":
        return redirect("rentals:queue")
    try:
        messages.success(request, _asked(request.user, request.POST).words())
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(page_before(request))


def _asked(member, sent):
    """Ask for what was sent: `title`, `medium`, of a set `part-MEDIUM` ("disc-12", "release-3"), `anyway`."""
    title = Title.objects.filter(pk=key_of(sent.get("title"))).first()
    if title is None:
        raise Refused("We have no film of that number.")
    medium = sent.get("medium", ANY)
    if medium not in (ANY, *Medium.values):
        raise Refused("Choose one of the editions.")
    wish = _part(sent.get(f"part-{medium}", "")) or {"medium": "" if medium == ANY else medium}
    return ask(member, title, now=timezone.now(), anyway="anyway" in sent, **wish)


def _part(sent):
    """ "disc-12" → {"disc": 12}, "release-3" → {"release": 3}; {} for nothing."""
    what, _, key = sent.partition("-")
    if not sent:
        return {}
    if what not in ("disc", "release") or not (key := key_of(key)):
        raise Refused("Choose all discs or one of them.")
    return {what: key}


@login_required
def add_all(request):
    """Put a list of titles at the end of the queue, in its order, but what is known; then the page again."""
    if request.method == "POST":
        added = ask_all(request.user, keys_of(request.POST.getlist("title")), now=timezone.now())
        messages.success(request, added.words())
    return redirect(page_before(request))


@require_safe
@login_required
def added(request, key):
    """What stands in place of a card's button when it was pressed: where the title is, or why it is not there."""
    title = Title.objects.filter(pk=key).first() if key <= LARGEST_KEY else None
    if title is None:
        raise Http404
    state = states_of(request.user).get(title.pk)
    response = render(request, "rentals/_added.html", {"title": title, "state": state})
    response["Cache-Control"] = "private, no-store"
    return response
