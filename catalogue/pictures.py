"""Posters that staff upload and covers that are drawn: both as WebP in the sizes pages use, made once.

A picture's address carries the digest of what it is made from, so it may be kept for ever: another picture, another
address. WebP only: every browser reads it, and an AVIF as small costs ten times the processor (docs/dependencies.md).
Link previews are pictures of their own (catalogue/sharing.py).
"""

import hashlib
import mimetypes
import os
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from catalogue.covers import RULES_VERSION, cover_tint, draw_cover
from catalogue.uploads import read_picture

WIDTHS = (180, 360, 640)
SAVED_AS = {"format": "WEBP", "quality": 80, "method": 4}
# A server whose own list of types lacks WebP would send pictures as "application/octet-stream".
mimetypes.add_type("image/webp", ".webp")


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
        """The file of the picture in `size`, "360.webp"; drawn if it is a cover not drawn yet."""
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
    return [f"{width}.webp" for width in WIDTHS]


def store_poster(upload):
    """Re-encode an uploaded poster in all sizes and return its digest for `Title.poster`.

    Nothing of the upload is kept but its pixels. Raises uploads.BadPicture, and OSError if the folder of pictures
    cannot be written.
    """
    image, digest = read_picture(upload)
    _write_sizes(image, Picture("", None, (), (), poster=digest).key)
    return digest


def write(path, raw):
    """Write the bytes of a picture, unless it is there; who reads the file meanwhile finds none or a whole one."""
    if path.exists():
        return  # a picture's address is kept for ever, so its bytes stay as they are
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(handle)  # else a power cut may leave an empty file under an address kept for ever
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _folder(key):
    return Path(settings.MEDIA_ROOT) / "pictures" / key[:2] / key


def _write_sizes(image, key):
    for size in sizes():
        path = _folder(key) / size
        if not path.exists():
            write(path, _encoded(image, int(path.stem)))


def _encoded(image, width):
    """`image` as WebP, cut to 2:3 around its middle."""
    file = BytesIO()
    ImageOps.fit(image, (width, width * 3 // 2), Image.Resampling.LANCZOS).save(file, **SAVED_AS)
    return file.getvalue()
