"""Credits on a title's page: people found as they are typed, named anew, and read from a cast list."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import models
from catalogue.tests.test_admin import add_row, edit, fields_of, make_person, make_title, url
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def known():
    """What a commit does: a search then knows the names."""
    connection.check_constraints()


def choices(staff, term, page=1):
    asked = {"app_label": "catalogue", "model_name": "credit", "field_name": "person", "term": term, "page": page}
    known()
    with CaptureQueriesContext(connection) as captured:
        answer = staff.get(reverse("admin:autocomplete"), asked).json()
    assert not [q for q in captured if "count(" in q["sql"].lower()]
    return answer


def told(staff, term):
    return [choice["text"] for choice in choices(staff, term)["results"]]


def credit(person, title=None, **fields):
    title = title or make_title()
    return title.credits.create(
        **{"person": person, "role": "actor", "position": 1, "printed_name": person.name} | fields
    )


# ------------------------------------------------------------------ autocomplete
def test_two_of_one_name_are_told_apart_by_life_and_work(staff):
    credit(make_person("John Smith", born_on="1903-12-28", died_on="1973"))
    credit(make_person("John Smith", born_on="1950"), make_title("Ivan's Childhood", year=1962), role="director")
    assert sorted(told(staff, "john smith")) == [
        "John Smith, 1903–1973, actor in The Cranes Are Flying (1957)",
        "John Smith, born 1950, director of Ivan's Childhood (1962)",
    ]


def test_the_best_match_comes_first(staff):
    for name in ("Anna John", "Johnny Weissmuller", "John", "Elton Johnson"):
        make_person(name)
    assert told(staff, "john") == ["John", "Johnny Weissmuller", "Anna John", "Elton Johnson"]


@pytest.mark.parametrize("typed", ["samoil", "tatiana s", "samoilova tat", "Самойлова", "Tatyana Samoylova", "TATIANA"])
def test_a_person_is_found_by_the_beginning_of_any_word_in_any_order_and_script(staff, typed):
    make_person("Tatiana Samoilova")
    make_person("Aleksei Batalov")
    assert told(staff, typed) == ["Tatiana Samoilova"]


def test_a_person_is_found_by_another_name(staff):
    make_person("Mikhail Kalatozov").aliases.create(name="მიხეილ კალატოზიშვილი")
    assert told(staff, "მიხეილ") == ["Mikhail Kalatozov"]


def test_more_are_found_page_by_page(staff):
    for number in range(25):
        make_person(f"Zed {chr(97 + number)}")
    first, second = choices(staff, "zed"), choices(staff, "zed", page=2)
    assert (len(first["results"]), first["pagination"]["more"]) == (20, True)
    assert (len(second["results"]), second["pagination"]["more"]) == (5, False)


@pytest.mark.parametrize("term", ["", "z", "'", "%", "_", "\\", "a & b | !c", "x" * 500, "\0"])
def test_anything_may_be_typed(staff, term):
    assert choices(staff, term)["results"] == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_any_page_may_be_asked_for(staff, page):
    assert "results" in choices(staff, "zed", page=page)


# ------------------------------------------------------------------ by name
def by_name(staff, title, name, **values):
    data = fields_of(staff.get(url(title)))
    add_row(data, "credits", by_name=name, role="actor", **values)
    known()
    return staff.post(url(title), data)


def credits_form(response, number=-1):
    formset = next(f.formset for f in response.context["inline_admin_formsets"] if f.formset.prefix == "credits")
    return formset.forms[number]


def test_a_person_not_here_yet_is_made_on_saving(staff):
    title = make_title()
    assert by_name(staff, title, "Aleksei Batalov").status_code == 302
    assert title.credits.get().person.slug == "aleksei-batalov"
    assert title.credits.get().printed_name == "Aleksei Batalov"


def test_two_rows_of_one_new_name_are_one_person(staff):
    title = make_title()
    data = fields_of(staff.get(url(title)))
    for role in ("actor", "director"):
        add_row(data, "credits", by_name="Orson Welles", role=role)
    assert staff.post(url(title), data).status_code == 302
    assert models.Person.objects.get().credits.count() == 2


def test_a_name_that_somebody_has_is_asked_about(staff):
    title, person = make_title(), make_person("John Smith", born_on="1903")
    form = credits_form(by_name(staff, title, "john  smith"))
    assert form.errors["by_name"] == ["There is somebody of that name: say below who it is."]
    assert form.fields["which"].widget.choices[0] == (str(person.pk), "John Smith, born 1903")
    assert not title.credits.exists()


@pytest.mark.parametrize(("which", "people"), [("new", 2), ("{}", 1)])
def test_who_is_meant_is_said_in_the_row(staff, which, people):
    title, person = make_title(), make_person("John Smith")
    assert by_name(staff, title, "John Smith", which=which.format(person.pk)).status_code == 302
    assert models.Person.objects.count() == people
    assert (title.credits.get().person == person) == (people == 1)


def test_a_choice_that_was_not_offered_is_asked_about_again(staff):
    title, other = make_title(), make_person("Somebody Else")
    make_person("John Smith")
    assert by_name(staff, title, "John Smith", which=other.pk).status_code == 200


def test_a_row_without_anybody_is_refused(staff):
    assert "Choose a person, or write the name of one." in by_name(staff, make_title(), "").content.decode()


# ------------------------------------------------------------------ a cast list
def paste(staff, title, text, role="actor", **values):
    data = fields_of(staff.get(url(title))) | {"cast_list": text, "cast_role": role, "_match": "1"} | values
    known()
    return staff.post(url(title), data)


def kinds(response):
    return [line.kind for line in response.context["cast"]["told"]]


def test_a_cast_list_becomes_rows_and_saves_nothing(staff):
    title = make_title()
    tatiana = make_person("Tatiana Samoilova")
    tatiana.aliases.create(name="Татьяна Самойлова")
    mikhail = make_person("Mikhail Kalatozov")
    for _ in range(2):
        make_person("John Smith")
    text = "Cast:\n\nVeronica ..... Татьяна Самойлова\nJohn Smith as Boris (voice)\nVasili Merkuryev\n1957"
    response = paste(staff, title, text + "\nDirected by Mikhail Kalatozov", lead="Typed.")
    assert kinds(response) == ["matched", "several", "new", "unread", "matched"]
    assert response.context["cast"]["text"] == "1957"
    assert not title.credits.exists()
    data = fields_of(response)
    assert data["lead"] == "Typed."
    assert (data["credits-0-person"], data["credits-0-character"]) == (str(tatiana.pk), "Veronica")
    assert (data["credits-1-by_name"], data["credits-1-voice"]) == ("John Smith", True)
    assert (data["credits-3-person"], data["credits-3-role"]) == (str(mikhail.pk), "director")
    refused = staff.post(url(title), data | {"cast_list": ""})
    assert credits_form(refused, 1).errors == {"by_name": ["There is somebody of that name: say below who it is."]}
    assert staff.post(url(title), data | {"credits-1-which": "new"}).status_code == 302
    assert list(title.credits.filter(role="actor").order_by("position").values_list("printed_name", flat=True)) == [
        "Татьяна Самойлова",
        "John Smith",
        "Vasili Merkuryev",
    ]


def test_who_is_credited_already_gets_no_second_row(staff):
    title, person = make_title(), make_person("Tatiana Samoilova")
    credit(person, title, character="Veronika")
    response = paste(staff, title, "Tatiana Samoilova as Veronica\nAleksei Batalov\nAleksei Batalov")
    assert kinds(response) == ["there", "new", "there"]
    assert fields_of(response)["credits-TOTAL_FORMS"] == "2"


def test_the_side_that_somebody_is_called_is_the_person(staff):
    make_person("Tatiana Samoilova")
    response = paste(staff, make_title(), "Veronica - Tatiana Samoilova")
    assert fields_of(response)["credits-0-character"] == "Veronica"


def test_a_name_nearly_known_is_asked_about(staff):
    make_person("Mikhail Kalatozov")
    response = paste(staff, make_title(), "Directed by Mikhail Kalatosov")
    assert "Did you mean Mikhail Kalatozov?" in response.context["cast"]["told"][0].words
    assert len(credits_form(response).fields["which"].widget.choices) == 2


def test_rows_of_a_title_not_saved_yet_are_kept_without_complaints(staff):
    address = url(models.Title(), "add")
    data = fields_of(staff.get(address)) | {"cast_list": "Aleksei Batalov", "_match": "1", "credits-TOTAL_FORMS": "x"}
    response = staff.post(address, data)
    assert response.status_code == 200
    assert not response.context["errors"]


def test_a_list_left_in_its_box_is_not_forgotten_on_saving(staff):
    title = make_title()
    response = edit(staff, title, cast_list="Aleksei Batalov")
    assert "The cast list is not matched yet" in response.content.decode()
    assert "Aleksei Batalov</textarea>" in response.content.decode()


def test_a_long_list_asks_as_often_as_a_short_one(staff):
    def asked(number):
        text = "\n".join(f"Person {chr(97 + n % 26)}{chr(97 + n // 26)} as Somebody {n}" for n in range(number))
        title = make_title()
        paste(staff, title, text)
        data = fields_of(staff.get(url(title))) | {"cast_list": text, "_match": "1"}
        with CaptureQueriesContext(connection) as captured:
            staff.post(url(title), data)
        return len(captured)

    assert asked(2) == asked(60)


def test_a_new_person_called_nearly_like_another_is_told_after_saving(staff):
    title = make_title()
    make_person("Mikhail Kalatozov")
    response = by_name(staff, title, "Mikhail Kalatosov", _continue="1")
    assert title.credits.get().person.name == "Mikhail Kalatosov"
    said = [str(message) for message in staff.get(url(title)).context["messages"]]
    assert response.status_code == 302
    assert "“Mikhail Kalatosov” is new here. Did you mean Mikhail Kalatozov? Then correct the credit." in said


def test_who_may_not_add_people_makes_none_by_their_name(client):
    member, title = make_staff(), make_title()
    rights = ("change_title", "view_title", "add_credit", "change_credit", "view_credit", "view_person")
    member.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(member)
    response = by_name(client, title, "Aleksei Batalov")
    assert "you may not add people" in response.content.decode()
    assert not models.Person.objects.exists()


def test_credits_stand_in_the_order_of_the_page(staff):
    title = make_title()
    for place, role in enumerate(("composer", "actor", "director"), 1):
        credit(make_person(f"Person {place}"), title, role=role)
    forms = credits_form(staff.get(url(title)), slice(None))
    assert [form.instance.role for form in forms] == ["director", "actor", "composer"]
