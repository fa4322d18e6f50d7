"""What can be wrong with a record, in words."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError


class RejectedRow(Exception):
    """A record that cannot go in; the message says why. The rest of its file goes on."""


# What a database refuses a row with; Django refuses 31 February before the database can.
REFUSALS = (IntegrityError, DataError, ValidationError, RejectedRow)


def reason(error):
    """The sentence for people behind a refusal: the constraint's own where it has one."""
    diagnosis = getattr(getattr(error, "__cause__", None), "diag", None)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if diagnosis is None:
        return str(error)
    message = _messages().get(diagnosis.constraint_name) or diagnosis.message_primary
    return f"{message} ({diagnosis.constraint_name or diagnosis.message_detail or 'refused by the database'})"


def _messages():
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }
