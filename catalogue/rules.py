"""Short names for the constraints that the models state, each with the sentence people read when it is broken."""

from django.db.models import CheckConstraint, Deferrable, F, Q, UniqueConstraint

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# A year, a month or a day; 30 February and 31 April are refused, a leap day is not checked against its year.
LOOSE_DATE = (
    r"^[0-9]{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|[12][0-9]))?$"
)
FIRST_YEAR, LAST_YEAR = 1870, 2100


def rule(name, condition, message):
    """`condition` holds for every row."""
    return CheckConstraint(condition=condition, name=name, violation_error_message=message)


def filled(name, field):
    return rule(name, ~Q(**{field: ""}), f"The {field.replace('_', ' ')} cannot be empty.")


def slug_rule(name, field="slug"):
    return rule(name, Q(**{f"{field}__regex": SLUG}), "A slug has small letters, digits and single hyphens only.")


def digest_rule(name, field, message):
    """`field` is empty or a SHA-256 digest."""
    return rule(name, Q(**{field: ""}) | Q(**{f"{field}__regex": r"^[0-9a-f]{64}$"}), message)


def loose_date_rule(name, field):
    """`field` is empty or a year, a month or a day: 1957, 1957-10, 1957-10-12."""
    words = field.replace("_", " ")
    return rule(
        name,
        Q(**{field: ""}) | Q(**{f"{field}__regex": LOOSE_DATE}),
        f"Write the date {words} as 1957, 1957-10 or 1957-10-12.",
    )


def year_rule(name, field="year"):
    return rule(
        name,
        Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (FIRST_YEAR, LAST_YEAR)}),
        f"The year lies between {FIRST_YEAR} and {LAST_YEAR}; leave it empty if it is unknown.",
    )


def minutes_rule(name, field):
    return rule(
        name,
        Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1, 6000)}),
        "A length lies between 1 and 6000 minutes; leave it empty if it is unknown.",
    )


def choice_rule(name, field, choices):
    """`field` is one of `choices`: Django's own `choices` do not bind the database."""
    values = ", ".join(value for value in choices.values if value)
    return rule(name, Q(**{f"{field}__in": choices.values}), f"Choose one of: {values}.")


def order_rule(name, *fields):
    """No two rows share a place; checked at commit, so rows can swap places."""
    return UniqueConstraint(
        fields=[*fields, "position"],
        name=name,
        deferrable=Deferrable.DEFERRED,
        violation_error_message="Two rows cannot have the same place.",
    )


def place_rule(name, *fields):
    """No two rows share a `place`; rows without one have none to share. Checked at commit, so rows can swap."""
    return UniqueConstraint(
        fields=[*fields, "place"],
        name=name,
        deferrable=Deferrable.DEFERRED,
        violation_error_message="Two titles cannot have the same place in a collection.",
    )


def once(name, fields, message, **options):
    return UniqueConstraint(fields=fields, name=name, violation_error_message=message, **options)


def not_before(name, first, second, message):
    return rule(
        name,
        Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True}) | Q(**{f"{second}__gte": F(first)}),
        message,
    )
