"""What bench.desk runs inside a site of its own: `fill N` makes N discs that are out; `count` looks at them."""

import json
import os
import sys
from datetime import timedelta
from importlib import import_module

import django

TITLES, PLACES = 200, 4


def main(what, number):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    {"fill": _fill, "count": _count}[what](int(number))


def _fill(number):
    """Print the barcodes, and the sessions of four hands and of a member."""
    from django.utils import timezone

    from members import two_factor
    from members.models import Member

    now = timezone.now()
    codes = _shop(number, now)
    hands = [Member.objects.create_user(f"hand{n}@example.org", is_staff=True, is_superuser=True) for n in range(4)]
    for hand in hands:
        two_factor.set_up(hand, two_factor.new_secret())
    reader = Member.objects.filter(is_staff=False).first()
    said = {"codes": codes, "hands": [_session(hand) for hand in hands], "reader": _session(reader)}
    print(json.dumps(said))


def _shop(number, now):
    """Discs of films that many ask for, each with a member: as many members as it takes."""
    from catalogue.models import Disc, Release, Title
    from members.models import Address, Member
    from rentals import barcodes, queue
    from rentals.models import Copy, Rental

    titles = Title.objects.bulk_create(Title(slug=f"film-{n}", name=f"Film {n}", year=1957) for n in range(TITLES))
    releases = Release.objects.bulk_create(
        Release(title=title, slug="dvd", medium="dvd", position=1, released_on="2001-01-01") for title in titles
    )
    discs = Disc.objects.bulk_create(Disc(release=release, number=1) for release in releases)
    members = Member.objects.bulk_create(
        Member(email=f"member{n}@example.org", password="!") for n in range(number // PLACES + 1)
    )
    Address.objects.bulk_create(
        Address(member=m, name="A. Member", line_1="1 Street", town="Leeds", postcode="LS6 2AA", changed_at=now)
        for m in members
    )
    copies = Copy.objects.bulk_create(
        Copy(disc=discs[n % TITLES], barcode=barcodes.new_code(n), shelf=f"A-{n:05}", acquired_on=now.date())
        for n in range(number)
    )
    before = now - timedelta(days=7)
    times = {"allocated_at": before, "posted_at": before}
    Rental.objects.bulk_create(
        Rental(copy=copy, member=members[n // PLACES], place=n % PLACES + 1, **times) for n, copy in enumerate(copies)
    )
    for n, member in enumerate(members[:500]):
        queue.enqueue_all(member, [titles[(n + k) % TITLES].pk for k in range(10)], now=now)
    return [copy.barcode for copy in copies]


def _session(member):
    """The key of a new session of the member."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key


def _count(burst):
    """Print whether each scan is there once, and those of the burst in their order."""
    from catalogue.invariants import broken
    from rentals.models import Rental, Scan

    codes = list(Scan.objects.order_by("pk").values_list("code", flat=True))
    last = codes[-burst:]
    print(f"{len(codes):,} scans kept, {len(codes) - len(set(codes))} of them twice; in order: {last == sorted(last)}.")
    print(f"{Rental.objects.open().count():,} discs not back. fsck: {broken() or 'clean'}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
