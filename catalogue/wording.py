"""How pages put figures and dates into words."""

from datetime import date

MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
CURRENCY_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "INR": "₹", "KRW": "₩"}
NATIVE = {  # languages that are not written in Latin letters unless we say so
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "mn"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arab"),
    **{"ja": "Jpan", "zh": "Hani", "ko": "Kore", "el": "Grek", "he": "Hebr", "yi": "Hebr", "hi": "Deva", "th": "Thai"},
    **{"ka": "Geor", "hy": "Armn", "bn": "Beng", "ta": "Taml"},
}
UNITS = ((10**9, "B"), (10**6, "M"), (10**3, "K"))


def run_time(minutes):
    """96 → "1h 36min"; 45 → "45min"; 120 → "2h"; None → ""."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [f"{hours}h" if hours else "", f"{rest}min" if rest else ""]))


def loose_date(value):
    """ "1957-10-12" → "12 October 1957", "1957-10" → "October 1957", "1957" → "1957"."""
    year, month, day = (value.split("-") + ["", ""])[:3] if value else ("", "", "")
    words = [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year]
    return " ".join(filter(None, words))


def day(value):
    """A date in words: 2 March 2024. Takes a date or its ISO form; None → ""."""
    if not value:
        return ""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def age(born, died):
    """Whole years between two loose dates, if the day of both is known; else None."""
    if not (len(born) == len(died) == len("1957-10-12")):
        return None
    return int(died[:4]) - int(born[:4]) - (died[4:] < born[4:])


def shortened(text, most):
    """`text` in at most `most` letters, cut between words where it can be."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,:–-") + "…"


def first_sentence(text):
    """The first sentence of the first paragraph of plain text."""
    first, stop, _ = text.strip().split("\n\n")[0].replace("\n", " ").partition(". ")
    return first + stop.strip()


def span(first, last):
    """Two years: "1946 to 2023", or "1946" twice the same."""
    return f"{first} to {last}" if first != last else str(first)


def language(code, script):
    """The HTML language of a name in a script: "ru", "ru-Latn"; "" if unknown."""
    code = code or ""
    return f"{code}-{script}" if code and script and script != NATIVE.get(code, "Latn") else code


def money(amount, currency):
    """17000 USD → "$17.0K": three figures and a unit, as box offices are printed."""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    unit, letter = next(((size, letter) for size, letter in UNITS if amount >= size), (1, ""))
    return f"{sign}{amount / unit:.1f}{letter}" if letter else f"{sign}{amount}"


def price(pence):
    """999 → "£9.99"; 1000 → "£10"."""
    return f"£{pence / 100:.2f}".removesuffix(".00")


def stars(half_stars):
    """9 → "4.5", 8 → "4"."""
    return f"{half_stars / 2:g}"


def joined(words):
    """ "a", "a and b", "a, b and c"."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def counted(number, one, many=None):
    """1, "review" → "1 review"; 1234 → "1,234 reviews"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_words(number):
    """4 → "Four", 0 → "No"; a number above twelve in figures."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def ordinal(number):
    """1 → "1st", 12 → "12th"."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{last}"


def paragraphs(text):
    """The paragraphs of plain text: what empty lines part."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def day_and_month(value, short=False):
    """A date in words, of this year or nearly: 2 March; `short`: 2 Mar."""
    month = MONTHS[value.month - 1]
    return f"{value.day} {month[:3] if short else month}"
