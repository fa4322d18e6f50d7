"""What one value of a cell can be: how it is read, checked against what the catalogue has, printed and stored.

Each kind reads text into a plain value (`parse`), names what must be looked up for it (`wanted`), and after that turns
it into the value as we print it (`settle`). `None` and "" are empty.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from catalogue.models import Certificate
from catalogue.rules import FIRST_YEAR, LAST_YEAR, SLUG
from catalogue.sheets.cells import UNSEEN, DateText, Refused, one_newline, short
from catalogue.sheets.dates import loose_date
from catalogue.sheets.near import did_you_mean

YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
WHOLE = re.compile(r"-?\d{1,15}(?:\.0+)?", re.ASCII)


@dataclass(frozen=True)
class Atom:
    needed: bool = False
    empty = ""

    def read(self, text):
        """The value that `text` says. Raises Refused."""
        if not text:
            if self.needed:
                raise Refused("This cannot be empty.")
            return self.empty
        return self.parse(text)

    def parse(self, text):
        return text

    def wanted(self, value):
        """(kind, key) of what must be looked up for `value`, or None."""
        return None

    def settle(self, value, known):
        return value

    def text(self, value):
        return "" if value is None else str(value)

    def stored(self, value, known):
        """What stands in the column of the table."""
        return value

    def of(self, row, name):
        return getattr(row, name)

    def attname(self, name):
        return name


@dataclass(frozen=True)
class Text(Atom):
    most: int = 300

    def parse(self, text):
        if isinstance(text, DateText):
            raise Refused(f"A spreadsheet made a date ({text}) of this. Format the cell as text and write it again.")
        if len(text) > self.most:
            raise Refused(f"This has {len(text):,} letters; at most {self.most:,} fit.")
        if UNSEEN.search(text):
            raise Refused("There are signs that cannot be seen or turn the direction of writing: write it anew.")
        return text

    def of(self, row, name):
        return one_newline(getattr(row, name))


@dataclass(frozen=True)
class Slug(Text):
    most: int = 200

    def parse(self, text):
        text = super().parse(text)
        if not re.fullmatch(SLUG, text):
            raise Refused(f"“{short(text)}” is no address: small letters, digits and single hyphens.")
        return text


@dataclass(frozen=True)
class Url(Text):
    most: int = 500

    def parse(self, text):
        text = super().parse(text)
        if not re.match(r"https?://[^\s/]+", text):
            raise Refused(f"“{short(text)}” is no address that starts with https://.")
        return text


@dataclass(frozen=True)
class Whole(Atom):
    """A whole number; spreadsheets may have made 1957.0 of it."""

    least: int = 0
    most: int = 32767
    what: str = "number"
    empty = None

    def parse(self, text):
        bare = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text
        if not WHOLE.fullmatch(bare):
            raise Refused(f"“{short(text)}” is no {self.what}: write digits alone.")
        value = int(bare.partition(".")[0])
        if not self.least <= value <= self.most:
            raise Refused(f"The {self.what} lies between {self.least} and {self.most}, not at {value}.")
        return value


def year(needed=False):
    return Whole(needed=needed, least=FIRST_YEAR, most=LAST_YEAR, what="year")


def minutes():
    return Whole(least=1, most=6000, what="length in minutes")


@dataclass(frozen=True)
class Ratio(Atom):
    empty = None

    def parse(self, text):
        try:
            value = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise Refused(f"“{short(text)}” is no ratio: write 1.33.") from None
        if not value.is_finite() or not Decimal("0.5") <= value <= 5:
            raise Refused(f"A picture is between 0.5 and 5 times as wide as high, not {short(text)}.")
        return value.quantize(Decimal("0.01"))


@dataclass(frozen=True)
class LooseDate(Atom):
    def parse(self, text):
        return loose_date(text)


@dataclass(frozen=True)
class Day(Atom):
    empty = None

    def parse(self, text):
        value = loose_date(text)
        if len(value) < 10:
            raise Refused(f"“{short(text)}” names no day: write 1957-10-12.")
        return value

    def of(self, row, name):
        value = getattr(row, name)
        return value and value.isoformat()


@dataclass(frozen=True)
class YesNo(Atom):
    empty: bool | None = False

    def parse(self, text):
        word = text.casefold()
        if word not in YES | NO:
            raise Refused(f"“{short(text)}” is neither yes nor no.")
        return word in YES

    def text(self, value):
        return "" if value is None else "yes" if value else "no"


@dataclass(frozen=True)
class Choice(Atom):
    choices: tuple = ()
    default: str = ""

    @property
    def empty(self):
        return self.default

    def parse(self, text):
        found = next((choice for choice in self.choices if choice.casefold() == text.casefold()), None)
        if found is None:
            hint = did_you_mean(text, self.choices)
            raise Refused(f"“{short(text)}” is not known.{hint} Choose one of: {', '.join(self.choices)}.")
        return found


@dataclass(frozen=True)
class Code(Atom):
    """A language or a country: its code, or its name."""

    kind: str = "language"
    empty = None

    def settle(self, value, known):
        return value and known.code(self.kind, value)

    def of(self, row, name):
        return getattr(row, f"{name}_id")

    def attname(self, name):
        return f"{name}_id"


@dataclass(frozen=True)
class Named(Atom):
    """A genre, a company …, by its name however it is spelled."""

    model: type = None
    empty = None

    def parse(self, text):
        return Text().parse(text)

    def wanted(self, value):
        return value and (self.model, value)

    def settle(self, value, known):
        return value and known.name(self.model, value)

    def stored(self, value, known):
        return value and known.id(self.model, value)

    def of(self, row, name):
        named = getattr(row, name)
        return named and named.name

    def attname(self, name):
        return f"{name}_id"


@dataclass(frozen=True)
class Addressed(Named):
    """A title or a person, by the address of its page."""

    def parse(self, text):
        return Slug().parse(text.rstrip("/").rpartition("/")[2])

    def settle(self, value, known):
        return value and known.slug(self.model, value)

    def stored(self, value, known):
        return value and known.by_slug[self.model][value].pk

    def of(self, row, name):
        named = getattr(row, name)
        return named and named.slug


@dataclass(frozen=True)
class Rating(Atom):
    """A certificate: its system and its value; the value alone is the BBFC's."""

    empty = None

    def parse(self, text):
        system, _, value = text.partition("|") if "|" in text else text.rpartition(" ")
        system, value = system.strip() or "BBFC", value.strip()
        if not value or max(len(system), len(value)) > 20:
            raise Refused(f"“{short(text)}” is no certificate: write BBFC 12, or FSK 16.")
        return Text(most=20).parse(system), Text(most=20).parse(value)

    def wanted(self, value):
        return value and (Certificate, value)

    def settle(self, value, known):
        return value and known.certificate(value)

    def text(self, value):
        if not value:
            return ""
        return " | ".join(value) if any(" " in part for part in value) else " ".join(value)

    def stored(self, value, known):
        return value and known.certificates[value]

    def of(self, row, name):
        rating = getattr(row, name)
        return rating and (rating.system, rating.value)

    def attname(self, name):
        return f"{name}_id"
