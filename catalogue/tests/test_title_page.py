"""The page of odd titles looks meant, and what people type stays text."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalogue import pages
from catalogue.models import FormerPersonSlug, Medium
from catalogue.tests.odd_titles import BRACES, HOSTILE, cast, editions, rate, review
from rentals.models import Plan
from reviews.models import ScoreSummary
from tests.factories import (
    make_aspect_ratio,
    make_audio_track,
    make_award,
    make_award_body,
    make_box_office,
    make_certificate,
    make_collection,
    make_company,
    make_credit,
    make_critic,
    make_critic_review,
    make_disc,
    make_event,
    make_extra,
    make_genre,
    make_member,
    make_offer,
    make_outside_review,
    make_outside_score,
    make_outside_source,
    make_person,
    make_plan,
    make_popular_title,
    make_provider,
    make_publication,
    make_rating,
    make_release,
    make_review,
    make_similar_title,
    make_subtitle_track,
    make_title,
    make_title_collection,
    make_title_company,
    make_title_genre,
    make_title_name,
    make_title_on_disc,
)
from tests.pages import by_id, discs, facts, get, links, meta, of_class, structured_data, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client):
    """page_of(title) is its page now: within one transaction a kept one would still be current."""

    def page(title):
        pages.forget()
        return get(client, title.get_absolute_url())

    return page


# ------------------------------------------------------------------ what is missing
def test_a_title_of_which_nothing_is_known_has_a_page_that_looks_meant(page_of):
    page = page_of(make_title(name="Bare", year=None))
    words = text(page)
    assert text(page.find(".//h1")) == "Bare Year not known"
    assert page.find("head/title").text == "Rent Bare by post – Kinopost"
    assert meta(page, "og:title") == "Bare"
    assert "Nobody has written a synopsis yet." in words
    assert "Not rated yet" in words
    assert "Nobody has reviewed it yet." in words
    assert "Not on UK disc" in words
    assert "None" not in words and "()" not in words
    assert facts(page) == {} if of_class(page, "facts") else True


def test_a_title_of_which_nothing_is_known_prints_no_empty_label(page_of):
    page = page_of(make_title(year=None))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    assert not ids & {"formats", "critics", "like"}
    assert not of_class(page, "cast") and not of_class(page, "facts") and not of_class(page, "lead")
    local = links(of_class(page, "local")[0])
    assert local == ["#info", "#reviews"]


def test_every_link_to_a_place_on_the_page_finds_it(page_of):
    title = make_title()
    make_disc(release=make_release(title=title))
    make_critic_review(title=title)
    ScoreSummary.objects.rebuild([title.pk])
    make_similar_title(title=title)
    page = page_of(title)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert [key for key in ids if ids.count(key) > 1] == []
    assert {url[1:] for url in links(page) if url.startswith("#")} <= set(ids)
    labels = [key for e in page.iter() for name in ("aria-labelledby", "for") for key in e.get(name, "").split()]
    assert set(labels) <= set(ids)


# ------------------------------------------------------------------ few ratings
@pytest.mark.parametrize(
    "half_stars, printed",
    [
        ([], "Not rated yet"),
        ([7], "1 rating so far. A score appears at 5."),
        ([7, 8, 9], "3 ratings so far. A score appears at 5."),
        ([7, 7, 8, 8, 8], "3.8 of 5 from 5 ratings"),
    ],
)
def test_an_average_is_printed_from_five_ratings(page_of, half_stars, printed):
    title = make_title()
    rate(title, *half_stars)
    page = page_of(title)
    assert printed in text(of_class(page, "tally")[0])
    assert ("aggregateRating" in structured_data(page)) == (len(half_stars) >= 5)
    assert ("of 5" in meta(page, "description")) == (len(half_stars) >= 5)


def test_a_score_of_few_critics_is_not_a_percentage(page_of):
    title = make_title()
    make_critic_review(title=title)
    ScoreSummary.objects.rebuild([title.pk])
    assert "1 of 1 for A score appears at 5 reviews." in text(of_class(page_of(title), "scores")[0])


# ------------------------------------------------------------------ editions
@pytest.mark.parametrize(
    "media, words",
    [
        (["dvd"], "DVD"),
        (["blu-ray"], "Blu-ray"),
        (["dvd", "dvd"], "DVD"),
        (["blu-ray", "dvd"], "DVD & Blu-ray"),
        (["4k", "dvd", "blu-ray"], "DVD & Blu-ray & 4K"),
    ],
)
def test_the_wording_follows_the_formats_held(page_of, media, words):
    title = make_title(name="Ikiru", year=1952)
    for medium in media:
        make_release(title=title, medium=medium)
    page = page_of(title)
    assert f"online {words} rental." in text(of_class(page, "rent")[0])
    assert page.find("head/title").text == f"Rent Ikiru (1952) on {words} by post – Kinopost"
    assert all(label not in text(of_class(page, "rent")[0]) for label in set(Medium.labels) - set(words.split(" & ")))


def test_twelve_editions_stand_one_below_the_other(page_of):
    title = make_title()
    editions(title, 12)
    page = page_of(title)
    assert "stacked" in of_class(page, "discs")[0].get("class")
    assert len(discs(page)["Run time"]) == 12


def test_four_editions_stand_side_by_side(page_of):
    title = make_title()
    editions(title, 4)
    assert "stacked" not in of_class(page_of(title), "discs")[0].get("class")


def test_editions_of_one_medium_are_told_apart_in_the_table(page_of):
    title = make_title()
    editions(title, 2)
    assert discs(page_of(title))[""] == ["DVD Edition 0", "DVD Edition 1"]
    cells = of_class(page_of(title), "discs")[0].iter("td")
    assert {cell.get("data-on") for cell in cells if cell.get("data-on")} == {"DVD, Edition 0", "DVD, Edition 1"}


def test_an_edition_without_facts_is_still_offered(page_of):
    title = make_title()
    make_release(title=title)
    page = page_of(title)
    assert "DVD On disc" in text(of_class(page, "rent")[0])
    assert discs(page) == {"": ["DVD"]}


# ------------------------------------------------------------------ long, foreign, many
def test_sixty_actors_are_all_named_once_in_billing_order(page_of):
    title = make_title()
    cast(title, 60)
    page = page_of(title)
    billed = [row.text.strip() for row in of_class(page, "cast")[0].findall("li")]
    also = text(of_class(page, "also")[0]).removeprefix("Also with ").removesuffix(".").split(", ")
    assert billed + also == [f"Actor {n}" for n in range(1, 61)]


@pytest.mark.parametrize("letters, size", [(20, None), (40, "long"), (200, "very")])
def test_long_names_are_set_smaller(page_of, letters, size):
    page = page_of(make_title(name="W" * letters))
    assert page.find(".//h1").get("data-len") == size


def test_names_say_which_language_they_are_in_and_keep_their_direction(page_of):
    title = make_title(name="A Separation")
    for name, language, script in [
        ("جدایی نادر از سیمین", "fa", "Arab"),
        ("七人の侍", "ja", "Jpan"),
        ("Shichinin no samurai", "ja", "Latn"),
        ("רוק בקסבה", "he", "Hebr"),
        ("Без имени", None, ""),
    ]:
        make_title_name(title=title, name=name, language_id=language, script=script, kind="original")
    names = {text(name): name.get("lang") for name in of_class(page_of(title), "aka")[0].iter("bdi")}
    assert names == {
        "جدایی نادر از سیمین": "fa",
        "七人の侍": "ja",
        "Shichinin no samurai": "ja-Latn",
        "רוק בקסבה": "he",
        "Без имени": None,
    }


def test_a_title_without_a_poster_has_a_drawn_cover_and_says_so(page_of):
    page = page_of(make_title(name="Ikiru"))
    cover = of_class(page, "hero")[0].find(".//img")
    assert cover.get("alt") == "Drawn cover for Ikiru"
    assert "Cover drawn by Kinopost" in text(page)


def test_a_title_with_a_poster_does_not_claim_to_have_drawn_it(page_of):
    page = page_of(make_title(name="Ikiru", poster="a" * 64))
    assert of_class(page, "hero")[0].find(".//img").get("alt") == "Poster of Ikiru"
    assert "Cover drawn" not in text(page)


# ------------------------------------------------------------------ hostile text
@pytest.fixture
def hostile(settings):
    """A title with hostile words in every column that its page prints."""
    words = HOSTILE
    title = make_title(
        name=words,
        lead=words,
        synopsis=f"{words}\n\n{words}",
        cover_short_name=words,
        certificate=make_certificate(system="BBFC", value="12<i>"),
    )
    person = make_person(name=words)
    for role in ("director", "actor", "writer"):
        make_credit(title=title, person=person, role=role, printed_name=words, detail=words)
    make_credit(title=title, role="actor", printed_name=words, character=words)
    for n in range(12):
        make_credit(title=title, role="actor", printed_name=f"{words}{n}")
    make_title_name(title=title, name=words, kind="original", script="Latn")
    make_title_genre(title=title, genre=make_genre(name=words))
    make_title_collection(title=title, collection=make_collection(name=words))
    make_title_company(title=title, company=make_company(name=words))
    make_award(title=title, body=make_award_body(name=words), prize=words, recipient=words)
    make_event(title=title, note=words)
    make_box_office(title=title, currency="ZZZ")
    make_offer(title=title, provider=make_provider(name=words), label=words, url="https://example.org/?a=%22><b")
    release = make_release(title=title, edition=words, box_set=words, distributor=make_company(name=f"{words}2"))
    make_disc(release=release, label=words)
    make_disc(release=release, label=words, number=2)
    make_extra(release=release, name=words)
    make_aspect_ratio(release=release, printed=words)
    make_audio_track(release=release, codec=words[:60], channels=words[:30], note=words)
    make_subtitle_track(release=release)
    author = make_member(shown_as=words[:40])
    make_rating(title=title, member=author)
    make_review(title=title, author=author, headline=words, body=f"{words}\n\n{words}")
    critic = make_critic(name=words)
    make_critic_review(
        title=title,
        critic=critic,
        publication=make_publication(name=words),
        quote=words,
        score=words[:20],
        url="https://example.org/?a=%22><b",
    )
    source = make_outside_source(name=words)
    make_outside_score(title=title, source=source, reviews=3, url="https://example.org/?a=%22><b")
    make_outside_review(title=title, source=source, author=words[:80], body=f"{words}\n\n{words}")
    make_similar_title(title=title, other=make_title_on_disc(name=words))
    make_popular_title(title=make_title(name=words))
    ScoreSummary.objects.rebuild([title.pk])
    connection.check_constraints()  # names are indexed when a transaction ends
    return title


def addresses(title):
    urls = [title.get_absolute_url()]
    urls += [reverse(f"reviews:{name}", args=[title.slug]) for name in ("of_title", "critics_of_title")]
    urls += [reverse("catalogue:person", args=[title.credits.first().person.slug])]
    urls += [reverse("catalogue:collection", args=[title.title_collections.get().collection.slug])]
    urls += [reverse("catalogue:home"), reverse("catalogue:browse"), reverse("catalogue:collections")]
    return urls + [f"{reverse('catalogue:search')}?q=script"]


def test_hostile_text_stays_text_on_every_page(hostile, client):
    for url in addresses(hostile):
        response = client.get(url)
        page = tree(response)  # a tag that text opened or closed would not match
        assert BRACES in text(page), url
        scripts = [element for element in page.iter("script") if element.get("type") != "application/ld+json"]
        assert all(script.get("src", "").startswith("/static/") and not script.text for script in scripts), url
        assert not [e for e in page.iter() if any(name.startswith("on") for name in e.attrib)], url
        assert not [e for e in page.iter("img") if e.get("src") == "x"], url
        assert not [e for e in page.iter("i") if e.text and "12" in e.text]


def test_hostile_text_stays_text_for_a_member(hostile, sign_in):
    client = sign_in(make_member(shown_as=HOSTILE[:40]))
    for url in (*addresses(hostile), reverse("reviews:write", args=[hostile.slug])):
        page = tree(client.get(url))
        assert not [e for e in page.iter("img") if e.get("src") == "x"], url
        assert HOSTILE[:40] in text(page), url


def test_hostile_text_stays_text_in_structured_data(hostile, page_of):
    page = page_of(hostile)
    data = structured_data(page)
    assert data["name"] == data["description"] == data["review"][0]["name"] == HOSTILE
    (script,) = page.findall(".//script[@type='application/ld+json']")
    assert "<" not in script.text and ">" not in script.text


def test_hostile_text_stays_text_in_attributes(hostile, page_of):
    page = page_of(hostile)
    assert meta(page, "og:title") == f"{HOSTILE} (1957)"
    assert meta(page, "og:description") == HOSTILE
    assert HOSTILE in meta(page, "description")
    assert of_class(page, "hero")[0].find(".//img").get("alt") == f"Drawn cover for {HOSTILE}"
    assert by_id(page, "h-like").text == f"Rent other films like {HOSTILE}"


def test_hostile_text_in_a_search_stays_text(client):
    page = get(client, reverse("catalogue:search"), data={"q": HOSTILE})
    assert f"Search for “{HOSTILE}”" in text(page)
    assert by_id(page, "q").get("value") == HOSTILE


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_addresses_elsewhere_are_of_the_web_only(url):
    from django.db import IntegrityError, transaction

    for make in (make_offer, make_critic_review):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(url=url)


# ------------------------------------------------------------------ addresses
def test_a_former_address_of_a_title_redirects_for_good(client):
    title = make_title(slug="now")
    title.move_to("later")
    response = client.get("/titles/now/")
    assert (response.status_code, response["Location"]) == (301, "/titles/later/")


def test_an_address_taken_back_stops_redirecting(client):
    title = make_title(slug="first")
    title.move_to("second")
    title.move_to("first")
    assert client.get("/titles/first/").status_code == 200
    assert client.get("/titles/second/")["Location"] == "/titles/first/"


def test_a_former_address_of_a_person_redirects_for_good(client):
    person = make_person(has_page=True)
    FormerPersonSlug.objects.create(slug="was", person=person)
    response = client.get("/people/was/")
    assert (response.status_code, response["Location"]) == (301, person.get_absolute_url())


def test_a_person_without_a_page_has_none(client):
    person = make_credit().person
    assert client.get(person.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/titles/nowhere/",
        "/titles/nowhere/reviews/",
        "/titles/nowhere/critics/",
        "/people/nobody/",
        "/collections/none/",
        "/no/such/page",
        "/pictures/nowhere/0/360.webp",
        "/reviews/99999999999999999999/",
        "/titles/%00/",
        "/titles/%F0%9F%8E%AC/",
    ],
)
def test_an_unknown_address_is_answered_in_our_design_with_a_search(client, url):
    page = get(client, url, status=404)
    assert text(page.find(".//h1")) == "No such address."
    (form,) = page.find(".//main").findall(".//form")
    assert form.get("action") == reverse("catalogue:search")
    assert of_class(page, "brand")


def test_a_form_without_its_token_is_refused_in_our_design():
    client = Client(enforce_csrf_checks=True)
    page = get_posted(client, reverse("members:sign_in"))
    assert of_class(page, "brand")


def test_a_request_we_cannot_read_is_refused_in_our_design(client):
    response = client.get("/", headers={"host": "somewhere.example"})
    assert response.status_code == 400
    assert of_class(tree(response), "brand")


def get_posted(client, url):
    response = client.post(url)
    assert response.status_code == 403
    return tree(response)


def test_a_failure_on_our_side_is_answered_in_our_design(settings, monkeypatch):
    monkeypatch.setattr("catalogue.views.home.home_page", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert text(tree(response).find(".//h1")) == "Something failed on our side."


PAGES = ["home", "browse", "collections", "search"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_answer_head_and_refuse_post(client, name):
    url = reverse(f"catalogue:{name}")
    assert (client.head(url).status_code, client.post(url).status_code) == (200, 405)


def test_the_title_page_answers_head_like_get_and_refuses_post(client):
    url = make_title().get_absolute_url()
    head, whole = client.head(url), client.get(url)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Vary", "Cache-Control")} == {
        name: whole[name] for name in ("ETag", "Vary", "Cache-Control")
    }
    assert client.post(url).status_code == 405


# ------------------------------------------------------------------ words follow the data
def test_the_price_is_the_cheapest_plans(page_of):
    make_plan(price_pence=1299)
    cheap = make_plan(price_pence=1000)
    title = make_title()
    make_release(title=title)
    assert "starting at £10 a month" in text(page_of(title))
    assert "Join from £10 a month" in text(page_of(title))
    Plan.objects.filter(pk=cheap.pk).update(price_pence=849)
    assert "starting at £8.49 a month" in text(page_of(title))
    Plan.objects.filter(pk=cheap.pk).update(withdrawn_on="2026-01-05")
    assert "starting at £12.99 a month" in text(page_of(title))


def test_without_plans_no_price_is_printed(page_of):
    title = make_title()
    make_release(title=title)
    assert "£" not in text(page_of(title))
    assert "See the plans" in text(of_class(page_of(title), "rent")[0])


def test_a_series_is_created_by_its_creators(page_of):
    title = make_title(kind="series")
    make_credit(title=title, role="creator", printed_name="Dennis Potter")
    page = page_of(title)
    assert "Created by Dennis Potter" in text(page)
    assert structured_data(page)["@type"] == "TVSeries"
    assert structured_data(page)["creator"] == [{"@type": "Person", "name": "Dennis Potter"}]
    assert "director" not in structured_data(page)


def test_reviews_beyond_three_are_behind_a_link_that_counts_them(page_of):
    title = make_title()
    review(title, 4)
    assert "Show the other review" in text(page_of(title))
    review(title, 1)
    assert "Show the other 2 reviews" in text(page_of(title))


def test_a_page_names_the_host_it_was_asked_at(client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    url = make_title().get_absolute_url()
    for host in settings.ALLOWED_HOSTS:
        page = get(client, url, headers={"host": host})
        assert page.find("head/link[@rel='canonical']").get("href") == f"http://{host}{url}"
