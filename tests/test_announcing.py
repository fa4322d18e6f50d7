"""What is not announced is in nobody's sight but staff's, at no address of the site; then it is, by itself.

The walk goes to every address there is (tests/role_things.py), so a new page is walked too. The title hangs on
everything that lists titles: people, genres, countries, collections, companies, prizes, critics, the stock.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import announcing, invariants, nightly, pages
from catalogue import models as catalogue
from catalogue.search.rebuild import rebuild_search
from reviews import models as reviews
from tests import factories as make
from tests.admin_roles import a_site
from tests.databases import connected_to, copy_of, undone

MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)
WORD = "Zugunruhe"  # of the title's name, its other name, its slug, its words
SERIES = "Vexillology"  # of the collection's
TOKEN = re.compile('name="csrfmiddlewaretoken" value="[^"]+"|<time[^>]*>|<updated>[^<]+|<lastmod>[^<]+')
SECRET = re.compile(f"{WORD}|{SERIES}", re.IGNORECASE)
ASKED = (  # what says itself what is asked for, and may not be printed back as found
    "/search/?q={}",
    "/search/suggest/?q={}",
    "/search/suggest.json?q={}",
)
# Where the title must be once it is announced; its own pages besides.
LISTED = (
    "/",
    "/titles/",
    "/people/{person}/",
    "/collections/{collection}/",
    "/companies/{company}/",
    "/awards/{body}/",
    "/critics/{critic}/",
    "/publications/{publication}/",
    "/feeds/new/",
    "/collections/{collection}/feed/",
    "/people/{person}/feed/",
    "/sitemaps/titles-0.xml",
    "/titles/?collection={collection}",
    "/titles/?person={person}",
    "/titles/?company={company}",
    "/titles/?q=&sort=added",
)


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        from_one()
        with a_site(tmp_path_factory.mktemp("announcing")) as site:
            yield site


def from_one():
    """Keys begin at 1, however many the tests before have used: sitemaps are parted by keys, and we read the first."""
    with connection.cursor() as cursor:
        for model in (catalogue.Title, catalogue.Person, catalogue.Collection):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [model._meta.db_table])


@pytest.fixture
def hidden(site):
    """A title not announced that hangs on all there is, and a collection not announced that has the others."""
    with undone():
        yield make_hidden()
    pages.forget()


def make_hidden():
    title = make.make_title(
        name=f"{WORD} Rising", slug="zugunruhe-1957", lead=f"{WORD} is a restlessness.", hidden_until=MOMENT
    )
    collection = make.make_collection(name=f"{SERIES} Nights", text=f"{SERIES} is the study of flags.")
    catalogue.Collection.every.filter(pk=collection.pk).update(hidden_until=MOMENT)
    others = list(catalogue.Title.objects.order_by("pk"))
    for other in others:
        make.make_title_collection(title=other, collection=collection)
        make.make_similar_title(title=other, other=title)
    hang(title)
    make_nightly()
    return title


def make_nightly():
    nightly.rebuild_suggestions(now=timezone.now())
    rebuild_search()


def hang(title):
    """`title` on everything there is that lists titles."""
    make.make_title_name(title=title, name=f"Das {WORD}")
    make.make_former_title_slug(title=title, slug="zugunruhe-old")
    for person in catalogue.Person.objects.all():
        make.make_credit(title=title, person=person)
    for genre in catalogue.Genre.objects.all():
        make.make_title_genre(title=title, genre=genre)
    for collection in catalogue.Collection.objects.all():
        make.make_title_collection(title=title, collection=collection)
    for company in catalogue.Company.objects.all():
        make.make_title_company(title=title, company=company)
    for body in catalogue.AwardBody.objects.all():
        make.make_award(title=title, body=body, prize="Palme d’Or")
    make.make_title_country(title=title)
    hang_wares(title)


def hang_wares(title):
    """Editions out and to come, a copy on the shelf; what critics say of it."""
    make.make_release(title=title, medium="4k", released_on="2099-01-01")
    release = make.make_release(title=title, medium="dvd", released_on="2001-01-01")
    make.make_copy(disc=make.make_disc(release=release))
    for critic, publication in zip(reviews.Critic.objects.all(), reviews.Publication.objects.all(), strict=False):
        make.make_critic_review(title=title, critic=critic, publication=publication)


def come(moment=MOMENT):
    """The clock strikes. Searches hear of it when the transaction ends."""
    announcing.announce_due(now=moment)
    connection.check_constraints()


def as_if_made_before():
    """What is kept was made in transactions before this one, as it would be outside of tests."""
    catalogue.PageVersion.objects.update(version=1)
    catalogue.SiteVersion.objects.update(version=1)


def named_at(client, address):
    """What a GET of `address` says of the title or collection: the words, also in headers; never what was asked."""
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    return SECRET.findall(body.decode(errors="ignore") + response.get("Location", ""))


def slugs():
    return {
        "person": catalogue.Person.objects.with_page().filter(paged=True).first().slug,
        "collection": catalogue.Collection.objects.order_by("pk").first().slug,
        "company": catalogue.Company.objects.first().slug,
        "body": catalogue.AwardBody.objects.first().slug,
        "critic": reviews.Critic.objects.first().slug,
        "publication": reviews.Publication.objects.first().slug,
    }


def listed():
    return [address.format(**slugs()) for address in LISTED]


def of_title(site):
    """The addresses of a title's own pages, of the hidden one."""
    known = catalogue.Title.objects.get(name="The Cranes Are Flying").slug
    public = [address for address in site.addresses.values() if known in address and not address.startswith("/admin/")]
    return [address.replace(known, slug) for address in public for slug in ("zugunruhe-1957", "zugunruhe-old")]


