"""Rentals of a shop: what is with members now, each in a place at home, and what is history."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from catalogue import viewings
from catalogue.importers.copying import copy_rows, reserve_ids
from rentals.models import Copy, ImportedRow, Rental
from rentals.shop_import import plans
from rentals.shop_import.cells import instant_in, is_a_day
from rentals.shop_import.known import Known
from rentals.shop_import.members import UNDER_AGE, years_between
from rentals.shop_import.rows import Unfit, first_ones

COLUMNS = ["id", "copy", "member", "place", "allocated_at", "posted_at", "arrived_at", "checked_in_at", "reason"]
UNKNOWN_COPY, UNKNOWN_MEMBER, NO_DATE = "unknown disc", "unknown member", "no date"
BACKWARDS, OVERLAPS, NO_PLACE = "returned before rented", "overlaps another rental", "no place at home"


@dataclass(slots=True)
class Draft:
    """A rental on its way in; one that is out has no end."""

    row: object
    copy: int
    member: int | None
    begins: datetime
    ends: datetime | None
    place: int = 1

    def overlaps(self, begins, ends):
        return (ends is None or self.begins < ends) and (self.ends is None or begins < self.ends)


class Rentals:
    """The step for rentals. `copies`, `members`: {id in the shop: key}; `born`: {id in the shop: day of birth}."""

    def __init__(self, shop, copies, members, born, now, report):
        self.shop, self.copies, self.members, self.born = shop, copies, members, born
        self.now, self.report = now, report
        self.known = Known(shop, "rental", report)

    def bring_in(self, rows, progress):
        """Write those that are new, the earliest first, so that of two that overlap the later one stays out."""
        drafts = [draft for row in self.known.new(first_ones(rows, self.report)) if (draft := self._drafted(row))]
        self._look_up(drafts)
        drafts.sort(key=lambda draft: (draft.begins, draft.row.line))
        self._write([draft for draft in drafts if self._fits(draft)], progress)

    # ------------------------------------------------------------------ each row by itself
    def _drafted(self, row):
        try:
            return self._draft(row)
        except Unfit as refusal:
            self.report.reject(row, refusal)
            return None

    def _draft(self, row):
        copy = self._named(row, "copy", self.copies, UNKNOWN_COPY)
        begins, ends = (instant_in(row, name, self.now) for name in ("rented_at", "returned_at"))
        if begins is None:
            raise Unfit(NO_DATE, f"Rental {row.key} does not say when it began. Fill in rented_at.")
        if ends and ends < begins and not self._same_day(row, begins, ends):
            what = (
                f"Rental {row.key} came back at {row.cell('returned_at')}, before it went out, {row.cell('rented_at')}."
            )
            raise Unfit(BACKWARDS, f"{what} Put one of the two right.")
        forgotten = ends and not row.cell("member")
        member = None if forgotten else self._named(row, "member", self.members, UNKNOWN_MEMBER)
        return Draft(row, copy, member, begins, ends and max(begins, ends))

    def _same_day(self, row, begins, ends):
        """Back on the day it went out, of which only that is written."""
        return is_a_day(row.cell("returned_at")) and timezone.localdate(begins) == timezone.localdate(ends)

    def _named(self, row, what, here, reason):
        """The key of the copy or the member that a rental names."""
        said = row.cell(what)
        if not (key := here.get(said)):
            sentence = (
                f"Rental {row.key} names the {what} “{said}”, which is not in the {FILES[what]} or was rejected there."
            )
            raise Unfit(reason, f"{sentence} Put that right first.")
        return key

    # ------------------------------------------------------------------ each beside the others
    def _look_up(self, drafts):
        """When copies were out, which places at home are taken and how many there are."""
        copies, members = {draft.copy for draft in drafts}, {draft.member for draft in drafts} - {None}
        self.out = defaultdict(list)  # {copy: [(name, begins, ends)]}
        for pk, copy, allocated_at, posted_at, ends in self._before(copies):
            self.out[copy].append((self._names.get(pk, f"number {pk} here"), posted_at or allocated_at, ends))
        self.taken = defaultdict(set)
        for member, place in Rental.objects.open().filter(member__in=members).values_list("member", "place"):
            self.taken[member].add(place)
        self.places = plans.places(members)
        self._films(copies)

    def _before(self, copies):
        rows = Rental.objects.filter(copy__in=copies, cancelled_at=None)
        of_the_shop = ImportedRow.objects.filter(shop=self.shop, rental__in=rows)
        self._names = dict(of_the_shop.values_list("rental", "key"))
        return rows.values_list("pk", "copy", "allocated_at", "posted_at", "checked_in_at")

    def _films(self, copies):
        """The title of each copy, and the age from which it may be watched, where the BBFC gave one."""
        release, title = "disc__release__certificate__", "disc__release__title__certificate__"
        columns = [f"{of}{name}" for of in (release, title) for name in ("system", "value")]
        rows = Copy.objects.filter(pk__in=copies).values_list("pk", "disc__release__title", *columns)
        self.titles, self.ages = {}, {}
        for pk, title, *certificates in rows:
            self.titles[pk] = title
            self.ages[pk] = age_of(*certificates[:2]) or age_of(*certificates[2:])

    def _fits(self, draft):
        try:
            self._check_age(draft)
            self._check_overlap(draft)
            if draft.ends is None:
                draft.place = self._free_place(draft)
        except Unfit as refusal:
            self.report.reject(draft.row, refusal)
            return False
        self.out[draft.copy].append((draft.row.key, draft.begins, draft.ends))
        return True

    def _check_age(self, draft):
        born, age = self.born.get(draft.row.cell("member")), self.ages[draft.copy]
        if born and age and years_between(born, timezone.localdate(draft.begins)) < age:
            what = f"Rental {draft.row.key} is of a film from {age} on, to a member who was younger on that day."
            raise Unfit(UNDER_AGE, f"{what} If the day of birth is wrong, put it right.")

    def _check_overlap(self, draft):
        for name, begins, ends in self.out[draft.copy]:
            if draft.overlaps(begins, ends):
                other = f"rental {name} of the same copy ({said(begins)} to {said(ends)})"
                what = f"Rental {draft.row.key} ({said(draft.begins)} to {said(draft.ends)}) overlaps {other}."
                raise Unfit(OVERLAPS, f"{what} A copy is in one place: see which of the two is right.")

    def _free_place(self, draft):
        """The lowest place at home that is free; it is taken from now on."""
        taken, most = self.taken[draft.member], self.places[draft.member]
        free = [place for place in range(1, most + 1) if place not in taken]
        if len(taken) >= most or not free:
            what = (
                f"Rental {draft.row.key} is open, and member {draft.row.cell('member')} has {len(taken)} discs at home"
            )
            raise Unfit(
                NO_PLACE, f"{what} already, of {most}. Check in what is back, or give the member a bigger plan."
            )
        taken.add(free[0])
        return free[0]

    # ------------------------------------------------------------------ writing
    def _write(self, drafts, progress):
        """All in one statement: the triggers that keep the stock fire once for each."""
        keys = reserve_ids(Rental, len(drafts))
        reason = f"Rented from {self.shop}, before it came to us."
        copy_rows(
            Rental,
            COLUMNS,
            [
                (key, d.copy, d.member, d.place, d.begins, d.begins, d.begins, d.ends, reason)
                for key, d in zip(keys, drafts, strict=True)
            ],
        )
        self.known.remember([draft.row for draft in drafts], keys)
        back = [draft for draft in drafts if draft.ends and draft.member]
        viewings.came_back(sorted({(draft.member, self.titles[draft.copy]) for draft in back}))
        progress(len(drafts))


FILES = {"copy": "copies", "member": "members"}


def said(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}" if instant else "now"


def age_of(system, value):
    """From which age a film may be watched, None if its certificate does not say."""
    digits = (value or "").removeprefix("R").removesuffix("A")
    return int(digits) if system == "BBFC" and digits.isdigit() else None


def first_days(rows, now):
    """{id of a copy in the shop: the day it first went out}, as far as the rows can be read."""
    days = {}
    for row in rows:
        try:
            begins = instant_in(row, "rented_at", now)
        except Unfit:
            continue  # it is rejected in its turn
        if begins and not row.problem:
            day, copy = timezone.localdate(begins), row.cell("copy")
            days[copy] = min(day, days.get(copy, day))
    return days
