"""A poster is cut where staff say, and around its middle where they say nothing."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalogue.pictures import Picture
from catalogue.tests.test_admin import edit, make_title
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


@pytest.fixture
def staff(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_staff(is_superuser=True))
    return client


def stripes():
    """Red, green and blue side by side, three times as wide as a poster."""
    picture, file = Image.new("RGB", (600, 300)), BytesIO()
    for place, colour in enumerate((RED, GREEN, BLUE)):
        picture.paste(colour, (200 * place, 0, 200 * place + 200, 300))
    picture.save(file, "PNG")
    return SimpleUploadedFile("stripes.png", file.getvalue())


def cut(staff, **focus):
    """(digest, the colour in the middle) of a poster cut at `focus`."""
    title = make_title()
    assert edit(staff, title, upload=stripes(), **focus).status_code == 302
    title.refresh_from_db()
    path = Picture("", None, (), (), poster=title.poster).path("360.webp")
    return title.poster, Image.open(path).convert("RGB").getpixel((180, 270))


def near(colour, other):
    return all(abs(one - two) < 30 for one, two in zip(colour, other, strict=True))


@pytest.mark.parametrize(("x", "colour"), [("0", RED), ("0.5", GREEN), ("1", BLUE), ("1.000", BLUE)])
def test_a_poster_is_cut_where_staff_say(staff, x, colour):
    assert near(cut(staff, focus_x=x, focus_y="0.5")[1], colour)


@pytest.mark.parametrize("x", ["", "2", "-1", "nan", "inf", "1e9", "x", "0.55555"])
def test_anything_else_is_the_middle(staff, x):
    assert near(cut(staff, focus_x=x)[1], GREEN)


def test_another_cut_is_another_picture_with_an_address_of_its_own(staff):
    digests = {cut(staff, focus_x=x)[0] for x in ("0", "0.5", "1", "")}
    assert len(digests) == 3