# ------------------------------------------------------------------ before
def test_what_is_not_announced_is_named_at_no_address(site, hidden):
    everywhere = [*site.addresses.values(), *listed(), "/sitemaps/collections-0.xml", "/sitemaps/people-0.xml"]
    everywhere = [address for address in everywhere if not address.startswith(("/admin/", "/desk/"))]
    for role in ("visitor", "member"):
        found = {address: names for address in everywhere if (names := named_as(site, role, address))}
        assert found == {}, role


def named_as(site, role, address):
    asker = site.askers[role]
    with undone():
        asker.client.cookies.clear()
        asker.client.cookies.load(asker.cookies)
        return named_at(asker.client, address)


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_its_own_addresses_are_not_there(role, site, hidden):
    addresses = of_title(site)
    assert "/titles/zugunruhe-1957/" in addresses and "/titles/zugunruhe-old/" in addresses
    for address in addresses:
        response = site.askers[role].ask("GET", address)
        assert response.status_code in (404, 405) or not SECRET.search(response.content.decode()), address
        assert "zugunruhe" not in response.get("Location", "").replace(address, ""), address


def test_its_picture_and_the_picture_of_its_link_are_not_there(site, hidden):
    client = Client()
    for kind in ("titles", "collections"):
        assert client.get(f"/previews/{kind}/{hidden.slug}/").status_code == 404
    assert client.get(f"/pictures/{hidden.slug}/{'0' * 24}/180.webp").status_code == 404


def test_a_search_for_it_finds_nothing(site, hidden):
    client = Client()
    for address in ASKED:
        for word in (WORD, "Zugunruhe Rising", "zugunru", SERIES, "vexillol"):
            assert client.get(address.format("nothing-like-that")).status_code == 200
            page = client.get(address.format(word)).content.decode()
            assert not re.search("/titles/zugunruhe|/collections/vexillology|Nights|restlessness", page), word


def test_a_member_cannot_ask_for_it(site, hidden):
    """By its key, which nobody was told."""
    for address, fields in (
        ("/queue/add/", {"title": hidden.pk}),
        (f"/titles/{hidden.slug}/rating/", {"half_stars": 7}),
        (f"/titles/{hidden.slug}/want/", {}),
    ):
        assert site.askers["member"].gets("POST", address, fields) in ("302", "404"), address


def test_no_page_is_other_than_it_was_without_it(site):
    """Counts, shares, the order of things: none of them gives away that there is something."""
    with undone():
        make_nightly()
        catalogue.SimilarTitle.objects.all().delete()
        before = texts()
        make_hidden()
        pages.forget()
        assert texts() == before


