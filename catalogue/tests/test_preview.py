"""The preview of a title: what a visitor would get of the form as it stands, and nothing of it stays."""

import json

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue import models, pages, plain_text
from catalogue.tests.test_admin import add_row, fields_of, image_file, make_genre, make_person, make_title, url
from members.models import Message
from tests.factories import make_member, make_release, make_review, make_staff
from tests.pages import structured_data, text, tree

pytestmark = pytest.mark.django_db
NEW = reverse("admin:catalogue_title_preview_new")


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def preview(title, **query):
    return reverse("admin:catalogue_title_preview", args=[title.pk], query=query)


def typed(staff, title, **values):
    """What a browser would send of the form of `title` with `values` typed into it."""
    return fields_of(staff.get(url(title))) | {name.replace("__", "-"): value for name, value in values.items()}


def rows():
    """How many rows there are, table by table, and what the titles are."""
    with connection.cursor() as cursor:
        tables = {table: _count(cursor, table) for table in connection.introspection.table_names(cursor)}
    tables = {table: number for table, number in tables.items() if table != "django_session"}
    return tables | {"titles": list(models.Title.objects.values()), "pages": list(models.PageVersion.objects.values())}


def _count(cursor, table):
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return cursor.fetchone()[0]


# ------------------------------------------------------------------ what it shows
def test_it_shows_the_page_with_what_is_typed(staff):
    title = make_title()
    shown = tree(staff.post(preview(title), typed(staff, title, name="Летят журавли", lead="Two part.")))
    assert "Летят журавли" in text(shown.find(".//h1"))
    assert "Two part." in text(shown)


def test_it_shows_rows_that_are_not_saved_yet(staff):
    title, person = make_title(), make_person()
    data = typed(staff, title)
    add_row(data, "credits", person=person.pk, role="actor", character="Veronika")
    add_row(data, "title_genres", genre=make_genre("Drama").pk)
    shown = text(tree(staff.post(preview(title), data)))
    assert "Veronika" in shown
    assert "Drama" in shown


def test_it_is_the_page_that_visitors_get_after_saving(staff, client):
    title = make_title()
    make_review(title=title)
    data = typed(staff, title, name="Cranes", synopsis="One.\n\nTwo.")
    shown = staff.post(preview(title), data).content.decode()
    staff.post(url(title), data)
    client.logout()
    page = client.get(title.get_absolute_url()).content.decode()
    assert text(tree(shown)) == text(tree(page))
    assert structured_data(tree(shown)) == structured_data(tree(page))


def test_it_knows_nothing_of_who_is_signed_in(staff):
    title = make_title()
    make_release(title=title)
    shown = text(tree(staff.post(preview(title), typed(staff, title))))
    assert "Sign in" in shown
    assert "Sign out" not in shown


def test_a_title_that_is_not_there_yet_has_a_preview(staff):
    data = typed_new(staff, name="Hurricane Kalatozov", year=2009)
    assert "Hurricane Kalatozov 2009" in text(tree(staff.post(NEW, data)))


def typed_new(staff, **values):
    return fields_of(staff.get(url(models.Title(), "add"))) | values


def test_a_new_poster_is_shown(staff):
    title = make_title()
    shown = staff.post(preview(title), typed(staff, title, upload=image_file()))
    assert "Poster of" in shown.content.decode()
    assert models.Title.objects.get().poster == ""


def test_asked_for_without_a_form_it_shows_what_is_saved(staff):
    title = make_title()
    assert title.name in text(tree(staff.get(preview(title))))
    assert "Nothing is typed yet" in text(tree(staff.get(NEW)))


# ------------------------------------------------------------------ what stays
@pytest.mark.parametrize("kind", ["page", "text", "mistake"])
def test_nothing_is_written(staff, kind):
    title = make_title()
    title.credits.create(person=make_person(), role="actor", position=1, printed_name="A")
    data = typed(staff, title, name="" if kind == "mistake" else "Cranes", slug="cranes", credits__0__DELETE="on")
    add_row(data, "title_genres", genre=make_genre("Drama").pk)
    before = rows()
    assert staff.post(preview(title, **({"as": "text"} if kind == "text" else {})), data).status_code == 200
    assert rows() == before
    assert not ProcrastinateJob.objects.exists()
    assert not Message.objects.exists()


def test_nothing_is_written_of_a_new_title(staff):
    data = typed_new(staff, name="Cranes")
    before = rows()
    staff.post(NEW, data)
    assert rows() == before


def test_nothing_is_said_on_the_next_page(staff):
    title = make_title()
    staff.post(preview(title), typed(staff, title, name="Cranes"))
    assert "changed successfully" not in staff.get(url(title)).content.decode()


