"""Two people on one title: the second to save sees what the first did, and no work of either is lost."""

import pytest

from catalogue import models
from catalogue.tests.test_admin import add_row, fields_of, image_file, make_genre, make_person, make_title, url
from catalogue.tests.test_drafts import keeping, opened
from tests.factories import make_audio_track, make_release, make_staff
from tests.pages import of_class, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True, shown_as="Ann"))
    return client


@pytest.fixture
def ruth(sign_in):
    return sign_in(make_staff(is_superuser=True, shown_as="Ruth"))


@pytest.fixture
def title():
    title = make_title(year=1957, lead="War.")
    for place, name in enumerate(("Tatiana", "Aleksei"), 1):
        person = make_person(name)
        title.credits.create(person=person, role="actor", position=place, printed_name=name, character="A part")
    return title


def save(client, title, data, **values):
    return client.post(url(title), data | {name.replace("__", "-"): value for name, value in values.items()})


def saved(client, title, **values):
    assert save(client, title, opened(client, title), **values).status_code == 302


def again(page, **values):
    """What a browser sends of a form that came back."""
    assert page.status_code == 200
    data = fields_of(page) | {"opened": page.context["opened"], "draft": str(page.context["beside"]["form"])}
    return data | {name.replace("__", "-"): value for name, value in values.items()}


def lines(page):
    """{what: (before, now, yours)} of the table."""
    return {line["what"]: (line["before"], line["now"], line["mine"]) for line in page.context["lines"]}


def test_who_saves_alone_hears_of_nobody(staff, title):
    saved(staff, title, name="Cranes")
    saved(staff, title, name="More cranes")


def test_the_second_saves_nothing_and_loses_nothing(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, year=1958)
    page = save(staff, title, mine, name="Cranes", lead="Love.")
    title.refresh_from_db()
    assert (title.name, title.year, title.lead) == ("The Cranes Are Flying", 1958, "War.")
    form = again(page)
    assert (form["name"], form["year"], form["lead"]) == ("Cranes", "1958", "Love.")
    assert lines(page) == {"Year": ("1957", "1958", "1957")}
    assert "Ruth" in text(of_class(tree(page), "overlap")[0])


def test_what_came_back_is_saved_next(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, year=1958)
    assert save(staff, title, again(save(staff, title, mine, name="Cranes"))).status_code == 302
    title.refresh_from_db()
    assert (title.name, title.year) == ("Cranes", 1958)


def test_what_both_changed_stays_as_mine_with_theirs_beside(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, name="Ruth’s name")
    page = save(staff, title, mine, name="My name")
    assert fields_of(page)["name"] == "My name"
    assert lines(page) == {"Name": ("The Cranes Are Flying", "Ruth’s name", "My name")}
    assert "Ruth has “Ruth’s name” here" in text(of_class(tree(page), "field-name")[0])
    save(staff, title, again(page))
    assert models.Title.objects.get().name == "My name"


def test_theirs_is_taken_with_one_tick(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, name="Ruth’s name", year=1958)
    page = save(staff, title, mine, name="My name", year=1959)
    assert save(staff, title, again(page, take="::year")).status_code == 302
    title.refresh_from_db()
    assert (title.name, title.year) == ("My name", 1958)


def test_the_same_change_of_both_is_no_choice(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, year=1958)
    page = save(staff, title, mine, year=1958)
    assert [line["take"] for line in page.context["lines"]] == [""]


def test_a_third_change_comes_between(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, year=1958)
    back = again(save(staff, title, mine, name="Cranes"))
    saved(ruth, title, runtime_minutes=97)
    page = save(staff, title, back)
    assert lines(page) == {"Runtime minutes": ("empty", "97", "empty")}
    assert save(staff, title, again(page)).status_code == 302
    title.refresh_from_db()
    assert (title.name, title.year, title.runtime_minutes) == ("Cranes", 1958, 97)


# ------------------------------------------------------------------ rows of lists
def test_rows_are_brought_together_field_by_field(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__0__character="Veronika")
    page = save(staff, title, mine, credits__0__detail="lead", credits__1__character="Boris")
    save(staff, title, again(page))
    found = title.credits.order_by("position").values_list("character", "detail")
    assert list(found) == [("Veronika", "lead"), ("Boris", "")]


def test_a_field_of_a_row_that_both_changed_can_be_chosen(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__0__character="Veronika")
    page = save(staff, title, mine, credits__0__character="Veronica")
    (line,) = page.context["lines"]
    assert line["what"].startswith("Credits: Tatiana")
    save(staff, title, again(page, take=line["take"]))
    assert title.credits.get(position=1).character == "Veronika"


