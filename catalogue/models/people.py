"""People, the names they go by, and when they have a page."""

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.db.models.functions import Left, Length
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse

from catalogue.fields import DigestField, FoldedField, LooseDateField, SortKeyField, SoundsField
from catalogue.models.vocabulary import Language, OutsideIdentifier
from catalogue.rules import digest_rule, filled, loose_date_rule, once, rule, slug_rule

CREDITS_FOR_A_PAGE = 2


class PersonQuerySet(models.QuerySet):
    def with_page(self):
        """Annotate `paged`: whether each person has a public page.

        Staff say so, or the person has a biography or at least two credits here (domain.md §2).
        """
        return self.annotate(credits_here=Count("credits", distinct=True)).annotate(
            paged=Case(
                When(has_page=True, then=Value(True)),
                When(has_page=False, then=Value(False)),
                When(~Q(biography=""), then=Value(True)),
                When(credits_here__gte=CREDITS_FOR_A_PAGE, then=Value(True)),
                default=Value(False),
            )
        )


class Person(models.Model):
    """Somebody with a part in a title or an extra."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    born_on = LooseDateField(help_text="1903, 1903-12 or 1903-12-28.")
    died_on = LooseDateField(help_text="1973, 1973-03 or 1973-03-27.")
    birthplace = models.CharField(max_length=200, blank=True)
    biography = models.TextField(blank=True)
    has_page = models.BooleanField(
        null=True, blank=True, help_text="Yes: always; no: never; unknown: with a biography or two credits."
    )
    portrait = DigestField(help_text="Digest of the uploaded portrait; empty: one is drawn.")
    folded = FoldedField(db_index=True)
    sounds = SoundsField()
    sort_key = SortKeyField()
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            filled("person_name_filled", "name"),
            slug_rule("person_slug"),
            loose_date_rule("person_born_on", "born_on"),
            loose_date_rule("person_died_on", "died_on"),
            digest_rule("person_portrait", "portrait", "A portrait is named by the SHA-256 digest of its picture."),
            rule(
                "person_died_after_birth",
                # As far as both are known: born on 28 December 1903, died in 1903.
                GreaterThanOrEqual(Left("died_on", Length("born_on")), Left("born_on", Length("died_on"))),
                "Nobody dies before being born: look at both dates.",
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="person_by_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalogue:person", args=[self.slug])

    def move_to(self, slug):
        """Give the page a new address; the old one redirects. An address taken back stops redirecting."""
        if slug == self.slug:
            return
        FormerPersonSlug.objects.filter(slug=slug).delete()
        FormerPersonSlug.objects.get_or_create(slug=self.slug, defaults={"person": self})
        self.slug = slug
        self.save(update_fields=["slug"])


class PersonAlias(models.Model):
    """Another name or spelling of a person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    language = models.ForeignKey(Language, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    script = models.CharField(max_length=4, blank=True, help_text="ISO 15924: Latn, Cyrl, Jpan …")
    position = models.PositiveSmallIntegerField(default=1)
    folded = FoldedField(db_index=True)
    sounds = SoundsField()

    class Meta:
        verbose_name_plural = "person aliases"
        constraints = [
            once("personalias_once", ["person", "name"], "This person has that name already."),
            filled("personalias_name_filled", "name"),
            rule(
                "personalias_script",
                Q(script="") | Q(script__regex=r"^[A-Z][a-z]{3}$"),
                "A script has four letters: Latn, Cyrl, Jpan.",
            ),
        ]

    def __str__(self):
        return self.name


class PersonIdentifier(OutsideIdentifier):
    """A person's name elsewhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")


class FormerPersonSlug(models.Model):
    """An address a person's page had before: it redirects."""

    slug = models.SlugField(max_length=200, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [slug_rule("formerpersonslug_slug")]

    def __str__(self):
        return self.slug
