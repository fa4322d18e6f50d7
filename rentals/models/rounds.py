"""Rounds: when discs were given out, and why each entry that was passed over was."""

from django.db import models
from django.db.models import F, Q

from catalogue.models import Disc
from catalogue.rules import choice_rule, once, rule
from members.models import Member
from rentals.models.queue import QueueEntry


class Round(models.Model):
    """One allocation of free copies to open places, for the instant `at`; there is one for an instant.

    It is there once all that it did is: a round that was cut off left nothing. What it gave out are its rentals.
    """

    at = models.DateTimeField(unique=True, help_text="The cut-off: claims made by this round date from it.")
    made_at = models.DateTimeField()
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Empty: the clock."
    )
    places = models.PositiveIntegerField(help_text="Open places at home.")
    sent = models.PositiveIntegerField()
    passed_over = models.PositiveIntegerField(help_text="Requests that were refused a disc.")

    class Meta:
        constraints = [
            rule("round_sent", Q(sent__lte=F("places")), "No more is sent than there are open places."),
            rule("round_made_after", Q(made_at__gte=F("at")), "A round is not made before its time."),
        ]

    def __str__(self):
        return f"Round of {self.at:%Y-%m-%d %H:%M}"


class PassedOver(models.Model):
    """A request that a disc refused in a round: "2 copies, 5 asked, you were 3rd".

    `turn` is by claim among all that proposed to the disc. `served`: the request got another of its discs.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="passed", db_index=False)
    entry = models.ForeignKey(QueueEntry, on_delete=models.CASCADE, related_name="passed")
    disc = models.ForeignKey(Disc, on_delete=models.CASCADE, related_name="+", db_index=False)
    copies = models.PositiveIntegerField()
    proposed = models.PositiveIntegerField()
    turn = models.PositiveIntegerField()
    served = models.BooleanField()

    class Meta:
        verbose_name_plural = "passed over"
        constraints = [
            once("passedover_once", ["round", "entry", "disc"], "A disc refuses a request once in a round."),
            rule(
                "passedover_turn",
                Q(turn__gt=F("copies"), turn__lte=F("proposed")),
                "Who is refused comes after as many as there are copies.",
            ),
        ]


class SetAside(models.Model):
    """A request that waited because another one for a disc of the same set went out in the round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="set_aside", db_index=False)
    entry = models.ForeignKey(QueueEntry, on_delete=models.CASCADE, related_name="set_aside")
    sent = models.ForeignKey(QueueEntry, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [
            once("setaside_once", ["round", "entry"], "A request is set aside once in a round."),
            rule("setaside_for_another", ~Q(entry=F("sent")), "A request is not set aside for itself."),
        ]


class Cause(models.TextChoices):
    """Why an open place got nothing."""

    NOTHING_IN_STOCK = "nothing in stock", "Nothing the member asked for was in stock"
    SET_ORDER = "set order", "Discs of a set wait for the one before"
    QUEUE_TOO_SHORT = "queue too short", "The queue had nothing more to send"
    PAYMENT = "payment", "The membership is not paid for"


class IdlePlace(models.Model):
    """An open place at home that a round left empty, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="idle", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="idle_places")
    place = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=16, choices=Cause)

    class Meta:
        constraints = [
            once("idleplace_once", ["round", "member", "place"], "A place is told of once in a round."),
            choice_rule("idleplace_cause", "cause", Cause),
        ]
