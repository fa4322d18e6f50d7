"""Plans of Kinopost JSON Lines."""

from catalogue.importers.others import write_rows
from catalogue.importers.sections import Section, filled
from rentals.models import Plan

KEYS = ("name", "places_at_home", "discs_a_month", "media", "price_pence", "position")


def write_plans(records, replaces):
    """Make or replace plans; the outcome of each."""
    return write_rows(Plan, [{key: record.get(key) for key in ("slug", *KEYS)} for record in records])


def read_plan(plan):
    return filled(record="plan", slug=plan.slug, **{key: getattr(plan, key) for key in KEYS})


def plan_records():
    return (read_plan(plan) for plan in Plan.objects.order_by("slug"))


SECTION = Section(kinds={"plan": (write_plans, plan_records)})
