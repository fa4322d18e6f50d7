"""The staff's pages of the catalogue: every fact can be corrected, no rule can be broken, and nothing is a 500."""

from io import BytesIO

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from catalogue import models
from catalogue.admin import titles as titles_admin
from catalogue.admin.pictures import NOT_KEPT
from tests.factories import make_member, make_staff

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def make_title(name="The Cranes Are Flying", **fields):
    number = models.Title.objects.count()
    return models.Title.objects.create(**{"slug": f"title-{number}", "name": name, "year": 1957} | fields)


def make_person(name="Tatiana Samoilova", **fields):
    number = models.Person.objects.count()
    return models.Person.objects.create(**{"slug": f"person-{number}", "name": name} | fields)


def make_genre(name):
    return models.Genre.objects.create(slug=name.lower(), name=name)


def make_collection(name="Trains"):
    return models.Collection.objects.create(slug=name.lower(), name=name)


def url(row, page="change"):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk] if page == "change" else [])


def fields_of(response):
    """What a browser would send of the form on the page."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, *(form for s in formsets for form in (s.management_form, *s.forms))]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def add_row(data, prefix, **values):
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = number + 1
    data.update({f"{prefix}-{number}-{field}": value for field, value in values.items()})


def edit(staff, row, **values):
    """Open the page of `row`, type `values` and save. Double underscores stand for hyphens."""
    data = fields_of(staff.get(url(row)))
    return staff.post(url(row), data | {name.replace("__", "-"): value for name, value in values.items()})


def image_file(kind="PNG", size=(40, 60), name="poster"):
    file = BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def queries(staff, address):
    staff.get(address)  # once for what is kept afterwards, such as content types
    with CaptureQueriesContext(connection) as captured:
        assert staff.get(address).status_code == 200
    return len(captured)


def registered():
    return [m for m in admin.site._registry if m._meta.app_label in ("catalogue", "reviews", "rentals", "members")]


@pytest.mark.parametrize("model", registered(), ids=lambda model: model.__name__)
def test_every_page_opens(staff, model):
    meta = model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    assert staff.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    assert staff.get(reverse(f"{name}_add")).status_code in (200, 403)


def fill(number):
    for place in range(number):
        title = make_title(f"Film {place}")
        company = models.Company.objects.create(slug=f"c-{title.pk}", name=f"Company {title.pk}")
        release = title.releases.create(slug="dvd", medium="dvd", distributor=company)
        release.extras.create(name="Trailer")
        make_person(f"Person {place}")


@pytest.mark.parametrize("page", ["title", "person", "release", "company", "extra"])
def test_a_list_asks_as_often_for_twenty_rows_as_for_two(staff, page):
    address = reverse(f"admin:catalogue_{page}_changelist")
    fill(2)
    few = queries(staff, address)
    fill(18)
    assert queries(staff, address) == few <= MOST_QUERIES


def test_a_title_page_asks_as_often_for_twenty_credits_as_for_two(staff):
    title = make_title()

    def credit(places):
        for place in places:
            title.credits.create(person=make_person(), role="actor", position=place, printed_name="A")

    credit((1, 2))
    few = queries(staff, url(title))
    credit(range(3, 21))
    assert queries(staff, url(title)) == few


@pytest.mark.parametrize("words", ["letiat zhuravli", "LETIÁT ZHURAVLI", "cranes are", "The Cranes"])
def test_a_title_is_found_by_any_name_however_it_is_spelled(staff, words):
    make_title().names.create(name="Letiat Zhuravli")
    make_title("Ivan's Childhood")
    found = staff.get(reverse("admin:catalogue_title_changelist"), {"q": words}).context["cl"].queryset
    assert [title.name for title in found] == ["The Cranes Are Flying"]


def test_a_new_title_gets_its_address_from_name_and_year(staff):
    data = fields_of(staff.get(url(models.Title(), "add"))) | {"name": "Летят журавли", "year": 1957}
    assert staff.post(url(models.Title(), "add"), data).status_code == 302
    assert models.Title.objects.get().slug == "letyat-zhuravli-1957"


def test_an_old_address_redirects_when_staff_change_it(staff):
    title = make_title(slug="cranes")
    assert edit(staff, title, slug="the-cranes-are-flying-1957", name="Cranes").status_code == 302
    response = staff.get("/titles/cranes/")
    assert (response.status_code, response["Location"]) == (301, "/titles/the-cranes-are-flying-1957/")
    assert models.Title.objects.get().name == "Cranes"


def test_an_old_address_of_a_person_redirects_too(staff):
    person = make_person(slug="tanya", has_page=True)
    assert edit(staff, person, slug="tatiana-samoilova").status_code == 302
    assert staff.get("/people/tanya/")["Location"] == "/people/tatiana-samoilova/"


def test_view_on_site_goes_to_the_public_page(staff):
    title = make_title()
    assert staff.get(url(title)).context["absolute_url"]
    assert staff.get(staff.get(url(title)).context["absolute_url"])["Location"].endswith(title.get_absolute_url())
    assert staff.get(url(make_person())).context["absolute_url"] is None


def test_a_form_with_mistakes_and_no_address_comes_back_with_that_of_the_page(staff):
    person = make_person(has_page=True)
    assert staff.post(url(person), {"slug": ""}).context["absolute_url"] == person.get_absolute_url()


def test_every_list_of_a_title_takes_a_row_and_puts_it_last(staff):
    title, person = make_title(), make_person()
    company = models.Company.objects.create(slug="m", name="Mosfilm")
    body = models.AwardBody.objects.create(slug="cannes", name="Cannes")
    provider = models.Provider.objects.create(slug="p", name="Provider")
    collection = models.Collection.objects.create(slug="c", name="Soviet cinema")
    data = fields_of(staff.get(url(title)))
    add_row(data, "names", name="Letiat zhuravli", kind="original", language="ru")
    add_row(data, "credits", person=person.pk, role="actor", character="Veronika")
    add_row(data, "title_countries", country="SU")
    add_row(data, "title_genres", genre=make_genre("Drama").pk)
    add_row(data, "title_genres", genre=make_genre("War").pk)
    add_row(data, "title_languages", language="ru")
    add_row(data, "title_collections", collection=collection.pk)
    add_row(data, "title_companies", company=company.pk, role="production")
    add_row(data, "awards", year=1958, body=body.pk, prize="Palme d'Or", won="on")
    add_row(data, "events", kind="festival", date="1958-05", note="Cannes")
    add_row(data, "box_office", currency="USD", amount=10000)
    add_row(data, "offers", provider=provider.pk, kind="rent", url="https://example.org/")
    add_row(data, "identifiers", scheme="imdb", value="tt0050634")
    add_row(data, "former_slugs", slug="the-cranes")
    assert staff.post(url(title), data).status_code == 302
    assert list(title.title_genres.values_list("genre__name", "position")) == [("Drama", 1), ("War", 2)]
    assert title.credits.get().printed_name == "Tatiana Samoilova"
    assert title.former_slugs.get().slug == "the-cranes"
    assert staff.get(title.get_absolute_url()).status_code == 200


def test_two_rows_may_swap_places(staff):
    title = make_title()
    title.title_genres.create(genre=make_genre("Drama"), position=1)
    title.title_genres.create(genre=make_genre("War"), position=2)
    edit(staff, title, title_genres__0__position=2, title_genres__1__position=1)
    assert list(title.title_genres.order_by("position").values_list("genre__name", flat=True)) == ["War", "Drama"]


def test_a_row_may_take_what_a_deleted_one_had(staff):
    title, drama, war = make_title(), make_genre("Drama"), make_genre("War")
    title.title_genres.create(genre=drama, position=1)
    title.title_genres.create(genre=war, position=2)
    edit(staff, title, title_genres__0__genre=war.pk, title_genres__1__DELETE="on")
    assert [row.genre for row in title.title_genres.all()] == [war]


def test_a_genre_named_twice_is_refused_on_the_form(staff):
    title, genre = make_title(), make_genre("Drama")
    data = fields_of(staff.get(url(title)))
    add_row(data, "title_genres", genre=genre.pk)
    add_row(data, "title_genres", genre=genre.pk)
    assert "This genre is named twice." in staff.post(url(title), data).content.decode()


def test_two_takings_worldwide_are_refused_on_the_form(staff):
    title = make_title()
    data = fields_of(staff.get(url(title)))
    add_row(data, "box_office", currency="USD", amount=1)
    add_row(data, "box_office", currency="USD", amount=2)
    assert "This territory is there already." in staff.post(url(title), data).content.decode()


def test_two_credits_in_the_same_place_are_refused_on_the_form(staff):
    title = make_title()
    data = fields_of(staff.get(url(title)))
    for _ in range(2):
        add_row(data, "credits", person=make_person().pk, role="actor", position=1)
    assert "Two rows cannot have the same place." in staff.post(url(title), data).content.decode()


def test_a_character_of_a_director_is_refused_beside_nothing_but_the_row(staff):
    title = make_title()
    data = fields_of(staff.get(url(title)))
    add_row(data, "credits", person=make_person().pk, role="director", character="Boris")
    assert "Only an actor plays a character." in staff.post(url(title), data).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("year", 1700, "The year lies between 1870 and 2100"),
        ("slug", "Two__Cranes", "A slug has small letters"),
        ("runtime_minutes", 99999, "less than or equal to 32767"),
        ("runtime_minutes", 7000, "A length lies between 1 and 6000 minutes"),
        ("cover_motif", "unicorn", "Select a valid choice"),
        ("name", "a\0b", "Null characters are not allowed"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(staff, field, value, words):
    errors = edit(staff, make_title(), **{field: value}).context["adminform"].form.errors
    assert list(errors) == [field]
    assert words in errors[field][0]


def test_what_only_the_database_sees_comes_back_as_a_sentence(staff):
    """Two rows that swap their genres pass the form, but not row after row."""
    title, drama, war = make_title(), make_genre("Drama"), make_genre("War")
    title.title_genres.create(genre=drama, position=1)
    title.title_genres.create(genre=war, position=2)
    response = edit(staff, title, title_genres__0__genre=war.pk, title_genres__1__genre=drama.pk)
    assert response.context["adminform"].form.non_field_errors() == ["This genre is named twice."]


def test_a_genre_of_the_same_name_in_another_spelling_is_refused(staff):
    make_genre("Drama")
    data = fields_of(staff.get(url(models.Genre(), "add"))) | {"name": "dráma"}
    errors = staff.post(url(models.Genre(), "add"), data).context["adminform"].form.errors
    assert errors["name"] == ["There is a genre of that name already: “Drama”."]


# ------------------------------------------------------------------ releases
def new_release(staff, title, **values):
    data = fields_of(staff.get(url(models.Release(), "add"), {"title": title.pk}))
    return staff.post(url(models.Release(), "add"), data | values)


def test_releases_get_a_slug_and_a_place(staff):
    title = make_title()
    for _ in range(2):
        assert new_release(staff, title, medium="dvd", regions=["2", "4"]).status_code == 302
    assert list(title.releases.order_by("pk").values_list("slug", "position")) == [("dvd", 1), ("dvd-2", 2)]


def test_a_dvd_with_a_blu_rays_region_is_refused(staff):
    response = new_release(staff, make_title(), medium="dvd", regions=["A"])
    assert "A DVD has regions 0 to 8" in response.content.decode()


def test_a_release_takes_tracks_discs_and_extras(staff):
    release = make_title().releases.create(slug="dvd", medium="dvd")
    data = fields_of(staff.get(url(release)))
    add_row(data, "aspect_ratios", printed="1.37:1", ratio="1.37")
    add_row(data, "audio_tracks", language="ru", codec="Dolby Digital", kind="original")
    add_row(data, "subtitle_tracks", language="en")
    add_row(data, "discs", number=1)
    add_row(data, "extras", name="Trailer", kind="trailer")
    add_row(data, "identifiers", scheme="ean", value="1234")
    assert staff.post(url(release), data).status_code == 302
    extra = release.extras.get()
    data = fields_of(staff.get(url(extra)))
    add_row(data, "extra_people", person=make_person().pk)
    assert staff.post(url(extra), data).status_code == 302
    assert extra.extra_people.count() == 1


def test_releases_swap_places_on_the_page_of_their_title(staff):
    title = make_title()
    first = title.releases.create(slug="dvd", medium="dvd", position=1)
    title.releases.create(slug="blu-ray", medium="blu-ray", position=2)
    assert edit(staff, title, releases__0__position=2, releases__1__position=1).status_code == 302
    first.refresh_from_db()
    assert first.position == 2


# ------------------------------------------------------------------ posters
def test_a_poster_uploaded_is_shown_on_the_public_page(staff):
    title = make_title()
    assert edit(staff, title, upload=image_file()).status_code == 302
    title.refresh_from_db()
    shown = titles_admin.cover(models.Title.objects.for_cards().get())["src"]
    assert len(title.poster) == 64
    assert shown in staff.get(title.get_absolute_url()).content.decode()
    assert Image.open(BytesIO(b"".join(staff.get(shown)))).size == (360, 540)


def test_a_poster_can_be_removed(staff):
    title = make_title(poster="0" * 64)
    assert edit(staff, title, without_poster="on").status_code == 302
    title.refresh_from_db()
    assert title.poster == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty"), (b"GIF89a" + bytes(99), "not a JPEG, PNG or WebP"), (bytes(9 << 20), "8 MB")],
    ids=["empty", "gif", "large"],
)
def test_a_bad_picture_is_refused_beside_its_field(staff, content, words):
    title = make_title()
    errors = edit(staff, title, upload=SimpleUploadedFile("a.jpg", content)).context["adminform"].form.errors
    assert list(errors) == ["upload"]
    assert words in errors["upload"][0]


def test_a_full_disk_is_told_beside_the_field(staff, media):
    (media / "pictures").write_text("a file where the folder should be")
    errors = edit(staff, make_title(), upload=image_file()).context["adminform"].form.errors
    assert errors["upload"] == [NOT_KEPT.format("poster")]


@pytest.mark.parametrize(("make", "column"), [(make_person, "portrait"), (make_collection, "picture")])
def test_a_picture_of_a_person_or_a_collection_is_uploaded_and_removed(staff, make, column):
    row = make()
    assert edit(staff, row, upload=image_file()).status_code == 302
    row.refresh_from_db()
    assert len(getattr(row, column)) == 64
    errors = edit(staff, row, upload=image_file(), without_picture="on").context["adminform"].form.errors
    assert "not both" in str(errors)
    assert list(edit(staff, row, upload=SimpleUploadedFile("a.jpg", b"x")).context["adminform"].form.errors) == [
        "upload"
    ]
    assert edit(staff, row, without_picture="on").status_code == 302
    row.refresh_from_db()
    assert getattr(row, column) == ""


def test_two_titles_do_not_take_one_place_in_a_collection(staff):
    collection = make_collection()
    first, second = make_title(), make_title()
    first.title_collections.create(collection=collection, place=1)
    data = fields_of(staff.get(url(second)))
    add_row(data, "title_collections", collection=collection.pk, place=1)
    assert "Two titles cannot have the same place in a collection." in staff.post(url(second), data).content.decode()


def test_a_poster_is_not_uploaded_and_removed_at_once(staff):
    title = make_title(poster="0" * 64)
    errors = edit(staff, title, upload=image_file(), without_poster="on").context["adminform"].form.errors
    assert list(errors) == ["without_poster"]


# ------------------------------------------------------------------ who may
def test_members_are_not_let_in(client):
    client.force_login(make_member())
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_title_of_many_credits_is_saved(staff):
    title = make_title()
    people = [make_person(f"Person {place}") for place in range(150)]
    models.Credit.objects.bulk_create(
        models.Credit(title=title, person=person, role="actor", position=place, printed_name=person.name)
        for place, person in enumerate(people, 1)
    )
    assert edit(staff, title, lead="Many.").status_code == 302
