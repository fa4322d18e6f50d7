"""Pictures that other sites show beside a link to a page of ours: covers, a name and our mark, 1200 x 630.

Each is made once, when it is first asked for, and its address carries the digest of what it is made from, like a
cover's (catalogue/pictures.py). A page whose covers change with every rating gives the address without the digest,
which redirects to the picture of now.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from django.conf import settings
from django.db.models import F
from PIL import Image, ImageDraw, ImageFont

from catalogue import pictures, wording
from catalogue.cards import address
from catalogue.covers.lettering import FONTS, drawable_words
from catalogue.models import AwardBody, Collection, Company, Country, Genre, Person, Title

RULES_VERSION = 1  # goes up whenever the same facts would get another picture
SIZE = WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 80_000
QUALITIES = (86, 80, 72, 64, 54, 42)
MARGIN = 60
# The paper, inks and red of static/css/tokens.css, and the paper with a seventh of a title's hue in it.
PAPER, INK, SOFT, RED = "#faf5ed", "#1f1914", "#514842", "#c0281f"
GROUNDS = {
    "red": "#f2ddd3",
    "gold": "#f2e6d0",
    "green": "#e0e5da",
    "teal": "#dce5e0",
    "blue": "#dddfe5",
    "plum": "#e6d9dd",
    "slate": "#e6e3df",
}
LARGEST, SMALLEST = 92, 34  # pixels to the em of a name
CAPITAL, LEADING, DESCENDER = 0.72, 1.08, 0.24  # em, of the typeface of names
WALL = 6


@dataclass(frozen=True)
class Preview:
    """What a link's picture is made of: a name, a line below it, `covers` (pictures.Picture) and a tint or ""."""

    name: str
    line: str
    covers: tuple
    tint: str = ""

    @property
    def key(self):
        """24 hexadecimal digits that change when the picture does."""
        facts = RULES_VERSION, self.name, self.line, self.tint, [cover.key for cover in self.covers]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:24]

    def path(self):
        """The JPEG's file, made if it is not there yet."""
        path = Path(settings.MEDIA_ROOT) / "previews" / self.key[:2] / f"{self.key}.jpg"
        if not path.exists():
            pictures.write(path, _small_enough(_composed(self)))
        return path


# ------------------------------------------------------------------ of what
def of_title(title, makers):
    """The Preview of a title loaded with `for_cards` or `for_page`; `makers` are the names of who directed it."""
    cover = pictures.Picture.of(title)
    facts = [str(title.year or ""), f"by {wording.joined(makers[:3])}" if makers else ""]
    return Preview(title.name, ", ".join(filter(None, facts)), (cover,), cover.tint)


def address_of_title(title, makers):
    return address("catalogue:preview_kept", "titles", title.slug, of_title(title, makers).key)


def _title(slug):
    title = Title.objects.for_cards().filter(slug=slug).first()
    return title and of_title(title, _makers(title))


def _makers(title):
    """Names of the directors or, if there are none, of the creators."""
    credits = title.credits.filter(role__in=["director", "creator"]).order_by("position")
    rows = credits.values_list("role", "printed_name")
    return [name for role, name in rows if role == "director"] or [name for _, name in rows]


def _person(slug):
    person = Person.objects.with_page().filter(slug=slug, paged=True).first()
    return person and _row(person.name, "Films to rent by post", Title.objects.filter(credits__person=person))


def _collection(slug):
    collection = Collection.objects.filter(slug=slug).first()
    titles = Title.objects.filter(title_collections__collection=collection)
    return collection and _row(collection.name, "A collection to rent by post", titles)


def _genre(slug):
    genre = Genre.objects.filter(slug=slug).first()
    return genre and _row(genre.name, "Films to rent by post", Title.objects.filter(title_genres__genre=genre))


def _country(slug):
    country = Country.objects.filter(pk=slug.upper()).first()
    titles = Title.objects.filter(title_countries__country=country)
    return country and _row(f"Films from {country.name}", "To rent by post", titles)


def _award_body(slug):
    body = AwardBody.objects.filter(slug=slug).first()
    titles = Title.objects.filter(awards__body=body, awards__won=True)
    return body and _row(body.name, "Winners to rent by post", titles)


def _company(slug):
    company = Company.objects.filter(slug=slug).first()
    return company and _row(
        company.name, "Films to rent by post", Title.objects.filter(title_companies__company=company)
    )


def _site(slug):
    if slug != "home":
        return None
    popular = Title.objects.for_cards().filter(popular__isnull=False).order_by("popular__position")[:WALL]
    covers = tuple(map(pictures.Picture.of, popular))
    return Preview("Films worth the walk to the door.", "On DVD, Blu-ray and 4K", covers)


