"""What waits for a moderator, for the admin's first page."""

from django import template

from reviews.moderation import queue

register = template.Library()


@register.simple_tag
def things_to_moderate():
    """How many reviews and pairs of voters wait."""
    return sum(queue.counts().values())
