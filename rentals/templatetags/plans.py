"""What other apps' pages print of plans."""

from django import template

from catalogue.wording import price
from rentals.models import Plan

register = template.Library()


@register.simple_tag
def cheapest_plan():
    """The offered plan with the lowest price, or None."""
    return Plan.objects.cheapest()


@register.filter
def pounds(pence):
    """999 → "£9.99"."""
    return price(pence)


@register.filter
def times(number):
    """3 → three rounds of a loop."""
    return range(number)
