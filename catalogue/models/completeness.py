"""How complete each title's page is. Triggers keep it (migration 0012); nothing else writes what is missing."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from catalogue.completeness import BY_CODE, score_of_missing, urgency_of
from catalogue.models.titles import Title


class CompletenessQuerySet(models.QuerySet):
    def worst_first(self):
        """The worst among the most asked for first, without those that nobody asks for or that lack nothing."""
        return self.filter(urgency__gt=0).order_by("-urgency", "title_id")

    def after(self, urgency, title):
        """Those that come after a title (key) which has, or had, that urgency; not itself, better though it is now."""
        later = Q(urgency__lt=urgency) | Q(urgency=urgency, title_id__gt=title)
        return self.worst_first().filter(later).exclude(title_id=title)


class Completeness(models.Model):
    """What is missing of a title, by the codes of `catalogue.completeness`."""

    title = models.OneToOneField(Title, on_delete=models.CASCADE, primary_key=True, related_name="completeness")
    missing = ArrayField(models.CharField(max_length=20), default=list, db_default=models.Value("{}"))
    offers_checked_on = models.DateField(null=True, help_text="The oldest check of its offers; year 1: one was never.")
    asked_for = models.FloatField(default=0, db_default=0, help_text="As the search ranks it; of last night.")
    score = models.GeneratedField(
        expression=score_of_missing(), output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    urgency = models.GeneratedField(expression=urgency_of(), output_field=models.FloatField(), db_persist=True)
    objects = CompletenessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "completeness"
        indexes = [
            models.Index(fields=["score", "title"], name="completeness_by_score"),
            models.Index(fields=["-urgency", "title"], name="completeness_by_urgency"),
            models.Index(fields=["offers_checked_on", "title"], name="completeness_by_offers"),
            GinIndex(fields=["missing"], name="completeness_missing"),
        ]

    def reasons(self):
        """What is missing, the weightiest first."""
        return [BY_CODE[code] for code in self.missing]
