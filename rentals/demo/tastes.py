"""What each member of the demo likes: the popular, and more than that a few genres, a country and a time."""

from collections import defaultdict
from itertools import accumulate

from catalogue.models import Title, TitleCountry, TitleGenre

GENRES_LIKED, GENRE_WEIGHT, COUNTRY_WEIGHT, DECADE_WEIGHT = 2, 6, 4, 3


class Tastes:
    """Draws titles as a member would choose them. `titles` are keys, the most popular first."""

    def __init__(self, titles, chance):
        self.titles, self.chance = titles, chance
        self.genres, self.countries = _of(TitleGenre, "genre", titles), _of(TitleCountry, "country", titles)
        self.decades = {
            key: (year or 0) // 10 for key, year in Title.objects.filter(pk__in=titles).values_list("pk", "year")
        }

    def new(self):
        """The weights of a new member, as `choose` takes them."""
        genres = {self._one_of(self.genres) for _ in range(GENRES_LIKED)}
        country = self._one_of(self.countries)
        decade = self.decades[self.chance.choice(self.titles)]
        return list(accumulate(self._weight(place, genres, country, decade) for place in range(len(self.titles))))

    def choose(self, weights, count, but):
        """Up to `count` titles, the dearest first, none of `but`."""
        drawn = self.chance.choices(self.titles, cum_weights=weights, k=4 * count)
        return [title for title in dict.fromkeys(drawn) if title not in but][:count]

    def _one_of(self, having):
        """Something that some title has, so that what many have is liked by many."""
        return self.chance.choice(sorted(having[self.chance.choice(self.titles)]) or [None])

    def _weight(self, place, genres, country, decade):
        title = self.titles[place]
        weight = 1 / (place + 12) ** 0.6
        weight *= GENRE_WEIGHT ** len(self.genres[title].intersection(genres))
        weight *= COUNTRY_WEIGHT if country in self.countries[title] else 1
        return weight * (DECADE_WEIGHT if self.decades[title] == decade else 1)


def _of(model, name, titles):
    """{title: what it has of `name`}"""
    found = defaultdict(set)
    for title, value in model.objects.filter(title__in=titles).values_list("title", f"{name}_id"):
        found[title].add(value)
    return found
