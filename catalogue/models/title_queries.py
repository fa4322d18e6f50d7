"""Queries of titles and credits, named for what they are for."""

from functools import cache

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject

from catalogue.first_day import first_day
from catalogue.models.announced import announced


def _rows(model, *fields, of="title", order=("position",), only=None, **named):
    """Subquery: the rows of `model` that hang on the outer row, as a list of objects with `fields`."""
    columns = {field: F(field) for field in fields} | {name: F(path) for name, path in named.items()}
    rows = apps.get_model("catalogue", model).objects.filter(*only or (), **{of: OuterRef("pk")}).order_by(*order)
    return ArraySubquery(rows.values(_=JSONObject(**columns)))


class TitleQuerySet(models.QuerySet):
    def for_page(self):
        """Titles with all the facts and scores that a title's page prints, but releases, credits and reviews."""
        return self.select_related("certificate", "score_summary", "stock").annotate(**_page_rows(), **_card_rows())

    def for_cards(self):
        """Titles with what a card prints and what its cover is drawn from."""
        return self.select_related("stock").annotate(**_card_rows())

    def for_rows(self):
        """Titles with what a row of a list prints: the card's, media to rent, makers, first names of the cast, ratings.

        A row prints a title's small cover, its name, a line on it and whether we hold it.
        """
        return self.select_related("score_summary", "stock").annotate(**_card_rows(), **_row_rows())

    def held(self):
        """Titles of which we have a release, so that they can be rented."""
        return self.filter(Exists(_releases()))

    def for_export(self):
        """Titles with every row that hangs on them in the catalogue."""
        return self.select_related("certificate").prefetch_related(
            "names",
            "identifiers",
            "former_slugs",
            "title_languages",
            "title_countries",
            "title_genres__genre",
            "title_collections__collection",
            "title_companies__company",
            "credits__person",
            "awards__body",
            "events",
            "box_office",
            "offers__provider",
            "releases__certificate",
            "releases__distributor",
            "releases__identifiers",
            "releases__aspect_ratios",
            "releases__audio_tracks",
            "releases__subtitle_tracks",
            "releases__discs",
            "releases__extras__extra_people__person",
        )


# Made once: the expressions are the same for every query, and building them costs as much as a query.
@cache
def _page_rows():
    return {
        "page_names": _rows("TitleName", "name", "script", "kind", language="language_id"),
        "page_languages": _rows("TitleLanguage", name="language__name"),
        "page_companies": _rows("TitleCompany", "role", name="company__name", slug="company__slug"),
        "page_collections": _rows(
            "TitleCollection", only=[announced("collection")], name="collection__name", slug="collection__slug"
        ),
        "page_awards": _rows(
            "Award", "year", "prize", "recipient", "won", body_name="body__name", body_slug="body__slug"
        ),
        "page_events": _rows("ReleaseEvent", "kind", "date", "note", place="territory__name"),
        "page_box_office": _rows("BoxOffice", "currency", "amount", place="territory__name"),
        "page_first_day": first_day(),
        "page_offers": _rows(
            "Offer", "kind", "label", "url", "checked_on", provider_name="provider__name", place="territory__name"
        ),
    }


@cache
def _card_rows():
    return {
        "page_countries": _rows("TitleCountry", name="country__name", code="country_id"),
        "page_genres": _rows("TitleGenre", name="genre__name", slug="genre__slug"),
        "page_released": Exists(apps.get_model("catalogue", "Release").objects.filter(title=OuterRef("pk"))),
    }


@cache
def _row_rows():
    return {
        "page_media": ArraySubquery(_releases().values("medium").distinct()),
        "page_makers": _credited(("director", "creator"), 2),
        "page_cast": _credited(("actor",), 3),
        "page_aka": ArraySubquery(
            _hanging("TitleName").filter(kind="aka", script__in=["", "Latn"]).order_by("position").values("name")[:1]
        ),
    }


def _hanging(model):
    return apps.get_model("catalogue", model).objects.filter(title=OuterRef("pk"))


def _releases():
    return _hanging("Release")


def _credited(roles, most):
    """Subquery: the first `most` credits in `roles`, as {"name", "person"}."""
    rows = _hanging("Credit").filter(role__in=roles).order_by("role", "position")
    return ArraySubquery(rows.values(_=JSONObject(name=F("printed_name"), person=F("person_id")))[:most])


class ReleaseQuerySet(models.QuerySet):
    def for_page(self):
        """Releases with all a title's page prints of them: the best medium first."""
        return (
            self.select_related("distributor", "certificate")
            .annotate(**_release_rows())
            .order_by(Case(When(medium="4k", then=0), When(medium="blu-ray", then=1), default=2), "position")
        )


@cache
def _release_rows():
    return {
        "page_ratios": _rows("AspectRatio", "printed", "ratio", of="release"),
        "page_audio": _rows(
            "AudioTrack", "codec", "channels", "kind", "note", language_name="language__name", of="release"
        ),
        "page_subtitles": _rows("SubtitleTrack", "hard_of_hearing", language_name="language__name", of="release"),
        "page_discs": _rows("Disc", "number", "label", of="release", order=("number",)),
        "page_extras": _rows("Extra", "name", "kind", "year", "minutes", "disc_number", of="release"),
    }


class CreditQuerySet(models.QuerySet):
    def for_page(self):
        """Credits in billing order, each with the person's slug and `paged`: whether the person has a page.

        The rule is `PersonQuerySet.with_page`'s, put so that it costs one look per person.
        """
        another = self.model.objects.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))
        paged = Case(
            When(person__has_page__isnull=False, then=F("person__has_page")),
            When(~Q(person__biography=""), then=Value(True)),
            default=Exists(another),
            output_field=models.BooleanField(),
        )
        return self.annotate(paged=paged, person_slug=F("person__slug")).order_by("role", "position")
