"""Names of made-up titles and people."""

from itertools import product

from catalogue.synthetic import vocabulary as v
from catalogue.synthetic.tongues import FAMILIES, TONGUES, join

GIVEN, FAMILY = 150, 800  # made-up names beside the known ones
WORDS = (1, 2, 2, 3)  # in a foreign name
REMEMBERED = 4000  # names that remakes and sequels come back to
SEQUELS = [" 2", " II", " 3", " III", ": The Return", " Returns", " Part II", " Strikes Back", ": Reloaded", " 4"]
# How often a name is made so: {noun} … are drawn anew each time.
PATTERNS = {
    "The {noun}": 3, "{noun}": 2, "The {adjective} {noun}": 11, "{adjective} {noun}": 8, "{adjective} {nouns}": 5,
    "The {noun} of {place}": 6, "The {noun} of the {noun2}": 7, "{noun} of {nouns2}": 3,
    "The {noun} and the {noun2}": 4,
    "{noun} and {noun2}": 4, "{given} {surname}": 4, "{given}": 0.4, "{given} and {given2}": 2, "{place}": 0.4,
    "A {noun} in {place}": 4, "Return to {place}": 1.5, "{place} {noun}": 4, "{number} {nouns}": 3,
    "{surname}'s {noun}": 3,
    "The {noun}'s {relation}": 3, "Letters from {place}": 0.7, "{deed} {given}": 3, "{deed} the {noun}": 3,
    "Who Killed {given} {surname}?": 0.8, "The Last {noun} in {place}": 2, "Night of the {nouns}": 1.5,
    "{noun}, {noun2}": 1,
    "The {noun}: {given}'s {noun2}": 1, "My {noun} {given}": 1.5, "{given} & {given2}": 0.7,
    "No {noun} for {nouns2}": 2,
    "The {nouns}": 2, "When the {noun} {given} Knew": 0.5, "{adjective} {adjective2} {noun}": 2, "{short}": 0.3,
    "{given} and the {adjective} {noun}": 3,
}  # fmt: skip


def _compounds():
    return [first.capitalize() + last for last, first in product(v.LAST_PARTS, v.FIRST_PARTS) if first != last]


def _surnames():
    return [*v.SURNAMES, *(stem + end for end, stem in product(v.SURNAME_ENDINGS, v.STEMS))]


def places():
    return [*v.PLACES, *(stem + end for end, stem in product(v.PLACE_ENDINGS, v.STEMS))]


def plural(noun):
    if noun.lower() in v.PLURALS:
        return v.PLURALS[noun.lower()].capitalize()
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeo" else f"{noun}s"


class Names:
    """English names of titles, and the words they are made of."""

    def __init__(self, chance):
        self.chance = chance
        nouns = [*map(str.capitalize, v.NOUNS), *_compounds()]
        draws = {
            "noun": chance.zipf_of(nouns, 0.8, 40),
            "adjective": chance.zipf_of([word.capitalize() for word in v.ADJECTIVES], 0.7, 20),
            "given": chance.zipf_of(v.GIVEN, 0.8, 20),
            "surname": chance.zipf_of(_surnames(), 0.8, 30),
            "place": chance.zipf_of(places(), 0.8, 30),
            "number": chance.zipf_of(v.NUMBERS, 0.5),
        }
        draws["nouns"] = lambda: plural(draws["noun"]())
        draws |= {f"{word}2": draws[word] for word in ("noun", "nouns", "given", "adjective")}
        for word, choices in (("relation", v.RELATIONS), ("deed", v.DEEDS), ("short", v.SHORT)):
            draws[word] = lambda choices=choices: chance.pick(choices)
        self.draws, self.pattern = draws, chance.weighted(PATTERNS)
        self.recent = []
        self.parts = {
            pattern: [word for word in draws if f"{{{word}}}" in pattern] for pattern in [*PATTERNS, *v.SYNOPSES]
        }

    def fill(self, pattern):
        return pattern.format_map({word: self.draws[word]() for word in self.parts[pattern]})

    def title(self):
        """A new name; of twenty, one is a remake's and one a sequel's."""
        chance = self.chance.random()
        if self.recent and chance < 0.05:
            return self.chance.pick(self.recent)
        if self.recent and chance < 0.08:
            return self.chance.pick(self.recent) + self.chance.pick(SEQUELS)
        return self._remember(self.fill(self.pattern()))

    def synopsis(self):
        """A sentence or two; words in the middle of them are small."""
        said = self.chance.pick(v.SYNOPSES)
        words = {word: self.draws[word]() for word in self.parts[said]}
        words |= {word: words[word].lower() for word in ("noun", "noun2", "adjective") if word in words}
        return said.format_map(words)

    def person(self):
        given, surname = self.draws["given"](), self.draws["surname"]()
        middle = f" {self.chance.pick('ABCDEFGHJLMPRSTW')}." if self.chance.happens(0.15) else ""
        return f"{given}{middle} {surname}"

    def _remember(self, name):
        if len(self.recent) < REMEMBERED:
            self.recent.append(name)
        else:
            self.recent[int(self.chance.random() * REMEMBERED)] = name
        return name


class ForeignNames:
    """Names in one of TONGUES, as pairs: as written, and in Latin letters."""

    def __init__(self, code, chance):
        self.chance, self.tongue = chance, TONGUES[code]
        words = self.tongue.vocabulary(chance)
        self.word = chance.zipf_of(words, 0.9, 8)
        self.given = chance.zipf_of([*self.tongue.given, *words[-GIVEN:]], 0.8, 20)
        families = [*FAMILIES.get(code, ()), *map(capital, words[-GIVEN - FAMILY : -GIVEN])]
        self.family = chance.zipf_of(families, 0.8, 20) if code in FAMILIES else self._surname

    def title(self):
        words = [self.word() for _ in range(self.chance.pick(WORDS))]
        return capital(join(words, self.chance.pick(self.tongue.links)))

    def person(self):
        """In East Asia the family name is written first, but printed last in Latin letters."""
        given, family = capital(self.given()), self.family()
        if self.tongue.surname_first:
            return family[0] + given[0], f"{given[1]} {family[1]}"
        return join([given, family], (" ", " "))

    def _surname(self):
        return capital(join([self.word(), self.chance.pick(self.tongue.surname_endings)]))


def capital(pair):
    return tuple(text[:1].upper() + text[1:] for text in pair)
