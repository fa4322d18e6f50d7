"""Brings ratings in from a file, and takes all of them back."""

from dataclasses import dataclass

from django.db import connection, transaction

from catalogue import viewings
from catalogue.wording import counted
from members.models import Member
from reviews.models import Rating, RatingsBroughtIn, ScoreSummary
from reviews.transfer.preview import first_days

CHANGE = """
    UPDATE reviews_rating AS r SET half_stars = n.half_stars, rated_on = n.rated_on
    FROM unnest(%s::bigint[], %s::smallint[], %s::date[]) AS n(title_id, half_stars, rated_on)
    WHERE r.member_id = %s AND r.title_id = n.title_id
"""


@dataclass(frozen=True)
class BroughtIn:
    """How many ratings are new, how many changed, and how many were left as they are."""

    new: int
    changed: int
    left: int

    def words(self):
        done = f"{counted(self.new, 'rating')} brought in, {self.changed:,} changed."
        return done + (f" {self.left:,} left as they are: rated meanwhile, or gone." if self.left else "")


@transaction.atomic
def bring_in(member, chosen, *, source, now):
    """Write what was `chosen` (preview.Chosen). A rating that is there gives way only where it was said so.

    Returns what was BroughtIn; if that is anything, all of it can be undone until the next. Holds the member's row and
    the titles until commit.
    """
    Member.objects.lock(member.pk)
    ratings = _possible({each.title_id: each for each in chosen}, now)
    before = _now(member, ratings)
    new = [each for each in ratings.values() if each.title_id not in before]
    changed = [each for each in ratings.values() if each.takes_place and _differs(before.get(each.title_id), each)]
    _write(member, new, [(each.title_id, each.half_stars, each.rated_on) for each in changed])
    if new or changed:
        _remember(member, [*new, *changed], before, source, now)
    return BroughtIn(len(new), len(changed), len(chosen) - len(new) - len(changed))


def _possible(ratings, now):
    """Those of titles that are there and out."""
    first = first_days(ratings)
    return {key: each for key, each in ratings.items() if key in first and first[key] <= each.rated_on.isoformat()}


def _now(member, titles):
    """{title's key: (half stars, day)} as the member rates them now."""
    rows = Rating.objects.filter(member=member, title__in=list(titles))
    return {title: tuple(said) for title, *said in rows.values_list("title", "half_stars", "rated_on")}


def _differs(before, rating):
    return before is not None and before[0] != rating.half_stars


def _write(member, new, changed):
    """One statement each, after all that they sum into is held in the order that all keep."""
    titles = [each.title_id for each in new] + [title for title, *_ in changed]
    ScoreSummary.objects.hold(titles)
    seen = viewings.seen(titles, member)
    Rating.objects.bulk_create(
        Rating(
            title_id=each.title_id,
            member=member,
            half_stars=each.half_stars,
            rated_on=each.rated_on,
            verified=each.title_id in seen,
        )
        for each in sorted(new, key=lambda each: each.title_id)
    )
    _change(member, changed)


def _change(member, ratings):
    """Set [(title's key, half stars, day)]."""
    if ratings:
        with connection.cursor() as cursor:
            cursor.execute(CHANGE, [*map(list, zip(*ratings, strict=True)), member.pk])


def _remember(member, written, before, source, now):
    changes = [
        [each.title_id, each.half_stars, each.rated_on.isoformat(), *_said(before.get(each.title_id))]
        for each in written
    ]
    facts = {"source": source, "brought_in_at": now, "changes": changes}
    RatingsBroughtIn.objects.update_or_create(member=member, defaults=facts)


def _said(before):
    return (before[0], before[1].isoformat()) if before else ()


# ------------------------------------------------------------------ undoing
@transaction.atomic
def undo(member):
    """Put back what was there before the last file. A rating that was changed since stays as it is.

    Returns (how many were put back, how many stay), or None if there is nothing to undo. Locks as `bring_in` does.
    """
    Member.objects.lock(member.pk)
    last = RatingsBroughtIn.objects.filter(member=member).first()
    if last is None:
        return None
    now = _now(member, [title for title, *_ in last.changes])
    untouched = [change for change in last.changes if _is_as_brought_in(now, *change[:3])]
    ScoreSummary.objects.hold([title for title, *_ in untouched])
    new = [title for title, _, _, *before in untouched if not before]
    Rating.objects.filter(member=member, title__in=new).delete()
    _change(member, [(title, *before) for title, _, _, *before in untouched if before])
    last.delete()
    return len(untouched), len(last.changes) - len(untouched)


def _is_as_brought_in(now, title, half_stars, day):
    return title in now and now[title][0] == half_stars and now[title][1].isoformat() == day
