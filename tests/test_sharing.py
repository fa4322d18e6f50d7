"""What other sites show of a link to a page of ours: words, and a picture of 1200 x 630."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from catalogue.models import Title
from catalogue.sharing import MOST_BYTES, SIZE, Preview, address_of_title
from tests import factories as make
from tests.pages import CRANES, get, meta, structured_data

ORIGIN = "http://testserver"
PAGES = {
    "home": "/",
    "browse": "/titles/",
    "title": CRANES,
    "person": "/people/mikhail-kalatozov/",
    "collections": "/collections/",
    "collection": "/collections/film-noir/",
    "reviews": f"{CRANES}reviews/",
    "critics": f"{CRANES}critics/",
    "plans": "/plans/",
}
NAMES = {
    "usual": "The Cranes Are Flying",
    "one letter": "M",
    "one long word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "300 letters": "A very long name of a film " * 12,
    "no letters we have": "七人の侍",
    "signs": "<b>\x01& \u202e“8½”</b>",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(client, url):
    """The picture at `url`, by way of a redirect; as large as promised and small enough to be taken."""
    response = client.get(url, follow=True)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    raw = b"".join(response)
    assert len(raw) <= MOST_BYTES
    image = Image.open(BytesIO(raw))
    assert (image.format, image.size) == ("JPEG", SIZE)
    return image


# ------------------------------------------------------------------ on pages
@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES)
def test_every_public_page_says_what_a_link_to_it_shows(demo, client, url):
    page = get(client, url)
    assert meta(page, "og:url") == ORIGIN + url
    assert meta(page, "og:site_name") == "Kinopost"
    assert meta(page, "twitter:card") == "summary_large_image"
    assert 0 < len(meta(page, "og:title")) and not meta(page, "og:title").endswith("Kinopost")
    assert meta(page, "og:description") and meta(page, "og:type") and meta(page, "og:image:alt")
    assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == tuple(map(str, SIZE))
    assert meta(page, "og:image").startswith(f"{ORIGIN}/")
    picture(client, meta(page, "og:image").removeprefix(ORIGIN))


def test_words_are_the_pages_own(demo, client):
    page = get(client, "/people/mikhail-kalatozov/")
    assert page.findtext("head/title") == f"{meta(page, 'og:title')} – Kinopost"
    assert meta(page, "og:description") == meta(page, "description")
    assert meta(page, "og:type") == "profile"


@pytest.mark.django_db
def test_a_name_with_quotes_and_markup_stays_within_its_attribute(client):
    person = make.make_person(has_page=True, name='"><script>')
    page = get(client, person.get_absolute_url())
    assert meta(page, "og:title") == 'Films with "><script>'
    assert meta(page, "og:image:alt") == 'Covers of films with "><script>'


def test_a_selection_is_shared_as_the_selection(demo, client):
    assert meta(get(client, "/titles/?genre=war&sort=year"), "og:url") == f"{ORIGIN}/titles/?genre=war&sort=year"


def test_a_titles_page_names_the_picture_of_now(demo, client):
    url = meta(get(client, CRANES), "og:image").removeprefix(ORIGIN)
    assert client.get(url).status_code == 200  # and does not redirect


def test_every_title_of_the_demo_has_the_picture_that_its_page_names(demo, client):
    for title in Title.objects.order_by("pk")[::9]:
        url = meta(get(client, title.get_absolute_url()), "og:image").removeprefix(ORIGIN)
        assert client.get(url).status_code == 200, title.slug


def test_the_front_page_says_how_the_site_is_searched(demo, client):
    data = structured_data(get(client, "/"))
    assert (data["@type"], data["url"]) == ("WebSite", f"{ORIGIN}/")
    template = data["potentialAction"]["target"]["urlTemplate"]
    assert "cranes" in get(client, template.removeprefix(ORIGIN).replace("{search_term_string}", "cranes")).findtext(
        "head/title"
    )


# ------------------------------------------------------------------ pictures
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("covers", [0, 1, 2, 3, 6])
def test_any_name_fits_beside_any_number_of_covers(name, covers):
    from catalogue.pictures import Picture

    covers = tuple(Picture(f"Film {n}", 1957, (), ()) for n in range(covers))
    path = Preview(name, "A line below " * 9, covers).path()
    with Image.open(path) as image:
        assert image.size == SIZE
    assert path.stat().st_size <= MOST_BYTES


@pytest.mark.django_db
def test_a_picture_is_made_once_and_another_key_redirects(client, media):
    title = make.make_title()
    url = address_of_title(Title.objects.for_cards().get(), [])
    picture(client, url)
    (made,) = (media / "previews").rglob("*.jpg")
    before = made.stat().st_mtime_ns
    picture(client, url)
    assert made.stat().st_mtime_ns == before
    other = client.get(f"/previews/titles/{title.slug}/{'0' * 24}.jpg")
    assert (other.status_code, other["Location"]) == (302, url)
    assert "immutable" not in other.get("Cache-Control", "")


@pytest.mark.django_db
def test_another_name_director_or_poster_is_another_picture():
    title = make.make_title()
    card = Title.objects.for_cards().get(pk=title.pk)
    seen = {address_of_title(card, []), address_of_title(card, ["Mikhail Kalatozov"])}
    Title.objects.update(name="Letyat zhuravli")
    seen.add(address_of_title(Title.objects.for_cards().get(), []))
    Title.objects.update(poster="0" * 64)
    seen.add(address_of_title(Title.objects.for_cards().get(), []))
    assert len(seen) == 4


@pytest.mark.django_db
def test_a_poster_lost_from_disk_leaves_its_place_empty(client):
    title = make.make_title()
    Title.objects.update(poster="0" * 64)
    picture(client, f"/previews/titles/{title.slug}/")


@pytest.mark.parametrize(
    "path", ["titles/none/", "people/none/", "collections/none/", "site/none/", "nothing/none/", "titles/none/0.jpg"]
)
@pytest.mark.django_db
def test_of_what_is_not_there_is_no_picture(client, path):
    assert client.get(f"/previews/{path}").status_code == 404


@pytest.mark.django_db
def test_a_person_without_a_page_has_no_picture(client):
    assert client.get(f"/previews/people/{make.make_credit().person.slug}/").status_code == 404


@pytest.mark.django_db
def test_a_list_of_many_costs_as_many_queries_as_one_of_few(client):
    few, many = make.make_collection(), make.make_collection()
    for collection, number in ((few, 2), (many, 30)):
        for _ in range(number):
            make.make_title_collection(collection=collection)
    assert queries(client, few) == queries(client, many) == 2


def queries(client, collection):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/previews/collections/{collection.slug}/")
    return len(captured)
