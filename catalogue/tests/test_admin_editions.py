"""The editions on a title's page: lists as text, and only what changed is written."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.tests.test_admin import edit, fields_of, make_person, make_title, url
from tests.factories import make_copy, make_credit, make_staff

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'\b(INSERT INTO|UPDATE|DELETE FROM) "catalogue_')
AUDIO = "Russian | Dolby Digital | 1.0\nEnglish | dub"


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.fixture
def release():
    release = make_title().releases.create(slug="dvd", medium="dvd", regions=["2", "4"], position=1)
    release.audio_tracks.create(language_id="ru", codec="Dolby Digital", channels="1.0", position=1)
    release.audio_tracks.create(language_id="en", kind="dub", position=2)
    release.subtitle_tracks.create(language_id="en", hard_of_hearing=True, position=1)
    for number, label in ((1, ""), (2, "Bonus")):
        release.discs.create(number=number, label=label)
    release.extras.create(name="Making of", kind="featurette", minutes=25, disc_number=2, position=1)
    release.aspect_ratios.create(printed="1.37:1", ratio="1.37", position=1)
    release.identifiers.create(scheme="ean", value="5050582415876")
    return release


def errors_of(response):
    form = response.context["inline_admin_formsets"][1].formset.forms[0]
    return {name: list(found) for name, found in form.errors.items()}


def written(captured):
    """The statements that write rows of the catalogue. What a deed is called stands before them; a draft is none."""
    return [q["sql"] for q in captured if WRITES.search(q["sql"]) and "titledraft" not in q["sql"]]


def test_the_lists_are_shown_as_lines(staff, release):
    data = fields_of(staff.get(url(release.title)))
    shown = {name.removeprefix("releases-0-"): value for name, value in data.items() if name.startswith("releases-0-")}
    assert shown["audio_tracks"] == AUDIO
    assert shown["subtitle_tracks"] == "English (hard of hearing)"
    assert shown["discs"] == "Disc 1\nBonus"
    assert shown["extras"] == "Making of | featurette | 25 min | disc 2"
    assert shown["aspect_ratios"] == "1.37:1"
    assert shown["identifiers"] == "5050582415876"


def test_a_form_that_nobody_touched_writes_nothing(staff, release):
    data = fields_of(staff.get(url(release.title)))
    with CaptureQueriesContext(connection) as captured:
        assert staff.post(url(release.title), data).status_code == 302
    assert written(captured) == []


def test_a_line_that_changed_keeps_its_row_and_the_others_are_not_written(staff, release):
    keys = set(release.audio_tracks.values_list("pk", flat=True))
    data = fields_of(staff.get(url(release.title))) | {"releases-0-audio_tracks": AUDIO + " | dubbed in 1958"}
    with CaptureQueriesContext(connection) as captured:
        staff.post(url(release.title), data)
    assert set(release.audio_tracks.values_list("pk", flat=True)) == keys
    assert len(written(captured)) == 1


def test_lines_that_move_keep_their_rows(staff, release):
    first, second = release.audio_tracks.order_by("position").values_list("pk", flat=True)
    edit(staff, release.title, releases__0__audio_tracks="\n".join(reversed(AUDIO.split("\n"))))
    assert list(release.audio_tracks.order_by("position").values_list("pk", flat=True)) == [second, first]


def test_the_people_of_an_extra_stay_with_it_when_its_name_is_corrected(staff, release):
    person = make_person()
    release.extras.get().extra_people.create(person=person)
    edit(staff, release.title, releases__0__extras="Trailer | trailer\nThe making of | featurette")
    assert release.extras.get(name="The making of").extra_people.get().person == person
    assert not release.extras.get(name="Trailer").extra_people.exists()


def test_discs_swap_places(staff, release):
    release.discs.filter(number=1).update(label="Film")
    film, bonus = release.discs.order_by("number").values_list("pk", flat=True)
    edit(staff, release.title, releases__0__discs="Bonus\nFilm")
    assert list(release.discs.order_by("number").values_list("pk", flat=True)) == [bonus, film]


def test_a_disc_with_copies_keeps_its_number(staff, release):
    make_copy(disc=release.discs.get(number=2))
    errors = errors_of(edit(staff, release.title, releases__0__discs="Bonus\nDisc 2"))
    assert errors == {"discs": ["Disc 2 keeps its number, as there is 1 copy of it: write “Disc 2 | Bonus”."]}


def test_a_disc_with_copies_cannot_go(staff, release):
    make_copy(disc=release.discs.get(number=2))
    errors = errors_of(edit(staff, release.title, releases__0__discs="Disc 1"))
    assert errors == {"discs": ["Disc 2 cannot go: there is 1 copy of it. Put its line back."]}
    assert release.discs.count() == 2


def test_an_edition_with_copies_cannot_be_deleted(staff, release):
    make_copy(disc=release.discs.get(number=2))
    response = edit(staff, release.title, releases__0__DELETE="on")
    assert "DVD cannot be deleted: there is 1 copy" in response.content.decode()


def test_an_edition_without_copies_can_be_deleted(staff, release):
    assert edit(staff, release.title, releases__0__DELETE="on").status_code == 302
    assert not release.title.releases.exists()


def test_a_line_misread_is_told_beside_its_list(staff, release):
    errors = errors_of(edit(staff, release.title, releases__0__audio_tracks="Russian\nEnglsh"))
    assert errors == {"audio_tracks": ["Line 2: no language is called “Englsh”. Did you mean English?"]}


def test_a_number_that_another_edition_has_is_told_with_its_title(staff, release):
    other = make_title("Ivan's Childhood").releases.create(slug="dvd", medium="dvd")
    errors = errors_of(edit(staff, other.title, releases__0__identifiers="5050582415876"))
    assert errors == {
        "identifiers": ["DVD of “The Cranes Are Flying (1957)” has the number ean 5050582415876."],
    }


def test_new_editions_get_an_address_a_place_and_a_disc(staff, release):
    title = release.title
    edit(staff, title, releases__1__medium="dvd", releases__1__edition="Anniversary", releases__1__audio_tracks="ru")
    new = title.releases.get(edition="Anniversary")
    assert (new.slug, new.position) == ("dvd-2", 2)
    assert [disc.number for disc in new.discs.all()] == [1]
    assert new.audio_tracks.get().language_id == "ru"


def test_the_blank_block_makes_no_edition(staff, release):
    edit(staff, release.title, lead="Cranes.")
    assert release.title.releases.count() == 1


@pytest.mark.parametrize(("said", "kept"), [("region 2", ["2"]), ("0, 2 4", ["0", "2", "4"]), ("", [])])
def test_regions_are_written_as_they_are_printed(staff, release, said, kept):
    edit(staff, release.title, releases__0__regions=said)
    release.refresh_from_db()
    assert release.regions == kept


@pytest.mark.parametrize(("said", "words"), [("9", "no region “9”"), ("A", "A DVD has regions 0 to 8")])
def test_a_wrong_region_is_refused(staff, release, said, words):
    assert words in str(errors_of(edit(staff, release.title, releases__0__regions=said)))


def fill(title, number):
    for place in range(number):
        person = make_person(f"Person {place}")
        at = title.credits.count() + 1
        title.credits.create(person=person, role="actor", position=at, printed_name=person.name)
        release = title.releases.create(slug=f"dvd-{at}", medium="dvd", position=at + 100)
        release.discs.create(number=1)
        release.audio_tracks.create(language_id="ru")
        release.extras.create(name="Trailer")


def opening(staff, title):
    with CaptureQueriesContext(connection) as captured:
        assert staff.get(url(title)).status_code == 200
    return len(captured)


def test_opening_asks_as_often_whatever_the_number_of_rows(staff, release):
    fill(release.title, 1)
    staff.get(url(release.title))
    few = opening(staff, release.title)
    fill(release.title, 15)
    assert opening(staff, release.title) == few <= 40


def test_saving_without_a_change_asks_as_often_whatever_the_number_of_rows(staff, release):
    def asked():
        data = fields_of(staff.get(url(release.title)))
        with CaptureQueriesContext(connection) as captured:
            assert staff.post(url(release.title), data).status_code == 302
        return len(captured)

    fill(release.title, 1)
    asked()
    few = asked()
    fill(release.title, 15)
    assert asked() == few


def test_who_may_only_look_reads_the_editions(client, release):
    reader = make_staff()
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_title", "view_release", "view_credit"]))
    make_credit(title=release.title, printed_name="Tatiana Samoilova")
    client.force_login(reader)
    page = client.get(url(release.title))
    assert page.status_code == 200
    assert "Tatiana Samoilova" in page.content.decode() and release.get_medium_display() in page.content.decode()