def test_nothing_is_kept_for_visitors(staff, client):
    title = make_title()
    staff.post(preview(title), typed(staff, title, name="Cranes"))
    assert not pages.store.kept
    client.logout()
    assert "Cranes Are Flying" in client.get(title.get_absolute_url()).content.decode()


def test_the_same_form_can_be_previewed_and_then_saved(staff):
    title = make_title()
    data = typed(staff, title, name="Cranes", form_key="8c6d54a5-4a0e-4d2c-8f3c-0b7a3f0a9a11")
    for _ in range(2):
        assert staff.post(preview(title), data).status_code == 200
    assert staff.post(url(title), data).status_code == 302
    assert models.Title.objects.get().name == "Cranes"


# ------------------------------------------------------------------ mistakes
def test_mistakes_are_told_field_by_field(staff):
    title = make_title()
    data = typed(staff, title, name="", year=1700)
    add_row(data, "credits", role="actor")
    shown = text(tree(staff.post(preview(title), data)))
    assert "Name This field is required." in shown
    assert "Year The year lies between 1870 and 2100" in shown
    assert "Credits, row 1, Person Choose a person, or write the name of one." in shown


def test_what_only_the_database_refuses_is_told_too(staff):
    title, drama, war = make_title(), make_genre("Drama"), make_genre("War")
    title.title_genres.create(genre=drama, position=1)
    title.title_genres.create(genre=war, position=2)
    data = typed(staff, title, title_genres__0__genre=war.pk, title_genres__1__genre=drama.pk)
    assert "The whole form This genre is named twice." in text(tree(staff.post(preview(title), data)))


# ------------------------------------------------------------------ who may, and where it may stand
def test_it_may_stand_in_a_frame_of_our_own_and_runs_nothing(staff):
    title = make_title()
    response = staff.post(preview(title), typed(staff, title))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert [script.get("type") for script in tree(response).iter("script")] == ["application/ld+json"]
    assert tree(response).find("head/base").get("target") == "_blank"


def test_other_pages_may_stand_in_no_frame(staff):
    title = make_title()
    for address in (url(title), title.get_absolute_url()):
        response = staff.get(address)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "frame-src 'self'" in staff.get(url(title))["Content-Security-Policy"]


@pytest.mark.parametrize("rights", [[], ["view_title"]])
def test_who_may_not_change_titles_gets_no_preview(client, rights):
    member = make_staff()
    member.user_permissions.set(apps.get_model("auth.Permission").objects.filter(codename__in=rights))
    client.force_login(member)
    title = make_title()
    for address in (preview(title), NEW):
        assert client.get(address).status_code == 403
        assert client.post(address, {"name": "Cranes"}).status_code == 403


def test_members_and_visitors_get_no_preview(client):
    title = make_title()
    assert client.post(preview(title)).status_code == 302
    client.force_login(make_member())
    assert client.post(preview(title)).status_code in (302, 403)


def test_a_title_that_is_gone_has_no_preview(staff):
    assert staff.get(preview(models.Title(pk=9))).status_code == 404


# ------------------------------------------------------------------ as a machine reads it
def test_the_text_has_headings_lists_and_figures_in_reading_order(staff):
    title = make_title(lead="War parts two lovers.", runtime_minutes=97)
    title.credits.create(
        person=make_person(), role="actor", position=1, printed_name="T. Samoilova", character="Veronika"
    )
    shown = tree(staff.post(preview(title, **{"as": "text"}), typed(staff, title)))
    lines = [line.strip() for line in shown.find(".//pre").text.splitlines() if line.strip()]
    assert lines[0] == "# The Cranes Are Flying 1957"
    assert lines.index("• 1h 37min") < lines.index("War parts two lovers.")
    assert any(line.startswith("• T. Samoilova") for line in lines)
    assert any(line.startswith("## ") for line in lines)
    assert json.loads(shown.findall(".//pre")[1].text)["name"] == "The Cranes Are Flying"


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<h2>Credits</h2><p>Two   words</p>", "## Credits\n\nTwo words"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "• One\n\n• Two"),
        ("<table><tr><th>Run time</th><td>97</td><td>96</td></tr></table>", "Run time | 97 | 96"),
        ('<img src="a" alt="A crane"><p hidden>no</p><span aria-hidden="true">no</span>', "[Picture: A crane]"),
        ('<span role="img" aria-label="4.5 out of 5"></span> members', "4.5 out of 5 members"),
        ("<script>no</script><svg><title>no</title></svg><nav>no</nav>a&amp;b", "a&b"),
        ("<p>one<p>two</div>three", "one\n\ntwothree"),
    ],
)
def test_a_page_is_read_as_plain_text(html, read):
    assert plain_text.read(f"<title>T</title><main>{html}</main>after").text == read
