"""What every page says of a member's queue, and home of the discs to come."""

from django import template
from django.utils import timezone

from rentals.by_link import next_by_link
from rentals.free_places import your_discs

register = template.Library()


@register.simple_tag
def queue_length(member):
    """How many entries the member's queue has; counted, unless the page has read the whole queue (`queue_page`)."""
    known = getattr(member, "queue_length", None)
    return member.queue.live().count() if known is None else known


@register.inclusion_tag("rentals/_your_discs.html")
def next_discs(member):
    """What the member has at home and what comes next."""
    return your_discs(member, timezone.now())


@register.inclusion_tag("rentals/_next_by_link.html", takes_context=True)
def next_through(context, token, member):
    """What comes next for a member who is not signed in, with buttons that act through the token of a link."""
    return {"token": token, "next": next_by_link(member), "csrf_token": context.get("csrf_token")}
