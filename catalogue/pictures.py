"""Posters that staff upload and covers that are drawn: both as WebP in the sizes pages use, made once.

A picture's address carries the digest of what it is made from, so it may be kept for ever: another picture, another
address. WebP only: every browser reads it, and an AVIF as small costs ten times the processor (docs/dependencies.md).
Link previews get a JPEG.
"""

import hashlib
import os
import tempfile
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from catalogue.covers import RULES_VERSION, cover_tint, draw_cover

WIDTHS = (180, 360, 640)
PREVIEW = "640.jpg"
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 25_000_000
QUALITY = 80


class BadPicture(ValueError):
    """An upload that is not a picture we can show; the message says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """The picture of a title: an uploaded poster, or the cover drawn from these facts."""

    name: str
    year: int | None
    countries: tuple
    genres: tuple
    short_name: str = ""
    palette: str = ""
    motif: str = ""
    poster: str = ""

    @classmethod
    def of(cls, title):
        """The picture of a title loaded with `for_cards` or `for_page`."""
        return cls(
            title.name,
            title.year,
            tuple(country["name"] for country in title.page_countries),
            tuple(genre["name"] for genre in title.page_genres),
            title.cover_short_name,
            title.cover_palette,
            title.cover_motif,
            title.poster,
        )

    @property
    def key(self):
        """24 hexadecimal digits that change when the picture does."""
        facts = self.poster or repr((RULES_VERSION, self))
        return hashlib.sha256(facts.encode()).hexdigest()[:24]

    @property
    def tint(self):
        """The colour of the page's ground."""
        return cover_tint(self.name, self.year, self.countries, self.genres, self.palette)

    def path(self, size):
        """The file of the picture in `size`, "360.webp" or PREVIEW; drawn if it is a cover not drawn yet."""
        path = _folder(self.key) / size
        if not path.exists() and not self.poster:
            _write_sizes(self._draw(), self.key)
        return path

    def _draw(self):
        return draw_cover(
            self.name,
            self.year,
            self.countries,
            self.genres,
            short_name=self.short_name,
            palette=self.palette,
            motif=self.motif,
            width=max(WIDTHS),
        )


def sizes():
    """Names of all files of a picture."""
    return [*(f"{width}.webp" for width in WIDTHS), PREVIEW]


def store_poster(upload):
    """Re-encode an uploaded poster in all sizes and return its digest for `Title.poster`.

    Nothing of the upload is kept but its pixels: no metadata, no trailing bytes. Raises BadPicture.
    """
    raw = _read(upload)
    image = _decode(raw)
    digest = hashlib.sha256(raw).hexdigest()
    _write_sizes(image, Picture("", None, (), (), poster=digest).key)
    return digest


def _read(upload):
    raw = upload.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise BadPicture("The picture is larger than 8 MB: save it smaller and try again.")
    return raw


def _decode(raw):
    """The upload's pixels, upright, in RGB."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(raw), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise BadPicture("The picture has more than 25 million pixels: scale it down and try again.")
        return ImageOps.exif_transpose(image).convert("RGB")
    except BadPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture("The picture has more than 25 million pixels: scale it down and try again.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise BadPicture("This is not a JPEG, PNG or WebP picture, or it is damaged.") from None


def _folder(key):
    return Path(settings.MEDIA_ROOT) / "pictures" / key[:2] / key


def _write_sizes(image, key):
    folder = _folder(key)
    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        _write(folder / f"{width}.webp", _scaled(image, width), format="WEBP", quality=QUALITY, method=4)
    _write(folder / PREVIEW, _scaled(image, max(WIDTHS)), format="JPEG", quality=QUALITY, optimize=True)


def _scaled(image, width):
    """`image` cut to 2:3 around its middle, `width` pixels wide."""
    return ImageOps.fit(image, (width, width * 3 // 2), Image.Resampling.LANCZOS)


def _write(path, image, **options):
    """Save `image`; who reads the file meanwhile finds none or a whole one."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        image.save(file, **options)
    os.chmod(draft, 0o644)
    os.replace(draft, path)
