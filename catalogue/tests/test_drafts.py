"""Drafts of titles: what is typed is never lost, never saved by itself, and never another's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue import models
from catalogue.nightly import forget_drafts
from catalogue.tests.test_admin import add_row, fields_of, make_genre, make_person, make_title, url
from tests.factories import make_staff, make_title_draft
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalogue_title_drafts")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def member():
    return make_staff(is_superuser=True)


@pytest.fixture
def staff(client, member):
    client.force_login(member)
    return client


def keeping(title):
    name = "admin:catalogue_title_draft"
    return reverse(name, args=[title.pk]) if title.pk else reverse(f"{name}_new")


def form_of(title):
    return url(title) if title.pk else url(title, "add")


def opened(client, title, query=""):
    """What a browser would send of the form as it opens."""
    page = client.get(form_of(title) + query)
    named = {"draft": str(page.context["beside"]["form"]), "opened": page.context.get("opened", "")}
    return fields_of(page) | {name: value for name, value in named.items() if value}


@pytest.fixture(params=["there", "new"])
def title(request):
    return make_title() if request.param == "there" else models.Title()


# ------------------------------------------------------------------ kept
def test_a_draft_is_kept_and_taken_up_and_nothing_is_saved(staff, title):
    data = opened(staff, title) | {"name": "Cranes", "year": "", "lead": "Two part."}
    add_row(data, "credits", person=make_person().pk, role="actor", character="Veronika")
    response = staff.post(keeping(title), data)
    assert response["Location"] == form_of(title) + "?draft=1"
    shown = fields_of(staff.get(response["Location"]))
    assert (shown["name"], shown["lead"], shown["credits-0-character"]) == ("Cranes", "Two part.", "Veronika")
    assert not models.Credit.objects.exists()
    assert not models.Title.objects.filter(name="Cranes").exists()


def test_a_draft_with_mistakes_is_no_mistake_yet(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "", "year": "19"})
    page = staff.get(form_of(title) + "?draft=1")
    assert "is not saved yet" in page.content.decode()
    assert not of_class(tree(page), "errorlist")
    assert not of_class(tree(page), "errornote")


def test_the_form_says_that_there_is_a_draft_until_it_is_taken_up(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "Cranes"})
    assert "You have a draft of" in staff.get(form_of(title)).content.decode()
    assert "You have a draft of" not in staff.get(form_of(title) + "?draft=1").content.decode()


def test_a_draft_is_kept_again_and_again(staff, title):
    data = opened(staff, title)
    for name in ("Cra", "Cranes"):
        said = staff.post(keeping(title), data | {"name": name, "quiet": "1"}).json()
        assert said["kept"]
    assert models.TitleDraft.objects.get().data["name"] == ["Cranes"]


def test_who_takes_a_draft_up_goes_on_with_it(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "Cranes"})
    data = opened(staff, title, "?draft=1")
    assert staff.post(keeping(title), data | {"name": "More", "quiet": "1"}).json()["kept"]


def test_a_draft_is_not_written_over_by_another_window(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "First"})
    other = opened(staff, title) | {"name": "Second"}
    said = staff.post(keeping(title), other | {"quiet": "1"}).json()
    assert not said["kept"]
    assert "you have another draft" in said["said"]
    assert models.TitleDraft.objects.get().data["name"] == ["First"]


def test_what_was_not_kept_is_still_in_the_form(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "First"})
    page = staff.post(keeping(title), opened(staff, title) | {"name": "Second"})
    assert page.status_code == 200
    assert fields_of(page)["name"] == "Second"
    assert "you have another draft" in page.content.decode()
    assert tree(page).find(".//form[@id='title_form']").get("action") == form_of(title)


def test_signs_that_the_database_has_no_room_for_are_left_out(staff, title):
    assert staff.post(keeping(title), opened(staff, title) | {"name": "a\0b", "quiet": "1"}).json()["kept"]


# ------------------------------------------------------------------ ended
def test_saving_ends_the_draft(staff, title):
    data = opened(staff, title) | {"name": "Cranes"}
    staff.post(keeping(title), data)
    assert staff.post(form_of(title), data).status_code == 302
    assert not models.TitleDraft.objects.exists()


def test_saving_a_draft_that_was_taken_up_ends_it(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "Cranes"})
    data = opened(staff, title, "?draft=1")
    assert staff.post(form_of(title) + "?draft=1", data).status_code == 302
    assert models.Title.objects.get().name == "Cranes"
    assert not models.TitleDraft.objects.exists()


def test_a_form_with_mistakes_keeps_its_draft(staff, title):
    data = opened(staff, title) | {"name": ""}
    staff.post(keeping(title), data)
    assert staff.post(form_of(title), data).status_code == 200
    assert models.TitleDraft.objects.exists()


def test_a_preview_keeps_the_draft(staff):
    title = make_title()
    data = opened(staff, title)
    staff.post(keeping(title), data)
    staff.post(reverse("admin:catalogue_title_preview", args=[title.pk]), data)
    assert models.TitleDraft.objects.exists()


def test_saving_another_form_keeps_the_draft(staff, title):
    staff.post(keeping(title), opened(staff, title) | {"name": "Draft"})
    assert staff.post(form_of(title), opened(staff, title) | {"name": "Saved"}).status_code == 302
    assert models.TitleDraft.objects.get().data["name"] == ["Draft"]


def test_a_draft_is_thrown_away(staff, member):
    draft = make_title_draft(member=member)
    address = reverse("admin:catalogue_title_throw_away", args=[draft.pk])
    assert staff.get(address)["Location"] == LIST
    assert models.TitleDraft.objects.exists()
    assert staff.post(address)["Location"] == LIST
    assert not models.TitleDraft.objects.exists()


def test_drafts_go_after_90_days():
    now = timezone.now()
    make_title_draft(saved_at=now - timedelta(days=91))
    kept = make_title_draft(saved_at=now - timedelta(days=89))
    forget_drafts(now=now)
    assert list(models.TitleDraft.objects.all()) == [kept]


# ------------------------------------------------------------------ whose
def test_my_drafts_are_listed_and_nobody_elses(staff, member):
    assert "You have no drafts" in staff.get(LIST).content.decode()
    make_title_draft(member=member, data={"name": ["Mine"]})
    make_title_draft(member=member, title=None, data={})
    other = make_title_draft(data={"name": ["Theirs"]})
    page = text(get(staff, LIST))
    assert "Mine" in page
    assert "A new title" in page
    assert "Theirs" not in page
    assert staff.post(reverse("admin:catalogue_title_throw_away", args=[other.pk])).status_code == 404


def test_the_list_of_titles_leads_to_my_drafts(staff):
    assert LIST in staff.get(reverse("admin:catalogue_title_changelist")).content.decode()


def test_the_form_says_who_else_is_writing(staff):
    title = make_title()
    make_title_draft(title=title, member=make_staff(shown_as="Ruth"), data={"name": ["Theirs"]})
    page = text(get(staff, url(title)))
    assert "Ruth is writing on this title, too" in page
    assert "Theirs" not in page
    assert fields_of(staff.get(url(title) + "?draft=1"))["name"] == title.name


@pytest.mark.parametrize("page", ["keep", "list"])
def test_who_may_not_change_titles_keeps_no_drafts(client, page):
    client.force_login(make_staff())
    title = make_title()
    response = client.post(keeping(title), {"draft": uuid4()}) if page == "keep" else client.get(LIST)
    assert response.status_code == 403


def test_a_draft_leads_back_after_signing_in(client, member):
    title = make_title()
    assert client.post(keeping(title), {"name": "a"})["Location"].endswith(f"next={keeping(title)}")
    client.force_login(member)
    assert client.get(keeping(title))["Location"] == url(title)


def test_a_form_as_long_as_any_is_kept_with_all_its_rows(staff):
    title, genre = make_title(), make_genre("Drama")
    data = opened(staff, title)
    for _ in range(100):
        add_row(data, "title_genres", genre=genre.pk)
    staff.post(keeping(title), data)
    page = staff.get(url(title) + "?draft=1")
    assert int(fields_of(page)["title_genres-TOTAL_FORMS"]) == 100
