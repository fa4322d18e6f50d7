"""Stock at the desk: copies in a list, the passport of each, deliveries that come in, and stock-takes."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalogue.film_files.forms import FileForm
from catalogue.film_files.sealing import STALE
from catalogue.film_files.writing import to_save
from catalogue.models import Disc
from catalogue.sent import key_of, keys_of
from rentals import barcodes
from rentals.desk import deliveries, delivery_files, orders, stock_list, stock_take
from rentals.desk.access import desk_page
from rentals.desk.copy_verbs import VERBS, carry_out, forms_for, undo_of
from rentals.desk.delivery_forms import DeliveryForm
from rentals.desk.passport import passport
from rentals.models import Copy
from rentals.refused import Refused

NOTHING_TICKED = "Nothing was ticked, so nothing was changed."


# ------------------------------------------------------------------ the list
@require_safe
@desk_page("rentals.view_copy")
def stock(request):
    """Copies by barcode, shelf or film; a barcode leads to its copy."""
    asked = stock_list.Asked.of(request.GET)
    if copy := stock_list.by_barcode(asked.words):
        return redirect("rentals:desk_copy", copy.barcode)
    is_ours = barcodes.OF_OURS.fullmatch(barcodes.disc_of(asked.words))
    unknown = barcodes.unknown(asked.words) if is_ours else ""
    return render(
        request,
        "desk/stock.html",
        {"asked": asked, "states": stock_list.STATES, "unknown": unknown} | stock_list.listed(asked),
    )


# ------------------------------------------------------------------ one copy
@require_safe
@desk_page("rentals.view_copy")
def copy(request, barcode):
    """The passport of a copy, with what can be done to it."""
    return _passport(request, _copy(barcode), undo=request.GET.get("done", ""))


def _copy(barcode):
    return get_object_or_404(Copy, barcode=barcodes.read(barcode))


def _passport(request, copy, undo="", wrong=None):
    page = passport(copy, request.user)
    if request.user.has_perm("rentals.change_copy"):
        page |= {
            "forms": forms_for(page["copy"], wrong),
            "undo": undo_of(undo, page["copy"], page["events"], request.user),
        }
    return render(request, "desk/copy.html", page)


@desk_page("rentals.change_copy")
def copy_verb(request, barcode, verb):
    """Do something to a copy: moved, held back, passed, its licence noted, missing, found, withdrawn, restored."""
    if verb not in VERBS:
        raise Http404
    row = _copy(barcode)
    if request.method != "POST":
        return redirect("rentals:desk_copy", row.barcode)
    form = VERBS[verb].form(request.POST, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _passport(request, row, wrong=(verb, form))
    return _done(request, row, verb, form)


def _done(request, row, verb, form):
    page = reverse("rentals:desk_copy", args=[row.barcode])
    try:
        carry_out(verb, row, form, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page)
    return redirect(f"{page}?{urlencode({'done': verb})}")


# ------------------------------------------------------------------ a delivery
@desk_page("rentals.add_copy")
def receive(request):
    """A delivery of one disc: which, how many, and what they are like. What came in, with links to its labels."""
    if request.method == "POST":
        return _receive(request)
    if sent := request.GET.get("received"):
        copies = list(deliveries.of_runs(sent))
        return render(request, "desk/received.html", deliveries.came_in(copies, timezone.now()))
    order = orders.to_receive(key_of(request.GET.get("order", "")))
    disc = Disc.objects.select_related("release__title").filter(pk=key_of(request.GET.get("disc", ""))).first()
    if disc is None:
        return _which_disc(request, order)
    return _delivery(request, disc, DeliveryForm(initial={"disc": disc} | orders.usual(order, disc)))


def _which_disc(request, order):
    words = stock_list.Asked.of(request.GET).words
    discs = deliveries.discs_like(words) if words else deliveries.of_edition(order.release) if order else []
    if len(discs) == 1:
        return redirect(_to_receive(discs[0], order))
    most = len(discs) == deliveries.MOST_DISCS
    return render(request, "desk/receive.html", {"words": words, "discs": discs, "most": most, "order": order})


def _to_receive(disc, order):
    return f"{reverse('rentals:desk_receive')}?disc={disc.pk}" + (f"&order={order.pk}" if order else "")


def _delivery(request, disc, form):
    page = {
        "waiting": deliveries.waiting_for([disc.pk], timezone.localdate()),
        "orders": orders.to_come(disc),
    }
    return render(request, "desk/delivery.html", {"disc": disc, "form": form} | page)


def _receive(request):
    form = DeliveryForm(request.POST)
    if form.is_valid():
        return _take_in(request, form.arrivals, lambda why: _refused(request, form, why))
    disc = form.cleaned_data.get("disc")
    if disc is None:
        messages.error(request, "This disc is not in the catalogue any more. Choose it again.")
        return redirect("rentals:desk_receive")
    return _delivery(request, disc, form)


def _refused(request, form, why):
    form.add_error(None, why)
    return _delivery(request, form.cleaned_data["disc"], form)


def _take_in(request, arrivals, otherwise):
    try:
        copies = deliveries.receive(arrivals, by=request.user, at=timezone.now())
    except Refused as refusal:
        return otherwise(str(refusal))
    return redirect(f"{reverse('rentals:desk_receive')}?received={deliveries.as_runs(copies)}")


# ------------------------------------------------------------------ a delivery in a file
@desk_page("rentals.add_copy")
def delivery_file(request):
    """The form for a file; what was found in one. Writes nothing."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    found = form.found(partial(delivery_files.preview, request.user)) if form.is_valid() else None
    if found is None:
        return render(request, "desk/delivery_file.html", {"form": form, "columns": delivery_files.COLUMNS})
    return render(request, "desk/delivery_preview.html", found)


