"""From a query to hits: candidates from the index, matched against their names, best first.

Names that begin as typed come first, then documents with all the words, then spelling is corrected; each step is taken
only if those before it did not fill the page, or found nothing by name.
"""

from dataclasses import dataclass, field

from catalogue.search import matching
from catalogue.search.hits import describe, named
from catalogue.search.lookup import Lookup
from catalogue.search.query import Query

MOST = 48
SUGGESTED = 8
NEAREST = 6
MOST_CORRECTED = 4  # words: each costs a look-up
SHORTEST_BEGINNING = 3
FEWEST_LETTERS = 2  # of a suggestion


@dataclass
class Found:
    """`hits`, best first; only if there are none, `near`: what has a name most like the query.

    `is_cut`: the time ran out, so that there may be more.
    """

    hits: list = field(default_factory=list)
    near: list = field(default_factory=list)
    is_cut: bool = False


def find(query, most=MOST):
    """Found titles, people and collections for what somebody typed, whatever it is."""
    search = _Search(Query.of(query), most, typing=False)
    hits = search.hits()
    near = [] if hits else search.near()
    return Found(describe(hits), describe(near), search.lookup.is_cut)


def suggest(query, most=SUGGESTED):
    """Hits for what somebody has typed so far, from two letters on."""
    asked = Query.of(query)
    return describe(_Search(asked, most, typing=True).hits()) if len(asked.text) >= FEWEST_LETTERS else []


