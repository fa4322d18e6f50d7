"""Staff fill in the forms of the admin in a browser that runs no script."""

import pytest

from catalogue.models import Genre, Release, Title
from catalogue.tests.test_admin import fields_of, url
from config import without_script
from tests.factories import make_company, make_genre, make_person, make_staff, make_title

ADD = "/admin/catalogue/title/add/"


@pytest.fixture
def staff(client, db):
    client.force_login(make_staff(is_superuser=True))
    return client


def pressed(staff, address, more="", **typed):
    """The form that comes back when a button is pressed that asks for a row or for menus."""
    data = fields_of(staff.get(address)) | {"no_script": "1", "_more": more}
    return staff.post(address, data | typed)


def test_a_list_gets_an_empty_row_and_nothing_is_saved_or_judged(staff):
    genre = make_genre(name="War")
    answer = pressed(staff, ADD, "title_genres", name="")
    assert not Title.objects.exists() and "This field is required" not in answer.text
    row = "title_genres-0-genre"
    assert f'<option value="{genre.pk}">War</option>' in answer.text and f'name="{row}"' in answer.text
    assert staff.post(ADD, fields_of(answer) | {"name": "Cranes", row: genre.pk}).status_code == 302
    assert list(Genre.objects.filter(genre_titles__title__name="Cranes")) == [genre]


def test_what_was_typed_stays_and_rows_add_up(staff):
    answer = pressed(staff, ADD, "names", name="Cranes")
    answer = staff.post(ADD, fields_of(answer) | {"no_script": "1", "_more": "names", "names-0-name": "Журавли"})
    data = fields_of(answer)
    assert (data["name"], data["names-0-name"], data["names-TOTAL_FORMS"]) == ("Cranes", "Журавли", "2")


def test_menus_stand_where_one_would_type_to_choose(staff):
    company, title = make_company(name="Mosfilm"), make_title()
    address = "/admin/catalogue/release/add/"
    answer = pressed(staff, address)
    assert f'<option value="{company.pk}">Mosfilm</option>' in answer.text
    data = fields_of(answer) | {"title": title.pk, "medium": "dvd", "distributor": company.pk}
    assert staff.post(address, data).status_code == 302
    assert Release.objects.get().distributor == company


def test_of_too_many_the_number_is_asked_for(staff, monkeypatch):
    monkeypatch.setattr(without_script, "MOST", 1)
    company = [make_company(), make_company()][1]
    answer = pressed(staff, ADD, "title_companies")
    field = "title_companies-0-company"
    assert f'name="{field}" ' in answer.text and "its number" in answer.text
    data = fields_of(answer) | {"name": "Cranes", field: company.pk, "title_companies-0-role": "production"}
    assert staff.post(ADD, data).status_code == 302
    assert Title.objects.get().title_companies.get().company == company


@pytest.mark.parametrize("more", ["", "nothing", "credits", "names-0", "x" * 500])
def test_whatever_is_asked_for_the_form_comes_back(staff, more):
    title = make_title()
    assert pressed(staff, url(title), more, name="Another").status_code == 200
    title.refresh_from_db()
    assert title.name != "Another"


@pytest.mark.browser
def test_a_browser_without_scripts_adds_a_row_and_saves(site, open_page):
    person = make_person(name="Ada")
    page = open_page(url(person), 1440, member=make_staff(is_superuser=True), java_script_enabled=False)
    page.get_by_role("button", name="One more row").first.click()
    page.fill("[name=aliases-0-name]", "Countess of Lovelace")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url(lambda url: "change" not in url)
    assert person.aliases.get().name == "Countess of Lovelace"
