"""From title records to the rows of every table they fill."""

from collections import Counter, defaultdict

from catalogue.importers.copying import copy_rows
from catalogue.models import (
    AspectRatio,
    AudioTrack,
    Award,
    BoxOffice,
    Credit,
    Disc,
    Extra,
    ExtraPerson,
    FormerTitleSlug,
    Offer,
    ReleaseEvent,
    ReleaseIdentifier,
    SubtitleTrack,
    TitleCollection,
    TitleCompany,
    TitleCountry,
    TitleGenre,
    TitleIdentifier,
    TitleLanguage,
    TitleName,
)
from catalogue.names import fold

# In the order they are written: a row comes after what it refers to.
COLUMNS = {
    TitleName: ["title", "position", "name", "language", "script", "kind", "folded"],
    TitleIdentifier: ["title", "scheme", "value"],
    TitleLanguage: ["title", "position", "language"],
    TitleCountry: ["title", "position", "country"],
    TitleGenre: ["title", "position", "genre"],
    TitleCollection: ["title", "position", "collection"],
    TitleCompany: ["title", "position", "company", "role"],
    Credit: [
        "title",
        "person",
        "role",
        "position",
        "printed_name",
        "character",
        "detail",
        "voice",
        "uncredited",
    ],
    Award: ["title", "position", "year", "body", "prize", "recipient", "won"],
    ReleaseEvent: ["title", "position", "kind", "date", "territory", "note"],
    BoxOffice: ["title", "position", "territory", "currency", "amount"],
    Offer: ["title", "position", "provider", "kind", "label", "url", "territory", "checked_on"],
    ReleaseIdentifier: ["release", "scheme", "value"],
    AspectRatio: ["release", "position", "printed", "ratio"],
    AudioTrack: ["release", "position", "language", "codec", "channels", "kind", "note"],
    SubtitleTrack: ["release", "position", "language", "hard_of_hearing"],
    Disc: ["release", "number", "label"],
    Extra: ["id", "release", "position", "name", "kind", "year", "minutes", "disc_number"],
    ExtraPerson: ["extra", "person", "position"],
}
PARTS_OF_TITLE = [model for model, columns in COLUMNS.items() if columns[0] == "title"]
PARTS_OF_RELEASE = [model for model, columns in COLUMNS.items() if "release" in columns and model is not Disc]


