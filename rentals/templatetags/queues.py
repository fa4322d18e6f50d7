"""What every page says of a member's queue, and home of the discs to come."""

from django import template
from django.utils import timezone

from rentals.free_places import free_places, your_discs

register = template.Library()


@register.simple_tag
def queue_length(member):
    """How many entries the member's queue has."""
    return member.queue.live().count()


@register.inclusion_tag("rentals/_your_discs.html")
def next_discs(member):
    """What the member has at home and what comes next."""
    return your_discs(member, timezone.now())


@register.simple_tag
def places_to_fill(member):
    """Slots of the member's free places (`rentals.free_places`)."""
    return free_places(member, timezone.now())
