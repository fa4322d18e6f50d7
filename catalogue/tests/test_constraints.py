"""Every rule of the catalogue is kept by the database itself, whoever writes."""

from functools import partial

import pytest
from django.db import DataError, transaction

from catalogue.models import BrowseVersion, Completeness, CountedVisit, PageVersion, TitleGenre
from tests.factories import (
    DAY,
    NOON,
    make_aspect_ratio,
    make_audio_track,
    make_award,
    make_award_body,
    make_box_office,
    make_certificate,
    make_collection,
    make_company,
    make_country,
    make_credit,
    make_disc,
    make_event,
    make_extra,
    make_extra_person,
    make_former_person_slug,
    make_former_title_slug,
    make_genre,
    make_imported_record,
    make_language,
    make_not_the_same,
    make_offer,
    make_person,
    make_person_alias,
    make_person_identifier,
    make_popular_title,
    make_provider,
    make_release,
    make_release_identifier,
    make_sheet_import,
    make_sheet_row,
    make_shelf_count,
    make_shelf_title,
    make_similar_title,
    make_subtitle_track,
    make_title,
    make_title_collection,
    make_title_company,
    make_title_country,
    make_title_draft,
    make_title_genre,
    make_title_identifier,
    make_title_language,
    make_title_name,
    make_wanted_day,
    make_wanted_search,
)
from tests.refusals import check_now, refused_by, twice


def like_itself():
    title = make_title()
    make_similar_title(title=title, other=title)


