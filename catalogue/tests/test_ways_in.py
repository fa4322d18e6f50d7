"""Collections, genres, countries, awards and companies: what their pages list, in which order, and how they count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import collections_page
from catalogue.models import AwardBody, Country, ShelfCount, ShelfTitle, TitleGenre
from catalogue.shelves import PER_SHELF, rebuild_shelves
from reviews.models import ScoreSummary
from tests.factories import (
    make_award,
    make_award_body,
    make_collection,
    make_company,
    make_credit,
    make_genre,
    make_rating,
    make_release,
    make_shelf_title,
    make_title,
    make_title_collection,
    make_title_company,
    make_title_country,
    make_title_genre,
)
from tests.pages import by_id, get, links, meta, of_class, structured_data, text

pytestmark = pytest.mark.django_db


def make_film(held=True, **fields):
    title = make_title(**fields)
    if held:
        make_release(title=title, released_on="2001")
    return title


def url(view, *args):
    return reverse(f"catalogue:{view}", args=args)


def shown(page, of="card", heading=".//h2"):
    return [text(card.find(heading)) for card in of_class(page, of)]


def names(page):
    """[(name, what stands beside it)] of the lists of names."""
    rows = [row for listed in of_class(page, "names") for row in listed.findall("li")]
    return [(text(row.find("a")), text(row.find("small"))) for row in rows]


# ------------------------------------------------------------------ collections
def in_collection(collection, place=None, **fields):
    return make_title_collection(title=make_film(**fields), collection=collection, place=place).title


def test_a_collection_lists_its_titles_by_year(client):
    collection = make_collection()
    for name, year in (("Late", 1960), ("Early", 1930), ("Undated", None)):
        in_collection(collection, name=name, year=year)
    page = get(client, collection.get_absolute_url())
    assert shown(page) == ["Early", "Late", "Undated"]
    assert "3 films to rent, the oldest first." in text(page)


def test_or_in_the_order_that_staff_gave_them_and_the_rest_by_year(client):
    collection = make_collection(order="place")
    for name, year, place in (("Third", 1930, None), ("Second", 1940, 20), ("First", 1960, 10), ("Last", 1950, None)):
        in_collection(collection, name=name, year=year, place=place)
    page = get(client, collection.get_absolute_url())
    assert shown(page) == ["First", "Second", "Third", "Last"]
    assert "4 films to rent, in our order." in text(page)
    fan = collections_page.shelf_of(collection)["fan"]
    assert [card.find(".//img").get("src") for card in of_class(page, "card")][:3] == fan


COUNTS = {
    "one": ([("film", True)], "1 film to rent"),
    "none to rent": ([("film", False)] * 2, "2 films, 0 to rent"),
    "some to rent": ([("film", True), ("film", False)], "2 films, 1 to rent"),
    "series": ([("series", True)] * 2, "2 series to rent"),
    "both": ([("series", True), ("film", False)], "2 titles, 1 to rent"),
    "nothing": ([], "0 films, 0 to rent"),
}


@pytest.mark.parametrize(("titles", "words"), COUNTS.values(), ids=COUNTS)
def test_a_collection_counts_what_it_has_and_what_we_hold(titles, words):
    collection = make_collection()
    for kind, held in titles:
        in_collection(collection, kind=kind, held=held)
    assert collections_page.shelf_of(collection)["count"] == words


def test_a_very_large_collection_is_not_counted_to_the_end(monkeypatch):
    monkeypatch.setattr(collections_page, "MOST_COUNTED", 3)
    collection = make_collection()
    for _ in range(4):
        in_collection(collection)
    assert collections_page.shelf_of(collection)["count"] == "More than 3 titles"


def test_collections_named_like_a_country_or_a_genre_are_listed_as_those(client):
    make_genre(name="Film noir")
    for name in ("Japan", "Film Noir", "Trains", "Empty"):
        collection = make_collection(name=name, text="Text. More.")
        if name != "Empty":
            in_collection(collection)
    page = get(client, url("collections"))
    assert [text(found) for found in of_class(page, "shelf")[0].iter("h2")] == ["Trains"]
    assert names(by_id(page, "country")) == [("Japan", "1 film to rent")]
    assert names(by_id(page, "genre")) == [("Film Noir", "1 film to rent")]


def test_many_collections_of_a_kind_stand_under_their_letters(client, monkeypatch):
    monkeypatch.setattr(collections_page, "MANY", 2)
    for name in ("Japan", "Jamaica", "India"):
        in_collection(make_collection(name=name))
    assert [text(found) for found in of_class(get(client, url("collections")), "letter")] == ["I", "J"]


def test_a_page_after_the_last_is_the_last_and_not_for_search_engines(client):
    collection = make_collection()
    for number in range(50):
        in_collection(collection, name=f"Film {number:02}")
    page = get(client, f"{collection.get_absolute_url()}?page=1000000000")
    assert shown(page) == ["Film 48", "Film 49"]
    assert page.find("head/meta[@name='robots']").get("content") == "noindex"
    assert structured_data(page)["mainEntity"]["itemListElement"][0]["position"] == 49


def test_structured_data_of_a_collection_names_the_titles_on_the_page(client):
    collection = make_collection(name="Trains", text="All aboard.\n\nMind the gap.")
    title = in_collection(collection, name="A </script> film")
    page = get(client, collection.get_absolute_url())
    data = structured_data(page)
    assert (data["@type"], data["name"], data["description"]) == ("CollectionPage", "Trains", "All aboard.")
    assert data["mainEntity"]["numberOfItems"] == 1
    assert data["mainEntity"]["itemListElement"][0]["url"] == f"http://testserver{title.get_absolute_url()}"
    assert meta(page, "description") == "All aboard."


# ------------------------------------------------------------------ genres and countries
def genre_of(number, **fields):
    genre = make_genre(name="War", **fields)
    for place in range(number):
        make_title_genre(title=make_film(name=f"Film {place:02}", year=1900 + place), genre=genre)
    return genre


def test_shelves_hold_the_most_popular_the_newest_and_the_best(client):
    genre = genre_of(PER_SHELF + 2)
    titles = {row.title.name: row.title for row in TitleGenre.objects.select_related("title")}
    for name, stars in (("Film 01", [10]), ("Film 02", [6, 6, 6]), ("Film 03", [2, 2])):
        for half_stars in stars:
            make_rating(title=titles[name], half_stars=half_stars)
    make_release(title=titles["Film 00"], released_on="2020-01-01")
    rebuild_shelves()
    page = get(client, genre.get_absolute_url())
    shelves = {key: [text(found) for found in by_id(page, key).iter("h3")] for key in ("popular", "newest", "best")}
    assert shelves["popular"][:4] == ["Film 02", "Film 03", "Film 01", "Film 13"]
    assert len(shelves["popular"]) == PER_SHELF
    assert shelves["newest"][:2] == ["Film 00", "Film 13"]
    assert shelves["best"] == ["Film 01", "Film 02", "Film 03"]


def test_one_rating_of_ten_does_not_beat_many_of_nine(client):
    genre = genre_of(2)
    once, often = (row.title for row in TitleGenre.objects.order_by("title__year").select_related("title"))
    make_rating(title=once, half_stars=10)
    for half_stars in [9] * 12 + [1]:
        make_rating(title=often, half_stars=half_stars)
    for _ in range(20):
        make_rating(title=make_title(), half_stars=4)
    rebuild_shelves()
    best = genre.shelf_titles.filter(shelf="best").order_by("position")
    assert [row.title for row in best] == [often, once]


def test_decades_lead_to_the_list_of_titles(client):
    genre = genre_of(11)
    make_title_genre(title=make_title(year=None), genre=genre)
    rebuild_shelves()
    page = get(client, genre.get_absolute_url())
    assert names(by_id(page, "decades")) == [("1900s", "10"), ("1910s", "1")]
    listed = f"/titles/?genre={genre.slug}"
    assert links(by_id(page, "decades")) == [f"{listed}&decade=1900s", f"{listed}&decade=1910s"]
    assert "See all 12 titles" in text(page) and listed in links(page)


def test_a_title_that_left_the_genre_left_its_shelves(client):
    row = make_title_genre(title=make_film(name="Gone"))
    make_shelf_title(genre=row.genre, title=row.title)
    assert shown(get(client, row.genre.get_absolute_url()), heading=".//h3") == ["Gone"]
    row.delete()
    assert shown(get(client, row.genre.get_absolute_url()), heading=".//h3") == []


def test_shelves_are_made_anew_each_time():
    genre = genre_of(3)
    rebuild_shelves()
    before = list(ShelfTitle.objects.order_by("pk").values_list("genre", "shelf", "position", "title"))
    rebuild_shelves()
    assert list(ShelfTitle.objects.order_by("pk").values_list("genre", "shelf", "position", "title")) == before
    assert ShelfCount.objects.get(genre=genre).titles == 3


def test_a_country_s_address_is_its_code_in_small_letters(client):
    make_title_country(title=make_film(), country_id="SU")
    rebuild_shelves()
    Country.objects.filter(pk="SU").update(text="A state. It is gone.")
    page = get(client, "/countries/su/")
    assert text(page.find(".//h1")) == "Soviet Union" and "/titles/?country=SU" in links(page)
    response = client.get("/countries/SU/")
    assert (response.status_code, response["Location"]) == (301, "/countries/su/")
    assert names(get(client, "/countries/")) == [("Soviet Union", "1 title")]


def test_genres_without_titles_are_not_listed(client):
    genre_of(1)
    make_genre(name="Musical")
    rebuild_shelves()
    assert names(get(client, url("genres"))) == [("War", "1 title")]


# ------------------------------------------------------------------ awards
def cannes(**fields):
    return AwardBody.objects.get_or_create(slug="cannes", name="Cannes", defaults=fields)[0]


def won(prize="Palme d'Or", year=1958, held=True, won=True, recipient="", title=None, **fields):
    title = title or make_film(held=held, **fields)
    make_award(body=cannes(), title=title, prize=prize, year=year, won=won, recipient=recipient)
    return title


def test_bodies_are_listed_with_their_years(client):
    won(year=1958)
    won(year=2019)
    make_award_body(name="Nobody")
    assert names(get(client, url("awards"))) == [("Cannes", "1958 to 2019")]


SHARES = {
    "all": ([True, True], "We hold all 2 winners we know of."),
    "one": ([True], "We hold the one winner we know of."),
    "some": ([True, False, False], "We hold 1 of the 3 winners we know of."),
    "none held": ([False], "We hold 0 of the 1 winner we know of."),
    "none": ([], "We know of no winner yet."),
}


@pytest.mark.parametrize(("held", "words"), SHARES.values(), ids=SHARES)
def test_the_share_that_we_hold_is_told(client, held, words):
    cannes()
    won(won=False)
    for number, one in enumerate(held):
        won(held=one, year=1960 + number)
    assert words in text(get(client, url("award_body", "cannes")))
    assert words in text(get(client, url("award_prize", "cannes", "palme-dor")))


def test_two_winners_of_a_prize_by_one_film_are_one_film_that_we_hold(client):
    title = won("Best Actress", recipient="Ann Bee")
    won("Best Actress", recipient="Cy Dee", title=title)
    assert names(get(client, url("award_body", "cannes"))) == [("Best Actress", "1 of 1")]


def test_a_body_s_page_goes_year_by_year_the_latest_first(client):
    won(year=1958, name="Early", recipient="Ann Bee")
    won("Grand Prix", year=2019, name="Late")
    won("Grand Prix", year=2019, name="Hopeful", won=False)
    page = get(client, url("award_body", "cannes"))
    years = [section for section in of_class(page, "sect") if section.get("id", "").startswith("y")]
    assert [text(year.find(".//h2")) for year in years] == ["2019", "1958"]
    assert text(years[0].find(".//h4")) == "Late" and "Nominated: Hopeful" in text(years[0])
    assert "Ann Bee" in text(years[1])
    assert url("award_prize", "cannes", "grand-prix") in links(years[0])


def test_a_row_without_a_recipient_names_who_made_the_film(client):
    title = won(name="The film")
    make_credit(title=title, printed_name="Cy Dee")
    assert "Cy Dee" in text(of_class(get(client, url("award_prize", "cannes", "palme-dor")), "credits")[0])


def test_spellings_of_a_prize_share_a_page(client):
    won("Palme d'Or", year=1958, name="First")
    won("Palme d’Or", year=1960, name="Second")
    page = get(client, url("award_prize", "cannes", "palme-dor"))
    assert [text(found) for found in page.iter("h3")] == ["Second", "First"]


def test_winners_to_queue_come_in_the_order_of_their_years():
    from catalogue.awards import prize_page

    late, early = won(year=2019), won(year=1958)
    won(year=1970, held=False)
    won(year=1980, won=False)
    assert prize_page(cannes(), "palme-dor", None)["to_rent"] == [early.pk, late.pk]


def test_a_title_s_page_links_its_awards_and_companies(client):
    title = won()
    company = make_company(name="Mosfilm")
    make_title_company(title=title, company=company)
    studio = make_company(name="Discs")
    make_release(title=title, distributor=studio)
    found = links(get(client, title.get_absolute_url()))
    assert {
        url("award_prize", "cannes", "palme-dor"), company.get_absolute_url(), studio.get_absolute_url(),
    } <= set(found)  # fmt: skip


def test_a_prize_whose_name_cannot_stand_in_an_address_leads_to_its_body(client):
    title = won("★")
    assert url("award_body", "cannes") in links(get(client, title.get_absolute_url()))


# ------------------------------------------------------------------ companies
def test_a_company_shows_what_it_produced_and_what_it_put_out(client):
    company = make_company(name="Mosfilm")
    for name, year in (("Early", 1950), ("Late", 1960)):
        make_title_company(title=make_film(name=name, year=year), company=company)
    make_title_company(title=make_film(name="Sold"), company=company, role="sales")
    title = make_title(name="On disc")
    make_release(title=title, distributor=company)
    make_release(title=title, medium="blu-ray", distributor=company)
    page = get(client, company.get_absolute_url())
    assert "2 titles produced and 1 title put out on disc." in text(page)
    assert [text(found) for found in page.iter("h3")] == ["Late", "Early"]
    discs = get(client, f"{company.get_absolute_url()}?show=on-disc")
    assert [text(found) for found in discs.iter("h3")] == ["On disc"]


def test_a_distributor_alone_shows_its_discs(client):
    release = make_release(title=make_title(name="On disc"), distributor=make_company())
    page = get(client, release.distributor.get_absolute_url())
    assert [text(found) for found in page.iter("h3")] == ["On disc"] and of_class(page, "chips") == []


# ------------------------------------------------------------------ all of them
EMPTY = {
    "a collection": lambda: (make_collection().get_absolute_url(), "No film is in this collection yet."),
    "collections": lambda: (url("collections"), "Nobody has put a collection together yet."),
    "a genre": lambda: (make_genre().get_absolute_url(), "See all titles"),
    "genres": lambda: (url("genres"), "There are no films to list yet."),
    "countries": lambda: (url("countries"), "There are no films to list yet."),
    "awards": lambda: (url("awards"), "No awards are recorded yet."),
    "a body": lambda: (make_award_body().get_absolute_url(), "Nothing that this body gave is recorded yet."),
    "a company": lambda: (make_company(name="Nobody").get_absolute_url(), "We have nothing by Nobody yet."),
}


@pytest.mark.parametrize("make", EMPTY.values(), ids=EMPTY)
def test_an_empty_page_says_so(client, make):
    address, words = make()
    assert words in text(get(client, address))


@pytest.mark.parametrize(
    "address",
    ["genres/none/", "countries/zz/", "countries/fr/", "countries/1/", "awards/none/", "awards/cannes/none/",
     "companies/none/", "collections/none/", "people/none/", "awards/cannes/-/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    cannes()
    assert client.get(f"/{address}").status_code == 404


NAMED = (make_collection, make_genre, make_company, make_award_body)


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=x", "?page=%00", "?show=%00", f"?page={'9' * 5000}"])
@pytest.mark.parametrize("make", NAMED, ids=lambda make: make.__name__)
def test_no_query_breaks_a_page(client, make, query):
    assert client.get(make().get_absolute_url() + query).status_code == 200


@pytest.mark.parametrize("make", NAMED, ids=lambda make: make.__name__)
def test_names_of_300_letters_and_with_markup_are_only_text(client, make):
    name = "<b>&" + "W" * 296
    page = get(client, make(name=name).get_absolute_url())
    assert text(page.find(".//h1")) == name and page.find("head/link[@rel='canonical']") is not None


def _full(number):
    """Addresses of one page of each family, with `number` of everything."""
    collection, company, genre = make_collection(), make_company(), make_genre()
    for place in range(number):
        title = make_film(year=1950 + place % 8)
        make_credit(title=title)
        make_title_country(title=title, country_id="SU")
        make_title_genre(title=title, genre=genre)
        make_title_collection(title=title, collection=collection)
        make_title_company(title=title, company=company)
        won(title=title, year=1950 + place % 8)
        won("Grand Prix", title=title, won=False, year=1950 + place % 8)
        make_title_collection(title=title)
        ScoreSummary.objects.rebuild([title.pk])
    rebuild_shelves()
    return {
        "collection": collection.get_absolute_url(),
        "collections": url("collections"),
        "genre": genre.get_absolute_url(),
        "genres": url("genres"),
        "country": "/countries/su/",
        "countries": url("countries"),
        "awards": url("awards"),
        "body": url("award_body", "cannes"),
        "prize": url("award_prize", "cannes", "palme-dor"),
        "company": company.get_absolute_url(),
    }


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_take_as_many_queries_for_40_titles_as_for_2(client):
    few = {name: queries(client, address) for name, address in _full(2).items()}
    many = {name: queries(client, address) for name, address in _full(40).items()}
    assert few == many
    assert max(many.values()) <= 8
