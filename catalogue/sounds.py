"""What the spellings of a name sound like: one form for all ways to write it, so that a search finds it by any of them.

Names (when they are saved) and queries (when they are asked) go the same way: letters of every script become Latin
ones, marks and punctuation go, and letters that transliterations mix up become one: Samoilova, Samoylova and Самойлова
are all "samoilova". Beside the models and not in `catalogue.search`, because the models' columns are made with it.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from catalogue.names import APOSTROPHES, ARTICLE, FRACTION

# Chinese characters, also in Japanese: each is a word's worth, and nobody parts them with spaces.
HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
NOT_WORD = re.compile(r"[^a-z0-9]+")
SPOKEN_SIGNS = str.maketrans({"&": " and ", "–": " ", "—": " "})
ROMAN = re.compile(r"[ivx]+")
DOUBLED = re.compile(r"([a-z])\1+")
SOUNDS = (("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"))
# What some write with two letters and others with one.
OTHERWISE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ё": "йо", "ѓ": "гй"})
MAIN_PART = re.compile(r"\s*(?:[:(]|\s[-–—]\s)")
INITIALS = "="
FEWEST_INITIALS = 3


def words(text):
    """`text` as a list of plain words of a-z and 0-9, transliterated; the empty list if nothing can be written so."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", FRACTION.sub(" ", text)).translate(SPOKEN_SIGNS)
        text = anyascii(HAN.sub(r" \1 ", APOSTROPHES.sub("", text)))
    return NOT_WORD.sub(" ", text.lower().replace("&", " and ").replace("'", "").replace("`", "")).split()


@lru_cache(maxsize=1 << 16)
def sound(word):
    """What a plain word shares with its other transliterations."""
    if ROMAN.fullmatch(word):
        return word
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return DOUBLED.sub(r"\1", word)


def sounds(text):
    """The words of `text` as they sound."""
    return [sound(word) for word in words(text)]


def forms(name):
    """All forms of a name as text: words parted by spaces, forms by "|"; its initials come last, after "=".

    The second form lacks a leading article; others write an umlaut with two letters.
    """
    spelled = (name,) if name.isascii() else (name, name.lower().translate(OTHERWISE))
    without = [_without_article(each) for each in spelled]
    found = [" ".join(sounds(text)) for each in zip(spelled, without, strict=True) for text in dict.fromkeys(each)]
    return "|".join([form for form in dict.fromkeys(found) if form] + _initials(name))


def _without_article(name):
    article = ARTICLE.match(name)
    return name[article.end() :] if article else name


def _initials(name):
    if name.count(" ") < FEWEST_INITIALS - 1:
        return []
    main = MAIN_PART.split(name, maxsplit=1)[0]
    spoken = dict.fromkeys("".join(word[0] for word in words(text)) for text in (main, _without_article(main)))
    return [INITIALS + sound(first) for first in spoken if len(first) >= FEWEST_INITIALS and first.isalpha()]
