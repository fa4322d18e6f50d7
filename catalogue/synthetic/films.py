"""Made-up titles and what hangs on them: names, people, countries, genres, prizes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from catalogue.models import (
    Award,
    Credit,
    Title,
    TitleCollection,
    TitleCompany,
    TitleCountry,
    TitleGenre,
    TitleLanguage,
    TitleName,
)
from catalogue.names import script_of, title_slug
from catalogue.synthetic.names import ForeignNames, Names
from catalogue.synthetic.people import ENGLISH

FIRST_YEAR = 1900
LAND_POWER, LAND_SHIFT = 1.15, 1.5  # of Zipf's law, by which countries are drawn
COLUMNS = {
    Title: ["id", "slug", "name", "kind", "year", "lead", "synopsis", "runtime_minutes", "certificate", "added_at"],
    TitleName: ["title", "position", "name", "language", "script", "kind"],
    TitleLanguage: ["title", "position", "language"],
    TitleCountry: ["title", "position", "country"],
    TitleGenre: ["title", "position", "genre"],
    TitleCollection: ["title", "position", "collection"],
    TitleCompany: ["title", "position", "company", "role"],
    Credit: ["title", "person", "role", "position", "printed_name", "character"],
    Award: ["title", "position", "year", "body", "prize", "recipient", "won"],
}
TRADES = {"director": "director", "creator": "director"}  # whose draw fills a role; the others are crew
CREW = {"writer": 0.65, "cinematographer": 0.45, "composer": 0.5, "editor": 0.3, "producer": 0.4}


@dataclass
class Film:
    """What the rows of one title are made from."""

    id: int
    rank: int  # 0 is the most popular title
    name: str
    year: int | None
    series: bool
    countries: list
    languages: list
    discs: list = field(default_factory=list)  # (id, day of release, perhaps only its year) of those that are out

    @property
    def language(self):
        """The main language."""
        return self.languages[0]


class Films:
    """Makes titles and adds their rows to `rows`: {model: tuples in the order of COLUMNS}."""

    def __init__(self, chance, day, lands, people, words, slugs):
        self.chance, self.day, self.lands, self.people, self.words, self.slugs = (
            chance,
            day,
            lands,
            people,
            words,
            slugs,
        )
        self.land = chance.zipf_of(lands, LAND_POWER, LAND_SHIFT)
        self.names = Names(chance)
        self.foreign = {code: ForeignNames(code, chance) for code in people.troupes if code != ENGLISH}

    def make(self, key, rank, rows):
        lands = [self.land() for _ in range(self.chance.pick((1, 1, 1, 1, 1, 2, 2, 3)))]
        foreign = self._foreign_name(lands[0][1][0])
        film = Film(
            id=key,
            rank=rank,
            name=foreign[1] if foreign and self.chance.happens(0.15) else self.names.title(),
            year=self._year(),
            series=self.chance.happens(0.06),
            countries=list(dict.fromkeys(code for code, _ in lands)),
            languages=self._languages(lands),
        )
        rows[Title].append(self._title(film))
        self._add_names(film, foreign, rows[TitleName])
        self._add_lists(film, rows)
        self._add_credits(film, rows[Credit])
        if self.chance.happens(0.03):
            self._add_awards(film, rows[Award])
        return film

    def _year(self):
        """Most are recent; a tail goes back to 1900, and of a few the year is not known."""
        if self.chance.happens(0.004):
            return None
        span = self.day.year - FIRST_YEAR
        age = self.chance.random() * span if self.chance.happens(0.12) else self.chance.expovariate(1 / 17)
        return self.day.year - int(age) % (span + 1)

    def _languages(self, lands):
        spoken = [self.chance.pick(languages) if self.chance.happens(0.2) else languages[0] for _, languages in lands]
        return list(dict.fromkeys(spoken))

    def _title(self, film):
        synopsis = self.names.synopsis() if self.chance.happens(0.8) else ""
        if synopsis and self.chance.happens(0.4):
            synopsis += f"\n\n{self.names.synopsis()}"
        return (
            film.id,
            self.slugs.take(title_slug(film.name, film.year)),
            film.name,
            "series" if film.series else "film",
            film.year,
            self.names.synopsis() if self.chance.happens(0.3) else "",
            synopsis,
            self._minutes(film) if self.chance.happens(0.93) else None,
            self.words.certificate() if self.chance.happens(0.6) else None,
            self._added(),
        )

    def _minutes(self, film):
        return max(4, round(self.chance.gauss(52, 12) if film.series else self.chance.gauss(99, 20)))

    def _added(self):
        days = min(3000, self.chance.expovariate(1 / 600))
        return datetime.combine(self.day, time(9), UTC) - timedelta(days=days)

    def _foreign_name(self, language):
        names = self.foreign.get(language)
        return names.title() if names and self.chance.happens(0.5) else None

    def _add_names(self, film, foreign, rows):
        said = {}
        if foreign:
            said[foreign[0]] = "original"
            said.setdefault(foreign[1], "aka")
        if self.chance.happens(0.03):
            said.setdefault(self.names.title(), "aka")
        said.pop(film.name, None)
        language = film.language if film.language in self.foreign else None
        for place, (name, kind) in enumerate(said.items(), 1):
            rows.append(
                (film.id, place, name, language if name in (foreign or ()) else ENGLISH, script_of(name) or "", kind)
            )

    def _add_lists(self, film, rows):
        words, pick = self.words, self.chance.pick
        lists = {
            TitleLanguage: film.languages,
            TitleCountry: film.countries,
            TitleGenre: _different(words.genre, pick((1, 1, 2, 2, 3))),
            TitleCollection: _different(words.collection, pick((0, 0, 0, 1, 1, 2))),
        }
        for model, values in lists.items():
            rows[model] += ((film.id, place, value) for place, value in enumerate(values, 1))
        companies = _different(words.company, pick((1, 1, 1, 2, 2, 3)))
        rows[TitleCompany] += (
            (film.id, place, company, "production" if place < 3 else "distribution")
            for place, company in enumerate(companies, 1)
        )

    def _add_credits(self, film, rows):
        troupe = self.people.troupes[film.language]
        parts = {
            "creator" if film.series else "director": _different(troupe.director, 2 if self.chance.happens(0.1) else 1)
        }
        parts |= {role: [troupe.crew()] for role, share in CREW.items() if self.chance.happens(share)}
        for role, persons in parts.items():
            rows += ((film.id, key, role, at, self.people.printed(key), "") for at, key in enumerate(persons, 1))
        cast = _different(troupe.actor, self.chance.pick((4, 4, 5, 5, 6, 3)))
        rows += (
            (film.id, key, "actor", at, self.people.printed(key), self._character()) for at, key in enumerate(cast, 1)
        )

    def _character(self):
        return self.names.draws["given"]() if self.chance.happens(0.7) else ""

    def _add_awards(self, film, rows):
        year, prizes = film.year or FIRST_YEAR + 80, _different(self.words.prize, self.chance.pick((1, 1, 2, 4)))
        rows += (
            (film.id, place, year, body, prize, "", self.chance.happens(0.5))
            for place, (body, prize) in enumerate(prizes, 1)
        )


def _different(draw, count):
    """Up to `count` draws without repetition."""
    return list(dict.fromkeys(draw() for _ in range(count)))