def texts():
    addresses = [address for address in listed() if "critics" not in address and "publications" not in address]
    answers = {
        address: Client().get(address) for address in [*addresses, "/genres/", "/countries/", "/awards/", "/critics/"]
    }
    return {address: TOKEN.sub("", answer.content.decode()) for address, answer in answers.items()}


def test_it_hangs_on_what_it_would_be_listed_on(site, hidden):
    """Or the walk would prove nothing."""
    assert hidden.credits.exists() and hidden.title_collections.exists() and hidden.title_companies.exists()
    assert hidden.awards.exists() and hidden.critic_reviews.exists() and hidden.stock.copies == 1


# ------------------------------------------------------------------ staff
def test_staff_see_the_page_and_are_told(site, hidden):
    address = f"/titles/{hidden.slug}/"
    page = site.askers["cataloguer"].ask("GET", address)
    assert "Not announced:" in page.content.decode() and "1 December 2026, 09:00" in page.content.decode()
    assert page["Cache-Control"] == "private, no-cache"
    assert site.askers["desk"].ask("GET", address).status_code == 200  # may look at titles in the admin
    collection = catalogue.Collection.every.get(name__startswith=SERIES)
    assert "Not announced:" in site.askers["cataloguer"].ask("GET", collection.get_absolute_url()).content.decode()
    assert site.askers["moderator"].ask("GET", collection.get_absolute_url()).status_code == 404


def test_staff_without_a_second_step_do_not(site, hidden, sign_in):
    newcomer = make.make_member(is_staff=True, is_superuser=True)
    assert sign_in(newcomer).get(f"/titles/{hidden.slug}/").status_code == 404


# ------------------------------------------------------------------ the moment
def test_a_second_before_nothing_happens(site, hidden):
    announcing.announce_due(now=MOMENT - timedelta(seconds=1))
    assert not catalogue.Title.objects.filter(pk=hidden.pk).exists()


def test_at_its_moment_it_is_everywhere_by_itself(site, hidden):
    """Pages that were kept and the index in memory, too: they were asked for before."""
    client = Client()
    as_if_made_before()
    for address in listed():
        client.get(address)
    come()
    missing = [address for address in listed() if not named_at(client, address)]
    assert missing == []
    assert client.get(f"/titles/{hidden.slug}/").status_code == 200
    assert client.get("/titles/zugunruhe-old/")["Location"] == f"/titles/{hidden.slug}/"
    for address in ASKED:
        assert "Rising" in client.get(address.format("zugunruhe")).content.decode()
        assert "Nights" in client.get(address.format("vexillology")).content.decode()


def test_pages_that_were_kept_name_it_at_its_moment(site, hidden):
    """Of a film like it, and of a film in the collection."""
    other = catalogue.Title.objects.get(name="The Cranes Are Flying")
    make.make_similar_title(title=other, other=hidden)
    as_if_made_before()
    client = Client()
    assert not named_at(client, other.get_absolute_url())
    assert not named_at(client, other.get_absolute_url())  # it is kept
    come()
    assert set(named_at(client, other.get_absolute_url())) >= {WORD, SERIES}


def test_clearing_its_moment_announces_it_now(site, hidden):
    row = catalogue.Title.every.get(pk=hidden.pk)
    row.hidden_until = None
    row.save()
    assert named_at(Client(), "/titles/") and Client().get(f"/titles/{hidden.slug}/").status_code == 200


def test_what_is_announced_can_be_hidden_until_a_member_had_it_in_hand(site, hidden):
    come()
    announcing.may_hide(hidden)
    make.make_queue_entry(title=hidden)
    with pytest.raises(ValidationError, match="members have asked for it"):
        announcing.may_hide(hidden)


def test_all_that_must_hold_holds_before_and_after(site, hidden):
    assert invariants.broken() == {}
    come()
    assert invariants.broken() == {}
    for model in (catalogue.Title, catalogue.Collection):
        model.every.filter(Q(name__startswith=WORD) | Q(name__startswith=SERIES)).update(hidden_until=MOMENT)
    assert invariants.broken() == {}
    assert not named_at(Client(), "/titles/")


