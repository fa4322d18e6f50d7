"""House style: what looks odd is said, and never refused."""

import pytest

from catalogue import hints, models
from catalogue.tests.test_admin import edit, make_person, make_title
from tests.factories import make_staff


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("THE CRANES ARE FLYING", "“The Cranes Are Flying”"),
        ("LADY WITH THE DOG", "“Lady with the Dog”"),
        ("the cranes are flying", "has no capitals"),
        ("The  Cranes", "two spaces"),
        ("The Cranes ", "begins or ends with a space"),
        ("Cranes , Flying", "space before “,”"),
        ("The Cranes Are Flying", ""),
        ("M", ""),
        ("M*A*S*H", ""),
        ("eXistenZ", ""),
        ("Летят журавли", ""),
        ("8½", ""),
    ],
)
def test_a_name(name, said):
    found = " ".join(hints.of_name(name))
    assert (said in found) if said else found == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('She said "no".', "straight quotation marks"),
        ("The film's end", "straight quotation marks"),
        ("The film’s end – “no”.", ""),
        ("War - and peace", "hyphen"),
        ("War -- and peace", "hyphen"),
        ("A well-made film", ""),
        ("A film.  Another.", "two spaces"),
        ("WINNER OF THE PALME D’OR\n\nA film.", "capitals"),
    ],
)
def test_a_text(text, said):
    found = " ".join(hints.of_prose(text))
    assert (said in found) if said else found == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("28/12/1903", "1903-12-28"),
        ("28.12.1903", "1903-12-28"),
        ("28-12-1903", "1903-12-28"),
        ("3/4/1950", "1950-04-03"),
        ("12/28/1903", "1903-12-28"),
        ("12/1903", "1903-12"),
        ("28 December 1903", "1903-12-28"),
        ("28th Dec 1903", "1903-12-28"),
        ("December 1903", "1903-12"),
        ("1903", ""),
        ("1903-12", ""),
        ("1903-12-28", ""),
        ("45/13/1903", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_date_written_otherwise(written, meant):
    assert hints.date_meant(written) == meant


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.mark.django_db
def test_a_hint_is_said_after_saving_and_beside_the_field(staff):
    title = make_title()
    response = edit(staff, title, name="THE CRANES ARE FLYING", _continue="1")
    title.refresh_from_db()
    assert title.name == "THE CRANES ARE FLYING"
    page = staff.get(response["Location"])
    assert "is in capitals" in str(list(page.context["messages"])[0])
    assert "is in capitals" in page.context["adminform"].form.fields["name"].help_text


@pytest.mark.django_db
def test_what_was_not_changed_is_not_said_again_after_saving(staff):
    title = make_title("THE CRANES ARE FLYING")
    page = staff.get(edit(staff, title, lead="A film.", _continue="1")["Location"])
    assert len(list(page.context["messages"])) == 1


@pytest.mark.django_db
def test_a_date_written_otherwise_is_refused_with_the_one_that_was_meant(staff):
    person = make_person("Mikhail Kalatozov")
    errors = edit(staff, person, born_on="28/12/1903").context["adminform"].form.errors
    assert errors == {"born_on": ["Write this date as 1903-12-28: the year first, then the month and the day."]}
    assert models.Person.objects.get().born_on == ""