def _opened(request):
    sealed = request.POST.get("sealed", "") if request.method == "POST" else ""
    return delivery_files.opened(request.user, sealed)


def _again(request, why=STALE):
    if request.method == "POST":
        messages.error(request, why)
    return redirect("rentals:desk_delivery_file")


@desk_page("rentals.add_copy")
def confirm_delivery(request):
    """Take in what was shown of a file."""
    arrivals, _ = _opened(request) or ([], [])
    return _take_in(request, arrivals, partial(_again, request)) if arrivals else _again(request)


@desk_page("rentals.add_copy")
def rejected_of_delivery(request):
    """The rows of a file that did not come in, with why, as a file."""
    opened = _opened(request)
    return to_save(delivery_files.as_csv(opened[1]), "not-received", "csv") if opened else _again(request)


# ------------------------------------------------------------------ stock-take
@desk_page("rentals.change_copy")
def take(request):
    """What is on a shelf, held against what should be. Writes nothing."""
    asked = _asked_to_take(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return render(request, "desk/take.html", asked)
    return render(request, "desk/take.html", asked | _taken(asked))


def _asked_to_take(sent):
    name = sent.get("shelf", "").replace("\0", "").strip()[: deliveries.LONGEST_SHELF]
    scanned = sent.get("scanned", "").replace("\0", "")[: stock_take.LONGEST]
    return {"shelf": stock_take.Shelf(name, bool(sent.get("begins"))), "scanned": scanned}


def _taken(asked):
    if not asked["shelf"].name:
        return {"fault": "Say which shelf you are at: its place, as it is printed there."}
    try:
        return {"take": stock_take.compare(asked["shelf"], asked["scanned"])}
    except Refused as refusal:
        return {"fault": str(refusal)}


@desk_page("rentals.change_copy")
def put_right(request):
    """Do what was ticked after a stock-take."""
    if request.method == "POST":
        _put_right(request)
    return redirect("rentals:desk_take")


def _put_right(request):
    shelf = _asked_to_take(request.POST)["shelf"]
    may = {"back": request.user.has_perm("rentals.change_rental")}
    sent = {name: request.POST.getlist(name) if may.get(name, True) else () for name in stock_take.DONE}
    ticked = stock_take.Ticked(**{name: keys_of(values) for name, values in sent.items()})
    if not ticked:
        messages.error(request, NOTHING_TICKED)
        return
    done, refused = stock_take.put_right(shelf, ticked, by=request.user, at=timezone.now())
    for level, sentences in ((messages.SUCCESS, done), (messages.ERROR, refused)):
        for sentence in sentences:
            messages.add_message(request, level, sentence)
