"""What the cells of each list of a release mean. A short form is written wherever it reads back as the same row."""

import re
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from django.core.exceptions import ValidationError

from catalogue import models
from catalogue.admin.lines import cells
from catalogue.models.releases import AudioKind, ExtraKind
from catalogue.rules import FIRST_YEAR, LAST_YEAR

CODE = re.compile(r"\(([a-z]{2,3})\)")
HARD_OF_HEARING = re.compile(
    r"\s*(?:\((?:for the )?hard[ -]of[ -]hearing\)|\((?:sdh|hoh)\)|for the hard[ -]of[ -]hearing)$", re.IGNORECASE
)
RATIO = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*:\s*(\d+(?:[.,]\d+)?)")
DISC = re.compile(r"(?:disc\s*)?(\d{1,3})", re.IGNORECASE)
LEAST, MOST = Decimal("0.5"), Decimal(5)
NO_KIND = f"the fourth part is the kind ({', '.join(AudioKind.values)}), and a note comes after it"
BARCODE = re.compile(r"(?:(?:ean|upc)\b[\s:]*)?([0-9](?:[\s-]?[0-9]){11,12})", re.IGNORECASE)
BARCODES = {13: "ean", 12: "upc"}
FACTS = (
    ("year", re.compile(r"(\d{4})"), FIRST_YEAR, LAST_YEAR),
    ("minutes", re.compile(r"(\d{1,5})\s*(?:min|mins|minutes|m|')\.?"), 1, 6000),
    ("disc_number", re.compile(r"disc\s*(\d{1,3})"), 1, 200),
)


class Misread(ValueError):
    """A line that says nothing we can read; the message says what to do."""


class Languages:
    """All languages, by code and by name."""

    def __init__(self, pairs):
        self.names = dict(pairs)
        self.codes = {}
        for code, name in self.names.items():
            self.codes.setdefault(name.strip().casefold(), code)

    @classmethod
    def known(cls):
        return cls(models.Language.objects.order_by("code").values_list("code", "name"))

    def read(self, text):
        """The code of what is written: a name, a code, or a code in brackets. None for nothing."""
        if not text:
            return None
        marked = CODE.fullmatch(text)
        if marked and marked[1] in self.names:
            return marked[1]
        folded = text.casefold()
        if code := self.codes.get(folded) or (folded if folded in self.names else None):
            return code
        raise Misread(f"no language is called “{text}”.{self._meant(text)}")

    def write(self, code):
        """The name of a language, or its code in brackets where the name means another or none."""
        if code is None:
            return ""
        try:
            return self.names[code] if self.read(self.names[code]) == code else f"({code})"
        except Misread:
            return f"({code})"

    def _meant(self, text):
        near = get_close_matches(text.casefold(), self.codes, 1, 0.6)
        return f" Did you mean {self.names[self.codes[near[0]]]}?" if near else " Write its English name."


class Grammar:
    """One of a release's lists. Subclasses say what cells mean (`read_cells`) and how a row is told (`tellings`)."""

    model = None
    once = ()  # fields that no two rows share
    twice = ""

    def read(self, line, languages, before):
        """The rows of a line that follows the rows `before`: one, or more where commas part them. Raises Misread."""
        rows = []
        for row in self.read_cells(cells.part(line), languages, before):
            self._check(row)
            if self.once and self._key(row) in map(self._key, [*before, *rows]):
                raise Misread(self.twice)
            rows.append(row)
        return rows

    def write(self, row, languages, before):
        """The first telling that reads back as the row; the last always does."""
        *short, full = (cells.join(telling) for telling in self.tellings(row, languages))
        return next((line for line in short if self._reads_as(line, row, languages, before)), full)

    def _reads_as(self, line, row, languages, before):
        try:
            return bool(line) and self.read_cells(cells.part(line), languages, before) == [row]
        except Misread:
            return False

    def _key(self, row):
        return tuple(row[field] for field in self.once)

    def _check(self, row):
        """Raises Misread if the row does not fit its columns."""
        try:
            self.model(**row).clean_fields(exclude=["release", "position", "language"])
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise Misread(f"the {name.replace('_', ' ')} does not fit: {' '.join(messages)}") from None


