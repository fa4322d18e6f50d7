"""Which titles are like each title: arithmetic on arrays, no database.

The order in a title's list is that of an estimate of how many of those who like it would like the other one:

    members who like both (lately counts more)  +  SHRINK × what the content lets one expect

as if SHRINK members more had chosen by content alone. Only pairs that ENOUGH members share count at all; below that
the lists know nothing of members. Work goes in blocks, so memory is bounded whatever the size of the catalogue.
"""

from dataclasses import dataclass

import numpy as np

ENOUGH = 5  # members who must like both of a pair before it counts, and one title before its likes count
HALF_LIFE_DAYS = 30
SHRINK = 20
SHARPNESS = 2
CONTENT_KEPT = 60  # titles of like content that are looked at for each title
REACH = 2000  # titles met through the rarest features of a title; what is commoner says little
MOST_LIKES = 1000  # of one member, the newest: pairs grow with their square
NOT_HELD = 0.5  # what a title that we have no copy of yet counts beside one that we have
BLOCK = 2_000_000  # pairs in memory at once


@dataclass(frozen=True)
class Features:
    """What titles are made of: `title` has `feature` (both counted from 0) with `weight`. Rows by title."""

    title: np.ndarray
    feature: np.ndarray
    weight: np.ndarray
    number: int


@dataclass(frozen=True)
class Likes:
    """`member` liked `title` (both counted from 0) on `day`. Rows by member and title, each pair once."""

    member: np.ndarray
    title: np.ndarray
    day: np.ndarray


@dataclass(frozen=True)
class World:
    """All titles by their keys in order, which of them may be suggested, which of them we have, and what is known."""

    ids: np.ndarray
    rentable: np.ndarray
    held: np.ndarray
    features: Features
    likes: Likes


@dataclass(frozen=True)
class Pairs:
    """Rows by title and other: how alike they are, how many members like both (the newer the more, 0 below ENOUGH)."""

    title: np.ndarray
    other: np.ndarray
    alike: np.ndarray
    together: np.ndarray


NONE = Pairs(*(np.zeros(0, kind) for kind in (np.int64, np.int64, np.float64, np.float64)))


def lists(world, kept):
    """(title, other): up to `kept` others of each title, the best first, rows by title."""
    number = len(world.ids)
    likes = _of_enough(world.likes, number)
    known, drawn = fame(likes, number)
    pairs = _joined(content(world, known, drawn), together(likes, world.rentable), number)
    order, place = _ranked(pairs.title, pairs.other, _score(world, pairs, known, drawn))
    order = order[place < kept]
    return pairs.title[order], pairs.other[order]


def _of_enough(likes, number):
    """The likes of titles that ENOUGH members like. Of the others nothing is used."""
    return _chosen(likes, np.bincount(likes.title, minlength=number)[likes.title] >= ENOUGH)


def fame(likes, number):
    """(known, drawn) of each title: how far we know its audience, 0 to 1; how many it drew lately, and 1."""
    liked = np.bincount(likes.title, minlength=number)
    return liked / (liked + SHRINK), np.bincount(likes.title, _lately(likes), minlength=number) + 1


def _lately(likes):
    """What each like counts: 1 on the last day of all, half of it HALF_LIFE_DAYS before."""
    return 0.5 ** ((likes.day.max(initial=0) - likes.day) / HALF_LIFE_DAYS)


def _score(world, pairs, known, drawn):
    """What each pair counts in the title's list.

    Content lets one expect at SHRINK members what members do not say: shared out by `_expected`.
    """
    expected = _expected(pairs, known, drawn)
    whole = np.bincount(pairs.title, expected, minlength=len(known))
    score = pairs.together + SHRINK * expected / np.maximum(whole, 1e-12)[pairs.title]
    return score * np.where(world.held[pairs.other], 1, NOT_HELD)


def _expected(pairs, known, drawn):
    """Likeness of content. Who likes a well-known title looks for well-known ones, so there it counts by how many the
    other drew; where we know nothing of the audience it counts alone, which leads to titles that few lists name.
    """
    return pairs.alike**SHARPNESS * drawn[pairs.other] ** known[pairs.title]


# ------------------------------------------------------------------ content
def content(world, known, drawn):
    """Pairs of titles of like content: for each title those of CONTENT_KEPT that one would expect most."""
    number = len(world.ids)
    rows = _weighed(world.features, number)
    posted = _grouped(rows.feature, rows.number)
    reached = _reached(rows, posted, number)
    found = [
        _best(_of_like_content(rows, posted, reached, block, world.rentable), known, drawn)
        for block in _blocks(np.diff(posted.start)[rows.feature] * reached, rows.title, number)
    ]
    return _concatenated(found)


def _weighed(features, number):
    """Features with weights by rarity (0 for what only one title has), each title's of length 1 together."""
    titles = np.bincount(features.feature, minlength=features.number)
    rarity = np.log(number / np.maximum(titles, 1)) / np.log(max(number, 2))
    weight = np.where(titles[features.feature] > 1, features.weight * rarity[features.feature], 0)
    length = np.sqrt(np.bincount(features.title, weight**2, minlength=number))
    return Features(
        features.title, features.feature, weight / np.maximum(length, 1e-12)[features.title], features.number
    )


