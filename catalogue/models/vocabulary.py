"""The words that titles and releases are described with."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from catalogue.fields import DigestField, FoldedField, SortKeyField, SoundsField, WordsField
from catalogue.models.announced import AnnouncedManager, HiddenUntilField, not_announced_index
from catalogue.rules import choice_rule, digest_rule, filled, once, rule, slug_rule


class Language(models.Model):
    """A language by its ISO 639 code: two letters where there are two, else three."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            rule(
                "language_code",
                Q(code__regex=r"^[a-z]{2,3}$"),
                "A language code has two or three small letters.",
            ),
            filled("language_name_filled", "name"),
        ]

    def __str__(self):
        return self.name


class Country(models.Model):
    """A country by its ISO 3166 code; states that are gone (SU, CS, YU, DD) keep theirs."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    ended = models.BooleanField(default=False, help_text="The state no longer exists.")
    text = WordsField(help_text="Paragraphs printed on top of the country's page.")

    class Meta:
        verbose_name_plural = "countries"
        constraints = [
            rule("country_code", Q(code__regex=r"^[A-Z]{2}$"), "A country code has two capital letters."),
            filled("country_name_filled", "name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalogue:country", args=[self.code.lower()])


class _Named(models.Model):
    """Something with a page address and a name that is unique however it is spelled."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    folded = FoldedField(unique=True)

    class Meta:
        abstract = True
        constraints = [filled("%(class)s_name_filled", "name"), slug_rule("%(class)s_slug")]

    def __str__(self):
        return self.name


class Genre(_Named):
    """A kind of film, by our editors' choice."""

    text = WordsField(help_text="Paragraphs printed on top of the genre's page.")

    def get_absolute_url(self):
        return reverse("catalogue:genre", args=[self.slug])


class CollectionOrder(models.TextChoices):
    YEAR = "year", "by year, the oldest first"
    PLACE = "place", "in the order given on the titles' pages, then by year"


class Collection(_Named):
    """Titles that belong together: a country's, a theme's, a genre's."""

    text = models.TextField(blank=True, help_text="Paragraphs printed on top of the collection's page.")
    sounds = SoundsField()
    order = models.CharField(
        max_length=5,
        choices=CollectionOrder,
        default=CollectionOrder.YEAR,
        db_default=CollectionOrder.YEAR,
        help_text="How its page lists the titles.",
    )
    picture = DigestField(help_text="Digest of the uploaded picture; empty: its first three covers.")
    sort_key = SortKeyField()
    hidden_until = HiddenUntilField(verbose_name="not announced until")
    every = models.Manager()  # the first is the default: staff and imports see all
    objects = AnnouncedManager()

    class Meta(_Named.Meta):
        abstract = False
        indexes = [not_announced_index("collection_not_announced")]
        constraints = [
            *_Named.Meta.constraints,
            choice_rule("collection_order", "order", CollectionOrder),
            digest_rule("collection_picture", "picture", "A picture is named by its SHA-256 digest."),
        ]

    def get_absolute_url(self):
        return reverse("catalogue:collection", args=[self.slug])


class Company(_Named):
    """Who produced a title or put out a release."""

    class Meta(_Named.Meta):
        abstract = False
        verbose_name_plural = "companies"

    def get_absolute_url(self):
        return reverse("catalogue:company", args=[self.slug])


class AwardBody(_Named):
    """Who gives an award: Cannes, the Academy."""

    text = WordsField(help_text="Paragraphs printed on top of the body's page.")
    website = models.URLField(max_length=500, blank=True, default="", db_default="")

    class Meta(_Named.Meta):
        abstract = False
        verbose_name_plural = "award bodies"
        constraints = [
            *_Named.Meta.constraints,
            rule(
                "awardbody_website",
                Q(website="") | Q(website__regex=r"^https?://"),
                "An address starts with https://.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("catalogue:award_body", args=[self.slug])


class Provider(_Named):
    """A service elsewhere that shows titles."""


class Certificate(models.Model):
    """An age rating of one system: BBFC 12, FSK 16, MPA R."""

    system = models.CharField(max_length=20)
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [
            once("certificate_once", ["system", "value"], "This certificate is there already."),
            filled("certificate_system_filled", "system"),
            filled("certificate_value_filled", "value"),
        ]

    def __str__(self):
        return self.value if self.system == "BBFC" else f"{self.value} ({self.system})"


class OutsideIdentifier(models.Model):
    """The name a title, person or release has elsewhere; an import finds by it what it brought last time."""

    scheme = models.SlugField(max_length=40, help_text="imdb, wikidata, ean …")
    value = models.CharField(max_length=300)

    class Meta:
        abstract = True
        constraints = [
            once("%(class)s_once", ["scheme", "value"], "Something else has this identifier already."),
            filled("%(class)s_value_filled", "value"),
        ]

    def __str__(self):
        return f"{self.scheme} {self.value}"
