"""What stands in the addresses that tests/roles.py asks for: people of each role, and one thing of each kind."""

import logging
from contextlib import contextmanager
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import override_settings
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue import history
from catalogue.admin.pictures import token_of
from catalogue.models import Country, Deed, Language, Title
from catalogue.pictures import Banner, Picture, Portrait, write
from members import links, looks, mail
from tests import factories as make
from tests.roles import ROLES, STAFF, Asker, addresses

PASSWORD = "four cranes over the river"


@contextmanager
def a_site(folder):
    """Who asks, and for what, in the database that is connected to; files go into `folder`."""
    with override_settings(MEDIA_ROOT=folder / "media", STATE_DIR=folder, EMAIL_FILE_PATH=folder / "mail"):
        people = make_people()
        askers = {role: Asker(people.get(role), PASSWORD) for role in ROLES}
        things = make_things(people["member"])  # after signing in, which makes a link to reset a password void
        logging.disable(logging.WARNING)  # each refusal is one
        yield SimpleNamespace(people=people, askers=askers, addresses=addresses(things))
        logging.disable(logging.NOTSET)


def make_people():
    """Two members on a plan, staff of each role with a second step."""
    people = {name: make.make_member(email=f"{name}@example.org", password=PASSWORD) for name in ("member", "other")}
    make.make_membership(member=people["other"])
    for role in STAFF:
        people[role] = make.make_staff(email=f"{role}@example.org", password=PASSWORD)
        people[role].groups.add(Group.objects.get(name=role))
    return people


def make_things(member):
    catalogue = _catalogue()
    own = _own(member, catalogue)
    rows = _rows(member, catalogue, own)
    return SimpleNamespace(
        rows=rows,
        parts=_of_pages(rows) | _public(catalogue) | _of_member(member, catalogue, own) | _of_cataloguers(),
        several=_of_several(member, catalogue.title),
        whole=_whole(own),
    )


# ------------------------------------------------------------------ things
def _catalogue():
    """A film on a set of two discs, with a person, a genre, a prize … each with a page."""
    title = make.make_title(name="The Cranes Are Flying")
    release = make.make_release(title=title)
    things = {
        "discs": [make.make_disc(release=release, number=number) for number in (1, 2)],
        "extra": make.make_extra(release=release),
        "person": make.make_credit(title=title).person,
        "genre": make.make_title_genre(title=title).genre,
        "collection": make.make_collection(picture="0" * 64),
        "company": make.make_title_company(title=title).company,
        "body": make.make_award(title=title, prize="Palme d’Or").body,
        "provider": make.make_offer(title=title).provider,
        "certificate": make.make_certificate(),
        "country": Country.objects.get(pk=make.make_title_country(title=title).country_id),
        "language": Language.objects.get(pk="ru"),
    }
    make.make_credit(title=make.make_title(), person=things["person"])  # two credits have a page
    make.make_title_collection(title=title, collection=things["collection"])
    return SimpleNamespace(title=title, release=release, **things)


def _own(member, catalogue):
    """What is the member's."""
    membership = make.make_membership(member=member)
    rental = make.make_rental(member=member, copy=make.make_copy(disc=catalogue.discs[0]), posted_at=make.NOON)
    entry = make.make_queue_entry(member=member, title=catalogue.title, disc=catalogue.discs[1])
    message = make.make_message(member=member, to=member.email)
    mail.send_soon(message)
    download = make.make_download(member=member, made_at=make.NOON)
    download.path.parent.mkdir(parents=True)
    download.path.write_bytes(b"PK")
    return SimpleNamespace(
        membership=membership,
        invoice=membership.invoices.get(),
        change=make.make_membership_change(membership=membership),
        passkey=Authenticator.objects.create(user=member, type="webauthn", data=_passkey()),
        new_address=EmailAddress.objects.create(user=member, email="new@example.org"),
        rental=rental,
        problem=make.make_problem(rental=rental),
        entry=entry,
        passed=make.make_passed_over(entry=make.make_queue_entry(member=member, claim_at=make.LONG_AGO)),
        message=message,
        download=download,
        rating=make.make_rating(member=member, title=catalogue.title),
        review=make.make_review(author=member, title=catalogue.title),
        reset=default_token_generator.make_token(member),
    )


def _passkey():
    """What is kept of a passkey, of which nobody has the other half."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(Aaguid.NONE, b"passkey", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AttestationObject.create("none", AuthenticatorData.create(b"\0" * 32, flags, 0, held), {})
    asked = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", "https://testserver")
    said = {"clientDataJSON": websafe_encode(asked), "attestationObject": websafe_encode(made)}
    key = websafe_encode(b"passkey")
    return {"name": "Key", "credential": {"id": key, "rawId": key, "type": "public-key", "response": said}}


def _deed():
    """A deed that can be undone."""
    with transaction.atomic(), history.deed("import", note="titles.xlsx") as key:
        make.make_title()
    return Deed.objects.get(pk=key)


# ------------------------------------------------------------------ where they stand
def _rows(member, catalogue, own):
    """{model of the admin: key of a row}"""
    rows = [
        *(catalogue.title, catalogue.release, catalogue.extra, catalogue.person, catalogue.genre, catalogue.collection),
        *(catalogue.company, catalogue.body, catalogue.provider, catalogue.certificate),
        *(catalogue.country, catalogue.language),
        *(member, own.passkey, own.message, own.membership, own.invoice, own.change, own.membership.plan),
        *(own.rental, own.rental.copy, own.problem, own.entry, own.rating, own.review),
        *(own.passed, own.passed.round, make.make_idle_place(member=member)),
        *(make.make_vote(review=own.review), make.make_publication(), make.make_critic(), make.make_critic_review()),
        *(make.make_outside_source(), make.make_outside_score(), make.make_outside_review()),
        *(make.make_step(review=own.review), make.make_report(), make.make_reply(review=own.review)),
        *(make.make_ban(), make.make_vote_hold()),
        *(Group.objects.get(name="desk"), ProcrastinateJob.objects.latest("pk")),
        *(_deed(), make.make_look(whose=member), make.make_sheet_import()),
    ]
    rows.append(make.make_wanted_day(visitors=3, search=make.make_wanted_search(visitors=3)).search)
    return {row._meta.label_lower.replace(".", "/"): row.pk for row in rows}


def _of_pages(rows):
    """{beginning of patterns: values} of the pages beside a row's own: of its history, a deed's, an import's."""
    return {
        f"admin/{model}/": {"object_id": key, "id": key, "number": 1, "key": key, "pk": key}
        for model, key in rows.items()
    }


