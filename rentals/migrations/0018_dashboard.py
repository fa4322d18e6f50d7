"""Indexes for what the staff's first page counts: waits over what was promised, and films asked for and not stocked."""

from django.db import migrations, models
from django.db.models import Q

IN_QUEUE = Q(removed_at=None, sent_at=None)


class Migration(migrations.Migration):
    dependencies = [("rentals", "0017_orders")]
    operations = [
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(
                condition=IN_QUEUE & ~Q(promised_high_days=None), fields=["claim_at"], name="queueentry_promised"
            ),
        ),
        migrations.AddIndex(
            model_name="stock",
            index=models.Index(condition=Q(copies=0, waiting__gt=0), fields=["-waiting", "title"], name="stock_wanted"),
        ),
    ]
