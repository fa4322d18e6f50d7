"""Members of a shop: who they are, where their discs go, and which plan they are on.

Nobody is written to, and nobody has a password: with the page for a forgotten one a member makes the first. Until
somebody who reads the address has done that nobody can sign in, so the address counts as confirmed.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import timezone

from catalogue.importers.copying import copy_rows, reserve_ids
from members.models import Address, Member
from members.profile_forms import LINE, Postcode, initials
from rentals.shop_import.cells import begins, day_in, yes_in
from rentals.shop_import.known import Known
from rentals.shop_import.report import ALREADY_HERE, BROUGHT_IN
from rentals.shop_import.rows import Unfit, first_ones

COLUMNS = ["id", "password", "email", "handle", "shown_as", "is_staff", "is_superuser", "is_active", "joined_at"]
COLUMNS += ["keeps_history"]
BRITISH = ("", "united kingdom", "uk", "gb", "great britain", "england", "scotland", "wales", "northern ireland")
OF_AGE = 18
ADDRESS = ("line_1", "line_2", "town", "postcode")
UNDER_AGE, BAD_EMAIL, TAKEN, ABROAD = "under age", "bad e-mail", "e-mail taken", "not in the UK"
BAD_ADDRESS = "not an address of the UK"


class Members:
    """The step for members."""

    def __init__(self, shop, now, report):
        self.now, self.today, self.report = now, timezone.localdate(now), report
        self.known = Known(shop, "member", report)
        self.born = {}  # {id in the shop: day of birth}, which is not kept

    def bring_in(self, rows, progress):
        """Write those that are new; {id in the shop: member's key} of all that are here."""
        rows = list(first_ones(rows, self.report))
        self._learn_ages(rows)
        new = list(self.known.new(rows))
        self._look_up(new)
        fit = [row for row in new if self._fits(row)]
        self._write([row for row in fit if self._email(row) not in self.accounts])
        self._find([row for row in fit if self._email(row) in self.accounts])
        self._addresses([row for row in rows if row.key in self.known.here])
        progress(len(rows))
        return self.known.here

    def _learn_ages(self, rows):
        for row in rows:
            try:
                self.born[row.key] = day_in(row, "born_on", until=self.today)
            except Unfit:
                continue  # it is rejected with its row

    # ------------------------------------------------------------------ each row by itself
    def _email(self, row):
        return row.cell("email").lower()

    def _look_up(self, rows):
        """Accounts with these addresses, and whether their owners confirmed them: two queries for all."""
        emails = [self._email(row) for row in rows]
        accounts = Member.objects.alias(small=Lower("email")).filter(small__in=emails)
        self.accounts = {email.lower(): pk for email, pk in accounts.values_list("email", "pk")}
        confirmed = EmailAddress.objects.filter(user__in=self.accounts.values(), verified=True)
        self.confirmed = {(pk, email.lower()) for pk, email in confirmed.values_list("user_id", "email")}
        self.emails = {}  # {address: the row that has it}

    def _fits(self, row):
        try:
            self._check(row)
        except Unfit as refusal:
            self.report.reject(row, refusal)
            return False
        self.emails[self._email(row)] = row
        return True

    def _check(self, row):
        self._check_email(row)
        born = day_in(row, "born_on", until=self.today)
        if born and years_between(born, self.today) < OF_AGE:
            raise Unfit(
                UNDER_AGE, f"Member {row.key} is under {OF_AGE}: we post discs to people of {OF_AGE} or over only."
            )
        if not row.cell("name"):
            raise Unfit("no name", f"Member {row.key} has no name. Write the one for the envelope.")
        yes_in(row, "active")
        day_in(row, "joined_on", until=self.today)

    def _check_email(self, row):
        email = self._email(row)
        try:
            validate_email(email)
        except ValidationError:
            what = f"Member {row.key} has the e-mail address “{row.cell('email')}”, which is none. Put it right."
            raise Unfit(BAD_EMAIL, what) from None
        if len(email) > Member._meta.get_field("email").max_length:
            raise Unfit(BAD_EMAIL, f"The e-mail address of member {row.key} is too long.")
        if other := self.emails.get(email):
            raise Unfit(
                TAKEN, f"Member {row.key} has the e-mail address of member {other.key}. Make them one, or put it right."
            )
        if (pk := self.accounts.get(email)) and (pk, email) not in self.confirmed:
            what = f"Somebody has an account with the e-mail address of member {row.key} and has not confirmed it."
            raise Unfit(TAKEN, f"{what} Ask them to, or delete that account, and import again.")

    # ------------------------------------------------------------------ writing
    def _write(self, rows):
        keys = reserve_ids(Member, len(rows))
        copy_rows(Member, COLUMNS, [(key, *self._values(row)) for key, row in zip(keys, rows, strict=True)])
        emails = [(self._email(row), True, True, key) for row, key in zip(rows, keys, strict=True)]
        copy_rows(EmailAddress, ["email", "verified", "primary", "user"], emails)
        self.known.remember(rows, keys)

    def _values(self, row):
        joined = day_in(row, "joined_on")
        shown_as = initials(row.cell("name")) or "A member"
        nobody = (False, False, yes_in(row, "active"))
        joined_at = begins(joined) if joined else self.now
        return make_password(None), self._email(row), Member().handle, shown_as, *nobody, joined_at, False

    def _find(self, rows):
        """They have an account here with that address: it is the same person."""
        self.known.remember(rows, [self.accounts[self._email(row)] for row in rows], ALREADY_HERE)

    # ------------------------------------------------------------------ addresses
    def _addresses(self, rows):
        """Give those without an address the one of their row; one that the post cannot use is rejected by itself."""
        rows = [row for row in rows if any(row.cell(name) for name in ADDRESS)]
        keys = [self.known.here[row.key] for row in rows]
        there = set(Address.objects.filter(member__in=keys).values_list("member", flat=True))
        new = {}
        for row, key in zip(rows, keys, strict=True):
            try:
                lines = address_of(row)
            except Unfit as refusal:
                self.report.reject(row, refusal, kind="address")
                continue
            self.report.add("address", ALREADY_HERE if key in there or key in new else BROUGHT_IN)
            if key not in there:
                new.setdefault(key, Address(member_id=key, changed_at=self.now, **lines))
        Address.objects.bulk_create(new.values(), batch_size=5000)


def address_of(row):
    """The fields of an Address, as a label prints them. Raises Unfit with all that was said: nothing else keeps it."""
    lines = {"name": row.cell("name")} | {name: row.cell(name) for name in ADDRESS}
    said = ", ".join(text for text in (*lines.values(), row.cell("country")) if text)
    whose = f"The address of member {row.key} ({said})"
    if row.cell("country").lower() not in BRITISH:
        raise Unfit(ABROAD, f"{whose} is in {row.cell('country')}; we post in the United Kingdom only.")
    try:
        lines["postcode"] = Postcode().clean(lines["postcode"])
    except ValidationError:
        raise Unfit(BAD_ADDRESS, f"{whose} has no postcode of the UK. Put it right here, or ask the member.") from None
    if not lines["line_1"] or not lines["town"]:
        raise Unfit(BAD_ADDRESS, f"{whose} lacks a street or a town. Put it right here, or ask the member.")
    if longest := [text for text in lines.values() if len(text) > LINE]:
        raise Unfit(BAD_ADDRESS, f"{whose} has a line of more than {LINE} letters, “{longest[0]}”. Shorten it here.")
    return lines


def years_between(born, day):
    """How old somebody born on `born` is on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