def _of_cataloguers():
    return {
        "admin/members/look/why/": {"word": looks.sealed(make.make_member().pk)},
        "admin/catalogue/title/drafts/": {"pk": make.make_title_draft().pk},
        "admin/catalogue/title/chosen/": {"token": token_of("banner", "0" * 64)},
    }


def _public(things):
    """{beginning of patterns: values} of what everybody may see."""
    banner = Banner(things.collection.picture)
    write(banner.path("180.webp"), b"RIFF")
    picture = Picture.of(Title.objects.for_cards().get(pk=things.title.pk))
    size = {"size": "180.webp"}
    return {
        "titles/": {"slug": things.title.slug},
        "pictures/": {"slug": things.title.slug, "key": picture.key, **size},
        "portraits/": {"slug": things.person.slug, "key": Portrait(things.person.name, "").key, **size},
        "banners/": {"slug": things.collection.slug, "key": banner.key, **size},
        "people/": {"slug": things.person.slug},
        "collections/": {"slug": things.collection.slug},
        "genres/": {"slug": things.genre.slug},
        "countries/": {"code": things.country.pk.lower()},
        "awards/": {"slug": things.body.slug, "prize": "palme-dor"},
        "companies/": {"slug": things.company.slug},
        "critics/": {"slug": make.make_critic().slug},
        "publications/": {"slug": make.make_publication().slug},
        "charts/": {"chart": "best"},
        "sitemaps/": {"name": "pages", "number": 0},
        "previews/": {"kind": "titles", "slug": things.title.slug, "key": "0" * 24},
        "billing/": {"name": "invoice"},
        "queue/added/": {"key": things.title.pk},
        "plans/": {"slug": make.make_plan().slug},
        "account/plan/change/": {"slug": make.make_plan(places_at_home=2, price_pence=1499).slug},
        "admin/members/message/folder/": {"name": "letter.log"},
    }


def _of_member(member, catalogue, own):
    """{beginning of patterns: values} of what is the member's, or in an e-mail to the member."""
    link = links.token(links.RATING, member.pk, catalogue.title.pk)
    return {
        "account/privacy/downloads/": {"key": own.download.pk},
        "account/passkeys/": {"pk": own.passkey.pk},
        "account/plan/invoices/": {"key": own.invoice.pk},
        "queue/": {"key": own.entry.pk},
        "queue/sets/": {"key": catalogue.release.pk},
        "queue/rentals/": {"key": own.rental.pk},
        "desk/pick/": {"key": make.make_rental(member=make.make_address().member).pk},
        "desk/scans/": {"key": make.make_scan(step="packed", rental=own.rental, copy=own.rental.copy).pk},
        "desk/stock/": {"barcode": own.rental.copy.barcode, "verb": "move"},
        "desk/snags/": {"key": make.make_finding().pk},
        "desk/buying/": {"key": catalogue.release.pk},
        "desk/cards/": {"key": member.pk},
        "desk/orders/": {"key": make.make_order(release=catalogue.release).pk},
        "reviews/": {"key": own.review.pk},
        "reviewers/": {"handle": member.handle},
        "admin/reviews/moderationstep/queue/": {"key": own.review.pk},
        "confirm/": {"key": EmailConfirmationHMAC(own.new_address).key},
        "unsubscribe/": {"token": links.token(links.UNSUBSCRIBING, member.pk, "short")},
        "rate/": {"token": link},
        "next/": {"token": link, "entry": own.entry.pk},
    }


def _of_several(member, title):
    """{beginning of patterns: {whose: values}} of the member's two lists, and of what the admin leads to."""
    private = make.make_list(member=member, slug="private")
    public = make.make_list(member=member, slug="public", public=True)
    for each in (private, public):
        make.make_list_entry(list=each, title=title)
    return {
        "lists/<slug:handle>/": {
            each.slug: {"handle": member.handle, "slug": each.slug, "title": title.pk} for each in (private, public)
        },
        "admin/r/": {"private": _by_type(private), "title": _by_type(title)},
    }


def _by_type(row):
    return {"content_type_id": ContentType.objects.get_for_model(row).pk, "object_id": row.pk}


def _whole(own):
    """{pattern: address} where the pattern is no simple one, or more than its parts are asked for."""
    reset = f"/reset/{user_pk_to_url_str(own.membership.member)}-{own.reset}/"
    return {
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$": reset,
        "admin/^(?P<app_label>…)/$": "/admin/catalogue/",
        "admin/(?P<url>.*)$": "/admin/nowhere/",
        "admin/autocomplete/": "/admin/autocomplete/?app_label=catalogue&model_name=disc&field_name=release",
    }
