"""Accounts that are there already may sign in: their addresses count as confirmed."""

from django.db import migrations


def confirm(apps, schema_editor):
    Member, EmailAddress = apps.get_model("members", "Member"), apps.get_model("account", "EmailAddress")
    without = Member.objects.filter(emailaddress=None).values_list("pk", "email").iterator()
    rows = (EmailAddress(user_id=pk, email=email.lower(), verified=True, primary=True) for pk, email in without)
    EmailAddress.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True)]