def test_rows_that_both_added_are_all_there(staff, ruth, title):
    mine, drama, war = opened(staff, title), make_genre("Drama"), make_genre("War")
    theirs = opened(ruth, title)
    add_row(theirs, "title_genres", genre=drama.pk, position=1)
    assert ruth.post(url(title), theirs).status_code == 302
    add_row(mine, "title_genres", genre=war.pk, position=1)
    page = save(staff, title, mine)
    assert save(staff, title, again(page)).status_code == 302
    assert list(title.title_genres.order_by("position").values_list("genre__name", flat=True)) == ["Drama", "War"]


def test_the_same_row_added_by_both_is_there_once(staff, ruth, title):
    mine, drama = opened(staff, title), make_genre("Drama")
    theirs = opened(ruth, title)
    add_row(theirs, "title_genres", genre=drama.pk)
    assert ruth.post(url(title), theirs).status_code == 302
    add_row(mine, "title_genres", genre=drama.pk)
    assert save(staff, title, again(save(staff, title, mine))).status_code == 302
    assert title.title_genres.count() == 1


def test_a_row_they_removed_goes_if_i_left_it_as_it_was(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__1__DELETE="on")
    page = save(staff, title, mine, name="Cranes")
    assert save(staff, title, again(page)).status_code == 302
    assert [credit.printed_name for credit in title.credits.all()] == ["Tatiana"]


def test_a_row_they_removed_stays_if_i_changed_it(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__1__DELETE="on")
    page = save(staff, title, mine, credits__1__character="Boris")
    assert save(staff, title, again(page)).status_code == 302
    assert title.credits.get(character="Boris").printed_name == "Aleksei"


def test_a_row_they_removed_can_be_let_go(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__1__DELETE="on")
    page = save(staff, title, mine, credits__1__character="Boris")
    (take,) = (line["take"] for line in page.context["lines"])
    assert save(staff, title, again(page, take=take)).status_code == 302
    assert title.credits.count() == 1


@pytest.mark.parametrize("theirs", [False, True])
def test_a_row_i_remove_that_they_changed_can_be_chosen(staff, ruth, title, theirs):
    mine = opened(staff, title)
    saved(ruth, title, credits__1__character="Boris")
    page = save(staff, title, mine, credits__1__DELETE="on")
    (take,) = (line["take"] for line in page.context["lines"])
    form = again(page) | {"credits-1-DELETE": "on"} | ({"take": take} if theirs else {})
    assert save(staff, title, form).status_code == 302
    assert title.credits.filter(character="Boris").count() == theirs


def test_a_row_both_removed_is_gone(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, credits__1__DELETE="on")
    page = save(staff, title, mine, credits__1__DELETE="on")
    assert save(staff, title, again(page)).status_code == 302
    assert title.credits.count() == 1


# ------------------------------------------------------------------ what the form does not show
def test_changes_on_other_pages_are_told_and_stay(staff, ruth, title):
    release = make_release(title=title)
    mine = opened(staff, title)
    make_audio_track(release=release, codec="LPCM")
    page = save(staff, title, mine, name="Cranes")
    assert "LPCM" in text(of_class(tree(page), "overlap")[0])
    assert save(staff, title, again(page)).status_code == 302
    assert release.audio_tracks.exists()


def test_a_poster_of_theirs_stays(staff, ruth, title):
    mine = opened(staff, title)
    saved(ruth, title, upload=image_file())
    page = save(staff, title, mine, name="Cranes")
    assert "Poster" in text(of_class(tree(page), "overlap")[0])
    save(staff, title, again(page))
    title.refresh_from_db()
    assert (title.name, bool(title.poster)) == ("Cranes", True)


# ------------------------------------------------------------------ odd forms
def test_a_form_that_says_something_false_of_itself_saves_nothing(staff, title):
    page = save(staff, title, opened(staff, title) | {"opened": "made up"}, name="Cranes")
    assert models.Title.objects.get().name == "The Cranes Are Flying"
    assert "Look it through and save again" in text(of_class(tree(page), "overlap")[0])
    assert save(staff, title, again(page)).status_code == 302
    assert models.Title.objects.get().name == "Cranes"


@pytest.mark.parametrize("take", ["x", "::nothing", "nothing:1:a", "credits:999:character", "credits:999:", ":::"])
def test_a_choice_that_is_none_changes_nothing(staff, title, take):
    assert save(staff, title, opened(staff, title), take=take).status_code == 302
    assert title.credits.count() == 2


def test_an_old_draft_meets_what_was_changed_since(staff, ruth, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "Cranes"})
    saved(ruth, title, year=1958)
    page = staff.get(url(title) + "?draft=1")
    assert lines(page) == {"Year": ("1957", "1958", "1957")}
    assert save(staff, title, again(page)).status_code == 302
    title.refresh_from_db()
    assert (title.name, title.year) == ("Cranes", 1958)


def test_a_form_sent_twice_is_saved_once(staff, title):
    data = opened(staff, title) | {"name": "Cranes", "form_key": "8c6d54a5-4a0e-4d2c-8f3c-0b7a3f0a9a11"}
    assert [save(staff, title, data).status_code for _ in range(2)] == [302, 302]
