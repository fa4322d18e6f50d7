"""What happened to every row of the catalogue: triggers of django-pghistory keep it, for whoever writes, bulk too."""

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import Func
from pghistory.models import Context, Event


class NextChange(Func):
    """Changes of all tables are numbered in one row, in the order in which they were made."""

    template = "nextval('catalogue_change_number')"
    arity = 0


class Change(Event):
    """A change of one row. The columns are the row as it was before; of one that was added, as it was then.

    What it became stands in the row's next change or, if there is none, in the row itself.
    """

    pgh_id = models.BigIntegerField(primary_key=True, db_default=NextChange())

    class Meta:
        abstract = True
        default_permissions = ()


class Deed(Context):
    """What somebody did at one go: the saving of a form, an import, a merge, the undoing of another deed.

    Its `metadata` has the member's key as `user`, and for a named deed `verb` and `note`.
    """

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name, verbose_name_plural = "change made", "changes made"


TRACKED = {}  # {model: the field that names the row it hangs on, or None}


def track(model, owner=None):
    """Keep every change of `model`'s rows from now on; `owner` names the foreign key to what they hang on."""
    changes = f"{model.__name__}Change"
    table = f"{model._meta.app_label}_{changes.lower()}"
    indexed = [field for field in (owner, model._meta.pk.name) if field]
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange(*_said(model))),
        pghistory.DeleteEvent(),
        obj_field=None,
        model_name=changes,
        base_model=Change,
        level=pgtrigger.Statement,
        meta={
            "default_permissions": (),
            "db_table": table,
            "indexes": [models.Index(field, "pgh_id", name=f"{changes.lower()}_{field}"[:30]) for field in indexed],
        },
    )(model)
    TRACKED[model] = owner


def _said(model):
    """The fields that somebody fills in: what is worked out from them is no change by itself."""
    return [field.name for field in model._meta.concrete_fields if not hasattr(field, "derive")]


def changes_of(model):
    """The model of the changes of `model`."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Change")


WORDS = "Language Country Genre Collection Company AwardBody Provider Certificate"
OF_PERSON = "PersonAlias PersonIdentifier FormerPersonSlug"
OF_TITLE = """
    TitleName TitleIdentifier FormerTitleSlug TitleLanguage TitleCountry TitleGenre TitleCollection TitleCompany Credit
    Award ReleaseEvent BoxOffice Offer Release
"""
OF_RELEASE = "ReleaseIdentifier Disc AspectRatio AudioTrack SubtitleTrack Extra"
PARTS = {
    None: f"{WORDS} Person Title",
    "person": OF_PERSON,
    "title": OF_TITLE,
    "release": OF_RELEASE,
    "extra": "ExtraPerson",
}
for owner, names in PARTS.items():
    for name in names.split():
        track(apps.get_model("catalogue", name, require_ready=False), owner)
