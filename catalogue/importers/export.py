"""The catalogue as Kinopost JSON Lines: the same bytes for the same facts (docs/import-format.md)."""

import json
from itertools import islice

from catalogue.importers import others, sections
from catalogue.importers.sections import filled
from catalogue.models import Role, Title

KINDS = (
    "plan",
    "collection",
    "genre",
    "country",
    "award_body",
    "publication",
    "critic",
    "source",
    "member",
    "person",
)
BATCH = 500
ROLES = Role.values


def export_lines():
    """Yield every record as a line of text: kinds in the order of the format's page, each by its key."""
    kinds = others.KINDS | sections.kinds()
    for kind in KINDS:
        _, read = kinds[kind]
        yield from map(_line, read())
    yield from map(_line, _title_records())


def _line(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _title_records():
    keys = Title.objects.order_by("slug").values_list("pk", flat=True).iterator()
    while batch := list(islice(keys, BATCH)):
        yield from _batch(batch)


def _batch(keys):
    rest = sections.read(keys)
    for title in Title.objects.filter(pk__in=keys).order_by("slug").for_export():
        yield read_title(title) | rest[title.pk]


def read_title(title):
    """The catalogue's keys of a title's record. `title` comes from `TitleQuerySet.for_export`."""
    return filled(
        record="title",
        slug=title.slug,
        name=title.name,
        kind=title.kind,
        year=title.year,
        lead=title.lead,
        synopsis=title.synopsis,
        runtime_minutes=title.runtime_minutes,
        certificate=_certificate(title),
        cover=filled(palette=title.cover_palette, motif=title.cover_motif, short_name=title.cover_short_name) or None,
        **_words(title),
        **_facts(title),
        releases=[_release(release) for release in _in_order(title.releases)],
    )


def _in_order(rows):
    return sorted(rows.all(), key=lambda row: row.position)


def _certificate(row):
    return row.certificate and {"system": row.certificate.system, "value": row.certificate.value}


def _words(title):
    names = _in_order(title.names)
    return {
        "languages": [row.language_id for row in _in_order(title.title_languages)],
        "countries": [row.country_id for row in _in_order(title.title_countries)],
        "genres": [row.genre.name for row in _in_order(title.title_genres)],
        "collections": [_collection(row) for row in _in_order(title.title_collections)],
        "names": [filled(name=n.name, language=n.language_id, script=n.script, kind=n.kind) for n in names],
        "credits": [_credit(credit) for credit in _in_billing_order(title.credits.all())],
        "companies": [{"role": c.role, "name": c.company.name} for c in _in_order(title.title_companies)],
    }


def _collection(row):
    return {"name": row.collection.name, "place": row.place} if row.place else row.collection.name


def _in_billing_order(credits):
    return sorted(credits, key=lambda credit: (ROLES.index(credit.role), credit.position))


def _credit(credit):
    return filled(
        role=credit.role,
        person=credit.person.slug,
        name=credit.printed_name,
        character=credit.character,
        detail=credit.detail,
        voice=credit.voice,
        uncredited=credit.uncredited,
    )


def _facts(title):
    return {
        "awards": [_award(award) for award in _in_order(title.awards)],
        "events": [
            filled(kind=e.kind, date=e.date, territory=e.territory_id, note=e.note) for e in _in_order(title.events)
        ],
        "box_office": [
            filled(territory=b.territory_id, currency=b.currency) | {"amount": b.amount}
            for b in _in_order(title.box_office)
        ],
        "identifiers": _identifiers(title),
        "former_slugs": sorted(former.slug for former in title.former_slugs.all()),
        "offers": [_offer(offer) for offer in _in_order(title.offers)],
    }


def _identifiers(row):
    return sorted(
        ({"scheme": i.scheme, "value": i.value} for i in row.identifiers.all()), key=lambda i: tuple(i.values())
    )


def _award(award):
    return filled(year=award.year, body=award.body.name, prize=award.prize, recipient=award.recipient, won=award.won)


def _offer(offer):
    return filled(
        provider=offer.provider.name,
        kind=offer.kind,
        label=offer.label,
        url=offer.url,
        territory=offer.territory_id,
        checked_on=offer.checked_on and offer.checked_on.isoformat(),
    )


def _release(release):
    return filled(
        slug=release.slug,
        medium=release.medium,
        edition=release.edition,
        released_on=release.released_on,
        runtime_minutes=release.runtime_minutes,
        distributor=release.distributor and release.distributor.name,
        certificate=_certificate(release),
        regions=release.regions,
        colour=release.colour,
        video_standard=release.video_standard,
        box_set=release.box_set,
        identifiers=_identifiers(release),
        **_on_release(release),
    )


def _on_release(release):
    return {
        "aspect_ratios": [
            filled(printed=a.printed, ratio=a.ratio and str(a.ratio)) for a in _in_order(release.aspect_ratios)
        ],
        "audio": [
            filled(language=t.language_id, codec=t.codec, channels=t.channels, kind=t.kind, note=t.note)
            for t in _in_order(release.audio_tracks)
        ],
        "subtitles": [
            filled(language=t.language_id, hard_of_hearing=t.hard_of_hearing)
            for t in _in_order(release.subtitle_tracks)
        ],
        "discs": [
            filled(number=disc.number, label=disc.label)
            for disc in sorted(release.discs.all(), key=lambda disc: disc.number)
        ],
        "extras": [_extra(extra) for extra in _in_order(release.extras)],
    }


def _extra(extra):
    people = [row.person.slug for row in _in_order(extra.extra_people)]
    return filled(
        name=extra.name, kind=extra.kind, year=extra.year, minutes=extra.minutes, disc=extra.disc_number, people=people
    )
