"""Copies of a shop onto our shelves."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from catalogue.importers.copying import copy_rows, reserve_ids
from catalogue.models import Title
from rentals import barcodes
from rentals.models import Copy
from rentals.shop_import.cells import begins, day_in, number_in
from rentals.shop_import.known import Known
from rentals.shop_import.rows import Unfit, first_ones
from rentals.shop_import.titles import add_editions, discs_of, medium_of

COLUMNS = ["id", "disc", "barcode", "shelf", "acquired_on", "withdrawn_at", "source"]
LONGEST = 40  # of a barcode and of a shelf place
MOST_DISCS = 200
UNKNOWN_TITLE, UNKNOWN_DISC, DUPLICATE, BAD_CODE = "unknown title", "unknown disc", "duplicate barcode", "bad barcode"


@dataclass(slots=True)
class Draft:
    """A copy on its way in."""

    row: object
    title: int
    medium: str
    number: int
    barcode: str
    acquired_on: date | None
    withdrawn_on: date | None


class Copies:
    """The step for copies. `titles`: {id in the shop: key}; `editions`: what titles are out on, [(key, medium)]."""

    def __init__(self, shop, titles, editions, first_days, now, report):
        self.shop, self.titles, self.editions, self.first_days = shop, titles, editions, first_days
        self.today, self.report = timezone.localdate(now), report
        self.known = Known(shop, "copy", report)

    def bring_in(self, rows, progress):
        """Write those that are new; {id in the shop: copy's key} of all that are here."""
        rows = list(self.known.new(first_ones(rows, self.report)))
        self._look_up(rows)
        drafts = self._fit(rows, self._draft)
        discs = self._discs(drafts)
        drafts = self._fit(drafts, lambda draft: self._on_disc(draft, discs), lambda draft: draft.row)
        self._write(drafts, discs)
        progress(len(rows))
        return self.known.here

    def _fit(self, items, check, row_of=lambda item: item):
        fit = []
        for item in items:
            try:
                fit.append(check(item))
            except Unfit as refusal:
                self.report.reject(row_of(item), refusal)
        return fit

    # ------------------------------------------------------------------ each row by itself
    def _look_up(self, rows):
        """Titles of ours that are named by their slugs, and barcodes that are taken: two queries for all."""
        slugs = {row.cell("title") for row in rows} - self.titles.keys()
        self.by_slug = dict(Title.every.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
        codes = {barcodes.read(code) for row in rows if (code := row.cell("barcode"))}
        taken = Copy.objects.filter(barcode__in=codes) if codes else Copy.objects.none()
        self.codes = dict.fromkeys(taken.values_list("barcode", flat=True), "a copy that we have")

    def _draft(self, row):
        title = self._title(row)
        number = number_in(row, "disc", least=1, most=MOST_DISCS, otherwise=1)
        acquired_on, withdrawn_on = (day_in(row, name, until=self.today) for name in ("acquired_on", "withdrawn_on"))
        if acquired_on and withdrawn_on and withdrawn_on < acquired_on:
            raise Unfit(
                "withdrawn too early", f"Copy {row.key} is withdrawn before it was acquired. Put the days right."
            )
        if len(row.cell("shelf")) > LONGEST:
            raise Unfit("bad shelf", f"The shelf place of copy {row.key} is longer than {LONGEST} letters. Shorten it.")
        medium = medium_of(row, "dvd")
        return Draft(row, title, medium, number, self._barcode(row), acquired_on, withdrawn_on)

    def _title(self, row):
        said = row.cell("title")
        title = self.titles.get(said) or self.by_slug.get(said)
        if title is None:
            what = (
                f"Copy {row.key} is of title “{said}”, which is neither in the titles that came in nor the address of "
            )
            raise Unfit(UNKNOWN_TITLE, f"{what}one of ours. Add it to the titles, or put its number right.")
        return title

    def _barcode(self, row):
        """The code it has, or "" for one of ours."""
        if not (said := row.cell("barcode")):
            return ""
        code = barcodes.read(said)
        if problem := barcodes.problem_with(code):
            raise Unfit(BAD_CODE, f"Copy {row.key}: {problem}")
        if len(code) > LONGEST or barcodes.OF_A_SLEEVE.fullmatch(code.upper()) or barcodes.member_of(code):
            what = f"Copy {row.key}: {code[:LONGEST]} is too long, or what our sleeves and members’ cards have."
            raise Unfit(BAD_CODE, f"{what} Leave the barcode empty: the copy gets one of ours.")
        if owner := self.codes.get(code):
            what = f"Copy {row.key} has the barcode {code}, and so has {owner}. Look at both discs and put one right."
            raise Unfit(DUPLICATE, what)
        self.codes[code] = f"copy {row.key}"
        return code

    # ------------------------------------------------------------------ discs
    def _discs(self, drafts):
        """{(title, medium): {number: disc}}, with the editions that the shop's own titles lack made."""
        titles = {draft.title for draft in drafts} | {title for title, _ in self.editions}
        there, wanted = discs_of(titles), {edition: {1} for edition in self.editions}
        ours = set(self.titles.values())
        for draft in drafts:
            if draft.title in ours:
                wanted.setdefault((draft.title, draft.medium), {1}).add(draft.number)
        if missing := {edition: numbers for edition, numbers in wanted.items() if edition not in there}:
            add_editions(missing)
            there = discs_of(titles)
        return there

    def _on_disc(self, draft, discs):
        if draft.number not in discs.get((draft.title, draft.medium), ()):
            self.codes.pop(draft.barcode, None)
            what = f"Copy {draft.row.key} is of disc {draft.number} of the {draft.medium}, which title"
            raise Unfit(
                UNKNOWN_DISC, f"{what} {draft.row.cell('title')} does not have here. Add it in the catalogue first."
            )
        return draft

    # ------------------------------------------------------------------ writing
    def _write(self, drafts, discs):
        codes = iter(Copy.objects.next_codes(sum(not draft.barcode for draft in drafts)))
        keys = reserve_ids(Copy, len(drafts))
        rows = []
        for key, draft in zip(keys, drafts, strict=True):
            disc = discs[draft.title, draft.medium][draft.number]
            withdrawn_at = draft.withdrawn_on and begins(draft.withdrawn_on)
            where = draft.row.cell("shelf"), self._acquired(draft), withdrawn_at, f"Brought in from {self.shop}"
            rows.append((key, disc, draft.barcode or next(codes), *where))
        copy_rows(Copy, COLUMNS, rows)
        self.known.remember([draft.row for draft in drafts], keys)

    def _acquired(self, draft):
        """It was there on the day it first went out, whatever its row says."""
        days = (draft.acquired_on, self.first_days.get(draft.row.key), draft.withdrawn_on)
        return min((day for day in days if day), default=self.today)
