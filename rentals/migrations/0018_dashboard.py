"""Indexes for what the staff's first page counts, waits over what was promised and films asked for and not stocked; and
for their filters of copies by what is rare.
"""

from django.db import migrations, models
from django.db.models import Q

RARE = {"withdrawn": "withdrawn_at", "missing": "missing_at", "inspected": "in_inspection_since"}
IN_QUEUE = Q(removed_at=None, sent_at=None)


class Migration(migrations.Migration):
    dependencies = [("rentals", "0017_orders")]
    operations = [
        *(
            migrations.AddIndex(
                model_name="copy",
                index=models.Index(condition=~Q(**{field: None}), fields=["-id"], name=f"copy_{name}"),
            )
            for name, field in RARE.items()
        ),
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
