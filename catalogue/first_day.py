"""The first day on which anybody could see a title: from then on it is out, and members may rate it."""

from django.db.models import F, Func, TextField


def first_day(title="pk"):
    """Expression: the loose date from which the title that `title` names is out; None if no date of it is known."""
    return Func(F(title), function="catalogue_first_day", output_field=TextField())


def is_out(day, today):
    """Whether what was first shown on the loose date `day` is out; what we know nothing of is."""
    return day is None or day <= today.isoformat()
