"""The staff's pages on which two titles, people or editions are made one, or one two; and those that look alike."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from catalogue.models import Deed, NotTheSame, Person, Release, Title
from tests.factories import (
    make_copy,
    make_credit,
    make_disc,
    make_member,
    make_person,
    make_rating,
    make_release,
    make_release_identifier,
    make_staff,
    make_title,
    make_title_identifier,
    make_title_name,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(client):
    staff = make_staff(shown_as="Ruth")
    staff.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(staff)
    return staff


def page(row, name, **query):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk], query=query)


def listed(model, name):
    return reverse(f"admin:catalogue_{model._meta.model_name}_{name}")


def text(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def merge(client, gone, stays, **fields):
    return client.post(page(stays, "merge"), {"other": gone.pk, **fields}, follow=True)


def test_a_title_leads_to_the_other_one_and_shows_what_would_happen(client, ruth):
    stays, gone = make_title(name="The Cranes Are Flying"), make_title(name="Cranes Are Flying, The", year=1958)
    make_rating(title=gone)
    make_title_name(title=gone, name="Letyat zhuravli")
    assert page(stays, "merge") in text(client.get(page(stays, "change")))
    url = page(stays, "merge", other=gone.pk)
    html = text(client.get(page(stays, "merge", q="cranes")))
    assert url.replace("&", "&amp;") in html
    response = client.get(url)
    assert {(line.name, line.moved, line.dropped) for line in response.context["lines"]} == {
        ("Other names", 1, 0),
        ("Ratings", 1, 0),
    }
    assert [field.name for field in response.context["differing"]] == ["year"]
    assert Title.objects.count() == 2 and not Deed.objects.exists()


def test_one_is_part_of_the_other_and_its_address_leads_there(client, ruth):
    stays, gone = make_title(name="The Cranes Are Flying"), make_title(name="Letyat zhuravli")
    make_rating(title=gone, half_stars=9)
    response = merge(client, gone, stays)
    assert "its address leads here" in said(response)[0]
    assert stays.names.get().name == "Letyat zhuravli"
    assert stays.ratings.get().half_stars == 9
    moved = client.get(gone.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (301, stays.get_absolute_url())
    assert Deed.objects.latest("created_at").metadata["user"] == ruth.pk


@pytest.mark.parametrize("below", ["reviews/", "critics/", "scores/", "reviews/feed/"])
def test_addresses_below_the_old_one_lead_on_too(client, ruth, below):
    stays, gone = make_title(), make_title()
    merge(client, gone, stays)
    moved = client.get(f"{gone.get_absolute_url()}{below}?a=b")
    assert (moved.status_code, moved["Location"]) == (301, f"{stays.get_absolute_url()}{below}?a=b")


def test_the_old_picture_leads_to_the_new_one(client, ruth):
    stays, gone = make_title(), make_title()
    merge(client, gone, stays)
    assert client.get(f"/pictures/{gone.slug}/abc/360.webp", follow=True).status_code == 200


def test_what_is_sent_to_the_old_address_is_asked_for_again(client, ruth):
    stays, gone = make_title(), make_title()
    merge(client, gone, stays)
    client.force_login(make_member())
    response = client.post(f"{gone.get_absolute_url()}rate/", {"half_stars": 7}, follow=True)
    assert response.redirect_chain[0] == (stays.get_absolute_url(), 302)
    assert not stays.ratings.exists()


def test_fields_are_taken_where_they_are_empty_or_picked(client, ruth):
    stays = make_title(year=1957, lead="", synopsis="Ours.")
    gone = make_title(year=1958, lead="A lead.", synopsis="Theirs.")
    merge(client, gone, stays, year="gone", synopsis="stays")
    stays.refresh_from_db()
    assert (stays.year, stays.lead, stays.synopsis) == (1958, "A lead.", "Ours.")


def test_editions_of_the_same_number_are_offered_and_merged(client, ruth):
    stays, gone = make_title(), make_title()
    ours, theirs = make_release(title=stays, slug="dvd"), make_release(title=gone, slug="dvd")
    make_release_identifier(release=ours, scheme="ean", value="0715515014120")
    make_release_identifier(release=theirs, scheme="upc", value="715515014120")
    make_disc(release=ours)
    copy = make_copy(disc=make_disc(release=theirs))
    html = text(client.get(page(stays, "merge", other=gone.pk)))
    assert f'value="{theirs.pk}-{ours.pk}" checked' in html
    merge(client, gone, stays, edition=f"{theirs.pk}-{ours.pk}")
    copy.refresh_from_db()
    assert stays.releases.get() == ours and copy.disc.release == ours


def test_editions_not_ticked_stay_two_at_addresses_of_their_own(client, ruth):
    stays, gone = make_title(), make_title()
    make_release(title=stays, slug="dvd")
    make_release(title=gone, slug="dvd")
    merge(client, gone, stays)
    assert list(stays.releases.order_by("position").values_list("slug", "position")) == [("dvd", 1), ("dvd-2", 2)]


def test_two_numbers_of_one_kind_are_a_question(client, ruth):
    stays, gone = make_title(), make_title()
    make_title_identifier(title=stays, scheme="imdb", value="tt0050634")
    make_title_identifier(title=gone, scheme="imdb", value="tt0050635")
    assert "Are they the same?" in text(client.get(page(stays, "merge", other=gone.pk)))
    merge(client, gone, stays)
    assert stays.identifiers.count() == 2


@pytest.mark.parametrize("other", ["", "x", "9" * 30, "0", "-1"])
def test_another_one_that_is_none_leads_to_the_choice(client, ruth, other):
    stays = make_title()
    response = client.post(page(stays, "merge"), {"other": other})
    assert response.status_code == 200 and "Or search" in text(response)


def test_a_title_is_not_merged_with_itself(client, ruth):
    title = make_title()
    assert "one and the same already" in text(client.get(page(title, "merge", other=title.pk)))
    assert "Nothing was changed." in said(merge(client, title, title))
    assert Title.objects.get() == title


def test_two_ticked_on_the_list_are_merged(client, ruth):
    first, second = make_title(), make_title()
    ticked = {"action": "merge_these", "_selected_action": [first.pk, second.pk]}
    response = client.post(listed(Title, "changelist"), ticked)
    assert response["Location"] == page(first, "merge", other=second.pk)
    response = client.post(listed(Title, "changelist"), ticked | {"_selected_action": [first.pk]}, follow=True)
    assert "Tick two rows" in said(response)[0]


def test_who_may_not_delete_does_not_merge(client):
    staff = make_staff()
    staff.groups.add(Group.objects.get(name="moderator"))
    client.force_login(staff)
    title, other = make_title(), make_title()
    assert "Merge with another" not in text(client.get(page(title, "change")))
    for name in ("merge", "split"):
        assert client.get(page(title, name)).status_code == 403
        assert client.post(page(title, name), {"other": other.pk}).status_code == 403
    assert client.get(listed(Title, "suspects")).status_code == 403
    assert client.post(listed(Title, "not_the_same")).status_code == 403
    assert Title.objects.count() == 2


# ------------------------------------------------------------------ people and editions
def test_a_person_becomes_another_name_of_the_other(client, ruth):
    stays, gone = make_person(name="Tatiana Samoilova"), make_person(name="Tatyana Samojlova", born_on="1934-05-04")
    title = make_title()
    make_credit(title=title, person=stays, role="actor", character="Veronica", position=1)
    make_credit(title=title, person=gone, role="actor", character="Veronica", position=2)
    make_credit(title=title, person=make_person(), role="actor", position=3)
    make_credit(title=make_title(), person=gone, role="actor")
    merge(client, gone, stays)
    stays.refresh_from_db()
    assert (stays.born_on, stays.aliases.get().name) == ("1934-05-04", "Tatyana Samojlova")
    assert stays.credits.count() == 2
    assert list(title.credits.order_by("position").values_list("position", flat=True)) == [1, 2]
    moved = client.get(f"/people/{gone.slug}/")
    assert (moved.status_code, moved["Location"]) == (301, stays.get_absolute_url())


def test_what_hangs_on_discs_is_counted_before_editions_are_merged(client, ruth):
    title = make_title()
    gone, stays = make_release(title=title, slug="dvd"), make_release(title=title, slug="dvd-2")
    make_disc(release=stays)
    make_copy(disc=make_disc(release=gone))
    lines = client.get(page(stays, "merge", other=gone.pk)).context["lines"]
    assert {(line.name, line.moved) for line in lines} >= {("Copies", 1)}
    assert page(stays, "merge", other=gone.pk).replace("&", "&amp;") in text(client.get(page(stays, "merge")))


def test_editions_of_two_media_are_not_merged(client, ruth):
    title = make_title()
    dvd, disc = make_release(title=title, medium="dvd"), make_release(title=title, medium="blu-ray")
    assert "in one medium" in text(client.get(page(dvd, "merge", other=disc.pk)))
    merge(client, disc, dvd)
    assert Release.objects.count() == 2


# ------------------------------------------------------------------ splitting
def split(client, row, **fields):
    return client.post(page(row, "split"), fields, follow=True)


def test_what_is_ticked_moves_to_a_new_title(client, ruth):
    title = make_title(name="Solaris", year=1972)
    stays, goes = make_release(title=title, slug="dvd"), make_release(title=title, slug="dvd-2", position=2)
    copy = make_copy(disc=make_disc(release=goes))
    make_rating(title=title)
    assert "Ratings, reviews and places on lists stay here" in text(client.get(page(title, "split")))
    split(client, title, to="new", name="Solaris", year="2002", **{"catalogue.release": goes.pk})
    new = Title.objects.exclude(pk=title.pk).get()
    assert (new.slug, new.year, new.releases.get()) == ("solaris-2002", 2002, goes)
    assert title.releases.get() == stays and title.ratings.count() == 1
    assert (new.stock.copies, title.stock.copies, copy.disc.release_id) == (1, 0, goes.pk)


def test_a_person_is_split_by_credits(client, ruth):
    person = make_person(name="John Smith")
    mine, other = make_credit(person=person), make_credit(person=person)
    split(client, person, to="new", name="John Smith", **{"catalogue.credit": other.pk})
    new = Person.objects.exclude(pk=person.pk).get()
    assert (new.credits.get(), person.credits.get()) == (other, mine)
    assert new.slug != person.slug


def test_what_moves_to_one_that_is_here_must_fit(client, ruth):
    title, into = make_title(), make_title()
    person = make_person()
    for each in (title, into):
        make_credit(title=each, person=person, role="director")
    fields = {"to": "other", "other": into.pk, "catalogue.credit": title.credits.get().pk}
    assert "This person has that part already." in said(split(client, title, **fields))
    assert title.credits.count() == into.credits.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"to": "new", "name": "X"}, "Choose at least one row to move."),
        ({"to": "new", "name": " "}, "Write the name of the new one."),
        ({"to": "new", "name": "X", "year": "12"}, "Write the year in four figures, or leave it empty."),
        ({"to": "other", "other": "x"}, "Choose the one that it moves to."),
    ],
)
def test_a_split_that_says_too_little_changes_nothing(client, ruth, fields, sentence):
    title = make_title()
    make_credit(title=title)
    assert sentence in said(split(client, title, **fields))
    assert Title.objects.get().credits.count() == 1


def test_an_edition_is_split_by_discs(client, ruth):
    release = make_release(title=make_title(), slug="dvd")
    first, second = make_disc(release=release), make_disc(release=release, number=2)
    make_copy(disc=second)
    split(client, release, name="Bonus disc", **{"catalogue.disc": second.pk})
    new = Release.objects.exclude(pk=release.pk).get()
    assert (new.title, new.edition, new.slug) == (release.title, "Bonus disc", "dvd-2")
    assert (release.discs.get(), new.discs.get()) == (first, second)


# ------------------------------------------------------------------ those that look alike
def test_look_alikes_are_listed_until_somebody_says_they_are_not_the_same(client, ruth):
    one, other = make_title(name="The Fly", year=1958), make_title(name="Fly", year=1957)
    make_title(name="The Fly", year=1986)
    assert listed(Title, "suspects") in text(client.get(listed(Title, "changelist")))
    (pair,) = [pair for pair, _ in client.get(listed(Title, "suspects")).context["pairs"]]
    assert (pair.stays, pair.gone, pair.why) == (one, other, "Same name and year")
    client.post(listed(Title, "not_the_same"), {"first": other.pk, "second": one.pk})
    assert NotTheSame.objects.get().first == one.pk
    assert "Well done" in text(client.get(listed(Title, "suspects")))


def test_people_of_one_name_on_one_film_come_first(client, ruth):
    people = [make_person(name="John Smith") for _ in range(3)]
    title = make_title()
    make_credit(title=title, person=people[1], role="actor", position=1)
    make_credit(title=title, person=people[2], role="writer", position=1)
    pairs = [pair for pair, _ in client.get(listed(Person, "suspects")).context["pairs"]]
    assert len(pairs) == 3
    assert {pairs[0].stays, pairs[0].gone} == {people[1], people[2]}


def test_look_alikes_ask_little(client, ruth, django_assert_max_num_queries):
    for _ in range(30):
        make_title(name="The Fly", year=1958)
    with django_assert_max_num_queries(15):
        assert len(client.get(listed(Title, "suspects")).context["pairs"]) == 100