class Ratios(Grammar):
    """As printed | as a number, which is left off where the print says it."""

    model = models.AspectRatio

    def read_cells(self, said, languages, before):
        printed, number = _exactly(said, 2, "“1.37:1”, or “as printed | 1.37”")
        if not printed:
            raise Misread("write the shape as printed first, as “1.37:1”.")
        return [{"printed": printed, "ratio": _as_number(number) if number else _ratio_in(printed)}]

    def tellings(self, row, languages):
        yield [row["printed"]]
        yield [row["printed"], "-" if row["ratio"] is None else str(row["ratio"])]


class AudioTracks(Grammar):
    """Language | codec | channels | kind | note. The kind may come sooner, and is left off for an original track."""

    model = models.AudioTrack

    def read_cells(self, said, languages, before):
        at = _place_of_kind(said)
        told, after = (said[1:at], said[at:]) if at else (said[1:], [])
        codec, channels = _exactly(told, 2, "“English | Dolby Digital | 5.1 | dub | note”", NO_KIND)
        kind, note = _exactly(after, 2, "“English | Dolby Digital | 5.1 | dub | note”")
        if kind and kind.casefold() not in AudioKind.values:
            raise Misread(f"“{kind}” is no kind of sound track: {NO_KIND}.")
        track = {"language_id": languages.read(said[0]), "codec": codec, "channels": channels}
        return [track | {"kind": kind.casefold() or AudioKind.ORIGINAL.value, "note": note}]

    def tellings(self, row, languages):
        language = languages.write(row["language_id"])
        yield [language, row["codec"], row["channels"]]
        yield [language, *filter(None, (row["codec"], row["channels"])), row["kind"], row["note"]]
        yield [language, row["codec"], row["channels"], row["kind"], row["note"]]


class Subtitles(Grammar):
    """A language, with “(hard of hearing)” after it or not; several with commas between."""

    model = models.SubtitleTrack
    once, twice = ("language_id", "hard_of_hearing"), "these subtitles are there already: take the line out."

    def read_cells(self, said, languages, before):
        (words,) = _exactly(said, 1, "one language")
        parts = re.split(r"\s*[,;]\s*", words)
        try:
            return [self._track(words, languages)]
        except Misread:
            if len(parts) == 1:
                raise
        return [self._track(each, languages) for each in parts if each]

    def tellings(self, row, languages):
        after = " (hard of hearing)" if row["hard_of_hearing"] else ""
        yield [languages.write(row["language_id"]) + after]
        yield [f"({row['language_id']}){after}"]

    @staticmethod
    def _track(words, languages):
        plain = HARD_OF_HEARING.sub("", words)
        language = languages.read(plain)
        if language is None:
            raise Misread("name the language first, as “English (hard of hearing)”.")
        return {"language_id": language, "hard_of_hearing": plain != words}


class Discs(Grammar):
    """A label; “Disc 2” where there is none, and “Disc 2 | label” where the number is not the next."""

    model = models.Disc
    once, twice = ("number",), "there is a disc of that number already: give another."

    def read_cells(self, said, languages, before):
        first, label = _exactly(said, 2, "“Bonus”, “Disc 2” or “Disc 2 | Bonus”")
        numbered = DISC.fullmatch(first)
        if not numbered and label:
            raise Misread("write the number before the label, as “Disc 2 | Bonus”.")
        number = int(numbered[1]) if numbered else max((row["number"] for row in before), default=0) + 1
        if not 1 <= number <= 200:
            raise Misread("discs are numbered from 1 to 200.")
        return [{"number": number, "label": label if numbered else first}]

    def tellings(self, row, languages):
        yield [row["label"]] if row["label"] else []
        yield [f"Disc {row['number']}", row["label"]]


