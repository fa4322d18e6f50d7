"""Lists on the page of what they belong to: a row whose place is left empty comes last."""

import pytest

from catalogue.tests.test_admin import add_row, fields_of, url
from tests.factories import make_person, make_release, make_staff, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("make", "prefix", "fields"),
    [
        (make_person, "aliases", {"name": ("Ann", "Bee")}),
        (make_title, "names", {"name": ("Ann", "Bee"), "kind": ("aka", "aka")}),
        (make_title, "title_languages", {"language": ("de", "ru")}),
        (make_title, "title_countries", {"country": ("DE", "FR")}),
        (make_release, "audio_tracks", {"language": ("de", "ru"), "kind": ("original", "original")}),
        (make_release, "aspect_ratios", {"printed": ("1.33:1", "1.85:1")}),
    ],
)
def test_rows_without_a_place_come_last_in_their_order(staff, make, prefix, fields):
    row = make()
    for place in (0, 1):
        data = fields_of(staff.get(url(row)))
        add_row(data, prefix, position="", **{field: values[place] for field, values in fields.items()})
        answer = staff.post(url(row), data)
        assert answer.status_code == 302, answer.context["errors"]
    assert list(getattr(row, prefix).order_by("position").values_list("position", flat=True)) == [1, 2]
