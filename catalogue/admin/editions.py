"""The releases on their title's page: a block for each edition, its ordered lists as text, one line for each row."""

import re
from collections import Counter
from functools import cached_property

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import Prefetch, ProtectedError
from django.db.models.deletion import Collector

from catalogue import models
from catalogue.admin import lines
from catalogue.admin.lines.saving import values
from catalogue.admin.parts import OnItsPage, PartForm, PartsFormSet
from catalogue.models.releases import BLU_RAY_REGIONS, DVD_REGIONS

ORDERED_BY = {"discs": "number", "identifiers": "pk"}
ONE_DISC = [{"number": 1, "label": ""}]
FEWEST_LINES, MOST_LINES = 2, 14
FEW = 2


class LinesField(forms.CharField):
    """A list as text. The same lines are the same list, whatever a browser makes of their ends."""

    widget = forms.Textarea(attrs={"spellcheck": "false", "class": "lines"})

    def __init__(self, **options):
        super().__init__(required=False, strip=False, **options)

    def has_changed(self, initial, data):
        return _plain(initial) != _plain(data)


class RegionsField(forms.CharField):
    """Regions as they are printed: "2", "0 2 4", "A, B"."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        said = re.findall(r"[^\s,;/+]", (value or "").upper().replace("REGION", ""))
        wrong = [sign for sign in said if sign not in (*DVD_REGIONS, *BLU_RAY_REGIONS)]
        if wrong:
            raise ValidationError(f"There is no region “{wrong[0]}”: a DVD has 0 to 8, a Blu-ray A, B or C.")
        return list(dict.fromkeys(said))

    def has_changed(self, initial, data):
        return _plain(self.prepare_value(initial)) != _plain(data)


class EditionForm(PartForm):
    """An edition with its lists. `languages` are all there are."""

    medium = forms.ChoiceField(choices=[("", "—"), *models.Medium.choices])
    regions = RegionsField(required=False, widget=forms.TextInput(attrs={"size": 12}))
    audio_tracks = LinesField()
    subtitle_tracks = LinesField(label="Subtitles")
    discs = LinesField()
    aspect_ratios = LinesField()
    identifiers = LinesField(label="EAN, UPC")
    extras = LinesField()

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages, self.rows = languages, {}
        for name in lines.LISTS:
            if name in self.fields:
                size = len(self._rows_of(name)) + 1
                self.fields[name].widget.attrs["rows"] = min(max(FEWEST_LINES, size), MOST_LINES)

    def get_initial_for_field(self, field, name):
        if name in lines.LISTS:
            return lines.written(name, [values(name, row) for row in self._rows_of(name)], self.languages())
        return super().get_initial_for_field(field, name)

    def clean(self):
        cleaned = super().clean()
        for name in lines.LISTS:
            if name in self.changed_data:
                self.rows[name] = self._read(name)
        if not self.rows.get("discs") and (self.instance._state.adding or "discs" in self.rows):
            self.rows["discs"] = ONE_DISC
        self._refuse_what_others_have()
        self._refuse_to_lose_copies()
        return cleaned

    def save(self, commit=True):
        """Write what changed: an edition of which only a list did is not written itself."""
        columns = {field.name for field in self._meta.model._meta.fields}
        if commit and self.instance.pk and not columns & set(self.changed_data):
            self._save_m2m()
            return self.instance
        return super().save(commit)

    def _save_m2m(self):
        super()._save_m2m()
        for name, rows in self.rows.items():
            lines.save(name, self.instance, self._rows_of(name), rows)

    def _rows_of(self, name):
        """The rows of a list, in its order: loaded with the edition."""
        return list(getattr(self.instance, name).all()) if self.instance.pk else []

    def _read(self, name):
        rows, mistakes = lines.parse(name, self.cleaned_data.get(name) or "", self.languages())
        for mistake in mistakes:
            self.add_error(name, mistake)
        return rows

    def _refuse_what_others_have(self):
        rows = self.rows.get("identifiers", ())
        others = models.ReleaseIdentifier.objects.exclude(release=self.instance.pk)
        taken = others.filter(value__in=[row["value"] for row in rows]).select_related("release__title") if rows else ()
        for other in taken:
            if {"scheme": other.scheme, "value": other.value} in rows:
                self.add_error("identifiers", f"{other.release} of “{other.release.title}” has the number {other}.")

    def _refuse_to_lose_copies(self):
        if "discs" not in self.rows or "discs" in self.errors or not self.instance.pk:
            return
        there, rows = self._rows_of("discs"), self.rows["discs"]
        for disc in lines.going("discs", there, rows):
            if hanging := what_hangs_on(disc):
                self.add_error("discs", f"{disc} cannot go: there is {hanging} of it. Put its line back.")
        for disc in lines.renumbered(there, rows):
            if hanging := what_hangs_on(disc):
                told = f"Disc {disc.number} | {disc.label}".rstrip(" |")
                self.add_error("discs", f"{disc} keeps its number, as there is {hanging} of it: write “{told}”.")


class EditionFormSet(PartsFormSet):
    """The editions of a title. A new one gets the next free address."""

    helps_above = False

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"languages": lambda: self.languages}

    @cached_property
    def languages(self):
        return lines.Languages.known()

    @property
    def few(self):
        """Whether all blocks may stand open."""
        return self.initial_form_count() <= FEW

    def clean(self):
        stay = [form for form in self.forms if self._stays(form)]
        taken = {form.instance.slug for form in stay}
        for form in stay:
            if not form.instance.slug:
                form.instance.slug = free_slug(taken, form.instance.medium)
                taken.add(form.instance.slug)
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and (hanging := what_hangs_on(form.instance)):
                raise ValidationError(f"{form.instance} cannot be deleted: there is {hanging} of it.")


class Editions(OnItsPage, admin.StackedInline):
    """The releases of a title; each has a page of its own with tables, too."""

    model = models.Release
    form = EditionForm
    formset = EditionFormSet
    template = "admin/edit_inline/editions.html"
    verbose_name_plural = "editions"
    verbose_name = "edition"
    autocomplete_fields = ("distributor", "certificate")
    extra = 1
    show_change_link = True
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("medium", "edition", "released_on", "position"),
                    ("distributor", "certificate", "runtime_minutes"),
                    ("regions", "colour", "video_standard", "box_set"),
                    ("audio_tracks", "subtitle_tracks"),
                    ("discs", "aspect_ratios", "identifiers"),
                    "extras",
                )
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*map(_in_order, lines.LISTS))

    @cached_property
    def languages(self):
        return lines.Languages.known()


def _to_read(name):
    """A list as it is read by who may not change it."""

    def read(editions, release):
        rows = [values(name, row) for row in getattr(release, name).all()]
        return lines.written(name, rows, editions.languages)

    return read


for name in lines.LISTS:
    setattr(Editions, name, _to_read(name))


def _in_order(name):
    return Prefetch(name, lines.LISTS[name].model.objects.order_by(ORDERED_BY.get(name, "position")))


def _plain(text):
    return "\n".join((text or "").replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n"))


def free_slug(taken, medium):
    """The next free address of an edition: dvd, dvd-2 …"""
    numbered = (f"{medium}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (medium, *numbered) if slug not in taken)


def what_hangs_on(row):
    """Words for the rows that keep `row` from going, "2 copies, 1 queue entry"; "" if nothing does."""
    try:
        Collector(using=router.db_for_write(type(row))).collect([row])
    except ProtectedError as error:
        kinds = Counter(type(each) for each in error.protected_objects)
        return ", ".join(_counted(kind._meta, number) for kind, number in kinds.items())
    return ""


def _counted(meta, number):
    return f"{number} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"
