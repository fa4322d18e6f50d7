"""What an import writes, keeps true, refuses to write over, and takes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue import history, invariants
from catalogue.models import Credit, Deed, Genre, Person, SheetImport, Title, TitleName
from catalogue.sheets import bulk, runs
from catalogue.sheets.workbook import TOO_LONG
from catalogue.tests.sheet_files import as_csv, carried_out, exported, imported, looked_at, said
from tests.factories import (
    make_credit,
    make_disc,
    make_genre,
    make_person,
    make_release,
    make_staff,
    make_title,
    make_title_genre,
    make_title_language,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def staff():
    return make_staff()


def test_a_row_changes_what_its_columns_say_and_nothing_else(staff):
    title = make_title(slug="cranes", name="Cranes", lead="Two lovers.", synopsis="War.")
    run = imported("titles", as_csv(["Address", "Name", "Lead"], ["cranes", "The Cranes Are Flying", ""]), staff)
    title.refresh_from_db()
    assert (run.changed, title.name, title.lead, title.synopsis) == (1, "The Cranes Are Flying", "", "War.")


def test_a_row_without_an_address_is_new_and_gets_a_free_one(staff):
    make_title(slug="cranes-1957")
    imported("titles", as_csv(["Name", "Year"], ["Cranes", "1957"], ["Cranes", "1957"], ["Cranes", "1958"]), staff)
    assert set(Title.objects.values_list("slug", flat=True)) == {
        "cranes-1957",
        "cranes-1957-2",
        "cranes-1957-3",
        "cranes-1958",
    }


def test_names_are_found_sorted_and_searched_as_they_are_now(staff):
    title = make_title(slug="die-welle", name="Wave")
    make_title_language(title=title, language_id="de")
    rows = [["Address", "Name", "Other names", "Genres"], ["die-welle", "Die Welle", "The Wave | aka | en", "Drama"]]
    rows += [["", "L'Été", "Leto | original | ru | Latn", "Drama\nMusic film"]]
    imported("titles", as_csv(*rows), staff)
    assert invariants.broken() == {}
    assert TitleName.objects.get(name="The Wave").folded == "wave"
    assert Genre.objects.filter(name__in=["Drama", "Music film"]).count() == 2


def test_what_is_looked_at_writes_nothing(staff):
    make_title(slug="cranes", name="Cranes")
    run = looked_at(
        "titles", as_csv(["Address", "Name", "Genres"], ["cranes", "Storks", "New"], ["", "Add", ""]), staff
    )
    assert (run.new, run.changed, run.state) == (1, 1, "to be looked at")
    assert list(Title.objects.values_list("name", flat=True)) == ["Cranes"] and not Genre.objects.filter(name="New")
    assert run.rows.get(number=2).changes == {"Name": ["Cranes", "Storks"], "Genres": ["", "New"]}
    assert "Not there yet, and made by the import: genre “New”." in run.notes


def test_a_row_that_somebody_changed_meanwhile_stays_theirs(staff):
    title, other = make_title(slug="one", name="One"), make_title(slug="two", name="Two")
    run = looked_at("titles", as_csv(["Address", "Name"], ["one", "Uno"], ["two", "Due"]), staff)
    Title.objects.filter(pk=title.pk).update(name="Eins")
    runs.confirm(run, now=NOW())
    run = carried_out(run)
    title.refresh_from_db()
    other.refresh_from_db()
    assert (run.overtaken, title.name, other.name) == (1, "Eins", "Due")
    assert "Somebody changed this title since" in run.rows.get(number=2).problems[0][3]


def test_a_row_that_was_added_meanwhile_is_not_written_over(staff):
    run = looked_at("people", as_csv(["Address", "Name"], ["ann", "Ann"]), staff)
    make_person(slug="ann", name="Another Ann")
    runs.confirm(run, now=NOW())
    assert carried_out(run).overtaken == 1
    assert Person.objects.get(slug="ann").name == "Another Ann"


def test_an_import_is_undone_as_a_whole(staff):
    make_title_genre(title=make_title(slug="cranes", name="Cranes"), genre=make_genre(name="War"))
    before = exported("titles")
    rows = [["Address", "Name", "Genres"], ["cranes", "Storks", "Drama\nWar"], ["", "A new one", "Drama"]]
    run = imported("titles", as_csv(*rows), staff)
    assert runs.undo(run, by=staff, now=NOW())
    assert exported("titles") == before
    assert invariants.broken() == {}
    assert not runs.undo(run, by=staff, now=NOW())


def test_an_import_undone_where_its_deed_stands_reads_as_undone(staff):
    run = imported("titles", as_csv(["Name"], ["A new one"]), staff)
    history.undo(run.deed, by=staff)
    run.refresh_from_db()
    assert run.state == "undone"
    assert not runs.undo(run, by=staff, now=NOW())


def test_an_import_whose_undoing_is_undone_reads_as_imported_and_can_be_undone_again(staff):
    run = imported("people", as_csv(["Name"], ["Ann"]), staff)
    for _ in range(2):
        assert runs.undo(run, by=staff, now=NOW())
        history.undo(Deed.objects.get(metadata__undoes=str(run.deed)).pk, by=staff)
        run.refresh_from_db()
        assert run.state == "imported" and Person.objects.count() == 1
    history.undo(run.deed, by=staff)
    run.refresh_from_db()
    assert run.state == "undone" and not Person.objects.exists()


def test_an_import_is_not_undone_over_later_work(staff):
    title = make_title(slug="cranes", name="Cranes")
    run = imported("titles", as_csv(["Address", "Name"], ["cranes", "Storks"]), staff)
    title.refresh_from_db()
    title.name = "Herons"
    title.save()
    assert runs.stands_in_the_way(run, staff, NOW())
    with pytest.raises(history.Overtaken):
        runs.undo(run, by=staff, now=NOW())
    assert SheetImport.objects.get(pk=run.pk).undone_at is None


def test_an_import_is_written_once(staff):
    run = looked_at("people", as_csv(["Name"], ["Ann"]), staff)
    assert runs.confirm(run, now=NOW())
    assert not runs.confirm(run, now=NOW())
    carried_out(run)
    assert carried_out(run).applied_at
    assert Person.objects.count() == 1


def test_refused_rows_stay_out(staff):
    run = looked_at("titles", as_csv(["Name", "Year"], ["Good", "1957"], ["Bad", "57"]), staff)
    assert (run.new, run.refused) == (1, 1)
    runs.confirm(run, now=NOW())
    carried_out(run)
    assert [title.name for title in Title.objects.all()] == ["Good"]


def test_a_sheet_of_which_nothing_is_left_is_dropped_with_its_file(staff, django_capture_on_commit_callbacks):
    run = looked_at("people", as_csv(["Name"], ["Ann"]), staff)
    with django_capture_on_commit_callbacks(execute=True):
        runs.drop(run)
    assert not SheetImport.objects.exists() and not run.path.exists()


def test_a_file_whose_job_died_is_read_again_from_the_start(staff):
    run = looked_at("people", as_csv(["Name"], ["Ann"]), staff)
    SheetImport.objects.update(looked_at=None)
    runs.look_at(run, now=NOW())
    assert run.rows.count() == 1


def test_credits_can_change_places(staff):
    title = make_title(slug="cranes")
    for slug, place in (("ann", 1), ("bob", 2)):
        make_credit(title=title, person=make_person(slug=slug), role="actor", position=place, printed_name=slug)
    rows = [["Title", "Role", "Place", "Person", "Printed name"], ["cranes", "actor", "1", "bob", "Bob"]]
    imported("credits", as_csv(*rows, ["cranes", "actor", "2", "ann", "Ann"]), staff)
    names = Credit.objects.order_by("position").values_list("person__slug", "printed_name")
    assert list(names) == [("bob", "Bob"), ("ann", "Ann")]


def test_a_release_keeps_its_discs(staff):
    release = make_release(title=make_title(slug="cranes"), slug="dvd", medium="dvd")
    disc = make_disc(release=release, number=1)
    imported("releases", as_csv(["Title", "Address", "Discs"], ["cranes", "dvd", "1 | The film\n2"]), staff)
    assert release.discs.get(number=1).pk == disc.pk and release.discs.count() == 2
    run = looked_at("releases", as_csv(["Title", "Address", "Discs"], ["cranes", "dvd", "2"]), staff)
    assert "Disc 1 is missing" in said(run)[2, "C"]


# ------------------------------------------------------------------ in bulk
def in_bulk(kind, heading, how, value, rows, by):
    task = {"heading": heading, "how": how, "value": value}
    run = runs.receive(kind, "bulk", bulk.keep(row.pk for row in rows), by=by, now=NOW(), bulk=task)
    runs.look_at(run, now=NOW())
    run.refresh_from_db()
    return run


def test_a_genre_is_added_to_many_and_taken_back(staff):
    war, titles = make_genre(name="War"), [make_title(), make_title(), make_title()]
    make_title_genre(title=titles[0], genre=war)
    run = in_bulk("titles", "Genres", "add", "War", titles, staff)
    assert (run.changed, run.unchanged) == (2, 1)
    runs.confirm(run, now=NOW())
    run = carried_out(run)
    assert Title.objects.filter(title_genres__genre=war).count() == 3
    runs.undo(run, by=staff, now=NOW())
    assert [title.pk for title in Title.objects.filter(title_genres__genre=war)] == [titles[0].pk]


def test_a_country_is_taken_from_many(staff):
    titles = [make_title(), make_title()]
    imported("titles", as_csv(["Address", "Countries"], [titles[0].slug, "SU, PL"]), staff)
    run = in_bulk("titles", "Countries", "remove", "SU", titles, staff)
    assert [row.changes for row in run.rows.all()] == [{"Countries": ["SU\nPL", "PL"]}]


def test_a_distributor_is_set_for_many(staff):
    releases = [make_release(), make_release()]
    run = in_bulk("releases", "Distributor", "set", "Mosfilm", releases, staff)
    runs.confirm(run, now=NOW())
    carried_out(run)
    releases[1].refresh_from_db()
    assert releases[1].distributor.name == "Mosfilm"


def test_a_text_too_long_for_a_workbook_stays_as_it_is(staff):
    title = make_title(slug="cranes", name="Cranes", synopsis="x" * 40_000)
    run = looked_at("titles", exported("titles", "xlsx"), staff)
    assert (run.unchanged, run.refused) == (1, 0)
    title.delete()
    run = looked_at("titles", as_csv(["Name", "Synopsis"], ["x", TOO_LONG]), staff)
    assert "did not fit into a cell" in said(run)[2, "B"]


def test_files_are_deleted_after_thirty_days_and_what_was_imported_can_still_be_undone(staff):
    run, other = (
        imported("people", as_csv(["Name"], ["Ann"]), staff),
        looked_at("people", as_csv(["Name"], ["Bob"]), staff),
    )
    SheetImport.objects.update(sent_at=NOW() - timedelta(days=31))
    runs.forget_sheets(now=NOW())
    assert list(SheetImport.objects.all()) == [run] and not run.path.exists() and not other.path.exists()
    assert runs.undo(run, by=staff, now=NOW()) and not Person.objects.exists()
