"""Plans of Kinopost JSON Lines."""

from catalogue.importers.others import write_rows
from catalogue.importers.sections import Section, filled
from rentals.models import Plan

KEYS = ("name", "note", "places_at_home", "discs_a_month", "media", "price_pence", "trial_days", "position")


def write_plans(records, replaces):
    """Make or replace plans; the outcome of each."""
    return write_rows(
        Plan, [{"slug": record["slug"]} | {key: record.get(key) for key in KEYS} | _words(record) for record in records]
    )


def _words(record):
    """What is a text also where the record has none."""
    return {"note": record.get("note", "")}


def read_plan(plan):
    return filled(record="plan", slug=plan.slug, **{key: getattr(plan, key) for key in KEYS})


def plan_records():
    return (read_plan(plan) for plan in Plan.objects.order_by("slug"))


SECTION = Section(kinds={"plan": (write_plans, plan_records)})