class Rows:
    """Rows of one batch, collected record by record and then copied table by table."""

    def __init__(self, words, people, extra_ids):
        self.words, self.people, self.extra_ids = words, people, extra_ids
        self.tables = defaultdict(list)

    def copy(self):
        for model, fields in COLUMNS.items():
            copy_rows(model, fields, self.tables[model])
        FormerTitleSlug.objects.bulk_create(self.tables[FormerTitleSlug], ignore_conflicts=True)

    def add_title(self, title_id, record):
        """The rows of a title's own lists, in the order of the record."""
        self._names(title_id, record)
        self._words(title_id, record)
        self._credits(title_id, record)
        self._facts(title_id, record)

    def add_release(self, release_id, record):
        """The rows of what is on a release."""
        self._identifiers(ReleaseIdentifier, release_id, record)
        self._pictures_and_sound(release_id, record)
        self._extras(release_id, record)

    def add_discs(self, release_id, record):
        self._add(Disc, ((release_id, disc["number"], disc.get("label", "")) for disc in record.get("discs", ())))

    def _add(self, model, rows):
        self.tables[model] += rows

    def _names(self, title_id, record):
        self._add(
            TitleName,
            (
                (
                    title_id,
                    place,
                    name["name"],
                    self.words.language(name.get("language")),
                    name.get("script", ""),
                    name.get("kind", "aka"),
                    fold(name["name"]),
                )
                for place, name in enumerate(record.get("names", ()), record.get("names_there", 0) + 1)
            ),
        )
        self._identifiers(TitleIdentifier, title_id, record)
        self._add(FormerTitleSlug, (FormerTitleSlug(title_id=title_id, slug=s) for s in record.get("former_slugs", ())))

    def _identifiers(self, model, owner, record):
        self._add(model, ((owner, i["scheme"], i["value"]) for i in record.get("identifiers", ())))

    def _words(self, title_id, record):
        for model, key, find in (
            (TitleLanguage, "languages", self.words.language),
            (TitleCountry, "countries", self.words.country),
        ):
            self._add(model, ((title_id, place, find(code)) for place, code in _numbered(record, key)))
        for model, key in ((TitleGenre, "genres"), (TitleCollection, "collections")):
            word = model._meta.get_field(key[:-1]).related_model
            self._add(model, ((title_id, place, self.words.id(word, name)) for place, name in _numbered(record, key)))
        company = TitleCompany._meta.get_field("company").related_model
        self._add(
            TitleCompany,
            (
                (title_id, place, self.words.id(company, said["name"]), said["role"])
                for place, said in _numbered(record, "companies")
            ),
        )

    def _credits(self, title_id, record):
        billing, parts = Counter(), set()
        for credit in record.get("credits", ()):
            person = self.people.id(credit.get("person"), credit["name"])
            part = person, credit["role"], credit.get("character", ""), credit.get("detail", "")
            if part not in parts:  # one person spelled in two ways is named once
                parts.add(part)
                billing[credit["role"]] += 1
                self.tables[Credit].append(_credit(title_id, billing[credit["role"]], credit, *part))

    def _facts(self, title_id, record):
        self._add(Award, (self._award(title_id, *place) for place in _numbered(record, "awards")))
        self._add(
            ReleaseEvent,
            (
                (
                    title_id,
                    place,
                    event["kind"],
                    event["date"],
                    self.words.country(event.get("territory")),
                    event.get("note", ""),
                )
                for place, event in _numbered(record, "events")
            ),
        )
        self._add(
            BoxOffice,
            (
                (title_id, place, self.words.country(said.get("territory")), said["currency"], said["amount"])
                for place, said in _numbered(record, "box_office")
            ),
        )
        self._add(Offer, (self._offer(title_id, *place) for place in _numbered(record, "offers")))

    def _award(self, title_id, place, award):
        body = self.words.id(Award._meta.get_field("body").related_model, award["body"])
        recipient, won = award.get("recipient", ""), award.get("won", False)
        return title_id, place, award["year"], body, award["prize"], recipient, won

    def _offer(self, title_id, place, offer):
        provider = self.words.id(Offer._meta.get_field("provider").related_model, offer["provider"])
        territory = self.words.country(offer.get("territory"))
        label, checked = offer.get("label", ""), offer.get("checked_on")
        return title_id, place, provider, offer["kind"], label, offer["url"], territory, checked

    def _pictures_and_sound(self, release_id, record):
        self._add(
            AspectRatio,
            (
                (release_id, place, ratio["printed"], ratio.get("ratio"))
                for place, ratio in _numbered(record, "aspect_ratios")
            ),
        )
        self._add(AudioTrack, (self._track(release_id, *place) for place in _numbered(record, "audio")))
        self._add(
            SubtitleTrack,
            (
                (release_id, place, self.words.language(said["language"]), said.get("hard_of_hearing", False))
                for place, said in _numbered(record, "subtitles")
            ),
        )

    def _track(self, release_id, place, track):
        language = self.words.language(track.get("language"))
        codec, channels = track.get("codec", ""), track.get("channels", "")
        return release_id, place, language, codec, channels, track["kind"], track.get("note", "")

    def _extras(self, release_id, record):
        for place, extra in _numbered(record, "extras"):
            key = next(self.extra_ids)
            kind, year, minutes = extra.get("kind", "other"), extra.get("year"), extra.get("minutes")
            self.tables[Extra].append((key, release_id, place, extra["name"], kind, year, minutes, extra.get("disc")))
            people = enumerate(extra.get("people", ()), 1)
            self._add(ExtraPerson, ((key, self.people.id(None, name), number) for number, name in people))


def _numbered(record, key):
    return enumerate(record.get(key, ()), 1)


def _credit(title_id, place, credit, person, role, character, detail):
    flags = credit.get("voice", False), credit.get("uncredited", False)
    return title_id, person, role, place, credit["name"], character, detail, *flags
