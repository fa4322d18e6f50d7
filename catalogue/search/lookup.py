"""The statements a search makes. Each has a limit of time and gives what it can: (kind, key, rank) of candidates."""

from time import monotonic

from django.conf import settings
from django.db import OperationalError, connection

from catalogue.models.search import HEADS

SPARE = 24  # candidates beyond what is shown: several may be names of one title
EXACT = 24

WHOLE = """
(SELECT kind, owner, rank FROM catalogue_searchterm WHERE term = %(typed)s AND start = 0
  ORDER BY rank DESC, kind, owner LIMIT %(exact)s)
"""
HEAD = """
UNION ALL (SELECT kind, owner, rank FROM catalogue_searchterm WHERE left(term, {length}) = %(typed)s
  ORDER BY rank DESC LIMIT %(most)s)
"""
BEGINNING = """
UNION ALL (SELECT kind, owner, rank FROM catalogue_searchterm WHERE term LIKE %(like)s
  ORDER BY rank DESC LIMIT %(most)s)
"""
# The popular come first; only if they are few does it pay to look at all.
DOCUMENTS = """
WITH popular AS MATERIALIZED (
  SELECT kind, owner, rank FROM catalogue_searchdocument WHERE popular AND words @@ %(words)s::tsquery
  ORDER BY rank DESC, kind, owner LIMIT %(most)s)
(SELECT kind, owner, rank FROM popular)
UNION ALL (SELECT kind, owner, rank FROM catalogue_searchdocument
  WHERE NOT popular AND words @@ %(words)s::tsquery AND (SELECT count(*) FROM popular) < %(most)s
  ORDER BY rank DESC, kind, owner LIMIT %(most)s)
"""
KNOWN = """
SELECT word FROM unnest(%(words)s::text[]) AS asked (word)
WHERE EXISTS (SELECT FROM catalogue_searchword known WHERE known.word = asked.word)
"""
BEGINS = "SELECT EXISTS (SELECT FROM catalogue_searchword WHERE word LIKE %(like)s)"
# A word with one fault has its first or its last half right; two letters that changed places are tried apart.
LIKE_WORDS = """
SELECT word, min(far) AS far FROM (
  SELECT word, levenshtein_less_equal(word, %(word)s, %(most)s) AS far FROM catalogue_searchword
    WHERE (word LIKE %(head)s OR reverse(word) LIKE %(tail)s) AND length(word) BETWEEN %(least)s AND %(longest)s
  UNION ALL SELECT word, 1 FROM catalogue_searchword WHERE word = ANY (%(swapped)s)) alike
WHERE far <= %(most)s GROUP BY word ORDER BY 2, 1 LIMIT 48
"""
LIKE_BEGINNINGS = """
SELECT word, 1 AS far FROM catalogue_searchword
WHERE word LIKE %(head)s AND length(word) > %(length)s AND least(
  levenshtein_less_equal(left(word, %(length)s), %(word)s, 1),
  levenshtein_less_equal(left(word, %(length)s - 1), %(word)s, 1),
  levenshtein_less_equal(left(word, %(length)s + 1), %(word)s, 1)) <= 1
ORDER BY length(word), word LIMIT 8
"""
LIKE_TRIGRAMS = """
SELECT word, levenshtein(word, %(word)s) AS far FROM catalogue_searchword
WHERE word %% %(word)s AND length(word) BETWEEN %(least)s AND %(longest)s
  AND levenshtein_less_equal(word, %(word)s, %(most)s) <= %(most)s
ORDER BY 2, 1 LIMIT 6
"""
LIKE_NAMES = """
SELECT kind, owner, rank, far FROM (
  SELECT kind, owner, rank, levenshtein_less_equal(term, %(typed)s, %(most_faults)s) AS far
  FROM catalogue_searchterm WHERE term LIKE %(head)s AND length(term) BETWEEN %(least)s AND %(longest)s) alike
WHERE far <= %(most_faults)s ORDER BY far, rank DESC LIMIT %(most)s
"""
NEAREST = (
    "SELECT DISTINCT word, word <-> %(word)s AS far FROM catalogue_searchword WHERE word %% %(word)s ORDER BY 2 LIMIT 4"
)


