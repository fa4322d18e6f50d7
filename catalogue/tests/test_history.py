"""The history of the catalogue: every change is kept, told in words, and put back."""

import pytest
from django.db import connection, transaction

from catalogue import history, invariants
from catalogue.models import Credit, Deed, Genre, Language, Person, Title, TitleGenre, TitleName, changes_of
from reviews.models import CriticReview
from tests.factories import (
    make_credit,
    make_critic_review,
    make_member,
    make_person,
    make_rating,
    make_release,
    make_title,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    return make_member(is_staff=True)


def told(row, **options):
    return [(change.what, line) for change in history.changes(row, **options) for line in change.lines]


def rows(model):
    return list(model.objects.order_by("pk").values())


def test_a_change_says_what_field_of_what_row_and_by_whom(ruth):
    title = make_title(name="The Cranes Are Flying", year=1957)
    before = history.latest(title)
    with history.deed("bulk", by=ruth, note="years"):
        Title.objects.filter(pk=title.pk).update(year=1958)
    (change,) = history.changes(title, since=before)
    assert change.lines == [("Year", "1957", "1958")]
    assert change.what == "title “The Cranes Are Flying (1957)”"
    assert change.deed.metadata == {"user": ruth.pk, "verb": "bulk", "note": "years"}


def test_what_hangs_on_a_title_is_in_its_history_with_names_for_keys():
    title, person = make_title(), make_person(name="Tatiana Samoilova")
    before = history.latest(title)
    credit = make_credit(title=title, person=person, role="actor", character="Veronica", printed_name="T. Samoilova")
    lines = told(title, since=before)
    assert ("credit “T. Samoilova, actor”", ("Person", "", "Tatiana Samoilova")) in lines
    credit.delete()
    assert ("credit “T. Samoilova, actor”", ("Character", "Veronica", "")) in told(title, since=before + 1)


def test_what_hangs_on_a_release_is_in_the_history_of_its_title():
    release = make_release()
    before = history.latest(release.title)
    release.audio_tracks.create(language=Language.objects.get(code="ru"), channels="1.0")
    assert ("Language", "", "Russian") in [line for _, line in told(release.title, since=before)]
    assert history.latest(release) == history.latest(release.title) > before


def test_critics_reviews_are_kept_too():
    review = make_critic_review()
    before = history.latest(review.title)
    CriticReview.objects.filter(pk=review.pk).update(quote="Quite another line.")
    assert [line[0] for _, line in told(review.title, since=before)] == ["Quote"]


def test_writing_in_bulk_is_kept_row_by_row():
    titles = Title.objects.bulk_create([Title(slug=f"t-{n}", name=f"T {n}") for n in range(3)])
    Title.objects.filter(pk__in=[title.pk for title in titles]).update(year=1990)
    Title.objects.bulk_update([Title(pk=title.pk, year=1991) for title in titles], ["year"])
    kept = changes_of(Title).objects.filter(id__in=[title.pk for title in titles]).order_by("pgh_id")
    assert [change.pgh_label for change in kept] == ["insert"] * 3 + ["update"] * 6
    assert [change.year for change in kept][3:] == [None] * 3 + [1990] * 3


def test_saving_what_is_there_already_is_no_change():
    title = make_title()
    before = history.latest(title)
    title.save()
    Title.objects.filter(pk=title.pk).update(year=title.year, sounds="other")  # what is worked out is nobody's change
    assert history.latest(title) == before


def test_a_deed_ends_where_it_ends_also_within_one_transaction(ruth):
    title = make_title()
    with transaction.atomic():
        with history.deed("bulk", by=ruth):
            Title.objects.filter(pk=title.pk).update(year=1901)
        Title.objects.filter(pk=title.pk).update(year=1902)
    newest, older = history.changes(title, most=2)
    assert (newest.deed, older.deed.metadata["user"]) == (None, ruth.pk)


def test_undoing_a_deed_puts_back_added_changed_and_deleted_rows(ruth):
    title = make_title(name="Old", year=1957)
    credit = make_credit(title=title, role="director")
    models = (Title, TitleName, Credit, Person)
    before = {model: rows(model) for model in models}
    with history.deed("import", by=ruth, note="titles.csv") as key:
        Title.objects.filter(pk=title.pk).update(name="New", year=1958)
        title.names.create(name="Neu", position=1)
        credit.delete()
        other = make_title(name="Another")
        make_credit(title=other)
    new = history.undo(key, by=ruth)
    assert {model: rows(model) for model in models} == before
    assert history.undone([Deed.objects.get(pk=key)])[str(key)].pk == new
    assert history.words(Deed.objects.get(pk=new)) == "Undid “Imported titles.csv”"
    assert not invariants.broken()


def test_undoing_can_be_undone(ruth):
    title = make_title(year=1957)
    with history.deed("bulk", by=ruth) as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
        title.names.create(name="Neu")
    after = rows(Title), rows(TitleName)
    history.undo(history.undo(key, by=ruth), by=ruth)
    assert (rows(Title), rows(TitleName)) == after


def test_places_that_were_swapped_are_swapped_back(ruth):
    title = make_title()
    first, second = (
        TitleGenre.objects.create(title=title, genre=genre(name), position=place) for place, name in enumerate("AB", 1)
    )
    before = rows(TitleGenre)
    with history.deed("bulk", by=ruth) as key:
        first.delete()
        TitleGenre.objects.filter(pk=second.pk).update(position=1)
        TitleGenre.objects.create(title=title, genre=first.genre, position=2)
    history.undo(key, by=ruth)
    assert rows(TitleGenre) == before


def genre(name):
    return Genre.objects.create(name=name, slug=name.lower())


def refusal(key, by):
    with pytest.raises(history.Overtaken) as refused:
        history.undo(key, by=by)
    return refused.value.args


def test_nothing_is_undone_that_was_changed_since(ruth):
    title = make_title(year=1957)
    with history.deed("bulk", by=ruth) as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
        title.names.create(name="Neu")
    Title.objects.filter(pk=title.pk).update(name="Better")
    assert refusal(key, ruth) == ("1 title of it changed since: undo that first.",)
    title.refresh_from_db()
    assert (title.year, title.names.count()) == (1958, 1)


def test_nothing_is_undone_twice(ruth):
    title = make_title(year=1957)
    with history.deed("bulk", by=ruth) as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
    history.undo(key, by=ruth)
    assert refusal(key, ruth) == ("This is undone already.",)


def test_a_title_that_members_rated_since_stays(ruth):
    with history.deed("import", by=ruth) as key:
        title = make_title()
    make_rating(title=title)
    assert refusal(key, ruth) == ("1 rating hangs on it by now.",)
    assert Title.objects.filter(pk=title.pk).exists()


def test_a_title_that_others_added_to_since_stays(ruth):
    with history.deed("import", by=ruth) as key:
        title = make_title()
    make_credit(title=title)
    assert refusal(key, ruth) == ("1 credit hangs on it by now.",)


def test_a_person_credited_since_stays(ruth):
    with history.deed("import", by=ruth) as key:
        person = make_person()
    make_credit(person=person)
    assert refusal(key, ruth) == ("1 credit hangs on it by now.",)


def test_an_address_taken_since_is_told(ruth):
    title = make_title(slug="cranes")
    with history.deed("bulk", by=ruth) as key:
        title.delete()
    make_title(slug="cranes")
    assert refusal(key, ruth)[0].startswith("The database refused this: another row has the same name or address")


def test_a_row_is_put_back_to_a_moment_with_all_that_hangs_on_it(ruth):
    title = make_title(year=1957)
    credit = make_credit(title=title, character="", role="director")
    moment, before = history.latest(title), (rows(Title), rows(Credit))
    Title.objects.filter(pk=title.pk).update(year=1958)
    credit.delete()
    make_credit(title=title)
    history.put_back(title, moment, by=ruth)
    assert (rows(Title), rows(Credit)) == before
    assert history.changes(title)[0].deed.metadata["verb"] == "put back"


def test_a_deed_tells_its_changes_newest_first(ruth):
    with history.deed("import", by=ruth) as key:
        title = make_title()
        title.names.create(name="Neu")
    assert [change.model for change in history.changes_of_deed(key)] == [TitleName, Title]


def test_a_title_with_many_rows_is_told_in_few_questions(django_assert_max_num_queries):
    title = make_title()
    for _ in range(30):
        make_credit(title=title)
    release = make_release(title=title)
    release.extras.create(name="Interview")
    with django_assert_max_num_queries(25):
        assert len([line for change in history.changes(title) for line in change.lines]) > 60


def test_the_language_of_a_name_may_be_gone():
    language = Language.objects.create(code="xyz", name="Xyz")
    title = make_title()
    name = title.names.create(name="Neu", language=language)
    name.delete()
    language.delete()
    assert ("Language", "xyz, which is gone", "") in [line for _, line in told(title)]


def test_control_without_the_trigger_bulk_writes_leave_no_trace():
    title = make_title()
    before = history.latest(title)
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("ALTER TABLE catalogue_title DISABLE TRIGGER USER")
        Title.objects.filter(pk=title.pk).update(year=1901)
    assert history.latest(title) == before


def test_fsck_tells_of_a_row_that_went_without_a_trace():
    genre = Genre.objects.create(name="Noir", slug="noir")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_genre DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM catalogue_genre WHERE id = %s", [genre.pk])
    assert invariants.broken()["The history ends with what is there."] == [("catalogue_genre", genre.pk)]
