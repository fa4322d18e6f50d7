"""What a search looks in. Triggers keep it (migration 0005) and `rebuild_search` makes it anew; nothing else writes it.

Rows name what they are of by kind and key and have no foreign key, as titles, people and collections stand in one
list. Each column is worked out from the names of `catalogue_searchname`, in the transaction that changes a name.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Reverse

HEADS = (2, 3, 4)  # first letters by which the most popular are found at once; longer ones have few enough


class SearchKind(models.IntegerChoices):
    TITLE = 1
    PERSON = 2
    COLLECTION = 3


class SearchTerm(models.Model):
    """The sound of a name from the start of one of its words on, run together: what is typed is how one begins."""

    pk = models.CompositePrimaryKey("kind", "owner", "term")
    kind = models.PositiveSmallIntegerField(choices=SearchKind)
    owner = models.BigIntegerField()
    term = models.TextField()
    start = models.PositiveSmallIntegerField(help_text="How many words of the name it leaves out; 0: the whole name.")
    rank = models.FloatField()

    class Meta:
        indexes = [
            models.Index(
                OpClass(F("term"), "text_pattern_ops"), name="searchterm_term", include=["kind", "owner", "rank"]
            ),
            *(models.Index(Left("term", head), F("rank").desc(), name=f"searchterm_head_{head}") for head in HEADS),
        ]


class SearchDocument(models.Model):
    """All words of something's names; of a title also "@" and the words of its people, "#" and its year."""

    pk = models.CompositePrimaryKey("kind", "owner")
    kind = models.PositiveSmallIntegerField(choices=SearchKind)
    owner = models.BigIntegerField()
    words = SearchVectorField()
    rank = models.FloatField(help_text="How popular it is, on a scale of logarithms.")
    popular = models.BooleanField(default=False, help_text="One of the first, in which a search looks first.")

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="searchdocument_words"),
            GinIndex(fields=["words"], condition=Q(popular=True), name="searchdocument_popular"),
        ]


class SearchWord(models.Model):
    """A word that a name has, for what is misspelt. May be there twice: a unique key would make writers wait."""

    word = models.TextField()

    class Meta:
        indexes = [
            models.Index(OpClass(F("word"), "text_pattern_ops"), name="searchword_word"),
            models.Index(OpClass(Reverse("word"), "text_pattern_ops"), name="searchword_reversed"),
            GinIndex(OpClass(F("word"), "gin_trgm_ops"), name="searchword_trigrams"),
        ]
