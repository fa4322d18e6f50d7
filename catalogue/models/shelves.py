"""Titles worked out to stand on shelves: what is popular, and what pages of genres and countries show first."""

from django.db import models
from django.db.models import Q

from catalogue.models.titles import Title
from catalogue.models.vocabulary import Country, Genre
from catalogue.rules import choice_rule, once, order_rule, rule


def genre_or_country(name):
    return rule(name, Q(genre__isnull=True) ^ Q(country__isnull=True), "It belongs to a genre or to a country.")


class PopularTitle(models.Model):
    """A place in the list of titles most popular now; made by `rebuild_suggestions`, never by hand."""

    title = models.OneToOneField(Title, on_delete=models.CASCADE, related_name="popular")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [order_rule("populartitle_order")]


class Shelf(models.TextChoices):
    POPULAR = "popular"
    NEWEST = "newest"
    BEST = "best"


class ShelfTitle(models.Model):
    """A place on one of the shelves of a genre's or a country's page; made by `rebuild_suggestions`, never by hand."""

    genre = models.ForeignKey(Genre, on_delete=models.CASCADE, null=True, related_name="shelf_titles")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, null=True, related_name="shelf_titles")
    shelf = models.CharField(max_length=7, choices=Shelf)
    position = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            choice_rule("shelftitle_shelf", "shelf", Shelf),
            genre_or_country("shelftitle_of"),
            once(
                "shelftitle_once",
                ["genre", "country", "shelf", "position"],
                "That place on the shelf is taken.",
                nulls_distinct=False,
            ),
        ]


class ShelfCount(models.Model):
    """How many titles a genre or a country has of a decade (1950; None: year not known), counted with the shelves."""

    genre = models.ForeignKey(Genre, on_delete=models.CASCADE, null=True, related_name="shelf_counts")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, null=True, related_name="shelf_counts")
    decade = models.PositiveSmallIntegerField(null=True)
    titles = models.PositiveIntegerField()

    class Meta:
        constraints = [
            genre_or_country("shelfcount_of"),
            rule(
                "shelfcount_decade", Q(decade__isnull=True) | Q(decade__in=range(1870, 2101, 10)), "A decade ends in 0."
            ),
            once(
                "shelfcount_once",
                ["genre", "country", "decade"],
                "That decade is counted already.",
                nulls_distinct=False,
            ),
        ]