class Extras(Grammar):
    """Name | kind | year | length | disc, of which all but the name may be left off."""

    model = models.Extra

    def read_cells(self, said, languages, before):
        row = {"name": said[0], "kind": ExtraKind.OTHER.value, "year": None, "minutes": None, "disc_number": None}
        if not said[0]:
            raise Misread("write the name of the extra first.")
        found = [_of_extra(cell) for cell in said[1:] if cell]
        if len(dict(found)) < len(found):
            raise Misread("it says one thing twice: keep one kind, one year, one length and one disc.")
        return [row | dict(found)]

    def tellings(self, row, languages):
        yield [
            row["name"],
            *([row["kind"]] if row["kind"] != ExtraKind.OTHER else []),
            *([str(row["year"])] if row["year"] else []),
            *([f"{row['minutes']} min"] if row["minutes"] else []),
            *([f"disc {row['disc_number']}"] if row["disc_number"] else []),
        ]


class Identifiers(Grammar):
    """Scheme | value; 13 digits alone are an EAN, 12 a UPC."""

    model = models.ReleaseIdentifier
    once, twice = ("scheme", "value"), "this number is there already: take the line out."

    def read_cells(self, said, languages, before):
        first, value = _exactly(said, 2, "“ean | 5050582415876”")
        if not value and (found := BARCODE.fullmatch(first)):
            digits = re.sub(r"[\s-]", "", found[1])
            return [{"scheme": BARCODES[len(digits)], "value": digits}]
        if not (first and value):
            raise Misread("an EAN has 13 digits and a UPC 12; write other numbers as “scheme | number”.")
        return [{"scheme": first, "value": value}]

    def tellings(self, row, languages):
        yield [row["value"]]
        yield [row["scheme"], row["value"]]


LISTS = {
    "aspect_ratios": Ratios(),
    "audio_tracks": AudioTracks(),
    "subtitle_tracks": Subtitles(),
    "discs": Discs(),
    "extras": Extras(),
    "identifiers": Identifiers(),
}


def _exactly(said, number, shape, too_many="there are too many bars"):
    """The cells, as many as `number`; those left off are empty."""
    if len(said) > number and any(said[number:]):
        raise Misread(f"{too_many}: write {shape}. A bar within a name is written \\|.")
    return [*said, *[""] * number][:number]


def _as_number(text):
    if text == "-":
        return None
    try:
        number = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Misread(f"“{text}” is no number: write the shape as 1.37, or “-” if it has none.") from None
    if not LEAST <= number <= MOST:
        raise Misread("a picture is between 0.5 and 5 times as wide as high.")
    return number


def _ratio_in(printed):
    """The number that the print tells, "16:9" or "1.85:1"; None if it tells none."""
    if not (found := RATIO.search(printed)):
        return None
    across, down = (Decimal(side.replace(",", ".")) for side in found.groups())
    number = (across / down).quantize(Decimal("0.01")) if down else Decimal(0)
    return number if LEAST <= number <= MOST else None


def _place_of_kind(said):
    """Which cell tells the kind of a sound track: the fourth if all are there, else the first that can; 0: none."""
    if len(said) > 4 or (len(said) == 4 and said[3].casefold() in AudioKind.values):
        return 3
    return next((place for place, cell in enumerate(said) if place and cell.casefold() in AudioKind.values), 0)


def _of_extra(cell):
    """(field, value) that a cell after the name tells."""
    folded = cell.casefold()
    if folded in ExtraKind.values:
        return "kind", folded
    for field, shape, least, most in FACTS:
        if told := shape.fullmatch(folded):
            return field, _between(int(told[1]), least, most, cell)
    kinds = ", ".join(ExtraKind.values)
    raise Misread(
        f"“{cell}” is no kind ({kinds}), no year (2004), no length (25 min) and no disc (disc 2): change or remove it."
    )


def _between(number, least, most, cell):
    if not least <= number <= most:
        raise Misread(f"“{cell}” is not between {least} and {most}: change or remove it.")
    return number
