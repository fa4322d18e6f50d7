"""From title records to the rows of every table they fill."""

from collections import Counter, defaultdict

from catalogue.importers.copying import copy_rows, reserve_ids
from catalogue.importers.words import placed
from catalogue.models import (
    AspectRatio,
    AudioTrack,
    Award,
    AwardBody,
    BoxOffice,
    Collection,
    Company,
    Credit,
    Disc,
    Extra,
    ExtraPerson,
    FormerTitleSlug,
    Genre,
    Offer,
    Provider,
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
from catalogue.sounds import forms

# In the order they are written: a row comes after what it refers to.
COLUMNS = {
    TitleName: ["title", "position", "name", "language", "script", "kind", "folded", "sounds"],
    TitleIdentifier: ["title", "scheme", "value"],
    TitleLanguage: ["title", "position", "language"],
    TitleCountry: ["title", "position", "country"],
    TitleGenre: ["title", "position", "genre"],
    TitleCollection: ["title", "position", "collection", "place"],
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
    ExtraPerson: ["extra", "position", "person"],
}
PARTS_OF_TITLE = [model for model, columns in COLUMNS.items() if columns[0] == "title"]
PARTS_OF_RELEASE = [model for model, columns in COLUMNS.items() if "release" in columns and model is not Disc]


class Rows:
    """Rows of one batch, collected record by record and then copied table by table.

    A method for a table gives what one entry of a record's list says, in the order of the table's COLUMNS after
    the owner and the place.
    """

    def __init__(self, words, people):
        self.words, self.people = words, people
        self.tables = defaultdict(list)
        self.of_title = {
            "languages": (TitleLanguage, lambda code: (words.language(code),)),
            "countries": (TitleCountry, lambda code: (words.country(code),)),
            "genres": (TitleGenre, lambda name: (words.id(Genre, name),)),
            "collections": (TitleCollection, self._collection),
            "companies": (TitleCompany, lambda said: (words.id(Company, said["name"]), said["role"])),
            "awards": (Award, self._award),
            "events": (ReleaseEvent, self._event),
            "box_office": (BoxOffice, self._takings),
            "offers": (Offer, self._offer),
        }
        self.of_release = {
            "aspect_ratios": (AspectRatio, lambda said: (said["printed"], said.get("ratio"))),
            "audio": (AudioTrack, self._track),
            "subtitles": (SubtitleTrack, self._subtitles),
        }

    def copy(self):
        for model, fields in COLUMNS.items():
            copy_rows(model, fields, self.tables[model])
        FormerTitleSlug.objects.bulk_create(self.tables[FormerTitleSlug], ignore_conflicts=True)

    def add_title(self, title_id, record):
        """The rows of a title's own lists, in the order of the record."""
        self._add_lists(self.of_title, title_id, record)
        self._add_list(TitleName, title_id, record.get("names", ()), self._name, record.get("names_there", 0) + 1)
        self._add_identifiers(TitleIdentifier, title_id, record)
        self._add_credits(title_id, record)
        former = (FormerTitleSlug(title_id=title_id, slug=slug) for slug in record.get("former_slugs", ()))
        self.tables[FormerTitleSlug] += former

    def add_release(self, release_id, record):
        """The rows of what is on a release, but its discs."""
        self._add_lists(self.of_release, release_id, record)
        self._add_identifiers(ReleaseIdentifier, release_id, record)
        self._add_extras(release_id, record.get("extras", ()))

    def add_discs(self, release_id, record):
        self.tables[Disc] += ((release_id, disc["number"], disc.get("label", "")) for disc in record.get("discs", ()))

    def _add_lists(self, lists, owner, record):
        for key, (model, values) in lists.items():
            if said := record.get(key):
                self._add_list(model, owner, said, values)

    def _add_list(self, model, owner, said, values, first=1):
        self.tables[model] += [(owner, place, *values(entry)) for place, entry in enumerate(said, first)]

    def _add_identifiers(self, model, owner, record):
        self.tables[model] += ((owner, i["scheme"], i["value"]) for i in record.get("identifiers", ()))

    def _add_credits(self, title_id, record):
        billing, parts = Counter(), set()
        for credit in record.get("credits", ()):
            person = self.people.id(credit.get("person"), credit["name"])
            part = person, credit["role"], credit.get("character", ""), credit.get("detail", "")
            if part not in parts:  # one person spelled in two ways is named once
                parts.add(part)
                billing[credit["role"]] += 1
                self.tables[Credit].append(_credit(title_id, billing[credit["role"]], credit, *part))

    def _add_extras(self, release_id, extras):
        keys = reserve_ids(Extra, len(extras)) if extras else ()
        for place, (key, extra) in enumerate(zip(keys, extras, strict=True), 1):
            kind, year, minutes = extra.get("kind", "other"), extra.get("year"), extra.get("minutes")
            self.tables[Extra].append((key, release_id, place, extra["name"], kind, year, minutes, extra.get("disc")))
            people = dict.fromkeys(self.people.id(None, name) for name in extra.get("people", ()))
            self._add_list(ExtraPerson, key, people, lambda person: (person,))

    def _name(self, said):
        name, language = said["name"], self.words.language(said.get("language"))
        return name, language, said.get("script", ""), said.get("kind", "aka"), fold(name), forms(name)

    def _collection(self, said):
        name, place = placed(said)
        return self.words.id(Collection, name), place

    def _award(self, said):
        body, recipient = self.words.id(AwardBody, said["body"]), said.get("recipient", "")
        return said["year"], body, said["prize"], recipient, said.get("won", False)

    def _event(self, said):
        return said["kind"], said["date"], self.words.country(said.get("territory")), said.get("note", "")

    def _takings(self, said):
        return self.words.country(said.get("territory")), said["currency"], said["amount"]

    def _offer(self, said):
        provider, territory = self.words.id(Provider, said["provider"]), self.words.country(said.get("territory"))
        return provider, said["kind"], said.get("label", ""), said["url"], territory, said.get("checked_on")

    def _track(self, said):
        language = self.words.language(said.get("language"))
        return language, said.get("codec", ""), said.get("channels", ""), said["kind"], said.get("note", "")

    def _subtitles(self, said):
        return self.words.language(said["language"]), said.get("hard_of_hearing", False)


def _credit(title_id, place, credit, person, role, character, detail):
    flags = credit.get("voice", False), credit.get("uncredited", False)
    return title_id, person, role, place, credit["name"], character, detail, *flags
