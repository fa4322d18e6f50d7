"""The staff's pages of spreadsheets: who may, what they show, what they do; one form has one effect."""

import csv
import io
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from catalogue import tasks
from catalogue.models import Deed, Person, SheetImport, Title
from catalogue.models.sheets import LARGE
from catalogue.tests.sheet_files import as_csv, imported, looked_at
from tests.factories import make_genre, make_release, make_staff, make_title, make_title_genre

pytestmark = pytest.mark.django_db
KINDS = {"titles": "title", "releases": "release", "people": "person", "credits": "credit"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def cataloguer(client):
    member = make_staff()
    member.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(member)
    return member


def page(name, *args):
    return reverse(f"admin:catalogue_{name}", args=args)


def send(client, kind, data, name="titles.csv", **more):
    return client.post(page(f"{KINDS[kind]}_import"), {"sheet": SimpleUploadedFile(name, data), **more})


def read(answer):
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def test_a_sheet_is_sent_looked_at_imported_and_undone(client, cataloguer):
    title = make_title(slug="cranes", name="Cranes")
    answer = send(client, "titles", as_csv(["Address", "Name", "Year"], ["cranes", "Storks", "1957"], ["", "x", "1"]))
    run = SheetImport.objects.get()
    assert answer["Location"] == run.get_absolute_url()
    assert "Being read" in client.get(run.get_absolute_url()).text
    tasks.look_at_sheet(sheet=run.pk)
    text = client.get(run.get_absolute_url() + "?show=changed").text
    assert "<del>Cranes</del>" in text and "<ins>Storks</ins>" in text
    text = client.get(run.get_absolute_url()).text
    assert "The year lies between 1870 and 2100, not at 1." in text and "Import 1 row" in text
    client.post(page("sheetimport_import", run.pk))
    assert not SheetImport.objects.get().confirmed_at  # one row is refused, and nobody said to leave it out
    client.post(page("sheetimport_import", run.pk), {"without_refused": "yes"})
    tasks.write_sheet(sheet=run.pk)
    title.refresh_from_db()
    assert title.name == "Storks" and "Imported on" in client.get(run.get_absolute_url()).text
    assert "puts 1 changed row back as it was" in client.get(page("sheetimport_undo", run.pk)).text
    client.post(page("sheetimport_undo", run.pk))
    title.refresh_from_db()
    assert title.name == "Cranes" and "Undone on" in client.get(run.get_absolute_url()).text


def test_a_file_sent_twice_by_one_form_is_one_import(client, cataloguer):
    key, data = uuid4(), as_csv(["Name"], ["x"])
    first, second = (send(client, "people", data, form_key=key) for _ in range(2))
    assert first["Location"] == second["Location"] and SheetImport.objects.count() == 1


def test_later_work_keeps_an_import_from_being_undone(client, cataloguer):
    title = make_title(slug="cranes", name="Cranes")
    run = imported("titles", as_csv(["Address", "Name"], ["cranes", "Storks"]), cataloguer)
    Title.objects.filter(pk=title.pk).update(name="Herons")
    for answer in (client.get(page("sheetimport_undo", run.pk)), client.post(page("sheetimport_undo", run.pk))):
        assert "cannot be undone as a whole" in answer.text
    assert Title.objects.get().name == "Herons" and not SheetImport.objects.get().undone_at


def test_errors_come_as_csv_and_in_the_file(client, cataloguer):
    run = looked_at("titles", as_csv(["Name", "Year"], ["=x", "57"], ["-y", "1957"]), cataloguer)
    assert read(client.get(page("sheetimport_errors", run.pk)))[1][:3] == ["2", "A", "Name"]
    headings, first, second = read(client.get(page("sheetimport_with_errors", run.pk)))
    assert headings == ["Name", "Year", "Errors"]
    assert first[0] == "'=x" and "column B (Year): The year lies" in first[2].replace("Column", "column")
    assert second == ["'-y", "1957", ""]


def test_a_file_with_its_errors_can_be_put_right_and_sent_again(client, cataloguer):
    run = looked_at("titles", as_csv(["Name", "Year"], ["x", "57"]), cataloguer)
    headings, row = read(client.get(page("sheetimport_with_errors", run.pk)))
    row[1] = "1957"
    assert looked_at("titles", as_csv(headings, row), cataloguer).new == 1


def test_what_is_not_wanted_is_dropped(client, cataloguer):
    run = looked_at("titles", as_csv(["Name"], ["x"]), cataloguer)
    client.post(page("sheetimport_drop", run.pk))
    assert not SheetImport.objects.exists() and not Title.objects.exists()


@pytest.mark.parametrize("name", ["import", "drop"])
def test_an_address_that_acts_leads_to_its_page(client, cataloguer, name):
    run = looked_at("titles", as_csv(["Name"], ["x"]), cataloguer)
    assert client.get(page(f"sheetimport_{name}", run.pk))["Location"] == run.get_absolute_url()


def test_no_file_and_an_empty_one_are_said(client, cataloguer):
    assert "Choose a file." in client.post(page("title_import")).text
    assert "This file is empty." in send(client, "titles", b"").text


# ------------------------------------------------------------------ out
def test_an_export_is_what_the_list_shows(client, cataloguer):
    make_title(slug="a", name="Cranes", kind="film"), make_title(slug="b", name="Cranes II", kind="series")
    make_title(slug="c", name="Other", kind="film")
    answer = client.get(page("title_export_csv"), {"q": "cranes", "kind__exact": "film"})
    assert [row[0] for row in read(answer)] == ["Address", "a"]


def test_credits_and_workbooks_go_out_too(client, cataloguer):
    make_release(title=make_title(slug="cranes", name="=1+1"), slug="dvd")
    answer = client.get(page("title_export_xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert (sheet.title, sheet.freeze_panes, sheet["B2"].value, sheet["B2"].data_type) == ("titles", "A2", "'=1+1", "s")
    assert len(read(client.get(page("credit_export_csv")))) == 1
    assert read(client.get(page("release_export_csv")))[1][:2] == ["cranes", "dvd"]


def test_an_export_asks_as_often_for_many_rows_as_for_few(client, cataloguer):
    def queries():
        with CaptureQueriesContext(connection) as found:
            read(client.get(page("title_export_csv")))
        return len(found)

    make_title_genre(title=make_title(slug="first"))
    few = queries()
    for _ in range(15):
        make_title_genre(title=make_title())
    assert queries() == few


# ------------------------------------------------------------------ in bulk
def test_all_that_a_filter_shows_is_changed_in_bulk(client, cataloguer):
    genre, films = make_genre(name="War"), [make_title(kind="film"), make_title(kind="film")]
    make_title(kind="series")
    query = {"kind__exact": "film"}
    answer = client.post(f"{page('title_bulk')}?kind__exact=film", {"field": "Genres", "how": "add", "value": "War"})
    run = SheetImport.objects.get()
    assert answer["Location"] == run.get_absolute_url() and query
    tasks.look_at_sheet(sheet=run.pk)
    assert "Change 2 rows" in client.get(run.get_absolute_url()).text
    client.post(page("sheetimport_import", run.pk))
    tasks.write_sheet(sheet=run.pk)
    assert set(Title.objects.filter(title_genres__genre=genre)) == set(films)


@pytest.mark.parametrize(("across", "number"), [("0", 1), ("1", 2)])
def test_the_action_takes_those_ticked_or_all_that_the_list_shows(client, cataloguer, across, number):
    films = [make_title(kind="film"), make_title(kind="film")]
    make_title(kind="series")
    data = {"action": "change_a_field", "_selected_action": [films[0].pk], "select_across": across}
    answer = client.post(f"{page('title_changelist')}?kind__exact=film", data)
    client.post(answer["Location"], {"field": "Year", "how": "set", "value": "1999"})
    tasks.look_at_sheet(sheet=SheetImport.objects.get().pk)
    assert SheetImport.objects.get().changed == number


WRONG = {
    ("Year", "set", "57"): "The year lies between 1870 and 2100",
    ("Year", "add", "1957"): "Year has one value: choose “set to”.",
    ("Genres", "add", ""): "Say what to add.",
    ("Countries", "set", "Utopia"): "There is no country “Utopia”",
}


@pytest.mark.parametrize(("field", "how", "value"), WRONG)
def test_a_bulk_change_that_cannot_be_is_refused_at_once(client, cataloguer, field, how, value):
    make_title()
    answer = client.post(page("title_bulk"), {"field": field, "how": how, "value": value})
    assert WRONG[field, how, value] in answer.text and not SheetImport.objects.exists()


def test_nothing_to_change_is_said(client, cataloguer):
    answer = client.post(page("title_bulk"), {"field": "Year", "how": "set", "value": "1957"})
    assert "No row is left in this list." in answer.text


# ------------------------------------------------------------------ who
def test_who_may_only_look_may_only_take_out(client):
    desk = make_staff()
    desk.groups.add(Group.objects.get(name="desk"))
    client.force_login(desk)
    run = looked_at("titles", as_csv(["Name"], ["x"]), make_staff())
    assert client.get(page("title_export_csv")).status_code == 200
    shut = [page("title_import"), page("title_bulk"), page("sheetimport_changelist"), page("sheetimport_look", run.pk)]
    assert {client.get(address).status_code for address in shut} == {403}
    text = client.get(page("title_changelist")).text
    assert "Export titles" in text and "Import titles" not in text and "Change one field" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_page(client, cataloguer, kind):
    text = client.get(page(f"{KINDS[kind]}_import")).text
    assert f"Import {kind}" in text and "does not carry" in text


def test_the_list_of_imports_asks_as_often_for_many(client, cataloguer):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page("sheetimport_changelist")).status_code == 200
        return len(found)

    looked_at("titles", as_csv(["Name"], ["x"]), cataloguer)
    few = queries()
    for _ in range(5):
        looked_at("titles", as_csv(["Name"], ["x"]), cataloguer)
    assert queries() == few


# ------------------------------------------------------------------ too large to be put back while somebody waits
@pytest.fixture
def large(cataloguer):
    return imported("people", as_csv(["Name"], *([f"Person {n}"] for n in range(LARGE + 1))), cataloguer)


def undo_page(run):
    return reverse("admin:catalogue_sheetimport_undo", args=[run.pk])


def the_job(run, by):
    tasks.undo_sheet(sheet=run.pk, by=by.pk)
    run.refresh_from_db()


def test_it_is_undone_by_a_job_and_its_page_tells(client, large, cataloguer):
    assert "It takes a while" in client.get(undo_page(large)).text
    answer = client.post(undo_page(large), follow=True)
    assert "Being undone: 2,001 rows" in answer.text and Person.objects.count() == LARGE + 1
    assert "There is nothing to undo" in client.post(undo_page(large), follow=True).text  # asked for once is enough
    the_job(large, cataloguer)
    assert not Person.objects.exists()
    assert large.state == "undone" and "Undone on" in client.get(large.get_absolute_url()).text
    the_job(large, cataloguer)  # a job may run twice


def test_where_its_deed_stands_it_is_undone_by_the_same_job(client, large, cataloguer):
    for _ in range(2):
        answer = client.post(reverse("admin:catalogue_deed_undo", args=[large.deed]), follow=True)
        assert "Being undone" in answer.text and Person.objects.count() == LARGE + 1
    the_job(large, cataloguer)
    assert large.state == "undone" and not Person.objects.exists()


def test_what_is_in_the_way_stands_on_its_page_and_it_can_be_tried_again(client, large, cataloguer):
    Person.objects.filter(name="Person 7").update(name="Somebody else")
    client.post(undo_page(large))
    the_job(large, cataloguer)
    assert large.state == "imported" and Person.objects.count() == LARGE + 1
    assert "1 person of it changed since: undo that first." in client.get(large.get_absolute_url()).text
    answer = client.get(undo_page(large)).text
    assert "The last try could not undo it" in answer and "Undo the whole import" in answer
    client.post(undo_page(large))
    large.refresh_from_db()
    assert large.state == "being undone" and large.in_the_way == []


def test_who_asked_for_it_stands_in_the_history(client, large, cataloguer):
    client.post(undo_page(large))
    the_job(large, cataloguer)
    assert Deed.objects.get(metadata__undoes=str(large.deed)).metadata["user"] == cataloguer.pk
