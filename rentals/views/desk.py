"""The desk's first page, and what is scanned and ticked there."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from catalogue.wording import counted
from members.once import FIELD, keeps_its_keys
from rentals import rounds
from rentals.desk import findings, scans, steps, today
from rentals.desk.access import desk_page
from rentals.models import Finding, Rental, Scan
from rentals.refused import Refused

STATIONS = (scans.DESK, scans.POST)
OLDEST = timedelta(hours=12)  # a scan that was held back without a network


@require_safe
@desk_page("rentals.change_rental")
def desk(request):
    """Today at the desk: the box, the last scan, the pick list, snags."""
    return render(request, "desk/today.html", {"station": _station(request.GET)} | today.page(request.user, _now()))


def _now():
    return timezone.now()


def _station(sent):
    return sent.get("station") if sent.get("station") in STATIONS else scans.DESK


def _back(request):
    station = _station(request.POST)
    return redirect(reverse("rentals:desk") + (f"?station={station}" if station != scans.DESK else ""))


# ------------------------------------------------------------------ scans
@keeps_its_keys
@require_POST
@desk_page("rentals.change_rental")
def scan(request):
    """One scan. A page's script gets the answer alone; without one, the page comes again."""
    made = _scanned(request)
    return _answered(request, made)


def _answered(request, made):
    """The answer alone for the page's script, or the page."""
    if not request.headers.get("X-Desk"):
        return _back(request)
    context = {"last": made, "counts": today.counts(_now()), "station": _station(request.POST)}
    return render(request, "desk/_scan.html", context)


def _scanned(request):
    code, now = request.POST.get("code", ""), _now()
    if not code.strip():
        return None
    at = min(_moment(request.POST.get("at", "")) or now, now)
    at = max(at, now - OLDEST)
    key = uuid5(_key(request), code)  # a page that is gone back to may scan another disc with the same form
    return scans.scan(code, key=key, station=_station(request.POST), by=request.user, at=at, now=now)


def _key(request):
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return uuid4()


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if isinstance(moment, datetime) and timezone.is_aware(moment) else None


@require_POST
@desk_page("rentals.change_rental")
def undo(request, key):
    """Undo one scan of the last ten minutes."""
    which = get_object_or_404(Scan, pk=key)
    made = scans.undo(which, key=_key(request), by=request.user, now=_now())
    return _answered(request, made)


# ------------------------------------------------------------------ the pick list
@require_POST
@desk_page("rentals.change_rental")
def pick(request, key):
    """Tick a row of the pick list, or take the tick off again."""
    rental = get_object_or_404(Rental, pk=key)
    off = request.POST.get("off")
    done = steps.put_back([rental]) if off else steps.pick([rental], at=_now())
    if not done:
        messages.info(request, "Nothing changed: somebody else was there first.")
    return redirect(f"{reverse('rentals:desk')}#pick-{key}")


@require_POST
@desk_page("rentals.change_rental")
def not_in_place(request, key):
    """A disc to be picked is not there."""
    rental = get_object_or_404(Rental.objects.to_post(), pk=key)
    try:
        findings.not_in_place(rental, by=request.user, at=_now())
        messages.success(request, "It is among the snags: look again, then mark it missing.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('rentals:desk')}#snags")


@require_POST
@desk_page("rentals.change_rental")
def post_all(request):
    """All that is packed leaves with the post."""
    posted = steps.post(list(Rental.objects.to_post().exclude(packed_at=None)), at=_now())
    messages.success(request, f"{counted(len(posted), 'disc')} posted. The members are told by e-mail.")
    return _back(request)


@require_POST
@desk_page("rentals.change_rental")
def unpack(request, key):
    """A packed disc whose label is wrong: to be packed again."""
    try:
        steps.unpack(get_object_or_404(Rental, pk=key))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('rentals:desk')}#pick-{key}")


@require_POST
@desk_page("rentals.change_finding")
def settle(request, key):
    """What becomes of a snag."""
    finding = get_object_or_404(Finding.objects.for_page(), pk=key)
    try:
        words = findings.settle(finding, request.POST.get("way", ""), by=request.user, at=_now())
        messages.success(request, f"{finding.get_kind_display()}: {words.lower()}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('rentals:desk')}#snags")


@require_POST
@desk_page("rentals.change_finding")
def note_unknown(request):
    """A disc that nobody knows is written down and put aside."""
    code = request.POST.get("code", "").strip()[: scans.LONGEST]
    if not code:
        raise Http404
    findings.note_unknown(code, by=request.user, at=_now())
    messages.success(request, "Written down among the snags. Put the disc aside.")
    return _back(request)


# ------------------------------------------------------------------ rounds
@require_POST
@desk_page("rentals.change_rental")
def make_round(request):
    """A round out of turn, for this instant."""
    now = _now()
    try:
        made = rounds.make_round(now, now=now, by=request.user).round
        messages.success(request, f"{counted(made.sent, 'disc')} to pick for {counted(made.places, 'open place')}.")
    except Refused as refused:
        messages.error(request, f"{refused} Nothing was sent.")
    return _back(request)