def _row(name, line, titles):
    """The Preview of a list of titles: the three most popular, or most written about, stand for all."""
    order = F("popular__position").asc(nulls_last=True), F("score_summary__reviews").desc(nulls_last=True), "pk"
    titles = Title.objects.filter(pk__in=titles.values("pk")).for_cards().order_by(*order)[:3]
    return Preview(name, line, tuple(map(pictures.Picture.of, titles)))


# What a kind of page and a slug lead to: the Preview, or None if there is no such page.
KINDS = {
    "titles": _title,
    "people": _person,
    "collections": _collection,
    "genres": _genre,
    "countries": _country,
    "awards": _award_body,
    "companies": _company,
    "site": _site,
}


# ------------------------------------------------------------------ drawing
def _composed(preview):
    image = Image.new("RGB", SIZE, GROUNDS.get(preview.tint, PAPER))
    pen = ImageDraw.Draw(image)
    left, places = _places(len(preview.covers))
    for cover, place in zip(preview.covers, places, strict=False):
        _hang(image, pen, cover, *place)
    width = WIDTH - MARGIN - left if left > MARGIN else places[0][0] - 2 * MARGIN if places else WIDTH - 2 * MARGIN
    _write(pen, preview, left, width)
    _stamp(image, pen, left)
    return image


def _places(number):
    """Where the words begin, and (x, y, width) of each cover: one large, up to three in a row, or a wall."""
    if number == 1:
        return 460, [(MARGIN, 57, 344)]
    if number <= 3:
        width, gap = (228, 16) if number == 3 else (280, 20)
        first = WIDTH - MARGIN - number * width - (number - 1) * gap
        return MARGIN, [(first + i * (width + gap), (HEIGHT - width * 3 // 2) // 2, width) for i in range(number)]
    width, gap = 216, 14
    columns = [WIDTH - 10 - (3 - i) * (width + gap) for i in range(3)]
    rows = [HEIGHT // 2 - width * 3 // 2 - gap // 2, HEIGHT // 2 + gap // 2]
    return MARGIN, [(x, y, width) for y in rows for x in columns]


def _hang(image, pen, cover, x, y, width):
    """Paste a cover with a fine edge; one whose file is lost leaves its place empty."""
    path = cover.path("640.webp")
    if not path.exists():
        return
    height = width * 3 // 2
    with Image.open(path) as file:
        image.paste(file.convert("RGB").resize((width, height), Image.Resampling.LANCZOS), (x, y))
    pen.rectangle((x - 1, y - 1, x + width, y + height), outline="#cfc6ba")


def _write(pen, preview, left, width):
    """The name as large as it fits, the line below it, both in the middle of what the mark leaves."""
    size, names = _fitted(drawable_words(preview.name), width, 330)
    below = _wrapped(drawable_words(preview.line), _font("small", 30), width)[:2]
    steps = [CAPITAL * size, *[LEADING * size] * (len(names) - 1), 40 + DESCENDER * size, 38]
    baselines = list(accumulate(steps[: len(names)] + steps[-2:][: len(below)]))
    top = (HEIGHT - 80 - baselines[-1]) / 2 if baselines else 0
    lines = [(line, size, "clarendon", INK) for line in names] + [(line, 30, "small", SOFT) for line in below]
    for baseline, (line, points, font, ink) in zip(baselines, lines, strict=False):
        pen.text((left, top + baseline), line, font=_font(font, points), fill=ink, anchor="ls")


def _stamp(image, pen, left):
    """Our mark and name at the foot."""
    mark = Image.new("L", (160, 160), 0)
    for box in ((8, 8, 152, 152), (58, 58, 102, 102)):
        ImageDraw.Draw(mark).ellipse(box, outline=255, width=15)
    image.paste(RED, (left, HEIGHT - 97), mark.reduce(4))
    pen.text((left + 54, HEIGHT - 77), "Kinopost", font=_font("clarendon", 34), fill=RED, anchor="lm")


def _fitted(words, width, height):
    """(size, lines) of the largest size at which the words keep to the box; cut off where none is small enough."""
    for size in range(LARGEST, SMALLEST - 1, -2):
        lines = _wrapped(words, _font("clarendon", size), width)
        fits = all(_font("clarendon", size).getlength(line) <= width for line in lines)
        if fits and len(lines) * size * LEADING <= height:
            return size, lines
    most = int(height / SMALLEST / LEADING)
    return SMALLEST, [*lines[: most - 1], lines[most - 1] + "…"] if len(lines) > most else lines


def _wrapped(words, font, width):
    """The words in lines, each as long as it may be."""
    lines = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(name, size):
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


def _small_enough(image):
    """The image as JPEG, in the best quality that keeps to MOST_BYTES."""
    for quality in QUALITIES:
        file = BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()
