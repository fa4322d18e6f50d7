"""What a member does with lists of films: makes them, describes, fills and orders them, deletes them.

What touches the films of a list first takes the lock of the list's row, what makes or names a list that of the member's
row, so that two at once take turns. The order is one of ranks (`rentals.ranks`): a move writes one row.
"""

from contextlib import contextmanager

from django.db import transaction

from catalogue import names
from catalogue.models import Title
from members.models import Member
from rentals import ranks
from rentals.models import ListEntry, MemberList

MOST_LISTS, MOST_ON_A_LIST = 100, 500
SLUG_LENGTH = 70  # leaves room for a number behind it


class ListFull(Exception):
    """The list holds MOST_ON_A_LIST films."""


class TooManyLists(Exception):
    """The member has MOST_LISTS lists."""


class NameTaken(Exception):
    """The member has another list of that name."""


# ------------------------------------------------------------------ lists
@contextmanager
def _lists_of(member):
    """The lists of `member`, to which nobody else adds until commit."""
    with transaction.atomic():
        Member.objects.lock(member.pk)
        yield MemberList.objects.filter(member=member)


def make(member, *, name, now, text="", public=False):
    """A new list. Raises NameTaken or TooManyLists. Holds the member's row until commit."""
    with _lists_of(member) as lists:
        _refuse_a_name_twice(lists, name)
        if lists.count() >= MOST_LISTS:
            raise TooManyLists
        words = {"name": name, "text": text, "public": public}
        return MemberList.objects.create(member=member, slug=_free_slug(lists, name), made_at=now, **words)


def describe(member_list, *, name, text, public):
    """Give a list another name, text or readers; its address stays. Raises NameTaken. Holds the member's row."""
    with _lists_of(member_list.member) as lists:
        _refuse_a_name_twice(lists.exclude(pk=member_list.pk), name)
        lists.filter(pk=member_list.pk).update(name=name, text=text, public=public)


def _refuse_a_name_twice(lists, name):
    if lists.filter(name__iexact=name).exists():
        raise NameTaken


def free_name(member, name):
    """`name`, or with a number behind it, so that no list of the member has it."""
    taken = {each.casefold() for each in member.lists.values_list("name", flat=True)}
    return next(each for each in _numbered(name, " ") if each.casefold() not in taken)


def _free_slug(lists, name):
    taken = set(lists.values_list("slug", flat=True))
    slug = names.slug(name)[:SLUG_LENGTH].strip("-") or "list"
    return next(each for each in _numbered(slug, "-") if each not in taken)


def _numbered(word, between):
    """The word, then the word with 2, 3, 4 … behind it: one more than there can be lists."""
    return [word, *(f"{word}{between}{number}" for number in range(2, MOST_LISTS + 3))]


def delete(member_list):
    """Delete a list; what is returned, plain enough for a session, makes it again (`restore`)."""
    with locked(member_list) as entries:
        kept = {
            "name": member_list.name,
            "text": member_list.text,
            "public": member_list.public,
            "titles": list(entries.order_by("rank").values_list("title", flat=True)),
        }
        MemberList.objects.filter(pk=member_list.pk).delete()
    return kept


def restore(member, kept, *, now):
    """Make again what `delete` deleted, under a free name. Raises TooManyLists. Holds the member's row until commit."""
    with _lists_of(member):
        words = {"text": kept["text"], "public": kept["public"], "now": now}
        made = make(member, name=free_name(member, kept["name"]), **words)
        add_all(made, kept["titles"], now=now)
    return made


# ------------------------------------------------------------------ films on them
@contextmanager
def locked(member_list):
    """The entries of a list, which nobody else changes until commit. Raises MemberList.DoesNotExist if it is gone."""
    with transaction.atomic():
        MemberList.objects.select_for_update(no_key=True).get(pk=member_list.pk)
        yield ListEntry.objects.filter(list=member_list)


def add(member_list, title, *, now, place=None):
    """Put a title on a list: at its end, or at `place`. False if it is there already. Raises ListFull."""
    with locked(member_list) as entries:
        if entries.filter(title=title).exists():
            return False
        length = entries.count()
        if length >= MOST_ON_A_LIST:
            raise ListFull
        rank = ranks.at(entries, entries, max(1, min(place or length + 1, length + 1)))
        ListEntry.objects.create(list=member_list, title=title, rank=rank, added_at=now)
    return True


def add_all(member_list, keys, *, now):
    """Put titles (keys, in order) at the end of a list, those that are there left out; how many were put.

    What does not fit any more is left out.
    """
    with locked(member_list) as entries:
        there = set(entries.values_list("title", flat=True))
        new = [key for key in dict.fromkeys(keys) if key not in there][: MOST_ON_A_LIST - len(there)]
        _append(member_list, entries, _existing(new), now)
    return len(new)


def _existing(keys):
    """The keys of titles that are still there, in order."""
    there = set(Title.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [key for key in keys if key in there]


def _append(member_list, entries, keys, now):
    rank = ranks.last(entries)
    ListEntry.objects.bulk_create(
        ListEntry(list=member_list, title_id=key, rank=rank + number * ranks.GAP, added_at=now)
        for number, key in enumerate(keys)
    )


def take_off(member_list, title):
    """Take a title off a list; the place it had, from 1, or None if it was not there."""
    with locked(member_list) as entries:
        entry = entries.filter(title=title).first()
        if entry is None:
            return None
        place = entries.filter(rank__lte=entry.rank).count()
        entry.delete()
    return place


def move(member_list, title, to):
    """Give a title the place that `to(place it has)` says, or the nearest there is; the place, or None if not there.

    Writes one row however long the list is.
    """
    with locked(member_list) as entries:
        entry = entries.filter(title=title).first()
        if entry is None:
            return None
        others = entries.exclude(pk=entry.pk)
        place = max(1, min(to(entries.filter(rank__lte=entry.rank).count()), others.count() + 1))
        rank = ranks.at(others, others, place)
        entries.filter(pk=entry.pk).update(rank=rank)
    return place


def keep_on(member, title, *, ticked, shown, now):
    """Put a title on those of the member's lists that are ticked, take it off the others that were shown.

    Keys of lists in any order; (names of lists it was put on, names of those it was taken off). Raises ListFull.
    """
    put, taken = [], []
    with transaction.atomic():
        for member_list in member.lists.filter(pk__in=shown).order_by("pk"):
            if member_list.pk in ticked:
                put += [member_list.name] if add(member_list, title, now=now) else []
            elif take_off(member_list, title):
                taken.append(member_list.name)
    return put, taken
