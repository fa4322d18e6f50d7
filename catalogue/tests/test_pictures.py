"""Posters and covers: what is uploaded is refused in a sentence or made anew from its pixels; what is served stays."""

import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image, ImageCms

from catalogue import pictures
from catalogue.models import Title
from catalogue.pictures import Picture, store_poster
from catalogue.uploads import BadPicture, read_picture

MARK = b"<script>alert(1)</script> secret"
NOT_A_PICTURE = "not a JPEG, PNG or WebP picture, or it is damaged"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


# ------------------------------------------------------------------ files made here
def encoded(image, kind="PNG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def poster(mode="RGB", size=(40, 60), colour=None):
    return Image.new(mode, size, colour or {"RGB": "red", "CMYK": (0, 255, 255, 0)}.get(mode, 0))


def noise(size=(400, 600)):
    return Image.effect_noise(size, 90).convert("RGB")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *chunks, depth=8, colour=2):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def text_bomb():
    """A PNG with a comment of 200 MB, in 200 kB."""
    comment = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    return png(1, 1, chunk(b"zTXt", comment), chunk(b"IDAT", zlib.compress(bytes(4))))


def gps_jpeg():
    exif = Image.Exif()
    exif[0x8298] = MARK.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 21.0)
    return encoded(noise(), "JPEG", exif=exif, comment=MARK)


def profiled_jpeg():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(noise(), "JPEG", icc_profile=profile + MARK)


def jpeg_and_zip():
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.html", MARK)
    return encoded(noise(), "JPEG") + archive.getvalue()


def many_scans():
    """A JPEG whose last scan is painted over and over."""
    raw = encoded(poster("L", (4000, 6000), 90), "JPEG", progressive=True)
    last = raw[raw.rindex(b"\xff\xda") : -2]
    return raw[:-2] + last * 2000 + b"\xff\xd9"


