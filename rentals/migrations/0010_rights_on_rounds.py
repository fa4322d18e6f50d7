"""The desk and managers look at rounds. The table is `members.roles` as it is today."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = ["view_round", "view_passedover", "view_idleplace"]


def give(apps, schema_editor):
    _make_rights(apps)
    for group, rights in _groups(apps):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group, rights in _groups(apps):
        group.permissions.remove(*rights)


def _groups(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = list(Permission.objects.filter(content_type__app_label="rentals", codename__in=NEW))
    return [(group, rights) for group in Group.objects.filter(name__in=["desk", "manager"])]


def _make_rights(apps):
    """As a rule they are made only once all migrations have run."""
    config = apps.get_app_config("rentals")
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("rentals", "0009_claims_keep_their_date"), ("members", "0004_roles")]

    operations = [migrations.RunPython(give, take)]
