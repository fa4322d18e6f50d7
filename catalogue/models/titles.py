"""Titles (the work: a film or a series) and what hangs on them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from catalogue.fields import FoldedField, LooseDateField, SortKeyField, SoundsField, TitleSortKeyField
from catalogue.models.announced import AnnouncedManager, HiddenUntilField, not_announced_index
from catalogue.models.people import Person
from catalogue.models.title_queries import CreditQuerySet, TitleQuerySet
from catalogue.models.vocabulary import (
    AwardBody,
    Certificate,
    Collection,
    Company,
    Country,
    Genre,
    Language,
    OutsideIdentifier,
    Provider,
)
from catalogue.rules import (
    choice_rule,
    filled,
    loose_date_rule,
    minutes_rule,
    once,
    order_rule,
    place_rule,
    rule,
    slug_rule,
    year_rule,
)


class Kind(models.TextChoices):
    FILM = "film"
    SERIES = "series"


class Title(models.Model):
    """A film or a series: the work, not a disc of it."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300, help_text="The name in English, as printed on top of the page.")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.FILM)
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of the first public showing; empty if unknown."
    )
    lead = models.TextField(blank=True, help_text="One or two sentences, printed large.")
    synopsis = models.TextField(blank=True, help_text="Paragraphs, parted by an empty line.")
    runtime_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cover_palette = models.CharField(max_length=30, blank=True, help_text="Pins the drawn cover's colours.")
    cover_motif = models.CharField(max_length=30, blank=True, help_text="Pins the drawn cover's figure.")
    cover_short_name = models.CharField(max_length=200, blank=True, help_text="Printed on the drawn cover.")
    poster = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Digest of the uploaded poster; empty: a cover is drawn.",
    )
    folded = FoldedField(db_index=True)
    sounds = SoundsField()
    name_key = SortKeyField()
    sort_key = TitleSortKeyField()
    added_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    hidden_until = HiddenUntilField(verbose_name="not announced until")
    every = TitleQuerySet.as_manager()  # the first is the default: staff and imports see all
    objects = AnnouncedManager.from_queryset(TitleQuerySet)()

    class Meta:
        constraints = [
            filled("title_name_filled", "name"),
            slug_rule("title_slug"),
            choice_rule("title_kind", "kind", Kind),
            year_rule("title_year"),
            minutes_rule("title_runtime", "runtime_minutes"),
            rule(
                "title_poster_digest",
                Q(poster="") | Q(poster__regex=r"^[0-9a-f]{64}$"),
                "A poster is named by the SHA-256 digest of its picture.",
            ),
        ]
        indexes = [
            models.Index("sort_key", "id", name="title_by_name"),
            not_announced_index("title_not_announced"),
        ]

    def __str__(self):
        return f"{self.name} ({self.year})" if self.year else self.name

    def get_absolute_url(self):
        return reverse("catalogue:title", args=[self.slug])

    def move_to(self, slug):
        """Give the page a new address; the old one redirects. An address taken back stops redirecting."""
        if slug == self.slug:
            return
        FormerTitleSlug.objects.filter(slug=slug).delete()
        FormerTitleSlug.objects.get_or_create(slug=self.slug, defaults={"title": self})
        self.slug = slug
        self.save(update_fields=["slug"])


class _PartOfTitle(models.Model):
    """A row of one of a title's ordered lists."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


class TitleName(_PartOfTitle):
    """Another name of a title: the original one, in each script, or one used elsewhere."""

    class Kind(models.TextChoices):
        ORIGINAL = "original"
        AKA = "aka", "also known as"

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    language = models.ForeignKey(Language, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    script = models.CharField(max_length=4, blank=True, help_text="ISO 15924: Latn, Cyrl, Jpan …")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.AKA)
    folded = FoldedField(db_index=True)
    sounds = SoundsField()

    class Meta:
        constraints = [
            filled("titlename_name_filled", "name"),
            once("titlename_once", ["title", "name"], "This title has that name already."),
            order_rule("titlename_order", "title"),
            rule("titlename_kind", Q(kind__in=["original", "aka"]), "Choose one of: original, aka."),
            rule(
                "titlename_script",
                Q(script="") | Q(script__regex=r"^[A-Z][a-z]{3}$"),
                "A script has four letters: Latn, Cyrl, Jpan.",
            ),
        ]

    def __str__(self):
        return self.name


class TitleIdentifier(OutsideIdentifier):
    """A title's name elsewhere."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="identifiers")


