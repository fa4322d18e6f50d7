"""Kept pages: never stale, and otherwise never made twice."""

import gzip
import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalogue import pages
from catalogue.models import Credit, Person, PopularTitle, SimilarTitle, Title
from catalogue.views import title as views
from rentals.models import Plan
from reviews.models import HelpfulVote, Rating, Review, ScoreSummary
from tests import factories
from tests.databases import connected_to, copy_of
from tests.factories import DAY, make_credit, make_member, make_person, make_plan, make_title
from tests.pages import by_id, get, of_class, text


# ------------------------------------------------------------------ never stale
class World:
    """A title with one row of each kind on its page."""

    def __init__(self):
        make = self._make
        self.title = make("title", name="The film", lead="Lead.", synopsis="Synopsis.", runtime_minutes=90)
        self.plan = make("plan", price_pence=999)
        self.person = make("person")
        self.credit = make("credit", title=self.title, person=self.person, printed_name="Plain Person")
        self.second = make("credit", title=self.title, role="writer")
        make("credit", person=self.second.person)
        for name, role in (
            ("lone", "producer"),
            ("paired", "cinematographer"),
            ("shared", "editor"),
            ("moving", "creator"),
            ("staffed", "original author"),
        ):
            setattr(self, name, make("credit", title=self.title, role=role))
            if name != "lone":
                make("credit", person=getattr(self, name).person)
        for kind in (
            "title_name title_language title_country title_genre title_collection title_company award event box_office "
            "offer similar_title critic_review outside_score outside_review"
        ).split():
            setattr(self, kind, make(kind, title=self.title))
        self.release = make("release", title=self.title, distributor=make("company"))
        for kind in "aspect_ratio audio_track subtitle_track disc extra".split():
            setattr(self, kind, make(kind, release=self.release))
        self.review = make("review", title=self.title)
        self.vote = make("vote", review=self.review)
        self.popular_title = make("popular_title")
        self.set(self.title, certificate=make("certificate"))
        self.set(self.outside_score, reviews=7)
        ScoreSummary.objects.rebuild([self.title.pk])

    @staticmethod
    def _make(kind, **fields):
        return getattr(factories, f"make_{kind}")(**fields)

    @staticmethod
    def set(row, **fields):
        """Change `row` in the database, as any writer may."""
        type(row).objects.filter(pk=row.pk).update(**fields)

    def add(self, kind, **fields):
        return self._make(kind, title=self.title, **fields)

    def summed(self):
        ScoreSummary.objects.rebuild([self.title.pk])


def give_a_second_credit(world):
    """The person gets a page by another title, so the name becomes a link here."""
    make_credit(person=world.person)


def take_the_second_credit(world):
    Credit.objects.filter(person=world.paired.person).exclude(title=world.title).delete()


def hand_a_credit_over(world):
    """Another title's credit turns out to be this person's."""
    world.set(make_credit(), person=world.lone.person)


def hand_a_credit_away(world):
    elsewhere = Credit.objects.filter(person=world.shared.person).exclude(title=world.title)
    elsewhere.update(person=make_person())


def write_a_review(world):
    said = {"headline": "New words", "body": "Body.", "contains_spoilers": False}
    Review.objects.write(title=world.title, author=make_member(shown_as="Writer"), on=DAY, **said)


def rate_five_times(world):
    for _ in range(5):
        Rating.objects.record(title=world.title, member=make_member(), half_stars=8, on=DAY)


def popular_anew(world):
    PopularTitle.objects.all().delete()
    factories.make_popular_title(title=make_title(name="Popular now"))


