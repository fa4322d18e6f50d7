"""What members ask for, in their own order."""

from django.db import models
from django.db.models import Q

from catalogue.models import Disc, Medium, Title
from catalogue.rules import not_before, once, order_rule, rule
from members.models import Member


class QueueEntry(models.Model):
    """A member's request for a title: in any edition, in one medium, or for one disc of a set.

    Positions are 1..n without gaps; the verbs that keep them so are in `rentals.queue`. That the disc is one of the
    title's needs three tables: `fsck` proves it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="queue")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="queue_entries")
    medium = models.CharField(max_length=7, choices=Medium, blank=True, help_text="Empty: any.")
    disc = models.ForeignKey(Disc, on_delete=models.PROTECT, null=True, blank=True, related_name="queue_entries")
    position = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "queue entries"
        constraints = [
            order_rule("queueentry_order", "member"),
            rule("queueentry_from_1", Q(position__gte=1), "Places in a queue count from 1."),
            once(
                "queueentry_once",
                ["member", "title", "medium", "disc"],
                "This is in the queue already.",
                nulls_distinct=False,
            ),
            rule("queueentry_medium", Q(medium__in=["", *Medium.values]), "Choose one of: dvd, blu-ray, 4k."),
            rule("queueentry_one_wish", Q(medium="") | Q(disc=None), "Ask for a medium or for one disc, not both."),
            not_before(
                "queueentry_paused_after_asked",
                "asked_at",
                "paused_at",
                "A request is not paused before it is made.",
            ),
        ]
