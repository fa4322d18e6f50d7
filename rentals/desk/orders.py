"""Orders to suppliers: made, counted in when deliveries come, put off, cancelled; and what is not to be had new.

An order is filled where copies are made (`rentals.desk.deliveries`, the admin), in the same transaction, whether or not
somebody thought of it. Who fills and who cancels take turns at its row.
"""

from collections import Counter

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Greatest

from catalogue.models import Disc
from rentals.desk.order_forms import ExpectForm
from rentals.models import Order, OutOfPrint
from rentals.refused import Refused

MOST_OPEN = 300  # that the page shows
MOST_DONE = 30
MOST_SUPPLIERS = 30


# ------------------------------------------------------------------ verbs
def order(release, *, quantity, supplier, by, on):
    """Write down that so many of an edition were ordered. Returns the Order."""
    return Order.objects.create(release=release, quantity=quantity, supplier=supplier, ordered_on=on, by=by)


def count_in(discs, *, on):
    """Count what comes in, {key of a disc: how many}, toward the open orders of its editions, the oldest first.

    To be called in the transaction that makes the copies, before it does. A set counts when its first disc comes.
    """
    left = _sets(discs)
    filled = [each for each in _locked(left) if _fill(each, left, on)]
    if filled:
        Order.objects.bulk_update(filled, ["received", "received_on"])
    return filled


def _sets(discs):
    """Counter {key of an edition: how many come in}."""
    first = Disc.objects.filter(pk__in=discs, number=1).values_list("release", "pk")
    return Counter({release: discs[disc] for release, disc in first})


def _locked(releases):
    """Their open orders, nobody else's until commit: read once they are ours. All take them in one order."""
    return Order.objects.open().filter(release__in=list(releases)).in_order().select_for_update(no_key=True)


def _fill(each, left, on):
    came = min(each.to_come, left[each.release_id])
    if came:
        left[each.release_id] -= came
        each.received, each.received_on = each.received + came, on
    return came


def expect(each, day, note=""):
    """Another day, or None, on which it should come. Raises Refused if nothing of it is to come."""
    if not Order.objects.open().filter(pk=each.pk).update(expected_on=day, note=note):
        raise Refused("Nothing of this order is to come any more, so nothing was changed.")


def cancel_rest(each, *, on):
    """What has not come does not come. Raises Refused if nothing is to come."""
    if not Order.objects.open().filter(pk=each.pk).update(closed_on=on):
        raise Refused("Nothing of this order is to come any more, so there is nothing to cancel.")


def revive(each):
    """The rest comes after all. Raises Refused if it was not cancelled."""
    if not Order.objects.filter(pk=each.pk, closed_on__isnull=False).update(closed_on=None):
        raise Refused("This order is not cancelled.")


def note_gone(release, *, by, on):
    """An edition is not to be had new. Noted twice is noted once."""
    OutOfPrint.objects.get_or_create(release=release, defaults={"by": by, "noted_on": on})


def note_back(release):
    """It is to be had again."""
    OutOfPrint.objects.filter(release=release).delete()


# ------------------------------------------------------------------ what pages say
def still_open():
    """Orders of which something is to come: the day that is past longest first, those without a day last."""
    return Order.objects.open().for_page().order_by(F("expected_on").asc(nulls_last=True), "ordered_on", "pk")


def done():
    """Orders that came in whole or were cancelled, the last first."""
    ended = Greatest("closed_on", "received_on")  # of a null and a day it is the day
    finished = Order.objects.exclude(pk__in=Order.objects.open().values("pk"))
    return finished.for_page().order_by(ended.desc(), "-pk")[:MOST_DONE]


def filled_by(copies):
    """Orders that copies which came in together were counted toward."""
    days = {copy.acquired_on for copy in copies}
    editions = {copy.disc.release_id for copy in copies if copy.disc.number == 1}
    return list(Order.objects.filter(release__in=editions, received_on__in=days).for_page().in_order())


def to_receive(key):
    """The open order with this key, or None."""
    return Order.objects.open().select_related("release__title").filter(pk=key).first()


def usual(each, disc):
    """What a delivery of a disc begins with, if it is of an order: all that is to come, from its supplier."""
    if each is None or each.release_id != disc.release_id:
        return {}
    return {"count": each.to_come, "source": each.supplier}


def to_come(disc):
    """The open orders that a delivery of this disc counts toward."""
    return list(Order.objects.open().filter(release=disc.release_id).in_order()) if disc.number == 1 else []


def suppliers():
    """Who supplies us, the one who was asked last first."""
    last = Order.objects.values("supplier").annotate(last=Max("pk")).order_by("-last")
    return list(last.values_list("supplier", flat=True)[:MOST_SUPPLIERS])


def page(today, wrong=None):
    """The context of `desk/orders.html`. `wrong`: an ExpectForm that was sent with mistakes."""
    rows = [_row(each, today, wrong) for each in still_open()[:MOST_OPEN]]
    return {"rows": rows, "all": _in_figures(today), "done": done(), "wrong": wrong}


def _in_figures(today):
    """{"orders", "late", "to_come"} of all open orders."""
    late = Count("pk", filter=Q(expected_on__lt=today))
    return Order.objects.open().aggregate(orders=Count("pk"), late=late, to_come=Sum(F("quantity") - F("received")))


def _row(each, today, wrong):
    form = wrong if wrong and wrong.order.pk == each.pk else ExpectForm(each)
    return {"order": each, "form": form, "late": bool(each.expected_on and each.expected_on < today)}
