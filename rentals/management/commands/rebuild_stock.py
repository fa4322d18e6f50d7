"""bin/manage rebuild_stock"""

from django.core.management.base import BaseCommand

from rentals.models import Stock


class Command(BaseCommand):
    help = "Count every title's stock anew from copies, rentals and queues. Triggers keep it; this is for repairs."

    def handle(self, **options):
        rows = Stock.objects.rebuild()
        self.stdout.write(f"{rows} row{'' if rows == 1 else 's'} made right.")
