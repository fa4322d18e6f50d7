"""The history on the staff's pages: read, gone back to, undone; each only by who may."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from catalogue import history
from catalogue.models import Deed, Title
from tests.factories import make_credit, make_critic_review, make_member, make_staff, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(client):
    staff = make_staff(shown_as="Ruth")
    staff.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(staff)
    return staff


def page(row, name="history", *more):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def fields_of(response):
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, *(form for s in formsets for form in (s.management_form, *s.forms))]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def save(client, row, **values):
    sent = fields_of(client.get(page(row, "change"))) | values
    assert client.post(page(row, "change"), sent).status_code == 302


def test_a_form_saved_stands_in_the_history_under_its_name(client, ruth):
    title = make_title(name="The Cranes Are Flying", year=1957)
    save(client, title, year=1958)
    (newest, *_) = client.get(page(title)).context["deeds"]
    assert (newest.words, newest.by) == ("Saved", "Ruth")
    assert list(newest.lines) == [
        ("title “The Cranes Are Flying (1957)”", "Year", [(False, "1957")], [(False, "1958")])
    ]


def test_who_gave_no_name_stands_there_by_address(client, ruth):
    type(ruth).objects.update(shown_as="A member", email="ruth@example.org")
    title = make_title(year=1957)
    save(client, title, year=1958)
    assert client.get(page(title)).context["deeds"][0].by == "ruth@example.org"
    assert "ruth@example.org" in client.get(reverse("admin:catalogue_deed_changelist")).content.decode()


def test_one_goes_back_to_how_it_was(client, ruth):
    title = make_title(year=1957)
    credit = make_credit(title=title, role="director").pk
    moment = history.latest(title)
    save(client, title, year=1958)
    title.credits.all().delete()
    assert "1958" in client.get(page(title, "put_back", moment)).content.decode()
    title.refresh_from_db()
    assert title.year == 1958  # looking changes nothing
    response = client.post(page(title, "put_back", moment), follow=True)
    title.refresh_from_db()
    assert (title.year, title.credits.get().pk) == (1957, credit)
    assert "is put back" in response.content.decode()
    assert response.context["deeds"][0].by == "Ruth"


def test_a_deed_is_undone_on_its_page(client, ruth):
    title = make_title(year=1957)
    with history.deed("bulk", by=ruth, note="years") as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
    url = reverse("admin:catalogue_deed_change", args=[key])
    assert "Changed in bulk years" in client.get(reverse("admin:catalogue_deed_changelist")).content.decode()
    assert "Undo all of it" in client.get(url).content.decode()
    response = client.post(reverse("admin:catalogue_deed_undo", args=[key]), follow=True)
    title.refresh_from_db()
    assert title.year == 1957 and "Undone: Changed in bulk years" in response.content.decode()
    assert "It is undone." in client.get(url).content.decode()
    assert "Undo all of it" not in client.get(url).content.decode()


def test_what_is_in_the_way_is_said(client, ruth):
    title = make_title(year=1957)
    with history.deed("bulk", by=ruth) as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
    Title.objects.filter(pk=title.pk).update(year=1959)
    response = client.post(reverse("admin:catalogue_deed_undo", args=[key]), follow=True)
    assert [str(said) for said in response.context["messages"]] == [
        "Nothing was put back.",
        "1 title of it changed since: undo that first.",
    ]
    title.refresh_from_db()
    assert title.year == 1959


def test_long_texts_show_the_words_that_changed(client, ruth):
    words = "A young woman waits in Moscow while the man she loves is sent to the front in 1941."
    title = make_title(synopsis=words)
    save(client, title, synopsis=words.replace("young", "stubborn"))
    html = client.get(page(title)).content.decode()
    assert "<del>young</del>" in html and "<ins>stubborn</ins>" in html


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "“><img src=x>"])
def test_markup_in_a_value_is_text(client, ruth, markup):
    title = make_title(lead=markup)
    assert markup not in client.get(page(title)).content.decode()


def test_a_critics_review_has_a_history(client):
    client.force_login(make_staff(is_superuser=True))
    review = make_critic_review()
    assert review.quote in client.get(page(review)).content.decode()


def test_who_may_only_look_gets_no_way_back(client):
    auditor = make_staff()
    auditor.user_permissions.set(_rights("view_title", "view_deed"))
    client.force_login(auditor)
    title = make_title(year=1957)
    moment = history.latest(title)
    with history.deed("bulk", by=auditor) as key:
        Title.objects.filter(pk=title.pk).update(year=1958)
    assert "Back to how it was" not in client.get(page(title)).content.decode()
    assert client.post(page(title, "put_back", moment)).status_code == 403
    assert "Undo all" not in client.get(reverse("admin:catalogue_deed_change", args=[key])).content.decode()
    assert client.post(reverse("admin:catalogue_deed_undo", args=[key])).status_code == 403
    title.refresh_from_db()
    assert title.year == 1958


def test_who_may_not_see_the_row_does_not_see_its_history(client):
    client.force_login(make_staff())
    assert client.get(page(make_title())).status_code == 403
    assert client.get(reverse("admin:catalogue_deed_changelist")).status_code == 403


def test_who_did_it_and_has_left_is_not_named(client, ruth):
    title = make_title()
    gone = make_member(shown_as="Gone")
    with history.deed("bulk", by=gone):
        Title.objects.filter(pk=title.pk).update(year=1901)
    gone.delete()
    assert client.get(page(title)).context["deeds"][0].by == "somebody who has left"
    assert "somebody who has left" in client.get(reverse("admin:catalogue_deed_changelist")).content.decode()


def test_the_list_of_deeds_asks_little(client, ruth, django_assert_max_num_queries):
    title = make_title()
    for year in range(1900, 1930):
        with history.deed("bulk", by=ruth):
            Title.objects.filter(pk=title.pk).update(year=year)
    assert Deed.objects.count() == 30
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:catalogue_deed_changelist"))


def test_members_leave_no_deeds(client):
    client.force_login(make_member())
    client.post("/account/choices/")
    assert not Deed.objects.exists()


def _rights(*names):
    return Permission.objects.filter(codename__in=names)
