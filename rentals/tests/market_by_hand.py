"""What takes part in a round, found member by member in Python: shares no query with `rentals.rounds.loading`."""

from django.db.models import F

from catalogue.models import Disc
from rentals import sets
from rentals.models import Copy, Membership, QueueEntry, Rental, TwoAtOnce
from rentals.places import places_of

MEDIA = ["4k", "blu-ray", "dvd"]


def market(today):
    """(places, wishes, discs) as `allocation_checker` wants them, and members whose sets hold something up."""
    places, wishes, held_up = [], [], set()
    claims = _claims()
    for membership in Membership.objects.open().select_related("member").order_by("member"):
        member, found = membership.member, places_of(membership.member, today)
        places += [(member.pk, number) for number in found.free]
        if found.free:
            held = _held(member)
            held_up |= {member.pk} if member.queue.waiting().filter(pk__in=held).exists() else set()
            wishes += [(*wish, claims[wish[2]]) for wish in _wishes(member, held, found.viewing, today)]
    wanted = {wish[4] for wish in wishes}
    discs = Disc.objects.filter(pk__in=wanted).order_by("pk")
    rows = [(disc.pk, disc.release_id, Copy.objects.on_shelf().filter(disc=disc).count()) for disc in discs]
    return (places, wishes, rows), held_up


def _claims():
    """{entry: its turn} by first refusal, asked for, number."""
    rows = QueueEntry.objects.order_by(F("claim_at").asc(nulls_last=True), "asked_at", "pk")
    return {key: turn for turn, key in enumerate(rows.values_list("pk", flat=True))}


def _wishes(member, held, viewing, today):
    """(member, rank, entry, choice, disc)"""
    for entry in member.queue.live().select_related("disc"):
        if entry.paused_at or entry.pk in held:
            continue
        for disc in _answers(entry):
            release = disc.release
            exact = entry.medium or entry.disc_id
            able = viewing.covers(release.medium) if exact else viewing.takes(release.medium, release.regions)
            if able and release.released_on <= today.isoformat():
                choice = MEDIA.index(release.medium) * 1000 + release.position
                yield member.pk, entry.rank, entry.pk, choice, disc.pk


def _answers(entry):
    if entry.disc:
        return [entry.disc]
    discs = Disc.objects.filter(release__title=entry.title_id, number=1).select_related("release")
    return [disc for disc in discs if entry.medium in ("", disc.release.medium)]


def _held(member):
    """Keys of entries for discs of sets that wait for another."""
    entries, found = member.queue.live().select_related("disc"), set()
    for release in {entry.disc.release_id for entry in entries if entry.disc}:
        wanted = {e.disc.number: e.pk for e in entries if e.disc and e.disc.release_id == release}
        out = Rental.objects.open().filter(member=member, copy__disc__release=release)
        two = TwoAtOnce.objects.filter(member=member, release=release).exists()
        why = sets.held(wanted, list(out.values_list("copy__disc__number", flat=True)), two)
        found |= {wanted[number] for number in why}
    return found
