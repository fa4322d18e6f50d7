"""How a member watches: what the players at home take, which languages, which help."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalogue.models import Language, Medium
from catalogue.models.releases import BLU_RAY_REGIONS, DVD_REGIONS
from catalogue.rules import once, rule
from members.models import Member


class Player(models.Model):
    """A medium that a member can play. A member without any has not told us: then nothing is assumed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="players")
    medium = models.CharField(max_length=7, choices=Medium)
    regions = ArrayField(models.CharField(max_length=1), default=list, blank=True, help_text="Empty: any.")

    class Meta:
        constraints = [
            once("player_once", ["member", "medium"], "This medium is there already."),
            rule(
                "player_regions",
                Q(medium="dvd", regions__contained_by=DVD_REGIONS)
                | Q(medium="blu-ray", regions__contained_by=BLU_RAY_REGIONS)
                | Q(medium="4k", regions=[]),
                "A DVD player has regions 0 to 8, a Blu-ray player A, B or C, a 4K player none.",
            ),
        ]


class MemberLanguage(models.Model):
    """A language that a member understands when it is spoken or written."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="languages")
    language = models.ForeignKey(Language, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [once("memberlanguage_once", ["member", "language"], "This language is there already.")]


class AccessNeeds(models.Model):
    """What a disc must have for a member to follow it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="access_needs")
    hard_of_hearing = models.BooleanField("subtitles for the hard of hearing", default=False)
    audio_description = models.BooleanField("audio description", default=False)

    class Meta:
        verbose_name_plural = "access needs"
