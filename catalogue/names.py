"""Names as slugs, as keys to match by and as keys to sort by."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

ARTICLES = "the a an le la les der die das el los las il lo gli un une".split()
# Of all languages whose articles count for nothing in lists from A to Z (migration 0006).
ARTICLES_OF_ALL = frozenset(
    (
        "the a an al den det en et der die das ein eine o i to ta oi el la los las un una le les une az egy il lo gli "
        "uno de het een ei os as um uma ett l' l’"
    ).split()
)
# Names are in English; the articles of other languages are words of it: "Die Hard", "La La Land" (migration 0006).
ENGLISH_ARTICLE = re.compile(r"^(?:(?:the|an|a)\s+|l['’]\s*)", re.IGNORECASE)
ARTICLE = re.compile(rf"(?:{'|'.join(ARTICLES)})\s+|l['’]\s*", re.IGNORECASE)
APOSTROPHES = re.compile(r"['’ʼʻ`´]")
FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
NOT_SLUG = re.compile(r"[^a-z0-9]+")
NOT_ASCII_WORD = re.compile(r"[\W_]+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
DIGITS = re.compile(r"\d+")
# Letters that Unicode does not take apart into a letter and a mark.
WHOLE_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
SLUG_LENGTH = 190

SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "ARABIC": "Arab",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml",
    "TELUGU": "Telu", "THAI": "Thai", "KHMER": "Khmr", "LAO": "Laoo", "MYANMAR": "Mymr", "SINHALA": "Sinh",
    "MALAYALAM": "Mlym", "GUJARATI": "Gujr", "KANNADA": "Knda", "GURMUKHI": "Guru", "TIBETAN": "Tibt",
    "ETHIOPIC": "Ethi", "MONGOLIAN": "Mong", "HANGUL": "Kore", "HIRAGANA": "Jpan", "KATAKANA": "Jpan",
    "KATAKANA-HIRAGANA": "Jpan", "CJK": "Hani",
}  # fmt: skip


def slug(text):
    """`text` in a-z, 0-9 and single hyphens; "" if nothing of it can be written so."""
    text = APOSTROPHES.sub("", text.replace("&", " and "))
    if not text.isascii():
        text = anyascii(FRACTION.sub(" ", text))
    return NOT_SLUG.sub("-", text.lower())[:SLUG_LENGTH].strip("-")


def title_slug(name, year=None):
    """The slug of a title: its name and, if known, its year."""
    return "-".join(filter(None, [slug(name) or "untitled", str(year or "")]))


@lru_cache(maxsize=1 << 15)
def fold(text):
    """What the spellings of a name share: its letters and digits, unaccented, without a leading article."""
    text = _plain(text).replace("&", "and")
    rest = ARTICLE.sub("", text, count=1) if ARTICLE.match(text) else text
    return _letters(rest) or _letters(text) or text


def article_first(name):
    """ "Wages of Fear, The" → "The Wages of Fear", "Avventura, L'" → "L'Avventura"; any other name as it is."""
    rest, _, last = name.rpartition(",")
    article = last.strip()
    if not rest.strip() or article.casefold() not in ARTICLES_OF_ALL:
        return name
    gap = "" if article.endswith(("'", "’")) else " "
    return f"{article}{gap}{rest.strip()}"


def sort_key(name):
    """`name` as an alphabetical list wants it: no English article, no accents, numbers in order of size."""
    text = THOUSANDS.sub("", _plain(name))
    rest = ENGLISH_ARTICLE.sub("", text, count=1)
    words = _words(rest) or _words(text) or text
    return DIGITS.sub(lambda number: number[0].zfill(6), words)


def script_of(text):
    """The ISO 15924 code of the script that `text` is written in; None for none, several or a rare one."""
    if text.isascii():
        return "Latn" if any(letter.isalpha() for letter in text) else None
    kinds = {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()} - {"MODIFIER"}
    scripts = {SCRIPTS.get(kind) for kind in kinds}
    if "Jpan" in scripts:
        scripts.discard("Hani")
    return scripts.pop() if len(scripts) == 1 else None


def _plain(text):
    text = text.strip()
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", FRACTION.sub(" ", text)).casefold().translate(WHOLE_LETTERS)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _letters(text):
    text = APOSTROPHES.sub("", text)
    return NOT_ASCII_WORD.sub("", text) if text.isascii() else "".join(filter(_is_written, text))


def _words(text):
    text = APOSTROPHES.sub("", text)
    if text.isascii():
        return NOT_ASCII_WORD.sub(" ", text).strip()
    return " ".join("".join(part if _is_written(part) else " " for part in text).split())


def _is_written(sign):
    # Vowel signs of Indic and Thai writing are marks to Unicode, but part of the word.
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
