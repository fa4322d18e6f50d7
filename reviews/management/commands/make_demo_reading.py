"""bin/manage make_demo_reading"""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.models import Member
from reviews.charts import rebuild_charts
from reviews.demo import make_reading
from reviews.models import ModerationStep, Rating, Review


class Command(BaseCommand):
    help = "Make up what members of the demo do beside writing reviews. Once, after make_demo_activity."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=datetime.fromisoformat, help="The last day, at noon; left out: now.")
        parser.add_argument("--member", required=True, help="The e-mail of whom visitors try the site as.")

    def handle(self, today, member, **options):
        if ModerationStep.objects.exists():
            raise CommandError("Somebody has moderated reviews already: this is for a demo that is new.")
        if not (reader := Member.objects.filter(email=member).first()):
            raise CommandError(f"There is no member {member}.")
        now = timezone.make_aware(datetime.combine(today, time(12))) if today else timezone.now()
        make_reading(reader, now=timezone.localtime(now))
        rebuild_charts(now=now)
        ratings, verified = Rating.objects.count(), Rating.objects.filter(verified=True).count()
        waiting = Review.objects.filter(standing__shown=False).count()
        self.stdout.write(f"{ratings} ratings, {verified} of them verified; {waiting} reviews wait for a moderator.")
