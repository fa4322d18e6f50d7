"""Fields that are worked out from a name whenever a row is saved, `bulk_create` included."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CharField

from catalogue.hints import date_meant
from catalogue.names import fold, sort_key
from catalogue.sounds import forms


class _DerivedField(models.TextField):
    """Text computed from another field of the same row before each INSERT or UPDATE of it."""

    derive = None

    def __init__(self, source="name", **options):
        self.source = source
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    def pre_save(self, row, add):
        value = type(self).derive(getattr(row, self.source))
        setattr(row, self.attname, value)
        return value


class FoldedField(_DerivedField):
    """What is compared when names are matched: no marks, case, articles or punctuation."""

    derive = staticmethod(fold)


class SortKeyField(_DerivedField):
    """What lists are ordered by: leading English article left off, no marks or case, numbers padded."""

    derive = staticmethod(sort_key)


class TitleSortKeyField(SortKeyField):
    """The same without the article of the title's own language, which the database leaves off (migration 0006)."""


class SoundsField(_DerivedField):
    """What a search finds the name by: its forms as they sound, parted by "|" (catalogue.sounds)."""

    derive = staticmethod(forms)

    def __init__(self, source="name", **options):
        # Who adds columns to a full table, or copies rows past Django, leaves it to `rebuild_search`.
        super().__init__(source, **{"db_default": "", **options})


class WordsField(models.TextField):
    """Plain text for readers, empty unless somebody writes it. Rows that are copied in need not name it."""

    def __init__(self, **options):
        super().__init__(**{"blank": True, "default": "", "db_default": "", **options})


class DigestField(models.CharField):
    """The SHA-256 digest of an uploaded picture; empty: none is uploaded."""

    def __init__(self, **options):
        options = {"max_length": 64, "blank": True, "editable": False, "default": "", "db_default": "", **options}
        super().__init__(**options)


class LooseDateFormField(CharField):
    """A loose date as staff write it. One written in another way is refused with the way that was meant."""

    def clean(self, value):
        if meant := date_meant(str(value or "")):
            raise ValidationError(f"Write this date as {meant}: the year first, then the month and the day.")
        return super().clean(value)


class LooseDateField(models.CharField):
    """A date of which only the year or the month may be known: 1957, 1957-10, 1957-10-12 or empty.

    As text these sort in order of time. The form of the value is a constraint (`rules.loose_date_rule`).
    """

    def __init__(self, **options):
        super().__init__(**{"max_length": 10, "blank": True, "default": "", **options})

    def formfield(self, **options):
        field = super().formfield(**{"form_class": LooseDateFormField, **options})
        field.widget.attrs.pop("maxlength", None)  # who writes 28 December 1903 is told how, not cut off
        return field