BROKEN = {  # constraint: what breaks it and nothing else
    # sheets
    "sheetimport_kind": lambda: make_sheet_import(kind="copies"),
    "sheetimport_in_order": lambda: make_sheet_import(confirmed_at=NOON),
    "sheetimport_undone_after": lambda: make_sheet_import(undone_at=NOON),
    "sheetimport_undo_asked_after": lambda: make_sheet_import(undo_asked_at=NOON),
    "sheetrow_once": lambda: twice(make_sheet_row, "sheet", "number"),
    "sheetrow_outcome": lambda: make_sheet_row(outcome="odd"),
    # titles
    "title_name_filled": lambda: make_title(name=""),
    "title_slug": lambda: make_title(slug="A film"),
    "title_kind": lambda: make_title(kind="play"),
    "title_year": lambda: make_title(year=1869),
    "title_runtime": lambda: make_title(runtime_minutes=0),
    "title_poster_digest": lambda: make_title(poster="poster.jpg"),
    "titlename_name_filled": lambda: make_title_name(name=""),
    "titlename_once": lambda: twice(make_title_name, "title", "name"),
    "titledraft_once": lambda: twice(make_title_draft, "member", "title"),
    "titlename_order": lambda: twice(make_title_name, "title", "position"),
    "titlename_kind": lambda: make_title_name(kind="nick"),
    "titlename_script": lambda: make_title_name(script="latn"),
    "titleidentifier_once": lambda: twice(make_title_identifier, "scheme", "value"),
    "titleidentifier_value_filled": lambda: make_title_identifier(value=""),
    "formertitleslug_slug": lambda: make_former_title_slug(slug="a--film"),
    "titlelanguage_once": lambda: twice(make_title_language, "title", "language"),
    "titlelanguage_order": lambda: twice(make_title_language, "title", "position", other={"language_id": "ka"}),
    "titlecountry_once": lambda: twice(make_title_country, "title", "country"),
    "titlecountry_order": lambda: twice(make_title_country, "title", "position", other={"country_id": "GE"}),
    "titlegenre_once": lambda: twice(make_title_genre, "title", "genre"),
    "titlegenre_order": lambda: twice(make_title_genre, "title", "position"),
    "titlecollection_once": lambda: twice(make_title_collection, "title", "collection"),
    "titlecollection_order": lambda: twice(make_title_collection, "title", "position"),
    "titlecollection_place": lambda: twice(partial(make_title_collection, place=1), "collection"),
    "titlecollection_place_from_1": lambda: make_title_collection(place=0),
    "titlecompany_once": lambda: twice(make_title_company, "title", "company", "role"),
    "titlecompany_order": lambda: twice(make_title_company, "title", "position"),
    "titlecompany_role": lambda: make_title_company(role="catering"),
    "credit_printed_name_filled": lambda: make_credit(printed_name=""),
    "credit_role": lambda: make_credit(role="grip"),
    "credit_billing": lambda: twice(make_credit, "title", "role", "position"),
    "credit_billing_from_1": lambda: make_credit(position=0),
    "credit_once": lambda: twice(make_credit, "title", "person", "role"),
    "credit_character_is_played": lambda: make_credit(role="editor", character="Veronika"),
    "award_once": lambda: twice(make_award, "title", "body", "year", "prize"),
    "award_order": lambda: twice(make_award, "title", "position"),
    "award_prize_filled": lambda: make_award(prize=""),
    "award_year": lambda: make_award(year=2101),
    "releaseevent_kind": lambda: make_event(kind="rumour"),
    "releaseevent_date_filled": lambda: make_event(date=""),
    "releaseevent_date": lambda: make_event(date="12 October"),
    "releaseevent_order": lambda: twice(make_event, "title", "position", other={"kind": "festival"}),
    "releaseevent_once": lambda: twice(make_event, "title"),
    "boxoffice_once": lambda: twice(make_box_office, "title"),
    "boxoffice_currency": lambda: make_box_office(currency="usd"),
    "boxoffice_amount": lambda: make_box_office(amount=-1),
    "boxoffice_order": lambda: twice(make_box_office, "title", "position", other={"territory_id": "GB"}),
    "offer_kind": lambda: make_offer(kind="loan"),
    "offer_url": lambda: make_offer(url="ftp://example.org/"),
    "offer_order": lambda: twice(make_offer, "title", "position"),
    "offer_once": lambda: twice(make_offer, "title", "provider"),
    "similartitle_once": lambda: twice(make_similar_title, "title", "other"),
    "similartitle_order": lambda: twice(make_similar_title, "title", "position"),
    "similartitle_not_itself": like_itself,
    "populartitle_order": lambda: twice(make_popular_title, "position"),
    "shelftitle_shelf": lambda: make_shelf_title(shelf="top"),
    "shelftitle_of": lambda: make_shelf_title(genre=make_genre(), country_id="SU"),
    "shelftitle_once": lambda: twice(make_shelf_title, "genre", "position"),
    "shelfcount_of": lambda: make_shelf_count(genre=None),
    "shelfcount_decade": lambda: make_shelf_count(decade=1957),
    "shelfcount_once": lambda: twice(make_shelf_count, "genre"),
    "notthesame_once": lambda: twice(make_not_the_same, "first", "second"),
    "notthesame_order": lambda: make_not_the_same(first=2, second=1),
    "notthesame_kind": lambda: make_not_the_same(kind="disc"),
    "importedrecord_once": lambda: twice(make_imported_record, "source", "key"),
    "wantedsearch_once": lambda: twice(make_wanted_search, "folded"),
    "wantedsearch_folded_filled": lambda: make_wanted_search(folded=""),
    "wantedday_once": lambda: twice(make_wanted_day, "search", "day"),
    "wantedday_visitors": lambda: make_wanted_day(visitors=0),
    # people
    "person_name_filled": lambda: make_person(name=""),
    "person_slug": lambda: make_person(slug="-kalatozov"),
    "person_born_on": lambda: make_person(born_on="28.12.1903"),
    "person_died_on": lambda: make_person(died_on="1973-3"),
    "person_portrait": lambda: make_person(portrait="portrait.jpg"),
    "person_died_after_birth": lambda: make_person(born_on="1903-12-28", died_on="1903-12-27"),
    "personalias_once": lambda: twice(make_person_alias, "person", "name"),
    "personalias_name_filled": lambda: make_person_alias(name=""),
    "personalias_script": lambda: make_person_alias(script="Cyr"),
    "personidentifier_once": lambda: twice(make_person_identifier, "scheme", "value"),
    "personidentifier_value_filled": lambda: make_person_identifier(value=""),
    "formerpersonslug_slug": lambda: make_former_person_slug(slug="kalatozov-"),
    # releases
    "release_once": lambda: twice(make_release, "title", "slug"),
    "release_slug": lambda: make_release(slug="DVD"),
    "release_medium": lambda: make_release(medium="vhs"),
    "release_released_on": lambda: make_release(released_on="2016-00"),
    "release_runtime": lambda: make_release(runtime_minutes=6001),
    "release_order": lambda: twice(make_release, "title", "position"),
    "release_colour": lambda: make_release(colour="sepia"),
    "release_video_standard": lambda: make_release(video_standard="SECA"),
    "release_regions": lambda: make_release(medium="dvd", regions=["A"]),
    "releaseidentifier_once": lambda: twice(make_release_identifier, "scheme", "value"),
    "releaseidentifier_value_filled": lambda: make_release_identifier(value=""),
    "disc_once": lambda: twice(make_disc, "release"),
    "disc_number": lambda: make_disc(number=0),
    "aspectratio_printed_filled": lambda: make_aspect_ratio(printed=""),
    "aspectratio_ratio": lambda: make_aspect_ratio(ratio="0.49"),
    "aspectratio_order": lambda: twice(make_aspect_ratio, "release", "position"),
    "audiotrack_kind": lambda: make_audio_track(kind="noise"),
    "audiotrack_order": lambda: twice(make_audio_track, "release", "position"),
    "subtitletrack_once": lambda: twice(make_subtitle_track, "release", "language"),
    "subtitletrack_order": lambda: twice(make_subtitle_track, "release", "position", other={"language_id": "fr"}),
    "extra_name_filled": lambda: make_extra(name=""),
    "extra_kind": lambda: make_extra(kind="game"),
    "extra_year": lambda: make_extra(year=1700),
    "extra_minutes": lambda: make_extra(minutes=0),
    "extra_order": lambda: twice(make_extra, "release", "position"),
    "extra_disc_number": lambda: make_extra(disc_number=0),
    "extraperson_once": lambda: twice(make_extra_person, "extra", "person"),
    "extraperson_order": lambda: twice(make_extra_person, "extra", "position"),
    # words
    "language_code": lambda: make_language(code="RU"),
    "language_name_filled": lambda: make_language(code="qaa", name=""),
    "country_code": lambda: make_country(code="su"),
    "country_name_filled": lambda: make_country(code="QQ", name=""),
    "genre_name_filled": lambda: make_genre(name=""),
    "genre_slug": lambda: make_genre(slug="sci_fi"),
    "collection_name_filled": lambda: make_collection(name=""),
    "collection_order": lambda: make_collection(order="fame"),
    "collection_picture": lambda: make_collection(picture="picture.jpg"),
    "collection_slug": lambda: make_collection(slug="soviet union"),
    "company_name_filled": lambda: make_company(name=""),
    "company_slug": lambda: make_company(slug="Mosfilm"),
    "awardbody_name_filled": lambda: make_award_body(name=""),
    "awardbody_website": lambda: make_award_body(website="ftp://example.org/"),
    "awardbody_slug": lambda: make_award_body(slug="césar"),
    "provider_name_filled": lambda: make_provider(name=""),
    "provider_slug": lambda: make_provider(slug=""),
    "certificate_once": lambda: twice(make_certificate, "system", "value"),
    "certificate_system_filled": lambda: make_certificate(system=""),
    "certificate_value_filled": lambda: make_certificate(value=""),
}
UNIQUE = {  # name that Postgres gives the index of a unique field: what breaks it
    "catalogue_title_slug_key": lambda: twice(make_title, "slug"),
    "catalogue_formertitleslug_slug_key": lambda: twice(make_former_title_slug, "slug"),
    "catalogue_populartitle_title_id_key": lambda: twice(make_popular_title, "title"),
    "catalogue_browseversion_pkey": lambda: [BrowseVersion.objects.create(title_id=1, version=n) for n in (1, 2)],
    "catalogue_pageversion_pkey": lambda: PageVersion.objects.create(title=make_title(), version=1),
    "catalogue_person_slug_key": lambda: twice(make_person, "slug"),
    "catalogue_formerpersonslug_slug_key": lambda: twice(make_former_person_slug, "slug"),
    "catalogue_language_pkey": lambda: make_language(code="ru"),
    "catalogue_country_pkey": lambda: make_country(code="SU"),
    "catalogue_genre_slug_key": lambda: twice(make_genre, "slug"),
    "catalogue_genre_folded_key": lambda: [make_genre(name="Film noir"), make_genre(name="FILM-NOIR")],
    "catalogue_collection_slug_key": lambda: twice(make_collection, "slug"),
    "catalogue_collection_folded_key": lambda: twice(make_collection, "name"),
    "catalogue_company_slug_key": lambda: twice(make_company, "slug"),
    "catalogue_company_folded_key": lambda: twice(make_company, "name"),
    "catalogue_awardbody_slug_key": lambda: twice(make_award_body, "slug"),
    "catalogue_awardbody_folded_key": lambda: twice(make_award_body, "name"),
    "catalogue_provider_slug_key": lambda: twice(make_provider, "slug"),
    "catalogue_completeness_pkey": lambda: twice(
        lambda title=None: Completeness.objects.create(title=title or make_title()), "title"
    ),
    "catalogue_countedvisit_pkey": lambda: [CountedVisit.objects.create(digest=b"x" * 16, day=DAY) for _ in range(2)],
    "catalogue_sheetimport_key_key": lambda: twice(make_sheet_import, "key"),
    "catalogue_provider_folded_key": lambda: twice(make_provider, "name"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "broken"), (BROKEN | UNIQUE).items())
