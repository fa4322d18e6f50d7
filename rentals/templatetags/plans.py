"""What other apps' pages print of plans."""

from django import template

from catalogue.wording import price
from rentals.models import Plan

register = template.Library()


@register.simple_tag
def cheapest_price():
    """Price a month of the cheapest plan, "£9.99", or "" if none is offered."""
    plan = Plan.objects.cheapest()
    return price(plan.price_pence) if plan else ""


@register.filter
def pounds(pence):
    return price(pence)
