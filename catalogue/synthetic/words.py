"""Rows of the words that titles are described with: genres, collections, companies, certificates, givers of prizes."""

from itertools import product

from catalogue.models import AwardBody, Certificate, Collection, Company, Genre
from catalogue.names import fold
from catalogue.synthetic import vocabulary as v
from catalogue.synthetic.names import places

COLLECTIONS = 300
FEWEST_COMPANIES = 40
CERTIFICATES = {("BBFC", "U"): 14, ("BBFC", "PG"): 22, ("BBFC", "12"): 22, ("BBFC", "15"): 30, ("BBFC", "18"): 10,
                ("FSK", "16"): 1, ("MPA", "R"): 1}  # fmt: skip
COLUMNS = {model: ["id", "slug", "name"] for model in (Genre, Collection, Company, AwardBody)}
COLUMNS[Collection] = ["id", "slug", "name", "text"]
COLUMNS[Certificate] = ["id", "system", "value"]


class Words:
    """Draws of ids, and `rows`: {model: tuples in the order of COLUMNS}."""

    def __init__(self, chance, titles, slugs):
        companies = _different(f"{place} {end}" for end, place in product(v.COMPANY_ENDINGS, places()))
        companies = companies[: max(FEWEST_COMPANIES, titles // 60)]
        names = {Genre: v.GENRES, Company: companies, AwardBody: list(v.AWARD_BODIES)}
        self.rows = {model: _numbered(model, values, slugs) for model, values in names.items()}
        self.rows[Collection] = [(*row, _text(row[2])) for row in _numbered(Collection, _collections(chance), slugs)]
        self.rows[Certificate] = [(key, *parts) for key, parts in enumerate(CERTIFICATES, 1)]
        self._draws(chance, len(companies))

    def _draws(self, chance, companies):
        self.genre = chance.zipf_of(range(1, len(v.GENRES) + 1), 0.9, 1)
        self.collection = chance.zipf_of(range(1, COLLECTIONS + 1), 1, 2)
        self.company = chance.zipf_of(range(1, companies + 1), 0.9, 5)
        self.certificate = chance.weighted({key: often for key, often in enumerate(CERTIFICATES.values(), 1)})
        prizes = [(key, prize) for key, body in enumerate(v.AWARD_BODIES.values(), 1) for prize in body]
        self.prize = chance.zipf_of(prizes, 0.6, 4)


def _collections(chance):
    made = [pattern.format(place) for pattern, place in product(v.COLLECTION_PATTERNS, v.PLACES)]
    decades = [f"Best of the {year}s" for year in range(1920, 2030, 10)]
    return [*decades, *chance.sample(_different(made), COLLECTIONS - len(decades))]


def _text(name):
    return f"{name}: put together by our editors, to be seen in any order."


def _different(names):
    """Names without those that are matched as one."""
    return list({fold(name): name for name in names}.values())


def _numbered(model, names, slugs):
    kind = slugs.of(model)
    return [(key, kind.take(name), name) for key, name in enumerate(names, 1)]
