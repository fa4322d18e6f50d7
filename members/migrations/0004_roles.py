"""The roles of staff, as groups. The table is `members.roles` as it is today; a later change is a later migration."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERY, LOOK = ("view", "add", "change", "delete"), ("view",)
KEEP = ("view", "add", "change")

CATALOGUE = """
    language country genre collection company awardbody provider certificate
    person personalias personidentifier formerpersonslug
    title titlename titleidentifier formertitleslug titlelanguage titlecountry titlegenre titlecollection titlecompany
    credit award releaseevent boxoffice offer
    release releaseidentifier disc aspectratio audiotrack subtitletrack extra extraperson
"""
CRITICS = "publication critic criticreview outsidesource outsidescore outsidereview"


def _rights(app, models, verbs):
    return {f"{app}.{verb}_{model}" for model in models.split() for verb in verbs}


CATALOGUER = _rights("catalogue", CATALOGUE, EVERY)
MODERATOR = (
    _rights("reviews", CRITICS, EVERY)
    | _rights("reviews", "review", ("view", "change", "delete"))
    | _rights("reviews", "rating helpfulvote", LOOK)
    | _rights("catalogue", "title", LOOK)
)
DESK = (
    _rights("rentals", "copy rental problem", KEEP)
    | _rights("rentals", "queueentry", LOOK)
    | _rights("catalogue", "title release disc", LOOK)
)
MANAGER = (
    CATALOGUER
    | MODERATOR
    | DESK
    | _rights("rentals", "plan", EVERY)
    | _rights("rentals", "membership invoice", KEEP)
    | _rights("rentals", "membershipchange", LOOK)
    | _rights("members", "member", LOOK)
)
ROLES = {"cataloguer": CATALOGUER, "moderator": MODERATOR, "desk": DESK, "manager": MANAGER}


def make(apps, schema_editor):
    """The rights are made here too: as a rule they are only once all migrations have run."""
    for label in ("catalogue", "members", "reviews", "rentals"):
        _make_rights_of(apps, label)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[right] for right in rights])


def _make_rights_of(apps, label):
    config = apps.get_app_config(label)
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalogue", "0009_changed_at"),
        ("members", "0003_email_addresses"),
        ("reviews", "0003_reviews_by_day"),
        ("rentals", "0007_memberships"),
    ]

    operations = [migrations.RunPython(make, unmake)]
