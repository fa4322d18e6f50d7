"""Cataloguers and managers see what was done to the catalogue, and may undo it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = ["view_deed", "change_deed"]


def _groups(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = list(Permission.objects.filter(content_type__app_label="catalogue", codename__in=NEW))
    return [(group, rights) for group in Group.objects.filter(name__in=["cataloguer", "manager"])]


def _make_rights(apps):
    """As a rule they are made only once all migrations have run."""
    config = apps.get_app_config("catalogue")
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


def give(apps, schema_editor):
    _make_rights(apps)
    for group, rights in _groups(apps):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group, rights in _groups(apps):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("members", "0005_downloads"), ("catalogue", "0011_history")]

    operations = [migrations.RunPython(give, take)]
