"""What titles lack: worked out by the database when anything of them changes, and led to on the staff's pages."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue import completeness, invariants
from catalogue.admin.completeness import ALL_MENDED
from catalogue.models import Completeness, Credit, Title
from catalogue.tests.test_admin import fields_of
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST, WORST = reverse("admin:catalogue_title_changelist"), reverse("admin:catalogue_title_worst")
WHOLE = {"synopsis": "She waits.", "poster": "0" * 64, "runtime_minutes": 97}


@pytest.fixture
def staff(client):
    client.force_login(make.make_staff(is_superuser=True))
    return client


def kept(title):
    connection.check_constraints()  # as when the transaction commits
    return Completeness.objects.get(title=title)


def make_whole(**fields):
    """A title that lacks nothing."""
    title = make.make_title(**WHOLE | fields)
    release = make.make_release(title=title, released_on="2020-01-06")
    make.make_audio_track(release=release)
    make.make_credit(title=title)
    for place in (1, 2, 3):
        make.make_credit(title=title, role="actor", position=place)
    for part in (make.make_title_language, make.make_title_country, make.make_title_genre, make.make_title_identifier):
        part(title=title)
    make.make_title_name(title=title, name="Летят журавли", script="Cyrl")
    return title


def make_asked_for(asked_for, **fields):
    title = make.make_title(**fields)
    Completeness.objects.filter(pk=kept(title)).update(asked_for=asked_for)
    return title


def test_a_title_with_nothing_but_its_name_has_0_and_one_with_everything_100():
    assert kept(make.make_title(year=None)).score == 0
    assert kept(make_whole()).missing == [] and kept(make_whole()).score == 100


def test_the_database_weighs_as_the_table_says():
    weights = [reason.weight for reason in completeness.REASONS if reason.code not in completeness.IMPLIED]
    assert sum(weights) == 100
    for reason in completeness.REASONS:
        row = Completeness.objects.create(title=make.make_title(), missing=[reason.code], asked_for=2)
        row.refresh_from_db()
        assert (row.score, row.urgency) == (100 - reason.weight, 2 * reason.weight), reason.code
        row.delete()


TAKEN_AWAY = {
    "synopsis": lambda title: Title.objects.filter(pk=title.pk).update(synopsis=" \n"),
    "poster": lambda title: Title.objects.filter(pk=title.pk).update(poster=""),
    "year": lambda title: Title.objects.filter(pk=title.pk).update(year=None),
    "runtime": lambda title: Title.objects.filter(pk=title.pk).update(runtime_minutes=None),
    "editions": lambda title: title.releases.all().delete(),
    "date": lambda title: title.releases.update(released_on=""),
    "sound": lambda title: title.releases.get().audio_tracks.all().delete(),
    "director": lambda title: title.credits.filter(role="director").update(role="writer"),
    "cast": lambda title: title.credits.filter(role="actor", position=3).delete(),
    "language": lambda title: title.title_languages.all().delete(),
    "country": lambda title: title.title_countries.all().delete(),
    "genre": lambda title: title.title_genres.all().delete(),
    "identifier": lambda title: title.identifiers.all().delete(),
    "script": lambda title: title.names.all().delete(),
}


@pytest.mark.parametrize("code", TAKEN_AWAY)
def test_what_is_taken_away_is_missing_at_once_and_there_again_when_it_comes_back(code):
    title = make_whole()
    assert kept(title).missing == []
    TAKEN_AWAY[code](title)
    assert kept(title).missing == [code]
    assert not invariants.broken()


def test_every_reason_is_tried_above():
    assert set(TAKEN_AWAY) == set(completeness.BY_CODE)


def test_what_moves_to_another_title_is_missing_of_the_first():
    title, other = make_whole(), make.make_title()
    title.title_genres.update(title=other)
    assert kept(title).missing == ["genre"] and "genre" not in kept(other).missing


def test_a_series_may_have_a_creator_instead_of_a_director():
    title = make_whole(kind="series")
    title.credits.filter(role="director").update(role="creator")
    assert kept(title).missing == []


def test_a_name_in_its_own_script_is_known_by_its_letters_too():
    title = make_whole()
    title.names.update(name="Летят журавли", script="")
    assert kept(title).missing == []
    title.names.update(name="Quando volano le cicogne")
    assert kept(title).missing == ["script"]


def test_many_rows_brought_at_once_are_worked_out_once():
    titles = [make.make_title() for _ in range(3)]
    connection.check_constraints()
    people = [make.make_person() for _ in range(3)]
    Credit.objects.bulk_create(
        Credit(title=title, person=person, role="actor", position=place, printed_name="A")
        for title in titles
        for place, person in enumerate(people, start=1)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_incomplete")
        assert cursor.fetchone() == (1,)
    assert all("cast" not in kept(title).missing for title in titles)


def test_fsck_sees_a_score_that_is_not_true_and_rebuild_mends_it():
    title = make_whole()
    Completeness.objects.filter(pk=kept(title)).update(missing=["poster"])
    Completeness.objects.filter(pk=kept(make.make_title())).delete()
    assert len(next(iter(invariants.broken().values()))) == 2
    call_command("rebuild_completeness")
    assert not invariants.broken() and kept(title).score == 100


def test_rebuild_weighs_by_what_the_search_says_is_asked_for():
    title = make.make_title()
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("UPDATE catalogue_searchdocument SET rank = 3 WHERE kind = 1 AND owner = %s", [title.pk])
    call_command("rebuild_completeness")
    row = kept(title)
    assert row.asked_for == 3 and row.urgency == 3 * (100 - row.score)


# ---------------------------------------------------------------- the list
def names_in(response):
    return [title.name for title in response.context["cl"].result_list]


def test_the_list_shows_sorts_and_filters_by_what_is_missing(staff):
    make_whole(name="Whole"), make.make_title(name="Bare"), make_whole(name="No poster", poster="")
    connection.check_constraints()
    page = staff.get(LIST)
    assert "100 of 100" in page.content.decode() and "No edition, no synopsis and 8 more" in page.content.decode()
    column = page.context["cl"].list_display.index("complete")
    assert names_in(staff.get(LIST, {"o": column})) == ["Bare", "No poster", "Whole"]
    assert names_in(staff.get(LIST, {"o": f"-{column}"})) == ["Whole", "No poster", "Bare"]
    assert names_in(staff.get(LIST, {"missing": "poster"})) == ["Bare", "No poster"]
    assert names_in(staff.get(LIST, {"complete": "good"})) == ["No poster"]
    assert len(names_in(staff.get(LIST, {"complete": "nonsense", "missing": "'"}))) == 3


def test_offers_nobody_checked_for_a_year_are_found_today_without_a_change(staff):
    old, new = make.make_title(name="Old"), make.make_title(name="New")
    make.make_offer(title=old, checked_on=timezone.localdate() - timedelta(days=366))
    make.make_offer(title=new, checked_on=timezone.localdate())
    make.make_offer(title=make.make_title(name="Never"))
    connection.check_constraints()
    assert names_in(staff.get(LIST, {"missing": "offers"})) == ["Never", "Old"]
    assert kept(old).offers_checked_on < kept(new).offers_checked_on != date(1, 1, 1)
    assert "Offer not checked for a year" in staff.get(change(old)).content.decode()


# ---------------------------------------------------------------- the title's page
def change(title):
    return reverse("admin:catalogue_title_change", args=[title.pk])


def test_the_page_names_what_is_missing_and_leads_to_it(staff):
    title = make_whole(synopsis="")
    title.releases.get().audio_tracks.all().delete()
    connection.check_constraints()
    page = staff.get(change(title)).content.decode()
    assert "<strong>79 of 100.</strong> Missing:" in page
    assert '<a href="#id_synopsis">No synopsis</a>' in page
    assert '<a href="#releases-group">DVD has no sound tracks</a>' in page


def test_every_place_that_is_led_to_is_on_the_page(staff):
    title = make.make_title()
    page = staff.get(change(title)).content.decode()
    assert [reason.place for reason in completeness.REASONS if f'id="{reason.place}"' not in page] == []


def test_a_page_without_a_title_yet_has_no_score(staff):
    assert "Known when the title is saved." in staff.get(reverse("admin:catalogue_title_add")).content.decode()


# ---------------------------------------------------------------- the next worst
def test_the_worst_is_what_lacks_most_of_what_is_asked_for_most(staff):
    make_asked_for(0, name="Nobody asks")
    little, much = make_asked_for(1), make_asked_for(5)
    assert staff.get(WORST)["Location"].startswith(change(much))
    page = staff.get(staff.get(WORST)["Location"])
    assert staff.get(WORST, {"after": page.context["worst_place"]})["Location"].startswith(change(little))


def test_after_the_last_there_is_none_and_it_is_said(staff):
    title = make_asked_for(5)
    place = staff.get(staff.get(WORST)["Location"]).context["worst_place"]
    response = staff.get(WORST, {"after": place}, follow=True)
    assert response.redirect_chain[-1][0] == LIST and ALL_MENDED in response.content.decode()
    assert staff.get(WORST, {"after": "nonsense"})["Location"].startswith(change(title))


def test_saving_leads_to_the_next_also_if_the_title_is_better_now(staff):
    worst, second, _ = (make_asked_for(times, name=f"Film {times}") for times in (5, 4, 3))
    opened = staff.get(WORST)["Location"]
    data = fields_of(staff.get(opened)) | {"synopsis": "She waits.", "_next_worst": "1"}
    response = staff.post(opened, data, follow=True)
    assert [step for step, _ in response.redirect_chain][-1].startswith(change(second))
    assert "synopsis" not in kept(worst).missing


def test_who_may_not_change_titles_is_not_led_to_one(client):
    make_asked_for(5)
    moderator = make.make_staff()
    moderator.groups.add(Group.objects.get(name="moderator"))
    client.force_login(moderator)
    assert client.get(WORST).status_code == 403


def test_the_page_asks_as_often_for_a_bare_title_as_for_a_whole_one(staff):
    def queries(title):
        staff.get(change(title))
        with CaptureQueriesContext(connection) as captured:
            staff.get(change(title))
        return len(captured)

    bare, whole = make.make_release().title, make_whole()  # the lists of editions are asked for once there is one
    connection.check_constraints()
    assert abs(queries(whole) - queries(bare)) <= 3