def progressive(mode, size):
    pixels = noise((size[0] // 16, size[1] // 16)).resize(size).convert(mode)
    return encoded(pixels, "JPEG", progressive=True, subsampling=0, quality=70)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) show\nshowpage\n"
FITS = (b"SIMPLE  =                    T".ljust(80) + b"END".ljust(80)).ljust(2880)
REFUSED = {
    "nothing": (lambda: b"", "The file is empty"),
    "text": (lambda: b"Hello, I am a text.", NOT_A_PICTURE),
    "huge header": (lambda: png(60_000, 60_000), "million pixels"),
    "header beyond any size": (lambda: png(2**31 - 1, 2**31 - 1), "million pixels"),
    "bomb of text": (text_bomb, NOT_A_PICTURE),
    "gif": (lambda: encoded(poster(), "GIF"), NOT_A_PICTURE),
    "svg": (lambda: SVG, NOT_A_PICTURE),
    "eps": (lambda: EPS, NOT_A_PICTURE),
    "tiff": (lambda: encoded(poster(), "TIFF"), NOT_A_PICTURE),
    "fits": (lambda: FITS, NOT_A_PICTURE),
    "truncated jpeg": (lambda: encoded(noise(), "JPEG")[:9000], NOT_A_PICTURE),
    "truncated png": (lambda: encoded(noise())[:9000], NOT_A_PICTURE),
    "truncated webp": (lambda: encoded(noise(), "WEBP")[:9000], NOT_A_PICTURE),
    "png without pixels": (lambda: png(40, 60), NOT_A_PICTURE),
    "9 MB": (lambda: encoded(poster(), "JPEG") + bytes(9 << 20), "larger than 8 MB"),
    "30 megapixels": (lambda: encoded(Image.new("L", (5000, 6000))), "more than 25 million pixels"),
    "a line": (lambda: encoded(Image.new("L", (1, 20_000))), "more than 15,000 pixels long"),
    "8 megapixels of webp": (lambda: encoded(Image.new("L", (2400, 3400)), "WEBP"), "more than 7 million pixels"),
    "jpeg of many scans": (many_scans, "save it anew as JPEG"),
    "17 progressive megapixels": (lambda: progressive("RGB", (3400, 5000)), "more than 16 million pixels"),
}
TAKEN = {
    "jpeg": lambda: encoded(noise(), "JPEG"),
    "grey jpeg": lambda: encoded(noise().convert("L"), "JPEG"),
    "cmyk jpeg": lambda: encoded(poster("CMYK"), "JPEG"),
    "gps and comment": gps_jpeg,
    "profile": profiled_jpeg,
    "jpeg with zip": jpeg_and_zip,
    "jpeg with page": lambda: encoded(noise(), "JPEG") + MARK,
    "png with text": lambda: png(1, 1, chunk(b"tEXt", b"a\0" + MARK), chunk(b"IDAT", zlib.compress(bytes(4)))),
    "webp": lambda: encoded(noise(), "WEBP", exif=b"Exif\0\0" + MARK, xmp=MARK),
    "palette": lambda: encoded(noise().convert("P")),
    "bilevel": lambda: encoded(noise().convert("1")),
    "16 bits": lambda: encoded(Image.new("I;16", (40, 60), 40_000)),
    "alpha": lambda: encoded(poster("RGBA", colour=(255, 0, 0, 128))),
    "two frames": lambda: encoded(poster(), save_all=True, append_images=[poster("RGB", colour="blue")]),
    "two frames of webp": lambda: encoded(poster(), "WEBP", save_all=True, append_images=[poster(colour="blue")]),
    "one pixel": lambda: encoded(poster(size=(1, 1))),
}
LARGE = {
    "jpeg": lambda: encoded(noise((250, 375)).resize((4080, 6120)), "JPEG"),
    "png with alpha": lambda: encoded(Image.new("RGBA", (4080, 6120), (255, 0, 0, 90))),
    "palette": lambda: encoded(Image.new("P", (4080, 6120), 3)),
    "16 bits": lambda: encoded(Image.new("I;16", (4080, 6120), 9000)),
    "webp": lambda: encoded(noise((134, 201)).resize((2150, 3225)), "WEBP"),
    "progressive": lambda: progressive("RGB", (3200, 4900)),
    "progressive in ink": lambda: progressive("CMYK", (2800, 4200)),
}


def stored(raw):
    """{name: bytes} of the files made of a poster."""
    digest = store_poster(BytesIO(raw))
    folder = Picture("", None, (), (), poster=digest).path("360.webp").parent
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def middle(raw):
    image = Image.open(BytesIO(stored(raw)["640.webp"]))
    return image.getpixel((image.width // 2, image.height // 2))


def near(colour, other):
    return all(abs(a - b) <= 12 for a, b in zip(colour, other, strict=True))


# ------------------------------------------------------------------ what is refused, what is taken
@pytest.mark.parametrize("kind", REFUSED)
def test_refused_in_a_sentence(kind, media):
    make, words = REFUSED[kind]
    with pytest.raises(BadPicture, match=words) as refusal:
        store_poster(BytesIO(make()))
    assert ":" in str(refusal.value)  # it also says what to do
    assert list(media.iterdir()) == []


@pytest.mark.parametrize("kind", TAKEN)
def test_made_anew_in_all_sizes_with_nothing_of_the_file(kind):
    files = stored(TAKEN[kind]())
    assert sorted(files) == sorted(pictures.sizes())
    for name, raw in files.items():
        image = Image.open(BytesIO(raw))
        assert (image.size, image.mode) == ((int(name.split(".")[0]), int(name.split(".")[0]) * 3 // 2), "RGB")
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert not any(part in raw for part in (MARK, b"Exif", b"ICC", b"PK\x03\x04"))
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_upright_whatever_the_camera_held(orientation, kind):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = Image.new("RGB", (60, 90), "red")
    upright.paste("blue", (0, 0, 30, 45))
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[
        orientation
    ]  # Transpose.*, its own inverse or the other turn
    turned = upright if back is None else upright.transpose(back)
    image, _ = read_picture(BytesIO(encoded(turned, kind, exif=exif)))
    assert image.size == (60, 90)
    assert near(image.getpixel((10, 10)), (0, 0, 255))
    assert near(image.getpixel((50, 80)), (255, 0, 0))


@pytest.mark.parametrize(
    ("raw", "colour"),
    [
        (lambda: encoded(poster("RGBA", colour=(0, 0, 0, 0))), (255, 255, 255)),
        (lambda: encoded(poster("LA", colour=(0, 0))), (255, 255, 255)),
        (lambda: encoded(poster("P"), transparency=0), (255, 255, 255)),
        (lambda: encoded(poster("RGB"), transparency=(255, 0, 0)), (255, 255, 255)),
        (lambda: encoded(poster("RGBA", colour=(255, 0, 0, 128))), (255, 127, 127)),
        (lambda: encoded(Image.new("I;16", (40, 60), 25_700)), (100, 100, 100)),
        (lambda: encoded(poster("CMYK"), "JPEG", quality=95), (255, 0, 0)),
        (TAKEN["two frames"], (255, 0, 0)),
        (TAKEN["two frames of webp"], (255, 0, 0)),
    ],
)
def test_colours_are_what_one_saw(raw, colour):
    assert near(middle(raw()), colour)


def test_a_wide_profile_is_turned_into_the_webs_colours():
    """A profile that swaps red and blue shows whether anybody reads it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    assert near(middle(encoded(poster(), "PNG", icc_profile=bytes(profile))), (0, 0, 255))


@pytest.mark.parametrize("profile", [b"rubbish", b"\0" * 200])
def test_a_broken_profile_does_no_harm(profile):
    assert near(middle(encoded(poster(), "PNG", icc_profile=profile)), (255, 0, 0))


def test_a_large_picture_keeps_its_shape_and_its_parts():
    image = Image.new("RGB", (3900, 5800), "red")
    image.paste("blue", (0, 2900, 3900, 5800))
    small, _ = read_picture(BytesIO(encoded(image)))
    assert (small.width >= 1280, small.height >= 1920) == (True, True)
    assert near(small.getpixel((600, small.height // 2 - 5)), (255, 0, 0))
    assert near(small.getpixel((600, small.height // 2 + 5)), (0, 0, 255))


# ------------------------------------------------------------------ effort
MEASURE = """
import sys, tempfile, time
from io import BytesIO
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from PIL import Image
from catalogue import pictures, uploads

def memory(what):
    return int(open("/proc/self/status").read().split(what)[1].split()[0])

for kind in ("JPEG", "WEBP", "PNG"):
    small = BytesIO()
    Image.new("RGB", (9, 9)).save(small, kind)
    pictures.store_poster(BytesIO(small.getvalue()))
before, started = memory("VmRSS:"), time.process_time()
try:
    pictures.store_poster(open(sys.argv[2], "rb"))
except uploads.BadPicture:
    pass
print(time.process_time() - started, (memory("VmHWM:") - before) / 1024)
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures with Linux's /proc")
@pytest.mark.parametrize("make", [*LARGE.values(), *(make for make, _ in REFUSED.values())])
def test_no_file_takes_more_than_two_seconds_and_150_mb(make, tmp_path):
    (tmp_path / "upload").write_bytes(make())
    arguments = [sys.executable, "-c", MEASURE, str(tmp_path / "media"), str(tmp_path / "upload")]
    done = subprocess.run(arguments, cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds <= 2
    assert megabytes <= 150


@pytest.mark.long
@pytest.mark.parametrize("kind", ["jpeg", "palette", "alpha", "webp", "gps and comment", "profile", "two frames"])
def test_damaged_files_are_refused_or_taken_but_nothing_else_happens(kind):
    dice, whole = random.Random(kind), TAKEN[kind]()
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(dice.choice((1, 3, 20))):
            raw[dice.randrange(min(len(raw), dice.choice((60, 900, len(raw)))))] = dice.randrange(256)
        try:
            read_picture(BytesIO(raw))
        except BadPicture:
            pass


# ------------------------------------------------------------------ files
COVER = Picture("Metropolis", 1927, ("Germany",), ("Sci-fi",))


def test_a_cover_is_drawn_once_and_its_bytes_depend_on_nothing_else(settings, tmp_path):
    first = {size: COVER.path(size).read_bytes() for size in pictures.sizes()}
    drawn_at = COVER.path("360.webp").stat().st_mtime_ns
    assert COVER.path("360.webp").stat().st_mtime_ns == drawn_at
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    assert {size: COVER.path(size).read_bytes() for size in pictures.sizes()} == first


def test_a_file_that_is_missing_is_made_and_the_others_stay():
    COVER.path("360.webp").with_name("180.webp").unlink()
    before = COVER.path("360.webp").stat().st_mtime_ns
    assert COVER.path("180.webp").exists()
    assert COVER.path("360.webp").stat().st_mtime_ns == before


DRAW = """
import sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from catalogue.pictures import Picture
print(len(Picture("Metropolis", 1927, ("Germany",), ("Sci-fi",)).path("360.webp").read_bytes()))
"""


@pytest.mark.long
def test_workers_that_draw_at_once_all_see_a_whole_picture(media):
    start = [sys.executable, "-c", DRAW, str(media)]
    options = {"cwd": django_settings.BASE_DIR, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(start, **options) for _ in range(8)]
    lengths = {worker.communicate()[0] for worker in workers}
    folder = COVER.path("360.webp").parent
    assert lengths == {f"{(folder / '360.webp').stat().st_size}\n"}
    assert sorted(path.name for path in folder.iterdir()) == sorted(pictures.sizes())


def test_a_write_that_fails_leaves_nothing_behind(media, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_poster(BytesIO(TAKEN["jpeg"]()))
    assert [path for path in media.rglob("*") if path.is_file()] == []


# ------------------------------------------------------------------ the address of a picture
@pytest.fixture
def title(db):
    Title.objects.create(slug="metropolis-1927", name="Metropolis", year=1927)
    return Title.objects.for_cards().get()


def address(title, size="360.webp", key=""):
    return f"/pictures/{title.slug}/{key or Picture.of(title).key}/{size}"


@pytest.mark.parametrize(("size", "kind"), [("180.webp", "image/webp"), ("640.webp", "image/webp")])
def test_a_picture_may_be_kept_for_ever(client, title, size, kind):
    response = client.get(address(title, size))
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert b"".join(response) == Picture.of(title).path(size).read_bytes()


def test_an_old_key_redirects_to_the_picture_of_now(client, title):
    response = client.get(address(title, key="0" * 24))
    assert (response.status_code, response["Location"]) == (302, address(title))
    assert "immutable" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("size", ["361.webp", "360.png", "360", "original"])
def test_a_size_we_do_not_make_is_not_found(client, title, size):
    assert client.get(address(title, size)).status_code == 404


def test_a_picture_of_no_title_is_not_found(client, db):
    assert client.get(f"/pictures/none/{'0' * 24}/360.webp").status_code == 404


def test_a_poster_lost_from_disk_is_not_found(client, title):
    Title.objects.update(poster="0" * 64)
    lost = Title.objects.for_cards().get()
    assert client.get(address(lost)).status_code == 404
