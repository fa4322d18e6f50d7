"""Which title of the catalogue a row of a file is, and where the member stands with it."""

from dataclasses import dataclass

from catalogue.film_files import matching
from catalogue.models import Disc
from rentals import waits
from rentals.models import QueueEntry, Rental
from rentals.transfer.rows import EDITIONS

MEDIA = {label: medium for medium, label in EDITIONS.items()}


@dataclass
class Match(matching.Match):
    """A row, the title it is, or the titles it may be, and the wish: a medium, or one disc."""

    medium: str = ""
    disc_id: int | None = None

    @property
    def wish(self):
        return self.title_id, self.medium, self.disc_id


def match(rows):
    """A Match for each row, in order; a wish that came before is left out."""
    matches = [Match(row) for row in rows]
    matching.find(matches)
    _find_editions([each for each in matches if each.title_id])
    return _once(matches)


def _once(matches):
    seen, kept = set(), []
    for each in matches:
        if each.title_id is None or each.wish not in seen:
            kept.append(each)
        seen.add(each.wish)
    return kept


# ------------------------------------------------------------------ editions
def _find_editions(matches):
    """Set the medium or the disc that rows ask for; a disc that is not there any more means any edition."""
    discs = _discs([each.title_id for each in matches if each.row.disc is not None])
    for each in matches:
        if each.row.disc is None:
            each.medium = MEDIA.get(each.row.edition, "")
        else:
            each.disc_id = discs.get((each.title_id, each.row.edition, each.row.disc))


def _discs(titles):
    """{(title, slug of the release, number): disc}."""
    rows = Disc.objects.filter(release__title__in=titles) if titles else Disc.objects.none()
    return {tuple(key): pk for *key, pk in rows.values_list("release__title", "release__slug", "number", "pk")}


# ------------------------------------------------------------------ where the member stands
@dataclass(frozen=True)
class Standing:
    """Of some wishes, (title, medium, disc): those in the queue, those with the member, {those not to be had: why}.

    And the titles that were with the member.
    """

    queued: frozenset
    home: frozenset
    absent: dict
    had: frozenset

    def of(self, wish):
        """ "queued", "home", "absent", "had" or "ready"."""
        for kind in ("queued", "home", "absent"):
            if wish in getattr(self, kind):
                return kind
        return "had" if wish[0] in self.had else "ready"


def standing(member, wishes):
    """Where `member` stands with these wishes. Three queries."""
    wishes = list(dict.fromkeys(wishes))
    titles = {title for title, _, _ in wishes}
    queued = QueueEntry.objects.live().filter(member=member, title__in=titles)
    mine = Rental.objects.filter(member=member, cancelled_at=None, copy__disc__release__title__in=titles)
    rows = list(mine.values_list("copy__disc__release__title", "copy__disc", "copy__disc__number", "checked_in_at"))
    out = {(title, disc, number) for title, disc, number, checked_in_at in rows if checked_in_at is None}
    return Standing(
        frozenset(queued.values_list("title", "medium", "disc")),
        frozenset(wish for wish in wishes if any(_is_of(wish, *row) for row in out)),
        _absent(member, wishes),
        frozenset(title for title, *_ in rows),
    )


def _is_of(wish, title, disc, number):
    """Whether the disc is the one that is wished for: the first, if none is named."""
    return wish[2] == disc or wish[2] is None and wish[0] == title and number == 1


def _absent(member, wishes):
    """{wish: why it cannot be had, or does not play}"""
    asked = [waits.Asked(title, member.pk, medium, disc) for title, medium, disc in wishes]
    found = zip(wishes, waits.waits(asked, must_play=True), strict=True)
    return {wish: wait.reason for wish, wait in found if wait.kind == "none"}
