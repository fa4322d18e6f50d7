"""Members to try the site as, where it is a demonstration."""

from django import template
from django.conf import settings

from members.models import Member

register = template.Library()
SHOWN = 3


@register.simple_tag
def demo_members():
    """A few made-up members; none where the site is in earnest."""
    return Member.objects.of_the_demo().order_by("pk")[:SHOWN] if settings.DEMO else []
