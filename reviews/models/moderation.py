"""What moderators and the rules do with reviews and votes: every step is a row, and can be undone by another."""

from django.db import models
from django.db.models import Q

from catalogue.models import Title
from catalogue.rules import choice_rule, filled, once, rule
from members.models import Member
from reviews.models.said import Review


class Verb(models.TextChoices):
    HOLD = "hold", "Held for a moderator"
    APPROVE = "approve", "Approved"
    REJECT = "reject", "Rejected"
    ASK = "ask", "Asked for a change"
    BAN = "ban", "Banned"
    LIFT = "lift", "Ban lifted"
    HOLD_VOTES = "hold votes", "Votes held for a moderator"
    COUNT_VOTES = "count votes", "Votes count"
    DROP_VOTES = "drop votes", "Votes do not count"
    UNDO = "undo", "Undone"


class HoldRule(models.TextChoices):
    """Why the rules held something (docs/reviews-policy.md)."""

    LINKS = "links", "It has links"
    REPEATED = "repeated", "The same text stands elsewhere"
    NEW_ACCOUNT = "new account", "The account is brand new"
    REPORTED = "reported", "Several members reported it"
    BURST = "burst", "Many votes between the same accounts"
    AGAIN = "again", "Its author deleted an earlier one before a moderator was done with it"


OF_MEMBERS = (Verb.BAN, Verb.LIFT, Verb.HOLD_VOTES, Verb.COUNT_VOTES, Verb.DROP_VOTES)
WITH_REASON = (Verb.REJECT, Verb.ASK, Verb.BAN)
ABOUT_ONE = Q(review=None, member__isnull=False) | Q(review__isnull=False, member=None)


class ModerationStep(models.Model):
    """Something that was done about a review, or about a member's say: by whom, when, why. Never changed or removed."""

    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.CASCADE, related_name="moderation")
    member = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="moderation",
        help_text="Whom it is about.",
    )
    other = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="On whose reviews the member's votes are meant, if only on these.",
    )
    verb = models.CharField(max_length=12, choices=Verb)
    rule = models.CharField(max_length=12, choices=HoldRule, blank=True)
    reason = models.TextField(blank=True, help_text="Its author reads it.")
    text_digest = models.CharField(
        max_length=32, blank=True, editable=False, help_text="Which text of the review was looked at."
    )
    by = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moderated",
        help_text="Empty: the rules.",
    )
    at = models.DateTimeField()
    before = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The step that kept the review off the pages before this one.",
    )
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")

    class Meta:
        constraints = [
            rule("moderationstep_about_one", ABOUT_ONE, "A step is about a review or about a member."),
            choice_rule("moderationstep_verb", "verb", Verb),
            rule(
                "moderationstep_reason",
                ~Q(verb__in=WITH_REASON) | ~Q(reason=""),
                "Say why: its author reads it.",
            ),
            rule(
                "moderationstep_undoes",
                Q(verb=Verb.UNDO, undoes__isnull=False) | ~Q(verb=Verb.UNDO) & Q(undoes=None),
                "Only an undoing undoes a step.",
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="moderationstep_lately")]

    def __str__(self):
        return self.get_verb_display()


class Reason(models.TextChoices):
    """Why a reader reports a review."""

    SPOILERS = "spoilers", "It gives away the plot without saying so"
    ABUSE = "abuse", "It is abusive or hateful"
    PRIVATE = "private", "It tells something private about somebody"
    FAKE = "fake", "It is not honest: paid for, copied, or by somebody with a stake"
    ADVERTISING = "advertising", "It is advertising"
    OFF_TOPIC = "off topic", "It is not about this film"
    OTHER = "other", "Something else"


class Report(models.Model):
    """A reader says that a review should be looked at: once per reader and review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        ModerationStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="settles"
    )

    class Meta:
        constraints = [
            once("report_once", ["review", "reporter"], "You have reported this review already; we are looking at it."),
            choice_rule("report_reason", "reason", Reason),
        ]

    def __str__(self):
        return self.get_reason_display()


class Withdrawn(models.Model):
    """What a moderator or the rules had said of a review when its author deleted it, so that the next one of the same
    title does not pass by them. Gone when a moderator approves one, or with the account.
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="withdrawn_reviews")
    what = models.CharField(max_length=400, help_text="What kept it off the pages, or that readers reported it.")
    reason = models.TextField(blank=True, help_text="What its author was told.")
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "withdrawn reviews"
        constraints = [once("withdrawn_once", ["title", "author"], "That is known already.")]

    def __str__(self):
        return self.what


class StaffReply(models.Model):
    """Our answer under a review, marked as ours."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="reply")
    body = models.TextField("reply", max_length=4000)
    written_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="staff_replies")
    written_on = models.DateField()

    class Meta:
        verbose_name_plural = "staff replies"
        constraints = [filled("staffreply_body_filled", "body")]

    def __str__(self):
        return self.body[:60]


class Ban(models.Model):
    """What a member says does not count and is not shown, for now. Made and removed by steps of moderation."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="ban")
    step = models.ForeignKey(ModerationStep, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()


class VoteHold(models.Model):
    """The votes of one member on the reviews of another do not count, for now. Made and removed by steps."""

    voter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="vote_holds")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="vote_holds_on_reviews")
    step = models.ForeignKey(ModerationStep, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [once("votehold_once", ["voter", "author"], "These votes are held already.")]
