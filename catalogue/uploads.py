"""Reading a picture somebody uploads: its pixels and nothing else, in bounded memory and time."""

import hashlib
import struct
from io import BytesIO

from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.Image import Transpose

# No other reader of Pillow's is asked: no EPS, TIFF, FITS, PSD.
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 15_000
MOST_PIXELS_WEBP = 7_000_000  # Pillow's WebP reader holds a picture four times over
MOST_HELD = 48_000_000  # numbers of a progressive JPEG, two bytes each: it is held whole until its last scan
# A JPEG may be painted in any number of scans, each of few bytes and a pass over the whole picture. Cameras and editors
# use at most some 14; the bytes of a mark turn up by chance about once in 64 kB of something appended.
MOST_SCANS = 100
NEEDED = (1280, 1920)  # twice what pages show: the last step down is left to a good filter
STRIP = 256  # rows
ORIENTATION = 0x0112
UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, KeyError, TypeError)


class BadPicture(ValueError):
    """An upload that is not a picture we can show; the message says why and what to do."""


def read_picture(upload):
    """(picture, digest) of an upload: an upright RGB image in sRGB, and the SHA-256 of the file. Raises BadPicture.

    The image is made of pixels only: no metadata, no colour profile, no trailing bytes. Transparent parts are white; of
    a moving picture the first frame counts. A large picture comes smaller, never below NEEDED.
    """
    raw = _read(upload)
    try:
        return _picture(raw), hashlib.sha256(raw).hexdigest()
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels(MOST_PIXELS) from None
    except DAMAGED:
        raise BadPicture(
            "This is not a JPEG, PNG or WebP picture, or it is damaged: save it as JPEG and try again."
        ) from None


def _read(upload):
    raw = upload.read(MOST_BYTES + 1)
    if not raw:
        raise BadPicture("The file is empty: choose a JPEG, PNG or WebP picture.")
    if len(raw) > MOST_BYTES:
        raise BadPicture("The picture is larger than 8 MB: save it smaller and try again.")
    return raw


def _picture(raw):
    image = Image.open(BytesIO(raw), formats=FORMATS)
    _check_effort(image, raw)
    image.draft(None, NEEDED)  # a JPEG is decoded at a half, a quarter or an eighth, if that is enough
    small = _in_srgb(_shrunk(image), image.info.get("icc_profile"))
    turn = _turn(image)
    return small if turn is None else small.transpose(turn)


def _turn(image):
    """What turns `image` upright, or None: also if its metadata are broken, for the picture need not be."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION))
    except DAMAGED:
        return None


def _check_effort(image, raw):
    most = _most_pixels(image)
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    if max(image.size) > LONGEST_SIDE:
        raise BadPicture(f"The picture is more than {LONGEST_SIDE:,} pixels long: cut it to the shape of a poster.")
    if image.format in ("JPEG", "MPO") and raw.count(b"\xff\xda") > MOST_SCANS:
        raise BadPicture("This JPEG is put together in an unusual way: save it anew as JPEG and try again.")


def _most_pixels(image):
    if image.format == "WEBP":
        return MOST_PIXELS_WEBP
    if image.info.get("progressive"):
        return min(MOST_PIXELS, int(MOST_HELD / _planes(image)))
    return MOST_PIXELS


def _planes(image):
    """Numbers a JPEG has for each pixel: 3 in full colour, 1.5 where four pixels share one, 4 in ink."""
    shares = [across * down for _, across, down, _ in image.layer]
    return sum(shares) / max(shares)


def _too_many_pixels(most):
    return BadPicture(f"The picture has more than {most / 1_000_000:.0f} million pixels: scale it down and try again.")


def _shrunk(image):
    """`image` in RGB, reduced by a whole number. Strip by strip: a flat copy of all of it would be another 100 MB."""
    factor = max(1, min(image.width // NEEDED[0], image.height // NEEDED[1]))
    small = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP * factor, image.height)))
        small.paste(_flat(strip).reduce(factor), (0, top // factor))
    return small


def _flat(image):
    """`image` in RGB, on white where it is transparent."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")  # `convert` alone makes all but black white
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image, profile):
    """`image` from the colours of an ICC `profile` to the web's own; as it is, if the profile cannot be used."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError):
        pass  # broken, or of a picture in ink or greys that is RGB by now
    return image