# ------------------------------------------------------------------ the staff's pages
@pytest.fixture
def desk_of(site, sign_in):
    def client_of(role):
        return sign_in(site.people[role])

    return client_of


def sent(response, **values):
    """What a browser would send of the admin's form, with `values`."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, *(form for s in formsets for form in (s.management_form, *s.forms))]
    fields = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in fields.items() if value is not None and value is not False} | values


def hide(client, row, day="2099-12-01", time="09:00", **values):
    address = f"/admin/catalogue/{row._meta.model_name}/{row.pk}/change/"
    data = sent(client.get(address), **{"hidden_until_0": day, "hidden_until_1": time, **values})
    data.pop("hidden_until", None)
    return client.post(address, data)


def test_a_cataloguer_hides_a_title_and_announces_it_by_clearing(site, desk_of):
    client = desk_of("cataloguer")
    with undone():
        row = make.make_title(name="Quiet Film")
        assert hide(client, row).status_code == 302
        row = catalogue.Title.every.get(pk=row.pk)
        assert timezone.localtime(row.hidden_until).isoformat() == "2099-12-01T09:00:00+00:00"
        assert Client().get(row.get_absolute_url()).status_code == 404
        assert hide(client, row, day="", time="").status_code == 302
        assert Client().get(row.get_absolute_url()).status_code == 200


def test_a_moment_in_summer_is_londons(site, desk_of):
    with undone():
        row = make.make_collection()
        assert hide(desk_of("cataloguer"), row, day="2099-07-01").status_code == 302
        hidden = catalogue.Collection.every.get(pk=row.pk)
        assert hidden.hidden_until.isoformat() in ("2099-07-01T08:00:00+00:00", "2099-07-01T09:00:00+00:00")


def test_a_moment_that_has_passed_is_refused_in_words(site, desk_of):
    with undone():
        row = make.make_title()
        page = hide(desk_of("cataloguer"), row, day="2001-01-01")
        assert page.status_code == 200 and "That moment has passed." in page.content.decode()
        assert catalogue.Title.objects.filter(pk=row.pk).exists()


def test_what_a_member_has_in_the_queue_cannot_be_hidden(site, desk_of):
    with undone():
        row = make.make_queue_entry().title
        page = hide(desk_of("cataloguer"), row)
        assert "cannot be hidden any more: members have asked for it" in page.content.decode()
        assert catalogue.Title.objects.filter(pk=row.pk).exists()


def test_staff_see_what_appears_when_and_filter_it(site, hidden, desk_of):
    client = desk_of("cataloguer")
    page = client.get("/admin/catalogue/title/appears/").content.decode()
    assert page.count("1 December 2026, 09:00") == 2 and WORD in page and SERIES in page
    assert SERIES not in desk_of("desk").get("/admin/catalogue/title/appears/").content.decode()
    listed = client.get("/admin/catalogue/title/?announced=no")
    assert [row.pk for row in listed.context["cl"].result_list] == [hidden.pk]
    assert hidden.pk not in [
        row.pk for row in client.get("/admin/catalogue/title/?announced=yes").context["cl"].queryset
    ]


def test_what_appears_when_takes_as_many_queries_for_many_as_for_few(site, hidden, desk_of):
    client = desk_of("cataloguer")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/catalogue/title/appears/")
    for _ in range(20):
        make.make_title(hidden_until=MOMENT)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/catalogue/title/appears/")
    assert len(few) == len(many)


def test_a_new_title_may_be_hidden_from_the_start_and_found_by_staff(site, desk_of):
    client = desk_of("cataloguer")
    with undone():
        data = sent(client.get("/admin/catalogue/title/add/"), name="Zugunruhe Two", slug="")
        data |= {"hidden_until_0": "2099-12-01", "hidden_until_1": "09:00"}
        assert client.post("/admin/catalogue/title/add/", data).status_code == 302
        assert not catalogue.Title.objects.filter(name="Zugunruhe Two").exists()
        assert b"Zugunruhe Two" in client.get("/admin/catalogue/title/?q=zugunruhe").content
        again = client.post("/admin/catalogue/title/add/", data | {"slug": "zugunruhe-two"})
        assert again.status_code == 200 and "already exists" in again.content.decode()
