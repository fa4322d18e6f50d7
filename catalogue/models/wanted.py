"""What visitors searched for and did not find, or found and could not rent. No row leads to who it was.

A search is counted once for each visitor and day. To know that, a digest of visitor, words and day is kept until the
day is over: it cannot be read back, and two searches of one visitor do not have it in common.
"""

from django.db import models
from django.db.models import Q

from catalogue.models.titles import Title
from catalogue.rules import filled, once, rule

SHOWN_FROM = 3  # visitors' days: what fewer asked for may be somebody's own affair


class WantedSearchQuerySet(models.QuerySet):
    def shown(self):
        """What enough visitors asked for, most asked for first, without what staff put aside."""
        return self.filter(visitors__gte=SHOWN_FROM, put_aside_at=None).order_by("-visitors", "pk")


class WantedSearch(models.Model):
    """Words searched for in vain, by their folded form; with `title`, a film that was found and is not here to rent."""

    folded = models.CharField(max_length=100)
    typed = models.CharField("searched for", max_length=100, help_text="As it was typed last.")
    title = models.ForeignKey(
        Title, on_delete=models.CASCADE, null=True, blank=True, related_name="wanted_searches", verbose_name="found"
    )
    visitors = models.PositiveIntegerField(default=0, help_text="Counted once for each visitor and day.")
    last_on = models.DateField("last asked")
    put_aside_at = models.DateTimeField(null=True, blank=True)
    objects = WantedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "search in vain"
        verbose_name_plural = "searched for, not found"
        constraints = [
            once("wantedsearch_once", ["folded"], "These words are counted already."),
            filled("wantedsearch_folded_filled", "folded"),
        ]
        indexes = [models.Index(fields=["-visitors", "id"], condition=Q(put_aside_at=None), name="wantedsearch_most")]

    def __str__(self):
        return self.typed


class WantedDay(models.Model):
    """How many visitors searched for it on one day."""

    search = models.ForeignKey(WantedSearch, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(db_index=True)
    visitors = models.PositiveIntegerField()

    class Meta:
        constraints = [
            once("wantedday_once", ["search", "day"], "That day is counted already."),
            rule("wantedday_visitors", Q(visitors__gte=1), "Somebody searched for it on that day."),
        ]


class CountedVisit(models.Model):
    """A digest of what was counted today: the same visitor with the same words is not counted twice."""

    digest = models.BinaryField(max_length=16, primary_key=True)
    day = models.DateField(db_index=True)
    times = models.PositiveSmallIntegerField(default=1)
