"""Releases (editions in one medium), their discs and what is on them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalogue.fields import LooseDateField
from catalogue.models.people import Person
from catalogue.models.title_queries import ReleaseQuerySet
from catalogue.models.titles import Title
from catalogue.models.vocabulary import Certificate, Company, Language, OutsideIdentifier
from catalogue.rules import (
    choice_rule,
    filled,
    loose_date_rule,
    minutes_rule,
    once,
    order_rule,
    rule,
    slug_rule,
    year_rule,
)

DVD_REGIONS = list("012345678")
BLU_RAY_REGIONS = list("ABC")


class Medium(models.TextChoices):
    DVD = "dvd", "DVD"
    BLU_RAY = "blu-ray", "Blu-ray"
    UHD = "4k", "4K"


class Colour(models.TextChoices):
    COLOUR = "colour", "Colour"
    BLACK_AND_WHITE = "black and white", "Black and white"
    BOTH = "both", "Colour and black and white"


class Release(models.Model):
    """An edition of a title in one medium."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="releases")
    slug = models.SlugField(max_length=200, help_text="Unique within the title: dvd, blu-ray, dvd-2.")
    medium = models.CharField(max_length=7, choices=Medium)
    edition = models.CharField(max_length=200, blank=True, help_text="Collector's edition …")
    released_on = LooseDateField()
    runtime_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    distributor = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="releases")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    regions = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    colour = models.CharField(max_length=15, choices=Colour, blank=True)
    video_standard = models.CharField(max_length=4, blank=True, choices={"PAL": "PAL", "NTSC": "NTSC"})
    box_set = models.CharField(max_length=300, blank=True, help_text="The box this edition is part of.")
    position = models.PositiveSmallIntegerField(default=1)
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            once("release_once", ["title", "slug"], "This title has a release of that name already."),
            slug_rule("release_slug"),
            choice_rule("release_medium", "medium", Medium),
            loose_date_rule("release_released_on", "released_on"),
            minutes_rule("release_runtime", "runtime_minutes"),
            order_rule("release_order", "title"),
            rule(
                "release_colour",
                Q(colour__in=["", *Colour.values]),
                "Choose one of: colour, black and white, both.",
            ),
            rule(
                "release_video_standard",
                Q(video_standard__in=["", "PAL", "NTSC"]),
                "Choose one of: PAL, NTSC.",
            ),
            rule(
                "release_regions",
                Q(medium="dvd", regions__contained_by=DVD_REGIONS)
                | Q(medium="blu-ray", regions__contained_by=BLU_RAY_REGIONS)
                | Q(medium="4k", regions=[]),
                "A DVD has regions 0 to 8, a Blu-ray A, B or C, a 4K disc none.",
            ),
        ]
        indexes = [models.Index("released_on", name="release_by_day")]

    def __str__(self):
        return " ".join(filter(None, [self.get_medium_display(), self.edition]))


class ReleaseIdentifier(OutsideIdentifier):
    """A release's number elsewhere: EAN, UPC."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="identifiers")


class Disc(models.Model):
    """One disc of a release: what a member asks for and what is posted."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="discs")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200, blank=True, help_text="Episodes 1–4 …")

    class Meta:
        constraints = [
            once("disc_once", ["release", "number"], "This release has a disc of that number already."),
            rule("disc_number", Q(number__range=(1, 200)), "Discs are numbered from 1."),
        ]

    def __str__(self):
        return f"Disc {self.number}"


class _OnRelease(models.Model):
    """A row of one of a release's ordered lists."""

    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


class AspectRatio(_OnRelease):
    """The shape of the picture, as printed and, where it can be read, as a number."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="aspect_ratios")
    printed = models.CharField(max_length=100)
    ratio = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            filled("aspectratio_printed_filled", "printed"),
            rule(
                "aspectratio_ratio",
                Q(ratio__isnull=True) | Q(ratio__range=("0.5", "5")),
                "A picture is between 0.5 and 5 times as wide as high.",
            ),
            order_rule("aspectratio_order", "release"),
        ]


class AudioKind(models.TextChoices):
    ORIGINAL = "original"
    DUB = "dub"
    COMMENTARY = "commentary"
    AUDIO_DESCRIPTION = "audio description"
    MUSIC = "music"


class AudioTrack(_OnRelease):
    """A sound track: language, codec and channels as printed."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="audio_tracks")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    codec = models.CharField(max_length=60, blank=True)
    channels = models.CharField(max_length=30, blank=True, help_text="As printed: 5.1, 1.0, Mono.")
    kind = models.CharField(max_length=17, choices=AudioKind, default=AudioKind.ORIGINAL)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            choice_rule("audiotrack_kind", "kind", AudioKind),
            order_rule("audiotrack_order", "release"),
        ]


class SubtitleTrack(_OnRelease):
    """Subtitles in one language, plain or for the hard of hearing."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="subtitle_tracks")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    hard_of_hearing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            once(
                "subtitletrack_once",
                ["release", "language", "hard_of_hearing"],
                "These subtitles are there already.",
            ),
            order_rule("subtitletrack_order", "release"),
        ]


class ExtraKind(models.TextChoices):
    INTERVIEW = "interview"
    DOCUMENTARY = "documentary"
    FEATURETTE = "featurette"
    COMMENTARY = "commentary"
    TRAILER = "trailer"
    DELETED_SCENES = "deleted scenes"
    SHORT = "short"
    GALLERY = "gallery"
    TEXT = "text"
    OTHER = "other"


class Extra(_OnRelease):
    """What else is on a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="extras")
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=14, choices=ExtraKind, default=ExtraKind.OTHER)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    disc_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: not known.")

    class Meta:
        constraints = [
            filled("extra_name_filled", "name"),
            choice_rule("extra_kind", "kind", ExtraKind),
            year_rule("extra_year"),
            minutes_rule("extra_minutes", "minutes"),
            order_rule("extra_order", "release"),
            rule(
                "extra_disc_number",
                Q(disc_number__isnull=True) | Q(disc_number__range=(1, 200)),
                "Discs are numbered from 1.",
            ),
        ]

    def __str__(self):
        return self.name


class ExtraPerson(models.Model):
    """Somebody an extra is by or about."""

    extra = models.ForeignKey(Extra, on_delete=models.CASCADE, related_name="extra_people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="extras")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "extra people"
        constraints = [
            once("extraperson_once", ["extra", "person"], "This person is named twice."),
            order_rule("extraperson_order", "extra"),
        ]
