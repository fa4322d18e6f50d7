"""Names, folded for matching and keyed for sorting."""

import re
import unicodedata


def fold(text):
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFKD", text).casefold())


def sort_key(text):
    return unicodedata.normalize("NFKD", text).casefold()