class _Search:
    """One search. While somebody is `typing`, the last word may be the beginning of one, also of a misspelt one."""

    def __init__(self, query, most, typing):
        self.query, self.most, self.typing, self.lookup = query, most, typing, Lookup(most)
        self.ranks, self.named, self.scored = {}, {}, {}

    def hits(self):
        if not self.query.words:
            return []
        self._by_name()
        if len(self.scored) < self.most:
            self._take(self._with_words(across=True), matching.AMONG_PEOPLE)
        if not self._has_name():
            self._corrected()
        return self._best(self.most)

    def near(self):
        """What has most of the words, or words like them."""
        if not self.query.words:
            return []
        words = self.query.telling[:8]
        spelled = [[word, *self.lookup.nearest(word)] for word in words]
        fewer = [[either for at, either in enumerate(spelled) if at != left_out] for left_out in range(len(spelled))]
        for wanted in (spelled, *(fewer if len(words) > 1 else ())):
            if wanted and not self.scored:
                self._take(self.lookup.with_words(_all_of(map(_any_of, wanted))), matching.CORRECTED)
        return self._best(NEAREST)

    # -------------------------------------------------------------- steps
    def _by_name(self):
        rows = self.lookup.beginning_with(self.query.joined)
        if len(self.query.words) > 1:
            rows += self._with_words(across=False)
        self._take(rows)

    def _with_words(self, across):
        unfinished = not across or (self.typing and len(self.query.telling) > 1)  # else it is a person, and among hits
        return self.lookup.with_words(_one_of(_tsqueries(self.query, across, unfinished)))

    def _has_name(self):
        """Whether anything was found by its own name, and not only by words here and there."""
        return any(score < matching.AMONG_PEOPLE for score, _ in self.scored.values())

    def _corrected(self):
        """Correct the words that nothing has; if that finds nothing, those that are words but not the right ones."""
        asked = self.query.without_year or self.query
        known = self.lookup.known(asked.words)
        wrong = [word for word in asked.telling if word not in known and not self._is_begun(word)]
        if wrong:
            self._with_corrected(asked, wrong, known)
            rows = self.lookup.named_like(asked.joined)
            self._take([row[:3] for row in rows], faults={row[:2]: row[3] for row in rows})
        if not self.scored:
            self._with_corrected(asked, asked.telling, known)

    def _with_corrected(self, asked, wrong, known):
        last = asked.words[-1] if self.typing else ""
        alike = {word: self.lookup.like(word, unfinished=word == last) for word in wrong[:MOST_CORRECTED]}
        alternatives = [({word: 0} if word in known else {}) | alike.get(word, {}) for word in asked.telling]
        if all(alternatives):
            self._by_alternatives(alternatives)

    def _is_begun(self, word):
        return self.typing and word == self.query.words[-1] and self.lookup.begins_a_word(word)

    def _by_alternatives(self, alternatives):
        year = [_year(self.query.year)] if self.query.without_year else []
        wanted = _all_of([_any_of(options) for options in alternatives] + year)
        self._take(self.lookup.with_words(wanted), alternatives=alternatives)
        if len(self.scored) < self.most:
            wanted = _all_of([_any_of([*options, *_people(options)]) for options in alternatives] + year)
            faults = max(1, sum(min(options.values()) for options in alternatives))
            at_least = matching.CORRECTED + faults + matching.NOT_BY_NAME
            self._take(self.lookup.with_words(wanted), at_least, alternatives=alternatives)

    # -------------------------------------------------------------- candidates
    def _take(self, rows, at_least=None, alternatives=None, faults=None):
        """Match candidates not seen before; one that matches by no name of its own counts as `at_least` says."""
        fresh = {(kind, key): rank for kind, key, rank in rows if (kind, key) not in self.scored}
        self.ranks |= fresh
        self.named |= named([pair for pair in fresh if pair not in self.named])
        for pair in fresh.keys() & self.named.keys():
            score = self._score(self.named[pair], alternatives)
            if score is None and faults and pair in faults:
                score = matching.CORRECTED + faults[pair] + matching.AS_A_WHOLE, self.named[pair].names[0][0]
            if score is None and at_least is not None:
                score = at_least, self.named[pair].names[0][0]
            if score is not None:
                self.scored[pair] = score

    def _score(self, candidate, alternatives):
        """(how well, by which name) a candidate answers; None if by none."""
        scores = [
            (score, place, name)
            for place, (name, sounds) in enumerate(candidate.names)
            if (score := self._of_name(candidate, name, sounds, alternatives)) is not None
        ]
        if not scores:
            return None
        score, _, name = min(scores)
        return score, name

    def _of_name(self, candidate, name, sounds, alternatives):
        found = [matching.match(self.query, name, sounds)]
        rest = self.query.without_year
        if rest and candidate.year and abs(candidate.year - self.query.year) <= 1:
            off = matching.OTHER_YEAR * abs(candidate.year - self.query.year)
            found.append(_plus(matching.match(rest, name, sounds), off))
        if alternatives:
            found.append(matching.corrected(alternatives, sounds))
        return min((score for score in found if score is not None), default=None)

    def _best(self, most):
        order = sorted(self.scored, key=lambda pair: (self.scored[pair][0], -self.ranks[pair], pair))
        return [self.named[pair].hit(self.scored[pair][1]) for pair in order[:most]]


def _plus(score, more):
    return None if score is None else score + more


# ------------------------------------------------------------------ tsquery
# Words are of a-z and 0-9, so that nothing in them is an operator.
def _tsqueries(query, across, unfinished):
    """The query as a tsquery, and if it names a year also without the year but of titles of about that year."""
    yield _all_of(_terms(query, across, unfinished))
    if rest := query.without_year:
        yield _all_of([*_terms(rest, across, False), _year(query.year)])


def _terms(query, across, unfinished):
    *first, last = query.telling
    for word in first:
        yield _any_of([word, f"@{word}"] if across else [word])
    ending = ":*" if unfinished and len(last) >= SHORTEST_BEGINNING and last == query.words[-1] else ""
    yield _any_of([last, f"@{last}"] if across else [last], ending)


def _year(year):
    return _any_of(f"#{about}" for about in (year - 1, year, year + 1))


def _people(words):
    return [f"@{word}" for word in words]


def _any_of(words, ending=""):
    return "(" + " | ".join(f"'{word}'{ending}" for word in words) + ")"


def _all_of(terms):
    return " & ".join(terms)


def _one_of(queries):
    return " | ".join(f"({query})" for query in queries)
