"""What every page says of a member's queue, and home of the discs to come."""

from django import template
from django.db.models import Count
from django.utils import timezone

from catalogue.compiled import compiled
from rentals.by_link import next_by_link
from rentals.free_places import your_discs
from rentals.models import QueueEntry

register = template.Library()


@register.simple_tag
def queue_length(member):
    """How many entries the member's queue has; counted, unless the page has read the whole queue (`queue_page`)."""
    known = getattr(member, "queue_length", None)
    return next(iter(_length(member.pk)), 0) if known is None else known


@compiled
def _length(member):
    live = QueueEntry.objects.live().filter(member=member)
    return live.order_by().values("member").values_list(Count("pk"), flat=True)


@register.inclusion_tag("rentals/_your_discs.html")
def next_discs(member):
    """What the member has at home and what comes next."""
    return your_discs(member, timezone.now())


@register.inclusion_tag("rentals/_next_by_link.html", takes_context=True)
def next_through(context, token, member):
    """What comes next for a member who is not signed in, with buttons that act through the token of a link."""
    return {"token": token, "next": next_by_link(member), "csrf_token": context.get("csrf_token")}
