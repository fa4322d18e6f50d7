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
from catalogue.covers.portraits import PORTRAIT_VERSION, draw_portrait
from catalogue.uploads import read_picture

WIDTHS = (180, 360, 640)
POSTER, PORTRAIT, WIDE = (2, 3), (4, 5), (2, 1)  # shapes, width to height
MIDDLE = (0.5, 0.5)
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

    def at_once(self):
        """The picture as bytes, in the middle size; a cover not drawn yet is drawn, and not kept."""
        path = _folder(self.key) / f"{WIDTHS[1]}.webp"
        if self.poster or path.exists():
            return path.read_bytes()
        file = BytesIO()
        self._draw().resize((WIDTHS[1], WIDTHS[1] * POSTER[1] // POSTER[0])).save(file, **SAVED_AS)
        return file.getvalue()

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


@dataclass(frozen=True)
class Portrait:
    """The picture of a person: an uploaded portrait, or one drawn from the name."""

    name: str
    uploaded: str = ""

    @property
    def key(self):
        facts = repr(("portrait", self.uploaded or (PORTRAIT_VERSION, self.name)))
        return hashlib.sha256(facts.encode()).hexdigest()[:24]

    def path(self, size):
        """The file of the portrait in `size`; drawn if it is not drawn yet."""
        path = _folder(self.key) / size
        if not path.exists() and not self.uploaded:
            _write_sizes(draw_portrait(self.name, width=max(WIDTHS)), self.key, PORTRAIT)
        return path


@dataclass(frozen=True)
class Banner:
    """The picture that staff uploaded for a collection, as wide as three covers."""

    uploaded: str

    @property
    def key(self):
        return hashlib.sha256(repr(("banner", self.uploaded)).encode()).hexdigest()[:24]

    def path(self, size):
        return _folder(self.key) / size


# Pictures by the digests of uploads.
UPLOADED = {
    "poster": lambda digest: Picture("", None, (), (), poster=digest),
    "portrait": lambda digest: Portrait("", digest),
    "banner": Banner,
}


def store_poster(upload, focus=MIDDLE):
    """Re-encode an uploaded poster in all sizes and return its digest for `Title.poster`.

    It is cut around `focus`, shares of what is cut off left and above: (0, 1) keeps the left and lower edge. Nothing of
    the upload is kept but its pixels. Raises uploads.BadPicture, and OSError if the folder of pictures cannot be
    written.
    """
    return _store(upload, UPLOADED["poster"], POSTER, focus)


def store_portrait(upload):
    """As `store_poster`, for `Person.portrait`."""
    return _store(upload, UPLOADED["portrait"], PORTRAIT)


def store_banner(upload):
    """As `store_poster`, for `Collection.picture`."""
    return _store(upload, UPLOADED["banner"], WIDE)


def _store(upload, picture_of, shape, focus=MIDDLE):
    image, digest = read_picture(upload)
    if focus != MIDDLE:  # cut otherwise, it is another picture
        digest = hashlib.sha256(f"{digest} {focus[0]:.3f} {focus[1]:.3f}".encode()).hexdigest()
    _write_sizes(image, picture_of(digest).key, shape, focus)
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


def _write_sizes(image, key, shape=POSTER, focus=MIDDLE):
    for size in sizes():
        path = _folder(key) / size
        if not path.exists():
            write(path, _encoded(image, int(path.stem), shape, focus))


def _encoded(image, width, shape, focus):
    """`image` as WebP, cut to `shape` around `focus`."""
    across, down = shape
    file = BytesIO()
    fitted = ImageOps.fit(image, (width, width * down // across), Image.Resampling.LANCZOS, centering=focus)
    fitted.save(file, **SAVED_AS)
    return file.getvalue()
