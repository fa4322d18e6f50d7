"""What the queue's page prints of sets: which disc was seen, which is here, which comes next."""

from collections import defaultdict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from catalogue.models import Disc, Release
from catalogue.wording import counted, joined
from rentals.models import Rental, TwoAtOnce
from rentals.sets import held


class Sets:
    """The sets of which a member's queue has discs. `rows`: (entry key, release key, disc number, paused) of those."""

    def __init__(self, member, rows):
        self.wanted, self.paused = defaultdict(dict), defaultdict(list)
        for key, release, number, paused in rows:
            self.wanted[release][number] = key
            self.paused[release].append(bool(paused))
        self.releases = self._releases(member) if rows else {}
        self.held = {key: why for release in self.wanted for key, why in self._held(release)}

    def _releases(self, member):
        """The editions, each with the `numbers` of its discs, of those `out` and `seen`, and `two`: two at once."""
        numbers = Disc.objects.filter(release=OuterRef("pk")).order_by("number").values("number")
        two = TwoAtOnce.objects.filter(member=member, release=OuterRef("pk"))
        mine = Rental.objects.filter(member=member, cancelled_at=None, copy__disc__release=OuterRef("pk"))
        out = mine.filter(checked_in_at=None).order_by("copy__disc__number").values("copy__disc__number")
        seen = mine.exclude(checked_in_at=None).values("copy__disc__number")
        arrays = {"numbers": numbers, "out": out, "seen": seen}
        columns = {name: ArraySubquery(rows) for name, rows in arrays.items()}
        return Release.objects.annotate(two=Exists(two), **columns).in_bulk(self.wanted)

    def _held(self, release):
        why = held(self.wanted[release], self.releases[release].out, self.releases[release].two)
        return [(self.wanted[release][number], words) for number, words in why.items()]

    def name(self, release, number):
        """ "disc 3 of 5"; "" of the only disc of an edition."""
        last = self.releases[release].numbers[-1]
        return f"disc {number} of {last}" if last > 1 else ""

    def page(self, cards):
        """The section "Series, disc by disc", set by set in the order of the queue."""
        return [self._set(pk, cards) for pk in self.wanted if len(self.releases[pk].numbers) > 1]

    def _set(self, pk, cards):
        release = self.releases[pk]
        return {
            "key": pk,
            "card": cards[release.title_id],
            "words": f"{release.get_medium_display()}, {counted(len(release.numbers), 'disc')}, in order. "
            + self._now(pk),
            "dots": [self._dot(pk, number) for number in release.numbers],
            "paused": all(self.paused[pk]),
            "two": release.two,
        }

    def _now(self, pk):
        out = self.releases[pk].out
        if out:
            discs = f"Disc {out[0]} is" if len(out) == 1 else f"Discs {joined([str(n) for n in out])} are"
            return f"{discs} with you or on the way."
        return "Paused." if all(self.paused[pk]) else f"Disc {min(self.wanted[pk])} comes when a place is free."

    def _dot(self, pk, number):
        """{"number", "is", "text"}: here, next, seen, wanted or none."""
        if number in self.releases[pk].out:
            return {"number": number, "is": "here", "text": "with you"}
        if number in self.wanted[pk]:
            first = number == min(self.wanted[pk])
            return {"number": number, "is": "next" if first else "wanted", "text": "next" if first else "in your queue"}
        if number in self.releases[pk].seen:
            return {"number": number, "is": "seen", "text": "sent back"}
        return {"number": number, "is": "none", "text": "not in your queue"}
