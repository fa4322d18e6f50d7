"""bin/manage rebuild_suggestions"""

from django.core.management.base import BaseCommand

from catalogue.models import PopularTitle, SimilarTitle
from catalogue.popular import rebuild_popular
from catalogue.shelves import rebuild_shelves
from catalogue.similar import rebuild_similar


class Command(BaseCommand):
    help = "Work out anew which titles are like each title and which are most popular now. Run it after an import."

    def handle(self, **options):
        rebuild_similar()
        rebuild_popular()
        rebuild_shelves()
        self.stdout.write(f"{SimilarTitle.objects.count()} similar, {PopularTitle.objects.count()} popular titles.")