class Lookup:
    """The statements of one search for `most` things, which together take no longer than SEARCH_MILLISECONDS."""

    def __init__(self, most):
        self.most = most + SPARE
        self.ends = monotonic() + settings.SEARCH_MILLISECONDS / 1000
        self.is_cut = False  # a statement had no time, so that something may be there and was not seen

    def beginning_with(self, typed):
        """Names with a word from which on they begin with `typed`, run together; whole names too."""
        values = {"typed": typed, "like": f"{typed}%", "exact": EXACT, "most": self.most}
        if len(typed) in HEADS:
            return self._rows(WHOLE + HEAD.format(length=len(typed)), values)
        return self._rows(WHOLE + (BEGINNING if len(typed) > 1 else ""), values)

    def with_words(self, words):
        """Documents that fit `words`, a tsquery."""
        return self._rows(DOCUMENTS, {"words": words, "most": self.most})

    def known(self, words):
        return {word for (word,) in self._rows(KNOWN, {"words": list(words)})}

    def begins_a_word(self, word):
        return self._rows(BEGINS, {"like": f"{word}%"}) == [(True,)]

    def like(self, word, unfinished):
        """{word: faults} of words that `word` may be a misspelling of; an `unfinished` one of their beginnings."""
        if not (faults := _faults(word)):
            return {}
        half, size = len(word) // (faults + 1), len(word)
        values = {
            "word": word,
            "most": faults,
            "head": f"{word[:half]}%",
            "tail": f"{word[: -half - 1 : -1]}%",
            "least": size - faults,
            "longest": size + faults,
            "length": size,
            "swapped": _swapped(word),
        }
        found = dict(self._rows(LIKE_WORDS, values))
        if unfinished:
            values["head"] = f"{word[: size // 2]}%"
            found = dict(self._rows(LIKE_BEGINNINGS, values)) | found
        if not found and faults > 1:
            found = dict(self._rows(LIKE_TRIGRAMS, values))
        return found

    def named_like(self, typed):
        """(kind, key, rank, faults) of names like `typed` as a whole: with words run together, parted and misspelt."""
        faults = _faults(typed)
        if faults < 2:
            return []
        size = len(typed)
        values = {"typed": typed, "head": f"{typed[: size // 2]}%", "most_faults": faults, "most": self.most}
        return self._rows(LIKE_NAMES, values | {"least": size - faults, "longest": size + faults})

    def nearest(self, word):
        return [word for word, _ in self._rows(NEAREST, {"word": word})]

    def _rows(self, sql, values):
        """Rows; none if there is not the time."""
        if (left := int(1000 * (self.ends - monotonic()))) < 1:
            self.is_cut = True
            return []
        with connection.cursor() as cursor:
            try:
                return _in_time(cursor, sql, values, left)
            except OperationalError:
                self.is_cut = True
                if connection.in_atomic_block:
                    cursor.execute("ROLLBACK TO SAVEPOINT search")
                return []


def _in_time(cursor, sql, values, milliseconds):
    # One trip to the server: each statement of a string has the limit of its own, and settings end with the string.
    before, after = ("SAVEPOINT search; ", "; RELEASE SAVEPOINT search") if connection.in_atomic_block else ("", "")
    limit = f"SET LOCAL statement_timeout = {milliseconds}; SET LOCAL jit = off"
    cursor.execute(f"{before}{limit}; {sql}; SET LOCAL statement_timeout TO DEFAULT{after}", values)
    while cursor.description is None and cursor.nextset():
        pass
    return cursor.fetchall()


def _faults(word):
    """How many faults a word may have: its sound is often a letter shorter than what was typed."""
    return 0 if len(word) < 3 or word.isdecimal() else 1 if len(word) < 8 else 2


def _swapped(word):
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
