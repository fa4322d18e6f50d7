"""What is announced: titles and collections that everybody may see.

`hidden_until` is when a row is announced; empty: it is, and the clock empties it (catalogue/announcing.py). So whether
something is hidden is a fact of its row, which triggers hear of, and never a comparison with the time: what is kept,
indexed or held in memory cannot go stale at the moment.

`Title.objects` and `Collection.objects` are what everybody may see; `every`, the default manager, is all there is, for
staff, imports and checks. Queries that come to titles from elsewhere say `announced("title")`.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalogue import wording

HELP = (
    "London time. Until then nobody but staff sees it, anywhere; then it appears by itself. Empty: everybody sees it."
)


def announced(path=""):
    """Condition: everybody may see the row, or the title or collection that `path` leads to."""
    return Q(**{f"{path}__hidden_until" if path else "hidden_until": None})


class AnnouncedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(announced())


class HiddenUntilField(models.DateTimeField):
    """The instant at which a row is announced; None if it is."""

    def __init__(self, **options):
        super().__init__(**{"null": True, "blank": True, "help_text": HELP} | options)


def hidden_until_in_words(row):
    """ "1 December 2026, 09:00", in London; "" if the row is announced."""
    if row.hidden_until is None:
        return ""
    moment = timezone.localtime(row.hidden_until)
    return f"{wording.day(moment.date())}, {moment:%H:%M}"


def not_announced_index(name):
    """An index of the few rows that are not announced, by their moment."""
    return models.Index("hidden_until", condition=Q(hidden_until__isnull=False), name=name)
