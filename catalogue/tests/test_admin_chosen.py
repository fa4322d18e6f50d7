"""A picture that was chosen is not chosen twice: the form that comes back names and shows it."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from catalogue.models import Person, Title, TitleDraft
from catalogue.tests.test_admin import edit, fields_of, image_file, url
from tests.factories import make_collection, make_person, make_staff, make_title

pytestmark = pytest.mark.django_db
ADD = reverse("admin:catalogue_title_add")


@pytest.fixture
def staff(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_staff(is_superuser=True))
    return client


def form_of(answer):
    return answer.context["adminform"].form


def token_in(answer):
    return form_of(answer)["chosen"].value()


@pytest.mark.parametrize(
    ("make", "column"), [(make_title, "poster"), (make_person, "portrait"), (make_collection, "picture")]
)
def test_a_mistake_elsewhere_does_not_lose_it(staff, make, column):
    row = make(name="Before")
    answer = edit(staff, row, name="", upload=image_file())
    assert "Chosen, and not lost" in answer.text and list(form_of(answer).errors) == ["name"]
    shown = staff.get(reverse("admin:catalogue_title_chosen", args=[token_in(answer)]))
    assert Image.open(BytesIO(b"".join(shown))).format == "WEBP"
    assert edit(staff, row, name="After", chosen=token_in(answer)).status_code == 302
    row.refresh_from_db()
    assert row.name == "After" and len(getattr(row, column)) == 64


def test_matching_a_cast_list_keeps_it(staff):
    data = fields_of(staff.get(ADD)) | {"cast_list": "Aleksei Batalov", "_match": "1", "upload": image_file()}
    answer = staff.post(ADD, data)
    assert "Chosen, and not lost" in answer.text
    assert staff.post(ADD, fields_of(answer) | {"name": "Cranes"}).status_code == 302
    assert len(Title.objects.get().poster) == 64


def test_matching_says_of_a_bad_picture_that_it_is_one(staff):
    data = fields_of(staff.get(ADD)) | {"cast_list": "Aleksei Batalov", "_match": "1", "upload": BytesIO(b"GIF89a")}
    answer = staff.post(ADD, data)
    assert list(form_of(answer).errors) == ["upload"] and "not a JPEG, PNG or WebP" in answer.text


def test_a_draft_keeps_it(staff):
    title = make_title(name="Cranes")
    draft = reverse("admin:catalogue_title_draft", args=[title.pk])
    answer = staff.post(draft, fields_of(staff.get(url(title))) | {"upload": image_file()}, follow=True)
    assert "Chosen, and not lost" in answer.text and TitleDraft.objects.exists()
    assert staff.post(url(title), fields_of(answer)).status_code == 302
    title.refresh_from_db()
    assert len(title.poster) == 64


def test_another_file_takes_its_place(staff):
    title = make_title()
    first = token_in(edit(staff, title, name="", upload=image_file()))
    assert edit(staff, title, chosen=first, upload=image_file(size=(80, 120))).status_code == 302
    other = make_title()
    assert edit(staff, other, chosen=first).status_code == 302
    digests = set(Title.objects.values_list("poster", flat=True))
    assert len(digests) == 2 and "" not in digests


def test_it_is_given_up_by_the_box_that_removes(staff):
    title = make_title(poster="0" * 64)
    token = token_in(edit(staff, title, name="", upload=image_file()))
    assert edit(staff, title, chosen=token, without_poster="on").status_code == 302
    title.refresh_from_db()
    assert title.poster == ""


def test_only_what_was_kept_can_be_named_and_only_as_what_it_is(staff):
    person = make_person()
    poster = token_in(edit(staff, make_title(), name="", upload=image_file()))
    for token in (poster, poster[:-1], "x" * 64, "[]"):
        assert edit(staff, person, chosen=token).status_code == 302
    assert set(Person.objects.values_list("portrait", flat=True)) == {""}
    assert staff.get(reverse("admin:catalogue_title_chosen", args=["x" * 64])).status_code == 404
