"""Plans of Kinopost JSON Lines."""

from catalogue.importers.sections import Section, filled
from rentals.models import Plan

KEYS = ("name", "places_at_home", "discs_a_month", "media", "price_pence", "position")


def write_plan(record):
    """Make or replace a plan; "created", "updated" or "unchanged"."""
    plan = Plan.objects.filter(slug=record["slug"]).first()
    if plan and read_plan(plan) == record:
        return "unchanged"
    Plan.objects.update_or_create(slug=record["slug"], defaults={key: record.get(key) for key in KEYS})
    return "updated" if plan else "created"


def read_plan(plan):
    return filled(record="plan", slug=plan.slug, **{key: getattr(plan, key) for key in KEYS})


def plan_records():
    return (read_plan(plan) for plan in Plan.objects.order_by("slug"))


SECTION = Section(kinds={"plan": (write_plan, plan_records)})