CHANGES = {
    "name": lambda w: w.set(w.title, name="Renamed"),
    "year": lambda w: w.set(w.title, year=1999),
    "lead": lambda w: w.set(w.title, lead="Another lead."),
    "synopsis": lambda w: w.set(w.title, synopsis="Another synopsis."),
    "run time": lambda w: w.set(w.title, runtime_minutes=121),
    "poster": lambda w: w.set(w.title, poster="b" * 64),
    "other name": lambda w: w.add("title_name", name="Another name"),
    "other name changed": lambda w: w.set(w.title_name, name="A changed name"),
    "language": lambda w: w.add("title_language", language_id="ka"),
    "language renamed": lambda w: w.set(w.title_language.language, name="Russian tongue"),
    "country": lambda w: w.add("title_country", country_id="FR"),
    "country renamed": lambda w: w.set(w.title_country.country, name="The Union"),
    "genre": lambda w: w.add("title_genre"),
    "genre renamed": lambda w: w.set(w.title_genre.genre, name="A renamed genre"),
    "collection": lambda w: w.add("title_collection"),
    "collection renamed": lambda w: w.set(w.title_collection.collection, name="A renamed collection"),
    "collection moved": lambda w: w.set(w.title_collection.collection, slug="moved-collection"),
    "company": lambda w: w.add("title_company"),
    "company renamed": lambda w: w.set(w.title_company.company, name="A renamed company"),
    "certificate": lambda w: w.set(w.title.__class__.objects.get(pk=w.title.pk).certificate, value="PG"),
    "credit": lambda w: w.add("credit", role="production designer", printed_name="An editor"),
    "credit spelled otherwise": lambda w: w.set(w.credit, printed_name="Plain Personne"),
    "credit removed": lambda w: w.second.delete(),
    "second credit elsewhere": give_a_second_credit,
    "second credit elsewhere removed": take_the_second_credit,
    "credit elsewhere handed to the person": hand_a_credit_over,
    "credit elsewhere handed to another": hand_a_credit_away,
    "person loses a page by staff": lambda w: w.set(w.staffed.person, has_page=False),
    "person moved": lambda w: w.set(w.moving.person, slug="moved-person"),
    "person gets a biography": lambda w: w.set(Credit.objects.get(pk=w.solo.pk).person, biography="Lived."),
    "award": lambda w: w.add("award"),
    "award body renamed": lambda w: w.set(w.award.body, name="A renamed festival"),
    "event": lambda w: w.add("event", date="1958"),
    "box office": lambda w: w.set(w.box_office, amount=2_000_000),
    "offer": lambda w: w.add("offer"),
    "provider renamed": lambda w: w.set(w.offer.provider, name="A renamed provider"),
    "edition": lambda w: w.add("release", medium="4k"),
    "edition changed": lambda w: w.set(w.release, released_on="2001-02-03"),
    "studio renamed": lambda w: w.set(w.release.distributor, name="A renamed studio"),
    "sound": lambda w: w.set(w.audio_track, codec="LPCM"),
    "subtitles": lambda w: w.set(w.subtitle_track, hard_of_hearing=True),
    "aspect ratio": lambda w: w.set(w.aspect_ratio, printed="2.39:1"),
    "disc": lambda w: factories.make_disc(release=w.release, number=2),
    "extra": lambda w: factories.make_extra(release=w.release),
    "extra renamed": lambda w: w.set(w.extra, name="A renamed extra"),
    "review": write_a_review,
    "review edited": lambda w: w.set(w.review, headline="Edited", edited_on=DAY),
    "author's shown name": lambda w: w.set(w.review.author, shown_as="Renamed author"),
    "vote": lambda w: factories.make_vote(review=w.review),
    "vote changed": lambda w: w.set(w.vote, helpful=False),
    "vote taken back": lambda w: HelpfulVote.objects.filter(pk=w.vote.pk).delete(),
    "review removed": lambda w: (w.review.delete(), w.summed()),
    "ratings": rate_five_times,
    "critic's review": lambda w: (w.add("critic_review"), w.summed()),
    "critic renamed": lambda w: w.set(w.critic_review.critic, name="A renamed critic"),
    "publication renamed": lambda w: w.set(w.critic_review.publication, name="A renamed paper"),
    "score elsewhere": lambda w: w.set(w.outside_score, liked_percent=12),
    "voice elsewhere": lambda w: w.add("outside_review", body="Another voice."),
    "source renamed": lambda w: w.set(w.outside_score.source, name="A renamed source"),
    "plan's price": lambda w: w.set(w.plan, price_pence=1099),
    "cheaper plan": lambda w: make_plan(price_pence=599),
    "no plans": lambda w: Plan.objects.update(withdrawn_on=DAY),
    "similar title": lambda w: w.add("similar_title"),
    "similar title renamed": lambda w: w.set(w.similar_title.other, name="A renamed neighbour"),
    "similar title's country": lambda w: factories.make_title_country(title=w.similar_title.other),
    "similar titles gone": lambda w: SimilarTitle.objects.filter(title=w.title).delete(),
    "popular title renamed": lambda w: w.set(w.popular_title.title, name="A renamed favourite"),
    "popular titles": popular_anew,
}


