"""The smallest valid rows. Each function takes fields by name and makes the rows it needs only where none is given.

Names, slugs and barcodes are unique, also beside those of the demo; a row of an ordered list goes to its end.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from catalogue import models as catalogue
from members import models as members
from members import two_factor
from members.models import Member
from rentals import models as rentals
from rentals import ranks
from rentals.models import Copy, Plan, QueueEntry, Rental
from reviews import models as reviews

DAY = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP"  # of an authenticator app
_numbers = count(1)


def _row(model, fields, **defaults):
    """A new row of `model` with `fields`, and `defaults` where they say nothing; a function makes its own row."""
    given = {name.removesuffix("_id") for name in fields}
    missing = {name: value for name, value in defaults.items() if name.removesuffix("_id") not in given}
    made = {name: value() if callable(value) else value for name, value in missing.items()}
    return model.objects.create(**made, **fields)


def _named(model, word, fields):
    number = next(_numbers)
    return _row(model, fields, slug=f"{word.lower().replace(' ', '-')}-{number}", name=f"{word} {number}")


def _in_list(model, owner, fields, **defaults):
    """A new row at the end of the list that `owner` ("title", "release", "extra") has."""
    row = fields.pop(owner, None) or OWNERS[owner]()
    last = model.objects.filter(**{owner: row}).order_by("position").last()
    fields.setdefault("position", last.position + 1 if last else 1)
    return _row(model, {owner: row, **fields}, **defaults)


# ------------------------------------------------------------------ sheets
def make_sheet_import(**fields):
    return _row(catalogue.SheetImport, fields, kind="titles", name="titles.csv", sent_at=NOON)


def make_sheet_row(**fields):
    return _row(catalogue.SheetRow, fields, sheet=make_sheet_import, number=2, outcome="new")


# ------------------------------------------------------------------ titles
def make_title(*, name="A film", year=1957, **fields):
    return _row(catalogue.Title, {"name": name, "year": year, **fields}, slug=f"a-film-{next(_numbers)}")


def make_title_name(**fields):
    return _in_list(catalogue.TitleName, "title", fields, name=f"Name {next(_numbers)}")


def make_title_language(**fields):
    return _in_list(catalogue.TitleLanguage, "title", fields, language_id="ru")


def make_title_country(**fields):
    return _in_list(catalogue.TitleCountry, "title", fields, country_id="SU")


def make_title_genre(**fields):
    return _in_list(catalogue.TitleGenre, "title", fields, genre=make_genre)


def make_title_collection(**fields):
    return _in_list(catalogue.TitleCollection, "title", fields, collection=make_collection)


def make_title_company(**fields):
    return _in_list(catalogue.TitleCompany, "title", fields, company=make_company)


def make_credit(**fields):
    return _in_list(
        catalogue.Credit, "title", fields, person=make_person, role="director", printed_name="Mikhail Kalatozov"
    )


def make_award(**fields):
    return _in_list(catalogue.Award, "title", fields, body=make_award_body, year=1958, prize=f"Prize {next(_numbers)}")


def make_event(**fields):
    return _in_list(catalogue.ReleaseEvent, "title", fields, kind="premiere", date="1957-10-12")


def make_box_office(**fields):
    return _in_list(catalogue.BoxOffice, "title", fields, currency="USD", amount=1000)


def make_offer(**fields):
    return _in_list(catalogue.Offer, "title", fields, provider=make_provider, kind="rent", url="https://example.org/")


def make_title_on_disc(**fields):
    """A title that can be rented."""
    return make_release(title=make_title(**fields)).title


def make_similar_title(**fields):
    return _in_list(catalogue.SimilarTitle, "title", fields, other=make_title_on_disc)


def make_popular_title(**fields):
    position = catalogue.PopularTitle.objects.count() + 1
    return _row(catalogue.PopularTitle, fields, title=make_title, position=position)


def make_shelf_title(**fields):
    return _row(catalogue.ShelfTitle, fields, **_of(fields), shelf="popular", position=next(_numbers), title=make_title)


def make_shelf_count(**fields):
    return _row(catalogue.ShelfCount, fields, **_of(fields), decade=1950, titles=1)


def _of(fields):
    """A genre, unless `fields` say whose it is."""
    return {} if {"genre", "country", "country_id"} & fields.keys() else {"genre": make_genre}


def make_title_identifier(**fields):
    return _row(catalogue.TitleIdentifier, fields, title=make_title, scheme="imdb", value=f"tt{next(_numbers)}")


def make_former_title_slug(**fields):
    return _row(catalogue.FormerTitleSlug, fields, title=make_title, slug=f"was-{next(_numbers)}")


def make_not_the_same(**fields):
    return _row(catalogue.NotTheSame, fields, kind="title", first=1, second=2)


def make_imported_record(**fields):
    return _row(
        catalogue.ImportedRecord,
        fields,
        title=make_title,
        source="us-films",
        key=f"{next(_numbers)}",
        digest=b"\0" * 16,
    )


def make_wanted_search(**fields):
    return _row(catalogue.WantedSearch, fields, folded=f"zz{next(_numbers)}", typed="Zz", visitors=1, last_on=DAY)


def make_wanted_day(**fields):
    return _row(catalogue.WantedDay, fields, search=make_wanted_search, day=DAY, visitors=1)


# ------------------------------------------------------------------ people
def make_person(**fields):
    return _named(catalogue.Person, "Person", fields)


def make_person_alias(**fields):
    return _row(catalogue.PersonAlias, fields, person=make_person, name=f"Alias {next(_numbers)}")


def make_person_identifier(**fields):
    return _row(catalogue.PersonIdentifier, fields, person=make_person, scheme="imdb", value=f"nm{next(_numbers)}")


def make_former_person_slug(**fields):
    return _row(catalogue.FormerPersonSlug, fields, person=make_person, slug=f"was-{next(_numbers)}")


# ------------------------------------------------------------------ releases
def make_release(*, medium="dvd", **fields):
    slug = f"{medium}-{next(_numbers)}"
    return _in_list(catalogue.Release, "title", {"medium": medium, **fields}, slug=slug)


def make_release_identifier(**fields):
    return _row(catalogue.ReleaseIdentifier, fields, release=make_release, scheme="ean", value=f"{next(_numbers)}")


def make_disc(*, number=1, **fields):
    return _row(catalogue.Disc, {"number": number, **fields}, release=make_release)


def make_aspect_ratio(**fields):
    return _in_list(catalogue.AspectRatio, "release", fields, printed="1.37:1")


def make_audio_track(**fields):
    return _in_list(catalogue.AudioTrack, "release", fields)


def make_subtitle_track(**fields):
    return _in_list(catalogue.SubtitleTrack, "release", fields, language_id="en")


def make_extra(**fields):
    return _in_list(catalogue.Extra, "release", fields, name=f"Extra {next(_numbers)}")


def make_extra_person(**fields):
    return _in_list(catalogue.ExtraPerson, "extra", fields, person=make_person)


OWNERS = {"title": make_title, "release": make_release, "extra": make_extra}


# ------------------------------------------------------------------ words
def make_genre(**fields):
    return _named(catalogue.Genre, "Genre", fields)


def make_collection(**fields):
    return _named(catalogue.Collection, "Collection", fields)


def make_company(**fields):
    return _named(catalogue.Company, "Company", fields)


def make_award_body(**fields):
    return _named(catalogue.AwardBody, "Award body", fields)


def make_provider(**fields):
    return _named(catalogue.Provider, "Provider", fields)


def make_certificate(**fields):
    return _row(catalogue.Certificate, fields, system="BBFC", value=f"{next(_numbers)}")


def make_language(*, code, name="A language"):
    """A language besides those that migrations bring."""
    return catalogue.Language.objects.create(code=code, name=name)


def make_country(*, code, name="A country"):
    """A country besides those that migrations bring."""
    return catalogue.Country.objects.create(code=code, name=name)


# ------------------------------------------------------------------ members and what they say
def make_member(*, email=None, password=None, **fields):
    return Member.objects.create_user(email or f"member{next(_numbers)}@example.org", password, **fields)


def make_staff(*, secret=SECRET, **fields):
    """A member of staff with two-factor set up: an app that holds `secret`."""
    member = make_member(is_staff=True, **fields)
    two_factor.set_up(member, secret)
    return member


def make_rating(*, half_stars=7, **fields):
    return _row(
        reviews.Rating, {"half_stars": half_stars, **fields}, title=make_title, member=make_member, rated_on=DAY
    )


def make_ratings_brought_in(**fields):
    about = {"source": "Letterboxd", "changes": [], "brought_in_at": NOON}
    return _row(reviews.RatingsBroughtIn, fields, member=make_member, **about)


def make_review(**fields):
    said = {"headline": "A masterpiece", "body": "I wept.", "written_on": DAY}
    return _row(reviews.Review, fields, title=make_title, author=make_member, **said)


def make_vote(*, helpful=True, **fields):
    return _row(reviews.HelpfulVote, {"helpful": helpful, **fields}, review=make_review, voter=make_member)


def make_draft(**fields):
    return _row(reviews.ReviewDraft, fields, title=make_title, author=make_member, saved_at=NOON)


def make_title_draft(**fields):
    kept = {"data": {}, "number": 0, "saved_at": NOON}
    return _row(catalogue.TitleDraft, fields, member=make_member, title=make_title, form=uuid4, **kept)


def make_followed(**fields):
    return _row(catalogue.Followed, fields, deed=uuid4, table="reviews.rating", keys=[1], was={"half_stars": 7})


def make_want_to_see(**fields):
    return _row(reviews.WantToSee, fields, title=make_title, member=make_member, since=DAY)


def make_reader_choices(**fields):
    return _row(reviews.ReaderChoices, fields, member=make_member)


# ------------------------------------------------------------------ moderation
def make_step(**fields):
    """A step about a review, or about the `member` given."""
    about = {} if "member" in fields else {"review": make_review}
    return _row(reviews.ModerationStep, fields, verb="hold", at=NOON, **about)


def make_report(**fields):
    who = {"review": make_review, "reporter": make_member}
    return _row(reviews.Report, fields, reason="fake", reported_at=NOON, **who)


def make_reply(**fields):
    who = {"review": make_review, "written_by": make_member}
    return _row(reviews.StaffReply, fields, body="Thank you.", written_on=DAY, **who)


def make_withdrawn(**fields):
    return _row(reviews.Withdrawn, fields, title=make_title, author=make_member, what="Rejected", withdrawn_at=NOON)


def make_ban(*, member=None, **fields):
    member = member or make_member()
    fields.setdefault("step", make_step(member=member, verb="ban", reason="Not honest."))
    return _row(reviews.Ban, {"member": member, **fields}, since=NOON)


def make_vote_hold(*, voter=None, **fields):
    voter = voter or make_member()
    fields.setdefault("step", make_step(member=voter, verb="hold votes"))
    return _row(reviews.VoteHold, {"voter": voter, **fields}, author=make_member, since=NOON)


def make_chart_place(**fields):
    of = {} if "member" in fields else {"title": make_title}
    position = reviews.ChartPlace.objects.count() + 1
    return _row(reviews.ChartPlace, {"position": position, **fields}, chart="best", made_at=NOON, **of)


# ------------------------------------------------------------------ critics and scores elsewhere
def make_critic(**fields):
    return _named(reviews.Critic, "Critic", fields)


def make_publication(**fields):
    return _named(reviews.Publication, "Publication", fields)


def make_critic_review(*, fresh=True, **fields):
    who = {"critic": make_critic, "publication": make_publication}
    return _row(reviews.CriticReview, {"fresh": fresh, **fields}, title=make_title, added_on=DAY, **who)


def make_outside_source(**fields):
    return _named(reviews.OutsideSource, "Source", fields)


def make_outside_score(**fields):
    score = {"liked_percent": 93, "ratings": 2500, "as_of": DAY}
    return _row(reviews.OutsideScore, fields, title=make_title, source=make_outside_source, **score)


def make_outside_review(**fields):
    said = {"author": "Audience", "body": "I wept.", "written_on": DAY}
    return _row(reviews.OutsideReview, fields, title=make_title, source=make_outside_source, **said)


# ------------------------------------------------------------------ plans, stock, queues
def make_plan(**fields):
    terms = {"places_at_home": 1, "media": ["dvd"], "price_pence": 999, "position": Plan.objects.count() + 1}
    number = next(_numbers)
    return _row(Plan, fields, slug=f"plan-{number}", name=f"Plan {number}", **terms)


def make_copy(*, title=None, **fields):
    """A copy on the shelf: of `disc`, or of a new disc of `title`."""
    if title:
        fields["disc"] = make_disc(release=make_release(title=title))
    return _row(Copy, fields, disc=make_disc, barcode=f"F{next(_numbers):07}", acquired_on=DAY)


def make_copy_event(**fields):
    """A note to the passport of a copy, besides what the database wrote."""
    return _row(rentals.CopyEvent, fields, copy=make_copy, kind="passed", at=NOON)


def make_imported_row(**fields):
    """A copy that came in from another shop, unless `fields` say what else did."""
    copy = {} if fields.get("kind", "copy") != "copy" else {"copy": make_copy}
    return _row(
        rentals.ImportedRow, fields, shop="corner", kind="copy", key=f"{next(_numbers)}", digest=bytes(16), **copy
    )


def make_finding(**fields):
    return _row(rentals.Finding, fields, copy=make_copy, kind="cracked", code="K00000013", found_at=NOON)


def make_scan(**fields):
    moments = {"scanned_at": NOON, "received_at": NOON}
    return _row(rentals.Scan, fields, key=uuid4, code="K00000013", step="looked", by=make_staff, **moments)


def make_rental(*, title=None, **fields):
    """A copy (of `title`) allocated to a member, in the first place that is free."""
    member = fields.pop("member", None) or make_member()
    fields.setdefault("place", Rental.objects.open().filter(member=member).count() + 1)
    return _row(Rental, {"member": member, **fields}, copy=lambda: make_copy(title=title), allocated_at=NOON)


def make_order(**fields):
    """Five of an edition, ordered and not here."""
    return _row(rentals.Order, fields, release=make_release, quantity=5, supplier="Second Sight", ordered_on=DAY)


def make_out_of_print(**fields):
    return _row(rentals.OutOfPrint, fields, release=make_release, noted_on=DAY)


def make_queue_entry(**fields):
    member = fields.pop("member", None) or make_member()
    fields.setdefault("rank", ranks.last(QueueEntry.objects.filter(member=member)))
    return _row(QueueEntry, {"member": member, **fields}, title=make_title, asked_at=NOON)


# ------------------------------------------------------------------ rounds
LONG_AGO = NOON - timedelta(days=365)


def _moment():
    """An instant of its own, since there is one round for an instant."""
    return NOON - timedelta(seconds=next(_numbers))


def make_round_row(**fields):
    return _row(rentals.Round, fields, at=_moment, made_at=NOON, places=2, sent=0, passed_over=1)


def make_passed_over(**fields):
    """A request that came second for the only copy."""
    fields["entry"] = fields.get("entry") or make_queue_entry(claim_at=LONG_AGO)
    told = {"copies": 1, "proposed": 2, "turn": 2, "served": False}
    return _row(rentals.PassedOver, fields, round=make_round_row, disc=make_disc, **told)


def make_set_aside(**fields):
    return _row(rentals.SetAside, fields, round=make_round_row, entry=make_queue_entry, sent=make_queue_entry)


def make_idle_place(**fields):
    return _row(rentals.IdlePlace, fields, round=make_round_row, member=make_member, place=1, cause="queue too short")


# ------------------------------------------------------------------ accounts
def make_address(**fields):
    lines = {"name": "Ada Lovelace", "line_1": "12 St James's Square", "town": "London", "postcode": "SW1Y 4JH"}
    return _row(members.Address, fields, member=make_member, changed_at=NOON, **lines)


def make_message(**fields):
    said = {"to": "ada@example.org", "kind": "posted", "subject": "On its way", "text": "It is on its way."}
    return _row(members.Message, fields, key=f"posted-{next(_numbers)}", written_at=NOON, **said)


def make_muted_mail(**fields):
    return _row(members.MutedMail, fields, member=make_member, kind="short", muted_at=NOON)


def make_look(**fields):
    said = {"reason": "asked", "sentence": "Ada asked when it was posted.", "page": "/admin/rentals/rental/"}
    return _row(members.Look, fields, by=make_staff, whose=make_member, at=NOON, **said)


def make_sent_form(**fields):
    answer = {"location": "/queue/", "messages": []}
    return _row(members.SentForm, fields, member=make_member, key=uuid4, digest="0" * 64, answer=answer, sent_at=NOON)


def make_download(**fields):
    """A download that is being made."""
    return _row(members.Download, fields, member=make_member, asked_at=NOON)


# ------------------------------------------------------------------ memberships
def make_membership(**fields):
    """A member on a plan, confirmed and paid for a year; what is paid has an invoice."""
    since = {"asked_at": NOON, "confirmed_at": NOON, "paid_until": date(2027, 1, 4), "pay_day": 5}
    membership = _row(rentals.Membership, fields, member=make_member, plan=make_plan, **since)
    if membership.paid_until and membership.paid_until != membership.trial_until:
        first = min(DAY, membership.paid_until)
        make_invoice(membership=membership, first_day=first, last_day=membership.paid_until, paid_at=NOON)
    return membership


def make_membership_change(**fields):
    return _row(rentals.MembershipChange, fields, membership=make_membership, at=NOON, what="asked")


def make_invoice(**fields):
    days = {"first_day": DAY, "last_day": date(2026, 2, 4)}
    owed = {"amount_pence": 999, "for_what": "A month", "provider": "invoice", "issued_at": NOON}
    return _row(
        rentals.Invoice, fields, membership=lambda: make_membership(confirmed_at=None, paid_until=None), **days, **owed
    )


# ------------------------------------------------------------------ what members keep
def make_player(**fields):
    return _row(rentals.Player, fields, member=make_member, medium="dvd", regions=lambda: ["2"])


def make_member_language(**fields):
    return _row(rentals.MemberLanguage, fields, member=make_member, language_id="ru")


def make_access_needs(**fields):
    return _row(rentals.AccessNeeds, fields, member=make_member)


def make_two_at_once(**fields):
    return _row(rentals.TwoAtOnce, fields, member=make_member, release=make_release, asked_at=NOON)


def make_list(**fields):
    return _row(
        rentals.MemberList, fields, member=make_member, slug=f"list-{next(_numbers)}", name="A list", made_at=NOON
    )


def make_list_entry(**fields):
    owner = fields.pop("list", None) or make_list()
    fields.setdefault("rank", ranks.last(rentals.ListEntry.objects.filter(list=owner)))
    return _row(rentals.ListEntry, {"list": owner, **fields}, title=make_title, added_at=NOON)


def make_seen(**fields):
    return _row(rentals.Seen, fields, member=make_member, title=make_title, marked_at=NOON)


def make_problem(**fields):
    return _row(rentals.Problem, fields, rental=make_rental, kind="damaged", reported_at=NOON)
