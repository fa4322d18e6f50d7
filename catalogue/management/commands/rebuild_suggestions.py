"""bin/manage rebuild_suggestions"""

from django.core.management.base import BaseCommand

from catalogue.models import PopularTitle, SimilarTitle
from catalogue.popular import rebuild_popular
from catalogue.search.rebuild import rebuild_search
from catalogue.shelves import rebuild_shelves
from catalogue.similar.rebuild import rebuild_similar


class Command(BaseCommand):
    help = "Work out anew which titles are alike, which are popular, and what searches rank. Run it after an import."

    def handle(self, **options):
        rebuild_similar()
        rebuild_popular()
        rebuild_shelves()
        rebuild_search()
        self.stdout.write(f"{SimilarTitle.objects.count()} similar, {PopularTitle.objects.count()} popular titles.")
