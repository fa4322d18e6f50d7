"""bin/manage staff_code"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members import two_factor


class Command(BaseCommand):
    help = "Print the six digits of this moment for the staff account that bin/serve made."

    def handle(self, **options):
        try:
            secret = (settings.STATE_DIR / two_factor.STAFF_SECRET).read_text().strip()
        except FileNotFoundError:
            raise CommandError("bin/serve made no staff account with this state folder (KINOPOST_STATE).") from None
        self.stdout.write(two_factor.code_now(secret))
