"""Films that never were, as JSON arrays of the US-films kind: the same for the same number, every time."""

import json
import random

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
GENRES = ["Drama", "Comedy", "Western", "Crime", "Horror", "Musical", "Romance", "Thriller", "War", "Adventure"]
MOST_CAST = 6
PEOPLE_PER_FILM = 2  # in the pool that casts are drawn from
FIRST_YEAR, YEARS = 1900, 125


def write(path, number):
    """Write `number` films to the file `path`, one a line."""
    chance = random.Random(number)
    with path.open("w") as out:
        for index in range(number):
            out.write(",\n" if index else "[")
            out.write(json.dumps(_film(index, number, chance)))
        out.write("]\n")


def _film(index, number, chance):
    title, year = f"The {_word(index, 3)} of {_word(chance.randrange(10**6), 3)}", FIRST_YEAR + index % YEARS
    return {
        "title": title,
        "year": year,
        "cast": [_person(_popular(number * PEOPLE_PER_FILM, chance)) for _ in range(chance.randint(0, MOST_CAST))],
        "genres": chance.sample(GENRES, chance.randint(1, 3)),
        "href": f"{title.replace(' ', '_')}_({year}_film)",
    }


def _popular(most, chance):
    """A rank below `most`, by Zipf's law: rank n about 1 / n as often as the first."""
    return int(most ** chance.random()) - 1


def _person(rank):
    return f"{_word(rank, 2)} {_word(rank // 50, 3)}"


def _word(number, syllables):
    """`number` written with syllables for digits, the first letter large."""
    word = ""
    for _ in range(syllables):
        number, digit = divmod(number, len(SYLLABLES))
        word += SYLLABLES[digit]
    return word.capitalize()