def test_the_database_refuses(name, broken):
    with refused_by(name):
        broken()


@pytest.mark.django_db
def test_rows_of_a_list_can_swap_places():
    first = make_title_genre()
    second = make_title_genre(title=first.title)
    with transaction.atomic():
        TitleGenre.objects.filter(pk=first.pk).update(position=second.position)
        TitleGenre.objects.filter(pk=second.pk).update(position=first.position)
        check_now()
    assert list(first.title.title_genres.order_by("position")) == [second, first]


@pytest.mark.django_db
@pytest.mark.parametrize("date", ["", "1957", "1957-10", "1957-10-31", "1956-02-29", "1957-04-30", "1957-12-01"])
def test_a_date_of_which_the_day_or_month_is_not_known_is_taken(date):
    assert make_person(born_on=date).born_on == date


@pytest.mark.django_db
@pytest.mark.parametrize(
    "date",
    [
        "57",
        "19570",
        "1957-",
        "1957-00",
        "1957-13",
        "1957-1-1",
        "1957-10-00",
        "1957-10-32",
        "1957-04-31",
        "1957-02-30",
        "1957-10-1",
        "1957/10/12",
        " 1957",
        "1957\n",
        "c. 1957",
        "١٩٥٧",
    ],
)
def test_a_date_that_cannot_be_is_refused(date):
    with refused_by("person_born_on"):
        make_person(born_on=date)


@pytest.mark.django_db
def test_a_date_with_more_behind_it_is_refused():
    with pytest.raises(DataError, match="too long"):
        make_person(born_on="1957-10-12x")


@pytest.mark.django_db
@pytest.mark.parametrize("died_on", ["", "1903", "1903-12", "1903-12-28", "1904"])
def test_a_person_may_die_in_the_year_of_birth(died_on):
    assert make_person(born_on="1903-12-28", died_on=died_on).died_on == died_on
