"""Made-up people: where they are from, what they are called, and who is credited how often."""

from catalogue.names import script_of
from catalogue.synthetic.names import ForeignNames, Names

PEOPLE_PER_TITLE = 0.8
FEWEST = 20  # people of a language
ENGLISH = "en"


class Troupe:
    """People who speak one language: a run of ids, of whom few have most of the credits."""

    def __init__(self, first, count, chance):
        self.first, self.count = first, count
        self.actor = self._draw(chance, count, 0)
        self.director = self._draw(chance, max(FEWEST // 4, count // 7), count // 3)
        self.crew = self._draw(chance, max(FEWEST // 4, count // 3), count // 2)

    def _draw(self, chance, count, after):
        """A function that draws an id; the famous of different trades are different people."""
        rank, first, everybody = chance.zipf(count, 1.1, count / 160 + 2), self.first, self.count
        return lambda: first + (rank() + after) % everybody


class People:
    """All people, with the rows of Person and PersonAlias that say who they are."""

    def __init__(self, chance, titles, shares, slugs, day):
        self.chance, self.slugs, self.year = chance, slugs, day.year
        self.troupes, self.names, self.aliases = {}, [None], {}
        self.languages = {}
        for language, share in shares.items():
            count = max(FEWEST, round(PEOPLE_PER_TITLE * titles * share))
            self.troupes[language] = Troupe(len(self.names), count, chance)
            self._name(language, count)

    def _name(self, language, count):
        names = Names(self.chance) if language == ENGLISH else ForeignNames(language, self.chance)
        for _ in range(count):
            key, name = len(self.names), names.person()
            if language != ENGLISH:
                self._add_alias(key, language, name)
                name = name[1]
            elif self.chance.happens(0.02):
                self.aliases[key] = (names.person(), ENGLISH)
            self.names.append(name)

    def _add_alias(self, key, language, name):
        """Whom we know in Latin letters may have a name in their own script as well."""
        if name[0] != name[1] and self.chance.happens(0.4):
            self.aliases[key] = (name[0], language)

    def rows(self):
        """Of Person: id, slug, name, born_on, died_on, birthplace, biography."""
        for key in range(1, len(self.names)):
            name = self.names[key]
            yield key, self.slugs.take(name), name, *self._life(name)

    def alias_rows(self):
        """Of PersonAlias: person, name, language, script, position."""
        return [(key, name, code, script_of(name) or "", 1) for key, (name, code) in self.aliases.items()]

    def printed(self, person):
        """The name of `person` on one film: now and then another spelling, if that is in Latin letters too."""
        if person in self.aliases and self.aliases[person][0].isascii() and self.chance.happens(0.3):
            return self.aliases[person][0]
        return self.names[person]

    def _life(self, name):
        if self.chance.happens(0.3):
            return "", "", "", ""
        born = self.year - 18 - int(self.chance.random() ** 1.5 * 110)
        died = born + 35 + int(self.chance.random() * 60)
        life = f"{name} was born in {born}." if self.chance.happens(0.05) else ""
        return self._date(born), self._date(died) if died < self.year else "", "", life

    def _date(self, year):
        if self.chance.happens(0.2):
            return str(year)
        return f"{year}-{1 + int(self.chance.random() * 12):02}-{1 + int(self.chance.random() * 28):02}"
