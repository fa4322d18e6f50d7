"""bin/manage rebuild_suggestions"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalogue.models import PopularTitle, SimilarTitle
from catalogue.nightly import rebuild_suggestions


class Command(BaseCommand):
    help = "Work out anew which titles are alike, which are popular, and what searches rank. Run it after an import."

    def handle(self, **options):
        rebuild_suggestions(now=timezone.now())
        self.stdout.write(f"{SimilarTitle.objects.count()} similar, {PopularTitle.objects.count()} popular titles.")
