"""Moderators decide about reviews, reports and votes, and answer for the house; only managers delete a review.

The table is `members.roles` as it is today; a later change is a later migration.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = [
    "view_report",
    "change_report",
    "view_moderationstep",
    "view_ban",
    "view_votehold",
    "view_staffreply",
    "add_staffreply",
    "change_staffreply",
    "delete_staffreply",
]


def give(apps, schema_editor):
    _make_rights(apps)
    moderators, managers, rights = _groups(apps)
    for group in (moderators, managers):
        group.permissions.add(*rights.filter(codename__in=NEW))
    moderators.permissions.remove(*rights.filter(codename="delete_review"))


def take(apps, schema_editor):
    moderators, managers, rights = _groups(apps)
    for group in (moderators, managers):
        group.permissions.remove(*rights.filter(codename__in=NEW))
    moderators.permissions.add(*rights.filter(codename="delete_review"))


def _groups(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = Permission.objects.filter(content_type__app_label="reviews")
    return Group.objects.get(name="moderator"), Group.objects.get(name="manager"), rights


def _make_rights(apps):
    """As a rule they are made only once all migrations have run."""
    config = apps.get_app_config("reviews")
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_looked_at"), ("members", "0004_roles")]

    operations = [migrations.RunPython(give, take)]
