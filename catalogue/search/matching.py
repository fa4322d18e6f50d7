"""How well a name answers a query: a number, the smaller the better; popularity comes after it."""

from itertools import accumulate

from catalogue.names import fold
from catalogue.sounds import INITIALS

EXACT = 0  # the very name, whatever its case, accents, punctuation and article
SOUNDS_SO = 1  # a transliteration of it
WHOLE_WORDS = 2  # its first words, or its last: a surname
STARTS_SO = 3  # its first letters, or words from the middle
INSIDE = 4  # letters that begin a word of it
ALL_WORDS = 5  # all the words somewhere in it, in any order
AMONG_PEOPLE = 6  # the words are in names and people and year together
CORRECTED = 7  # and more by each fault
AS_A_WHOLE = 0.5  # more, if only the whole name is like the query, not its words
NOT_BY_NAME = 0.7  # more, if the corrected words are of people
OTHER_YEAR = 0.5  # a year beside the one that was asked for


def match(query, name, sounds):
    """How well the name with those forms answers `query`; None if not at all."""
    found = [step for form in sounds.split("|") if (step := _of_form(query, form)) is not None]
    if not found:
        return None
    best = min(found)
    return EXACT if best == SOUNDS_SO and fold(name) == query.folded else best


def _of_form(query, form):
    typed = query.joined
    if form.startswith(INITIALS):
        return WHOLE_WORDS if form[1:] == typed else None
    words = form.split(" ")
    whole = "".join(words)
    ends = list(accumulate(map(len, words)))
    if whole == typed:
        return SOUNDS_SO
    if whole.startswith(typed):
        return WHOLE_WORDS if len(typed) in ends else STARTS_SO
    return _from_inside(typed, whole, ends) or _all_words(query, words)


def _from_inside(typed, whole, ends):
    steps = [_step(typed, whole[end:], end, ends) for end in ends[:-1] if whole.startswith(typed, end)]
    return min(steps, default=None)


def _step(typed, rest, end, ends):
    if rest == typed:
        return WHOLE_WORDS
    return STARTS_SO if end + len(typed) in ends else INSIDE


def _all_words(query, words):
    *first, last = query.telling or ("",)
    has_all = set(first) <= set(words) and any(word.startswith(last) for word in words)
    return ALL_WORDS + len(words) / 100 if has_all and last else None


def corrected(alternatives, sounds):
    """How well a name answers words with `alternatives`, a list of {word: faults}; None if a word is missing."""
    found = []
    for form in sounds.split("|"):
        words = form.split(" ")
        faults = [_least(options, words) for options in alternatives]
        if None not in faults:
            found.append(CORRECTED + sum(faults) + len(words) / 100)
    return min(found, default=None)


def _least(options, words):
    return min((far for word, far in options.items() if word in words), default=None)