class FormerTitleSlug(models.Model):
    """An address a title's page had before: it redirects."""

    slug = models.SlugField(max_length=200, unique=True)
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [slug_rule("formertitleslug_slug")]

    def __str__(self):
        return self.slug


class TitleLanguage(_PartOfTitle):
    """A language the title was made in."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="title_languages")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            once("titlelanguage_once", ["title", "language"], "This language is named twice."),
            order_rule("titlelanguage_order", "title"),
        ]


class TitleCountry(_PartOfTitle):
    """A country the title was made in."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="title_countries")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="country_titles")

    class Meta:
        constraints = [
            once("titlecountry_once", ["title", "country"], "This country is named twice."),
            order_rule("titlecountry_order", "title"),
        ]


class TitleGenre(_PartOfTitle):
    """A genre of a title; the first is the main one."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="title_genres")
    genre = models.ForeignKey(Genre, on_delete=models.PROTECT, related_name="genre_titles")

    class Meta:
        constraints = [
            once("titlegenre_once", ["title", "genre"], "This genre is named twice."),
            order_rule("titlegenre_order", "title"),
        ]


class TitleCollection(_PartOfTitle):
    """A collection a title belongs to, in the order the title's page names them.

    `place` is the title's own in the collection, for collections that list their titles in a given order.
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="title_collections")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="collection_titles")
    place = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="The title's place in the collection, from 1; empty: after those that have one.",
    )

    class Meta:
        constraints = [
            once("titlecollection_once", ["title", "collection"], "This collection is named twice."),
            order_rule("titlecollection_order", "title"),
            place_rule("titlecollection_place", "collection"),
            rule("titlecollection_place_from_1", Q(place__isnull=True) | Q(place__gte=1), "Places count from 1."),
        ]


class TitleCompany(_PartOfTitle):
    """A company's part in making or selling a title."""

    class Role(models.TextChoices):
        PRODUCTION = "production"
        SALES = "sales"
        DISTRIBUTION = "distribution"

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="title_companies")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="company_titles")
    role = models.CharField(max_length=12, choices=Role, default=Role.PRODUCTION)

    class Meta:
        verbose_name_plural = "title companies"
        constraints = [
            once("titlecompany_once", ["title", "company", "role"], "This company is named twice in one role."),
            order_rule("titlecompany_order", "title"),
            rule(
                "titlecompany_role",
                Q(role__in=["production", "sales", "distribution"]),
                "Choose one of: production, sales, distribution.",
            ),
        ]


class Role(models.TextChoices):
    DIRECTOR = "director"
    CREATOR = "creator"
    WRITER = "writer"
    ACTOR = "actor"
    PRESENTER = "presenter"
    SELF = "self"
    CINEMATOGRAPHER = "cinematographer"
    COMPOSER = "composer"
    EDITOR = "editor"
    PRODUCER = "producer"
    EXECUTIVE_PRODUCER = "executive producer"
    PRODUCTION_DESIGNER = "production designer"
    ART_DIRECTOR = "art director"
    COSTUME_DESIGNER = "costume designer"
    MAKE_UP = "make-up"
    VISUAL_EFFECTS = "visual effects"
    SOUND = "sound"
    SONGWRITER = "songwriter"
    ORIGINAL_AUTHOR = "original author"
    OTHER = "other"


