"""What follows a title, a release, a disc or a person into another one: each table that names one declares how.

Apps register theirs when they are ready. A test walks all foreign keys and fails on one that nobody declared.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Max

from catalogue.merging import keeping
from catalogue.models import Disc, Person, Release, Title

OWNERS = (Title, Release, Disc, Person)
_followers, _by_database, _wraps, _refusals, _steps, _counts = [], set(), [], [], {}, []


class Line(NamedTuple):
    """What a preview says of one table: how many rows move, how many are dropped, and why."""

    name: str
    moved: int
    dropped: int
    why: str


@dataclass
class Plan:
    """What is to become of the rows of one follower: keys that move, {key dropped: key that stands instead}."""

    moved: list = field(default_factory=list)
    dropped: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Follower:
    """Rows of `model` that name one of OWNERS by the foreign key `path`, called `name` in previews.

    Two rows that agree in the fields `same` would be twice in the one that stays: that for which `better(row)` is
    greater stands, else that of the page that stays, and `why` says so. Places of ordered lists count from 1 among
    those alike in the fields `listed`. `member` names the foreign key to whose the row is, `hanging` what is dropped
    with it (`keeping.drop`). Rows that go (`goes`) are made by programs: they are made anew.
    """

    model: type
    path: str
    name: str
    same: tuple | None = None
    better: Callable | None = None
    why: str = "It is there already."
    listed: tuple | None = None
    member: str = ""
    hanging: tuple = ()
    goes: bool = False
    picked: bool = False  # whether a split may take some of them

    @property
    def owner(self):
        return self.model._meta.get_field(self.path).related_model

    def of(self, key):
        return self.model._base_manager.filter(**{self.path: key})

    def plan(self, gone, stays):
        """What becomes of the rows of `gone`, and of those of `stays` that give way. Reads, and writes nothing."""
        if self.goes:
            return Plan(dropped=dict.fromkeys(self.of(gone.pk).values_list("pk", flat=True)))
        ours = {self._what(row): row for row in self._rows(stays)} if self.same is not None else {}
        plan = Plan()
        for row in self._rows(gone):
            self._settle(row, ours.get(self._what(row)) if ours else None, plan)
        return plan

    def _rows(self, owner):
        rows = self.of(owner.pk)
        order = (*(self.listed or ()), "position") if self.listed is not None else ()
        return rows.order_by(*order, "pk").values() if self.same or self.listed else rows.order_by("pk").values("pk")

    def _what(self, row):
        return self.same is not None and tuple(row[name] for name in self.same)

    def _settle(self, theirs, ours, plan):
        key = theirs[self.model._meta.pk.attname] if "pk" not in theirs else theirs["pk"]
        if ours is None:
            plan.moved.append(key)
        elif self.better and self.better(theirs) > self.better(ours):
            plan.moved.append(key)
            plan.dropped[ours[self.model._meta.pk.attname]] = key
        else:
            plan.dropped[key] = ours[self.model._meta.pk.attname]

    def line(self, gone, stays):
        plan = self.plan(gone, stays)
        return Line(self.name, len(plan.moved), len(plan.dropped), self.why if plan.dropped else "")

    def lines(self, gone, stays):
        return [self.line(gone, stays)]

    def carry_out(self, gone, stays, deed):
        plan = self.plan(gone, stays)
        keeping.drop(deed, self.model, plan.dropped, member=self.member, hanging=self.hanging)
        self.move(plan.moved, stays, deed)

    def move(self, keys, to, deed):
        """Rows of `keys`, in that order, become those of `to`, at the end of its list."""
        if self.listed is not None:
            return self._put_last(keys, to)
        keeping.change(deed, self.model._base_manager.filter(pk__in=keys), **{f"{self.path}_id": to.pk})

    def after_split(self, row, to, keys, deed):
        """What else follows these rows, which moved from `row` to `to` in a split."""
        for step in _steps.get((self.model, self.path), ()):
            step(row, to, keys, deed)

    def _put_last(self, keys, to):
        rows = self.model._base_manager.in_bulk(keys)
        last = {}
        for key in keys:
            group = tuple(getattr(rows[key], name) for name in self.listed)
            if group not in last:
                last[group] = next_place(self.model, **{self.path: to}, **dict(zip(self.listed, group, strict=True)))
            setattr(rows[key], self.path, to)
            rows[key].position = last[group]
            last[group] += 1
        self.model._base_manager.bulk_update(rows.values(), [self.path, "position"], batch_size=500)
        close_up(self.model, self.path, to, self.listed)


def next_place(model, **among):
    return (model._base_manager.filter(**among).aggregate(last=Max("position"))["last"] or 0) + 1


def close_up(model, path, owner, listed):
    """Places count from 1 without gaps, among those alike in the fields `listed`."""
    last, wrong = {}, []
    for row in model._base_manager.filter(**{path: owner}).order_by(*listed, "position", "pk"):
        group = tuple(getattr(row, name) for name in listed)
        last[group] = last.get(group, 0) + 1
        if row.position != last[group]:
            row.position = last[group]
            wrong.append(row)
    model._base_manager.bulk_update(wrong, ["position"], batch_size=500)


def register(*followers):
    _followers.extend(followers)


def register_kept_by_database(*models):
    """Rows of `models` come and go with their owner, and triggers keep them true."""
    _by_database.update(models)


def register_count(owner, name, rows):
    """What comes along without a change of its own: `rows(key)` is a queryset, of which a preview says how many."""
    _counts.append((owner, name, rows))


def wrap(around):
    """All that a merge, a split or the undoing of one writes is written inside of `around(titles)`, keys of titles."""
    _wraps.append(around)


def wraps():
    return list(_wraps)


def after_splitting(model, path, step):
    """`step(row, to, keys, deed)` is done when a split moved rows of `model` (keys) from `row` to `to`."""
    _steps.setdefault((model, path), []).append(step)


def refuse_if(owner, ask):
    """`ask(gone, stays)` gives sentences that say why rows of `owner` cannot be merged; none: they can."""
    _refusals.append((owner, ask))


def refusals(gone, stays):
    return [said for owner, ask in _refusals if isinstance(stays, owner) for said in ask(gone, stays)]


def followers(owner):
    """What follows a row of the model `owner`, in the order in which it does."""
    return [follower for follower in _followers if follower.owner is owner]


def declared():
    """{(model, foreign key)} of all followers, and the models that the database keeps."""
    return {(follower.model, follower.path) for follower in _followers}, set(_by_database)


def follow(gone, stays, deed):
    """All that hangs on `gone` hangs on `stays` from now on."""
    for follower in followers(type(stays)):
        follower.carry_out(gone, stays, deed)


def lines(gone, stays):
    """What would follow, for a preview: lines of those with anything to say."""
    named = [follower for follower in followers(type(stays)) if follower.name]
    said = [line for follower in named for line in follower.lines(gone, stays)]
    said += [Line(name, rows(gone.pk).count(), 0, "") for owner, name, rows in _counts if isinstance(stays, owner)]
    return [line for line in said if line.moved or line.dropped]


def added_up(said):
    """Lines of the same name as one."""
    sums = {}
    for line in said:
        before = sums.get(line.name, Line(line.name, 0, 0, ""))
        moved, dropped = before.moved + line.moved, before.dropped + line.dropped
        sums[line.name] = Line(line.name, moved, dropped, line.why or before.why)
    return list(sums.values())
