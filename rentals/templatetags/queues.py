"""What every page says of a member's queue, and home of the discs to come."""

from django import template

from rentals.queue_page import your_discs

register = template.Library()


@register.simple_tag
def queue_length(member):
    """How many entries the member's queue has."""
    return member.queue.live().count()


@register.inclusion_tag("rentals/_your_discs.html")
def next_discs(member):
    """What the member has at home and what comes next."""
    return your_discs(member)