class Credit(models.Model):
    """A person's part in a title, in billing order within the role.

    `printed_name` is the form of the name on this film. It is a link only if the person has a page.
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(max_length=20, choices=Role)
    position = models.PositiveSmallIntegerField(help_text="Billing within the role, from 1.")
    printed_name = models.CharField(max_length=300)
    character = models.CharField(max_length=300, blank=True)
    detail = models.CharField(max_length=200, blank=True, help_text="screenplay, sound re-recording mixer …")
    voice = models.BooleanField(default=False)
    uncredited = models.BooleanField(default=False)
    objects = CreditQuerySet.as_manager()

    class Meta:
        constraints = [
            filled("credit_printed_name_filled", "printed_name"),
            choice_rule("credit_role", "role", Role),
            order_rule("credit_billing", "title", "role"),
            rule("credit_billing_from_1", Q(position__gte=1), "Billing counts from 1."),
            once(
                "credit_once",
                ["title", "person", "role", "character", "detail"],
                "This person has that part already.",
            ),
            rule(
                "credit_character_is_played",
                Q(character="") | Q(role__in=["actor", "self"]),
                "Only an actor plays a character.",
            ),
        ]

    def __str__(self):
        return f"{self.printed_name}, {self.role}"


class Award(_PartOfTitle):
    """A prize won, or a nomination for one."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="awards")
    year = models.PositiveSmallIntegerField()
    body = models.ForeignKey(AwardBody, on_delete=models.PROTECT, related_name="awards")
    prize = models.CharField(max_length=300)
    recipient = models.CharField(max_length=300, blank=True, help_text="Empty: the title itself.")
    won = models.BooleanField(default=True)

    class Meta:
        constraints = [
            once("award_once", ["title", "body", "year", "prize", "recipient"], "This award is there already."),
            order_rule("award_order", "title"),
            filled("award_prize_filled", "prize"),
            year_rule("award_year"),
        ]
        indexes = [models.Index("body", "year", name="award_by_body_and_year")]

    def __str__(self):
        return f"{self.prize}, {self.year}"


class EventKind(models.TextChoices):
    PREMIERE = "premiere"
    FESTIVAL = "festival"
    THEATRICAL = "theatrical"
    STREAMING = "streaming"
    TELEVISION = "television"
    PHYSICAL = "physical"


class ReleaseEvent(_PartOfTitle):
    """When and where a title came out in one way."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    date = LooseDateField(blank=False)
    territory = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            choice_rule("releaseevent_kind", "kind", EventKind),
            filled("releaseevent_date_filled", "date"),
            loose_date_rule("releaseevent_date", "date"),
            order_rule("releaseevent_order", "title"),
            once(
                "releaseevent_once",
                ["title", "kind", "date", "territory", "note"],
                "This event is there already.",
                nulls_distinct=False,
            ),
        ]


class BoxOffice(_PartOfTitle):
    """What tickets brought in one territory (none: worldwide), in whole units of the currency."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="box_office")
    territory = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3, help_text="ISO 4217: USD, GBP …")
    amount = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "box office"
        constraints = [
            once(
                "boxoffice_once",
                ["title", "territory"],
                "This territory is there already.",
                nulls_distinct=False,
            ),
            rule(
                "boxoffice_currency",
                Q(currency__regex=r"^[A-Z]{3}$"),
                "A currency has three capital letters.",
            ),
            rule("boxoffice_amount", Q(amount__gte=0), "Takings are not negative."),
            order_rule("boxoffice_order", "title"),
        ]


class OfferKind(models.TextChoices):
    SUBSCRIPTION = "subscription"
    FREE = "free"
    RENT = "rent"
    BUY = "buy"


class Offer(_PartOfTitle):
    """Where else a title can be watched."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="offers")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=12, choices=OfferKind)
    label = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500)
    territory = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            choice_rule("offer_kind", "kind", OfferKind),
            rule("offer_url", Q(url__regex=r"^https?://"), "An address starts with https://."),
            order_rule("offer_order", "title"),
            once(
                "offer_once",
                ["title", "provider", "kind", "territory"],
                "This offer is there already.",
                nulls_distinct=False,
            ),
        ]


class SimilarTitle(_PartOfTitle):
    """A title that people who like this one may want; made by `rebuild_suggestions`, never by hand."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="similar")
    other = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="similar_to")

    class Meta:
        constraints = [
            once("similartitle_once", ["title", "other"], "This title is named twice."),
            order_rule("similartitle_order", "title"),
            rule("similartitle_not_itself", ~Q(other=models.F("title")), "A title is not like itself."),
        ]


class ImportedRecord(models.Model):
    """What a source said of a title last time, as a digest: the same words again change nothing."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=16)
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="imported_records")

    class Meta:
        constraints = [once("importedrecord_once", ["source", "key"], "One record per source and key.")]

    def __str__(self):
        return f"{self.key} of {self.source}"
