"""bin/manage make_demo_activity"""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.models import Member
from rentals.demo.activity import RENTERS, make_activity
from rentals.models import Copy, QueueEntry, Rental


class Command(BaseCommand):
    help = (
        "Fill the shelves of the demo and make up two years of plans, queues and rentals. Once, into a shop without "
        "copies."
    )

    def add_arguments(self, parser):
        parser.add_argument("--today", type=datetime.fromisoformat, help="The last day, at noon; left out: now.")
        parser.add_argument("--member", action="append", default=[], help="An e-mail that is surely among the renters.")

    def handle(self, today, member, **options):
        if Copy.objects.exists():
            raise CommandError("There are copies already: this is for a shop without any.")
        now = timezone.make_aware(datetime.combine(today, time(12))) if today else timezone.now()
        named = list(Member.objects.filter(email__in=member).order_by("email"))
        others = Member.objects.exclude(email__in=member).filter(is_staff=False).order_by("handle")
        members = [*named, *others[: RENTERS - len(named)]]
        make_activity(members=members, now=timezone.localtime(now))
        copies, rentals, entries = Copy.objects.count(), Rental.objects.count(), QueueEntry.objects.live().count()
        self.stdout.write(f"{copies} copies, {len(members)} renters, {rentals} rentals, {entries} places in queues.")
