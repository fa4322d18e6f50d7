"""Asking for a film: what is looked at before it is put into a queue.

A member can ask for what can be had, plays at home and comes with the plan, and for nothing twice. All of that is read
under the lock of the queue, the member's row, that a change of plan takes too: so after the change nothing is asked for
that the new plan does not have.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from catalogue.models import Medium, Title
from catalogue.wording import counted, day_and_month, joined
from rentals import editions, waits
from rentals.models import Rental
from rentals.queue import FULL, QueueFull, enqueue, enqueue_all, enqueue_set, locked, place_of
from rentals.refused import Refused


@dataclass(frozen=True)
class Queued:
    """What was put into the queue: entries with their `position`; how many discs were left out; the day it is out."""

    title: Title
    entries: list
    left_out: int = 0
    out_on: str = ""

    def words(self):
        first, number = self.entries[0].position, len(self.entries)
        name = self.title.name
        if number > 1:
            more = f" {counted(self.left_out, 'disc')} you have already." if self.left_out else ""
            return f"{number} discs of {name} are in your queue, numbers {first} to {first + number - 1}.{more}"
        if self.out_on:
            return f"{name} is reserved, number {first} in your queue. It comes out {editions.when_out(self.out_on)}."
        return f"{name} is in your queue, number {first}."


def ask(member, title, *, now, medium="", disc=None, release=None, anyway=False):
    """Put `title` at the end of `member`'s queue: in any edition, in one medium, one disc or all discs of a release.

    `disc` and `release` are keys. `anyway`: the member knows that it may not play. A series in any edition is all discs
    of the best one. Returns what was Queued; raises Refused and then changes nothing. Holds the member's row until
    commit.
    """
    with locked(member) as entries:
        found = editions.editions(title.pk, member, timezone.localdate(now))
        wish = _Wish(title, found, medium, disc, release)
        if not wish.discs:
            _check_not_there(member, entries, title, Q(disc=None) | Q(disc__number=1), Q(copy__disc__number=1))
        wish.check(anyway)
        return _put(member, entries, wish, now)


@dataclass
class _Wish:
    """What is asked for, among the editions there are."""

    title: Title
    found: list
    medium: str
    disc: int | None
    release: int | None
    discs: list = field(default_factory=list)  # keys and numbers, if discs are asked for one by one

    def __post_init__(self):
        self.editions = [edition for edition in self.found if self._is_meant(edition)]
        if self.disc or self.release:
            numbers = {disc["key"]: disc["number"] for edition in self.editions for disc in edition.discs}
            self.discs = [(key, n) for key, n in numbers.items() if self.disc in (None, key)]
        elif self.title.kind == "series" and (best := self._best()) and len(best.discs) > 1:
            self.editions, self.discs = [best], [(disc["key"], disc["number"]) for disc in best.discs]

    def _is_meant(self, edition):
        if self.disc:
            return any(disc["key"] == self.disc for disc in edition.discs)
        return edition.release.pk == self.release if self.release else self.medium in ("", edition.medium)

    def _best(self):
        return editions.default(self.editions) or next(iter(self.editions), None)

    @property
    def out_on(self):
        """The day on which the first edition comes out; "" if one is out."""
        return (
            "" if any(edition.out for edition in self.editions) else min(e.release.released_on for e in self.editions)
        )

    def check(self, anyway):
        """Raise Refused if it cannot be had, does not come with the plan or does not play."""
        name = self.title.name
        if not self.found:
            raise Refused(f"{name} is not on UK disc, so it cannot be queued.")
        if not self.editions:
            raise Refused(f"{name} has no such edition.")
        self._check_plan()
        self._check_players(anyway)
        if not self.out_on and not any(self._copies(edition) for edition in self._possible(anyway)):
            raise Refused(f"{name} cannot be had: {self._why_no_copy()}")

    def _check_plan(self):
        if not any(edition.covered for edition in self.editions):
            media = joined([edition.label for edition in {e.medium: e for e in self.editions}.values()])
            mine = joined([Medium(medium).label for medium in self.found[0].plan_media])
            raise Refused(f"{self.title.name} comes on {media}; your plan has {mine}. Change your plan to queue it.")

    def _check_players(self, anyway):
        if not anyway and not self._possible(anyway):
            why = next(edition.warnings[0] for edition in self.editions if edition.covered)
            raise Refused(f"{why} {self.title.name} is not queued; tick “I can play it” to queue it anyway.")

    def _possible(self, anyway):
        return [edition for edition in self.editions if edition.covered and (edition.plays or anyway)]

    def _copies(self, edition):
        """In service of the disc, or the first disc, that is asked for."""
        numbers = [disc for disc in edition.discs if disc["key"] == self.disc or not self.disc and disc["number"] == 1]
        return sum(disc["copies"] for disc in numbers)

    def _why_no_copy(self):
        if any(map(self._copies, self.found)):
            return "we have no copy of what you ask for that plays at yours."
        ever = self.title.releases.filter(discs__copies__isnull=False).exists()
        return "no copy is in service." if ever else "we have no copy of it yet."


# ------------------------------------------------------------------ putting it there
def _put(member, entries, wish, now):
    try:
        if wish.discs:
            return _put_discs(member, entries, wish, now)
        entry = enqueue(member, wish.title, now=now, medium=wish.medium)
    except QueueFull:
        raise Refused(FULL) from None
    return Queued(wish.title, [entry], out_on=wish.out_on)


def _put_discs(member, entries, wish, now):
    asked, left_out, why = [], 0, None
    for key, number in wish.discs:
        there = Q(disc=key) | (Q(disc=None) if number == 1 else Q(pk=None))
        try:
            _check_not_there(member, entries, wish.title, there, Q(copy__disc=key))
        except Refused as refused:
            left_out, why = left_out + 1, why or refused
        else:
            asked.append(key)
    if not asked:
        raise why
    enqueue_set(member, wish.editions[0].release, now=now, among=asked)
    return Queued(wish.title, list(entries.placed().filter(disc__in=asked)), left_out, wish.out_on)


def _check_not_there(member, entries, title, same, same_copy):
    """Raise Refused if the queue has the same, or it is with the member or on the way."""
    there = entries.live().filter(same, title=title).order_by("rank").first()
    if there:
        raise Refused(f"{title.name} is in your queue already, number {place_of(there)}.")
    out = Rental.objects.open().filter(same_copy, member=member, copy__disc__release__title=title).first()
    if out:
        since = day_and_month(timezone.localdate(out.posted_at or out.allocated_at))
        raise Refused(f"{title.name} is with you or on its way already, since {since}.")


# ------------------------------------------------------------------ many at once
@dataclass(frozen=True)
class QueuedAll:
    """How many titles of a list were put into the queue, and why the others were not: {words: how many}."""

    added: int
    left_out: dict

    def words(self):
        reasons = [f"{number:,} {why}" for why, number in self.left_out.items() if number]
        rest = f" Left out: {', '.join(reasons)}." if reasons else ""
        return f"{counted(self.added, 'film')} added to your queue.{rest}" if self.added else f"Nothing to add.{rest}"


def ask_all(member, titles, *, now):
    """Put those of `titles` (keys, in order) at the end of the queue that can be had and that `member` never had.

    Returns what was QueuedAll. Holds the member's row until commit.
    """
    titles = list(dict.fromkeys(titles))
    with locked(member):
        whys = why_left_out(member, titles)
        new = [key for key in titles if not whys[key]]
        added = enqueue_all(member, new, now=now)
    return QueuedAll(added, left_out([*filter(None, whys.values()), *["no room"] * (len(new) - added)]))


LEFT_OUT = {
    "queued": "in your queue already",
    "home": "at home",
    "had": "you have had",
    "absent": "that cannot be had",
    "set": "in sets, whose discs you choose on their pages",
    "no room": "for which your queue has no room",
}


def left_out(kinds):
    """{words: how many} of what was left out, from keys of LEFT_OUT."""
    return {LEFT_OUT[kind]: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def why_left_out(member, titles):
    """{key: why `ask_all` would leave it out, a key of LEFT_OUT, or ""} of titles, in order. In three queries."""
    states, found = states_of(member), waits.for_titles(titles, member)
    sets = set(Title.objects.filter(pk__in=titles, kind="series").values_list("pk", flat=True))
    return {key: _why_left_out(key, states, found[key], sets) for key in titles}


def _why_left_out(key, states, wait, sets):
    if key in states:
        return states[key].kind
    return "absent" if wait.kind == "none" else "set" if key in sets else ""


# ------------------------------------------------------------------ what a member has of which titles
@dataclass(frozen=True)
class State:
    """Of a title, for one member. `kind`: queued (then with `place`), home or had."""

    kind: str
    place: int | None = None


# The first place of what is asked for comes last, and what is at home after what was.
STATES = """
SELECT r.title_id, CASE WHEN n.checked_in_at IS NULL THEN 'home' ELSE 'had' END, NULL, n.checked_in_at IS NULL AS here
FROM rentals_rental n JOIN rentals_copy k ON k.id = n.copy_id JOIN catalogue_disc d ON d.id = k.disc_id
JOIN catalogue_release r ON r.id = d.release_id WHERE n.member_id = %(member)s AND n.cancelled_at IS NULL
UNION ALL
SELECT title_id, 'queued', row_number() OVER (ORDER BY rank), NULL FROM rentals_queueentry
WHERE member_id = %(member)s AND removed_at IS NULL AND sent_at IS NULL
ORDER BY 4 NULLS LAST, 3 DESC
"""


def states_of(member):
    """{key: State} of every title that `member` asks for, has at home or had. In one query."""
    with connection.cursor() as cursor:
        cursor.execute(STATES, {"member": member.pk})
        return {title: State(kind, place) for title, kind, place, _ in cursor}