def _reached(rows, posted, number):
    """Which rows lead to other titles: the rarest features of each title, as far as REACH."""
    titles = np.diff(posted.start)[rows.feature]
    order = np.lexsort((rows.feature, titles, rows.title))
    met = np.cumsum(titles[order])
    start = _grouped(rows.title, number).start[rows.title[order]]
    before = np.where(start > 0, met[start - 1], 0)
    reached = np.zeros(len(order), bool)
    reached[order] = (met - before <= REACH) & (rows.weight[order] > 0)
    return reached


def _of_like_content(rows, posted, reached, block, rentable):
    """Pairs of the titles whose rows are in `block`, whoever shares a feature with them."""
    mine = np.arange(block.start, block.stop)[reached[block]]
    feature = rows.feature[mine]
    lengths = np.diff(posted.start)[feature]
    theirs = posted.order[_spans(posted.start[feature], lengths)]
    mine = np.repeat(mine, lengths)
    title, other = rows.title[mine], rows.title[theirs]
    fit = rentable[other] & (title != other)
    alike = (rows.weight[mine] * rows.weight[theirs])[fit]
    title, other, (alike,) = _summed(title[fit], other[fit], len(rentable), alike)
    return Pairs(title, other, alike, np.zeros(len(title)))


def _best(pairs, known, drawn):
    order, place = _ranked(pairs.title, pairs.other, _expected(pairs, known, drawn))
    return _picked(pairs, np.sort(order[place < CONTENT_KEPT]))


# ------------------------------------------------------------------ members
def together(likes, rentable):
    """Pairs of titles that at least ENOUGH members like."""
    number = len(rentable)
    likes = _newest(likes)
    fans = _grouped(likes.title, number)
    shelf = _grouped(likes.member, likes.member.max(initial=-1) + 1)
    lately = _lately(likes)
    cost = np.diff(shelf.start)[likes.member[fans.order]]
    found = [
        _liked_together(likes, lately, fans.order[block], shelf, rentable)
        for block in _blocks(cost, likes.title[fans.order], number)
    ]
    return _concatenated(found)


def _newest(likes):
    """The newest MOST_LIKES of each member."""
    order, place = _ranked(likes.member, likes.title, likes.day)
    return _chosen(likes, np.sort(order[place < MOST_LIKES]))


def _chosen(likes, rows):
    return Likes(likes.member[rows], likes.title[rows], likes.day[rows])


def _liked_together(likes, lately, mine, shelf, rentable):
    """Pairs of the titles that the likes `mine` are of with all else that the same members like."""
    member = likes.member[mine]
    lengths = np.diff(shelf.start)[member]
    theirs = shelf.order[_spans(shelf.start[member], lengths)]
    title, other = np.repeat(likes.title[mine], lengths), likes.title[theirs]
    fit = rentable[other] & (title != other)
    ones = np.ones(np.count_nonzero(fit))
    title, other, (members, weight) = _summed(title[fit], other[fit], len(rentable), ones, lately[theirs[fit]])
    pairs = Pairs(title, other, np.zeros(len(title)), weight)
    return _picked(pairs, np.flatnonzero(members >= ENOUGH))


# ------------------------------------------------------------------ arrays
@dataclass(frozen=True)
class _Grouped:
    """Rows by owner: those of owner n are `order[start[n]:start[n + 1]]`."""

    order: np.ndarray
    start: np.ndarray


def _grouped(owner, number):
    sizes = np.bincount(owner, minlength=number)
    return _Grouped(np.argsort(owner, kind="stable"), np.concatenate(([0], np.cumsum(sizes))))


def _spans(starts, lengths):
    """start, start + 1, … of each span, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)


def _blocks(cost, title, number):
    """Slices of rows, which are by title: whole titles, of some BLOCK together."""
    ends = np.cumsum(np.bincount(title, minlength=number))
    costs = np.concatenate(([0], np.cumsum(cost)))[ends]
    row = title_done = 0
    while title_done < number:
        before = costs[title_done - 1] if title_done else 0
        title_done = max(title_done + 1, int(np.searchsorted(costs, before + BLOCK, side="right")))
        yield slice(row, row := int(ends[title_done - 1]))


def _summed(title, other, number, *values):
    """(title, other, values) with each pair once, in order; values of the same pair added up."""
    key = title * number + other
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    sums = [np.add.reduceat(value[order], first) if len(first) else value for value in values]
    return *np.divmod(key[first], number), sums


def _ranked(owner, other, score):
    """(order, place): rows by owner, the highest score first, and the place of each from 0.

    Among equals those come first that follow the owner in the catalogue, or else the same ones would come first in all
    lists: a thousand dramas of one year may be of equal content.
    """
    following = (other - owner) % (other.max(initial=0) + 1)
    order = np.lexsort((following, -np.round(score, 9), owner))
    first = np.flatnonzero(np.diff(owner[order], prepend=-1))
    return order, np.arange(len(order)) - np.repeat(first, np.diff(first, append=len(order)))


def _picked(pairs, rows):
    return Pairs(pairs.title[rows], pairs.other[rows], pairs.alike[rows], pairs.together[rows])


def _concatenated(parts):
    columns = ("title", "other", "alike", "together")
    return Pairs(*(np.concatenate([getattr(part, column) for part in [NONE, *parts]]) for column in columns))


def _joined(content, members, number):
    """Both kinds of pairs, each pair once."""
    both = _concatenated([content, members])
    title, other, (alike, together) = _summed(both.title, both.other, number, both.alike, both.together)
    return Pairs(title, other, alike, together)
