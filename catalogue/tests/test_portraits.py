"""Portraits and banners: drawn or uploaded, under addresses that are kept for ever."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from catalogue.covers.portraits import draw_portrait, initials
from catalogue.pictures import sizes, store_banner, store_portrait
from catalogue.portraits import banner, portrait
from tests.factories import make_collection, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(colour="teal"):
    file = BytesIO()
    Image.new("RGB", (400, 400), colour).save(file, "PNG")
    return ContentFile(file.getvalue(), "picture.png")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mikhail Kalatozov", "MK"), ("Bong Joon Ho", "BH"), ("Cher", "C"), ("agnès varda", "AV"),
        ("Łódź Śpiewak", "LS"), ("黒澤明", ""), ("", ""), ("50 Cent", "C"),
    ],
)  # fmt: skip
def test_initials_are_those_of_the_first_and_the_last_name(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize("name", ["Mikhail Kalatozov", "黒澤明", "", "W" * 300, "\u202e\0"])
def test_every_name_gets_a_portrait_and_always_the_same(name):
    first, again = draw_portrait(name, width=60), draw_portrait(name, width=60)
    assert first.size == (60, 75) and first.tobytes() == again.tobytes()
    assert len(first.getcolors(60 * 75)) > 3


def test_names_get_different_portraits():
    assert len({draw_portrait(f"Person {number}", width=30).tobytes() for number in range(20)}) > 15


@pytest.mark.parametrize("size", sizes())
def test_a_drawn_portrait_is_sent_to_be_kept_for_ever(client, size):
    address = portrait(make_person())["src"].replace("360.webp", size)
    response = client.get(address)
    image = Image.open(BytesIO(b"".join(response.streaming_content)))
    assert image.width * 5 == image.height * 4
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_name_or_another_picture_is_another_address(client):
    person = make_person(name="Ann Bee")
    drawn = portrait(person)
    person.portrait = store_portrait(upload())
    person.save()
    uploaded = portrait(person)
    assert drawn["drawn"] and not uploaded["drawn"] and drawn["src"] != uploaded["src"]
    assert client.get(uploaded["src"]).status_code == 200
    response = client.get(drawn["src"])
    assert (response.status_code, response["Location"]) == (302, uploaded["src"])


def test_a_collection_shows_the_picture_uploaded_for_it(client):
    collection = make_collection()
    assert banner(collection) is None
    collection.picture = store_banner(upload())
    collection.save()
    image = Image.open(BytesIO(b"".join(client.get(banner(collection)["src"]).streaming_content)))
    assert image.size == (360, 180)
    assert banner(collection)["src"] in client.get(collection.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("view", "make"), [("catalogue:portrait", make_person), ("catalogue:banner", make_collection)])
@pytest.mark.parametrize("size", ["361.webp", "..", "360.webp%00"])
def test_there_are_no_other_sizes(client, view, make, size):
    assert client.get(reverse(view, args=[make().slug, "0" * 24, size])).status_code == 404


def test_a_collection_without_a_picture_has_no_file(client):
    address = reverse("catalogue:banner", args=[make_collection().slug, "0" * 24, "360.webp"])
    assert client.get(address).status_code == 404
