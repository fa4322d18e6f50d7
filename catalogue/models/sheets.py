"""Sheets that staff brought in: what was in them, what became of it, and how it is undone."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from catalogue.rules import choice_rule, once, rule

KEPT = timedelta(days=30)
LARGE = 2_000  # rows


def folder():
    """Where the files lie. No address leads into it: the admin hands them to who may see them."""
    return settings.STATE_DIR / "sheets"


class SheetKind(models.TextChoices):
    TITLES = "titles"
    RELEASES = "releases"
    PEOPLE = "people"
    CREDITS = "credits"


class SheetImportQuerySet(models.QuerySet):
    def reading(self):
        return self.filter(looked_at=None)

    def waiting(self):
        """Looked at, and neither carried out nor on its way."""
        return self.filter(looked_at__isnull=False, confirmed_at=None)

    def large(self):
        """Those that take longer to put back than somebody waits for a page."""
        return self.filter(new__gt=LARGE - F("changed"))

    def imported(self):
        """Written, and neither undone nor on the way to it."""
        return self.filter(applied_at__isnull=False, undone_at=None, undo_asked_at=None)


class SheetImport(models.Model):
    """A sheet that somebody sent, or a change of one field of many rows: looked at, then written, as a whole."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="The name of the file.")
    kind = models.CharField(max_length=8, choices=SheetKind)
    name = models.CharField(max_length=200, help_text="Of the file, or what is to be done in bulk.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="sheet_imports"
    )
    bulk = models.JSONField(null=True, blank=True, help_text="What is to be done in bulk; none: it is a file.")
    sent_at = models.DateTimeField()
    looked_at = models.DateTimeField("read at", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField("imported at", null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True, help_text="A job undoes it.")
    undone_at = models.DateTimeField(null=True, blank=True)
    in_the_way = models.JSONField(default=list, blank=True, help_text="Why the last try to undo it did not.")
    failure = models.TextField(blank=True, help_text="Why the whole of it could not be read or written.")
    notes = models.JSONField(default=list, blank=True, help_text="How it was read; what must be made for it.")
    done = models.PositiveIntegerField(default=0, help_text="Rows of the step under way that are done.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    overtaken = models.PositiveIntegerField(default=0, help_text="Changed by somebody between the look and the import.")
    deed = models.UUIDField(null=True, blank=True, help_text="Of the history.")
    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        constraints = [
            choice_rule("sheetimport_kind", "kind", SheetKind),
            rule(
                "sheetimport_in_order",
                Q(confirmed_at=None) | Q(looked_at__isnull=False),
                "Nothing is imported that was not looked at.",
            ),
            rule(
                "sheetimport_undone_after",
                Q(undone_at=None) | Q(applied_at__isnull=False),
                "Only what was imported can be undone.",
            ),
            rule(
                "sheetimport_undo_asked_after",
                Q(undo_asked_at=None) | Q(applied_at__isnull=False),
                "Only what was imported can be asked to be undone.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("admin:catalogue_sheetimport_look", args=[self.pk])

    @property
    def path(self):
        return folder() / f"{self.key}"

    @property
    def writable(self):
        return self.new + self.changed

    @property
    def is_large(self):
        """As `SheetImportQuerySet.large`."""
        return self.writable > LARGE

    @property
    def total(self):
        return self.writable + self.unchanged + self.refused

    @property
    def state(self):
        """In a word, for the list."""
        if self.failure:
            return "failed"
        if self.undone_at:
            return "undone"
        if self.applied_at:
            return "being undone" if self.undo_asked_at else "imported"
        if self.confirmed_at:
            return "being imported"
        return "to be looked at" if self.looked_at else "being read"

    @property
    def is_at_work(self):
        return self.state in ("being read", "being imported", "being undone")


class SheetRow(models.Model):
    """A row of a sheet that says something new, or cannot be taken. What changes nothing is only counted."""

    sheet = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Of the row in the file.")
    label = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=9)
    key = models.JSONField(default=list)
    changes = models.JSONField(default=dict, help_text="Heading: [before, after].")
    problems = models.JSONField(default=list, help_text="[row, column, heading, why].")

    class Meta:
        constraints = [
            once("sheetrow_once", ["sheet", "number"], "A row of a sheet is judged once."),
            rule(
                "sheetrow_outcome",
                Q(outcome__in=["new", "changed", "refused", "overtaken"]),
                "A row is new, changed, refused or overtaken.",
            ),
        ]

    def __str__(self):
        return f"row {self.number}"