@pytest.fixture(scope="module")
def committed(empty_database, django_db_blocker):
    """A database of this module's own, in which each statement commits."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        yield


@pytest.fixture(scope="module")
def world(committed):
    world = World()
    world.solo = world.add("credit", role="composer", printed_name="Solo")
    return world


@pytest.fixture
def title(committed):
    return make_title(name="Before")


def body(url, client=None):
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_next_reader_sees_a_change(world, change):
    url = Title.objects.get(pk=world.title.pk).get_absolute_url()
    before = body(url)
    change(world)
    after = body(url)
    pages.forget()
    assert after == body(url), "a stale page was served"
    assert after != before, "the change does not show, so this proves nothing"


def test_a_closed_accounts_review_leaves_the_page(committed):
    review = factories.make_review(headline="Of a closed account")
    ScoreSummary.objects.rebuild([review.title_id])
    url = review.title.get_absolute_url()
    assert "Of a closed account" in body(url)
    World.set(review.author, is_active=False)
    assert "Of a closed account" not in body(url)


def test_a_moved_page_is_at_its_new_address_only(title):
    old = title.get_absolute_url()
    body(old)
    title.move_to("moved-title")
    assert Client().get(old).status_code == 301
    assert "Before" in body(title.get_absolute_url())


def test_a_deleted_title_has_no_page(title):
    url = title.get_absolute_url()
    body(url)
    title.delete()
    assert Client().get(url).status_code == 404


def test_what_another_title_does_leaves_a_page_kept(title):
    url = title.get_absolute_url()
    tag = Client().get(url)["ETag"]
    other = make_title()
    World.set(other, name="Another's name")
    factories.make_award(title=other)
    assert Client().get(url)["ETag"] == tag


def test_a_change_rolled_back_leaves_a_page_kept(title):
    from django.db import transaction

    url = title.get_absolute_url()
    tag = Client().get(url)["ETag"]
    with transaction.atomic():
        World.set(title, name="Never")
        transaction.set_rollback(True)
    assert Client().get(url)["ETag"] == tag


# ------------------------------------------------------------------ tags
def get_with(url, **headers):
    return Client().get(url, headers=headers)


def test_an_unchanged_page_keeps_its_tag_and_answers_304(title):
    url = title.get_absolute_url()
    first = get_with(url)
    again = get_with(url, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Vary"] == first["Vary"] == "Accept-Encoding, Cookie"
    assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("said", ["{}", "W/{}", '"other", {}', '{}, "other"'])
def test_a_tag_is_known_as_proxies_send_it(title, said):
    url = title.get_absolute_url()
    assert get_with(url, if_none_match=said.format(get_with(url)["ETag"])).status_code == 304


@pytest.mark.parametrize("said", ['"other"', "nonsense", ""])
def test_another_tag_gets_the_whole_page(title, said):
    assert get_with(title.get_absolute_url(), if_none_match=said).status_code == 200


def test_a_changed_page_has_another_tag(title):
    url = title.get_absolute_url()
    tag = get_with(url)["ETag"]
    World.set(title, lead="Changed.")
    changed = get_with(url, if_none_match=tag)
    assert changed.status_code == 200 and changed["ETag"] != tag


def test_a_packed_page_says_the_same_under_a_tag_of_its_own(title):
    url = title.get_absolute_url()
    plain, packed = get_with(url), get_with(url, accept_encoding="br, gzip")
    assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert get_with(url, accept_encoding="gzip", if_none_match=plain["ETag"]).status_code == 200


def test_who_refuses_gzip_gets_a_plain_page(title):
    assert "Content-Encoding" not in get_with(title.get_absolute_url(), accept_encoding="gzip;q=0, identity")


# ------------------------------------------------------------------ readers
@pytest.mark.parametrize("theme, checked", [("", "auto"), ("light", "light"), ("dark", "dark"), ("<b>", "auto")])
def test_the_colours_asked_for_are_kept_apart(title, theme, checked):
    url = title.get_absolute_url()
    client = Client()
    get(client, url)
    client.cookies["theme"] = theme
    form = of_class(get(client, url), "theme")[0]
    assert [radio.get("value") for radio in form.iter("input") if "checked" in radio.attrib] == [checked]


def test_a_members_page_is_private_and_never_kept(title):
    url, member = title.get_absolute_url(), make_member(shown_as="Nadia")
    client = Client()
    client.force_login(member)
    response = client.get(url)
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response
    assert "Nadia" in response.content.decode()
    assert "Nadia" not in body(url)
    assert "Nadia" in body(url, client)


def test_a_closed_account_sees_a_visitors_page(title):
    client, member = Client(), make_member(shown_as="Nadia")
    client.force_login(member)
    World.set(member, is_active=False)
    assert "Nadia" not in body(title.get_absolute_url(), client)


def test_a_kept_page_carries_nobodys_token(title):
    response = Client().get(title.get_absolute_url())
    assert b"csrfmiddlewaretoken" not in response.content
    assert not response.cookies


# ------------------------------------------------------------------ a page read while a change commits
def rename_in_a_thread(title, name):
    def write():
        Title.objects.filter(pk=title.pk).update(name=name)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()


def commit_within(monkeypatch, title, *, when):
    """The next making of a page sees a rename commit `when`: "before" its content is read or "after"."""
    make, once = views._title, [1]

    def slow(request, key, viewer=None):
        if once and when == "before":
            rename_in_a_thread(title, "After")
        response = make(request, key, viewer)
        if once and when == "after":
            rename_in_a_thread(title, "After")
        once.clear()
        return response

    monkeypatch.setattr(views, "_title", slow)


@pytest.mark.race
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_change_that_commits_while_a_page_is_made_shows_in_the_next(monkeypatch, title, when):
    commit_within(monkeypatch, title, when=when)
    url = title.get_absolute_url()
    first = body(url)
    assert ("After" in first) == (when == "before")
    assert "After" in body(url)


@pytest.mark.race
def test_control_a_version_read_after_the_content_keeps_an_old_page(monkeypatch, title):
    """What the view of a title must not do: this order serves a stale page, and the test above would see it."""
    commit_within(monkeypatch, title, when="after")
    url = title.get_absolute_url()
    request = RequestFactory().get(url)
    request.user = None
    content = views._title(request, pages.version_of(title.slug)).content
    pages.kept(request, pages.version_of(title.slug), lambda: HttpResponse(content))
    assert "After" not in body(url)


@pytest.mark.race
def test_two_writers_of_one_page_leave_two_versions(title):
    """The second waits for the first, so each commit has a version of its own."""
    first = pages.version_of(title.slug)
    threads = [threading.Thread(target=rename_in_a_thread, args=[title, f"Name {n}"]) for n in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert pages.version_of(title.slug) != first
    name = Title.objects.get(pk=title.pk).name
    assert name in text(by_id(get(Client(), title.get_absolute_url()), "main"))


def test_every_person_with_a_second_credit_is_found_by_both_rules(world):
    """`with_page` and the credits of a page agree on who has a page."""
    by_person = {person.slug: person.paged for person in Person.objects.with_page()}
    by_credit = {credit.person_slug: credit.paged for credit in Credit.objects.for_page()}
    assert by_credit == {slug: by_person[slug] for slug in by_credit}


def test_a_title_that_is_deleted_while_its_page_is_made_is_not_found(monkeypatch, title):
    gone = pages.version_of(title.slug)._replace(title_id=title.pk + 1_000_000)
    monkeypatch.setattr(pages, "version_of", lambda slug: gone)
    assert Client().get(title.get_absolute_url()).status_code == 404
