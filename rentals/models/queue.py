"""What members ask for, in their own order."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from catalogue.models import Disc, Medium, Release, Title
from catalogue.rules import not_before, once, rule
from members.models import Member

LIVE = Q(removed_at=None, sent_at=None)
NO_PROMISE = {"promised_low_days": None, "promised_days": None, "promised_high_days": None}


class QueueEntryQuerySet(models.QuerySet):
    def live(self):
        """Entries that are in a queue: neither taken off it nor sent."""
        return self.filter(LIVE)

    def waiting(self):
        """Live entries that are not paused: those that stand in line for a copy."""
        return self.live().filter(paused_at=None)

    def over_promise(self, now):
        """Those in line that have waited longer than the most that their members were told."""
        days = ExpressionWrapper(F("promised_high_days") * timedelta(days=1), output_field=models.DurationField())
        return self.waiting().filter(promised_high_days__isnull=False, claim_at__lt=now - days)

    def in_order(self):
        """Live entries with their `position` in their member's queue, 1 to n, in that order."""
        position = Window(RowNumber(), partition_by=F("member"), order_by="rank")
        return self.live().annotate(position=position).order_by("member", "rank")

    def placed(self):
        """Live entries with their `position`, each counted on its own: for a few of a long queue."""
        ahead = QueueEntry.objects.live().filter(member=OuterRef("member"), rank__lte=OuterRef("rank"))
        position = Subquery(ahead.order_by().values("member").annotate(n=Count("pk")).values("n"))
        return self.live().annotate(position=position).order_by("rank")


class QueueEntry(models.Model):
    """A member's request for a title: in any edition, in one medium, or for one disc of a set.

    `rank` puts the entries of a member in order and says nothing else: places 1 to n are counted from it, so that a
    move changes one row. An entry that was taken off or sent keeps its rank, and so its place should it come back. The
    verbs are in `rentals.queue`. That the disc is one of the title's needs three tables: `fsck` proves it.

    What its member read of the wait when the claim began is kept too, in days from that round: about `promised_days`,
    in a range (`rentals.promising`). It holds as long as the entry stands in line as it was.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="queue")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="queue_entries")
    medium = models.CharField(max_length=7, choices=Medium, blank=True, help_text="Empty: any.")
    disc = models.ForeignKey(Disc, on_delete=models.PROTECT, null=True, blank=True, related_name="queue_entries")
    rank = models.BigIntegerField()
    asked_at = models.DateTimeField()
    claim_at = models.DateTimeField(null=True, blank=True, help_text="The round that first passed it over.")
    promised_low_days = models.PositiveIntegerField(null=True, blank=True, help_text="The least it was said to wait.")
    promised_days = models.PositiveIntegerField(null=True, blank=True, help_text="About how long; empty: nobody said.")
    promised_high_days = models.PositiveIntegerField(null=True, blank=True, help_text="The most it was said to wait.")
    paused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Taken off by the member; kept for 30 days.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="A copy was allocated for it.")
    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "queue entries"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "rank"],
                name="queueentry_order",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two requests cannot have the same place in a queue.",
            ),
            once(
                "queueentry_once",
                ["member", "title", "medium", "disc"],
                "This is in the queue already.",
                nulls_distinct=False,
                condition=LIVE,
            ),
            rule("queueentry_medium", Q(medium__in=["", *Medium.values]), "Choose one of: dvd, blu-ray, 4k."),
            rule("queueentry_one_wish", Q(medium="") | Q(disc=None), "Ask for a medium or for one disc, not both."),
            not_before(
                "queueentry_paused_after_asked",
                "asked_at",
                "paused_at",
                "A request is not paused before it is made.",
            ),
            rule(
                "queueentry_one_end",
                Q(removed_at=None) | Q(sent_at=None),
                "A request ends once: taken off, or sent.",
            ),
            rule(
                "queueentry_promise",
                Q(**NO_PROMISE)
                | Q(claim_at__isnull=False)
                & ~Q(promised_low_days=None)
                & ~Q(promised_days=None)
                & Q(promised_high_days__isnull=False, promised_low_days__lte=F("promised_days"))
                & Q(promised_days__lte=F("promised_high_days")),
                "A wait is promised with a claim: at least, about and at most so many days.",
            ),
        ]
        indexes = [
            models.Index(fields=["claim_at"], name="queueentry_promised", condition=LIVE & ~Q(promised_high_days=None))
        ]


class TwoAtOnce(models.Model):
    """A member wants two discs of a set at once: the next may follow when the one before was sent, not back."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="two_at_once")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "two at once"
        constraints = [once("twoatonce_once", ["member", "release"], "Two discs of this set come at once already.")]
