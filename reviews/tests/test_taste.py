"""How near two tastes are: worked out from the films both rated, by the rule on the page, and only if both allow it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Member
from reviews import taste
from reviews.models import Rating, ReaderChoices
from tests.factories import make_ban, make_member, make_rating, make_reader_choices, make_review, make_title
from tests.pages import get, links, of_class, text, tree

pytestmark = pytest.mark.django_db
MINE, THEIRS = (10, 8, 7, 2, 1), (9, 8, 4, 2, 5)  # half stars; 1 + 0 + 3 + 0 + 4 apart: 0.8 stars on 5 films


def sharing(**fields):
    member = make_member(**fields)
    make_reader_choices(member=member, shares_taste=True)
    return member


def rate(member, titles, half_stars):
    for title, given in zip(titles, half_stars, strict=True):
        make_rating(member=member, title=title, half_stars=given)


@pytest.fixture
def titles():
    return [make_title(name=f"Film {number}") for number in range(5)]


@pytest.fixture
def reader(titles):
    member = sharing(shown_as="Ruth")
    rate(member, titles, MINE)
    return member


@pytest.fixture
def reviewer(titles):
    member = sharing(shown_as="K. B.")
    rate(member, titles, THEIRS)
    return member


def beside(reader, *others):
    return taste.beside(reader, [other.pk for other in others])


def working_of(other):
    return reverse("reviews:taste", args=[other.handle])


# ------------------------------------------------------------------ the rule
def test_it_is_the_mean_of_how_many_stars_the_ratings_are_apart(reader, reviewer):
    make_rating(member=reviewer, half_stars=1)
    match = beside(reader, reviewer)[reviewer.pk]
    assert (match.films, match.half_stars_apart, match.apart, match.stars) == (5, 8, 0.8, "0.8")
    assert match.words() == "On average 0.8 stars from you, on 5 films you both rated"


def test_it_is_the_same_from_both_sides(reader, reviewer):
    assert beside(reader, reviewer)[reviewer.pk] == beside(reviewer, reader)[reader.pk]


@pytest.mark.parametrize(
    ("films", "half_stars", "stars"), [(20, 2, "0.1"), (20, 1, "0.0"), (5, 45, "4.5"), (6, 5, "0.4")]
)
def test_it_is_said_to_a_tenth_of_a_star(films, half_stars, stars):
    assert taste.Match(films, half_stars).stars == stars


def test_the_same_ratings_are_said_to_be_the_same():
    assert taste.Match(7, 0).words() == "Gave the same stars as you to all 7 films you both rated"


def test_below_five_films_in_common_nothing_is_said(reader, reviewer):
    Rating.objects.filter(member=reviewer).first().delete()
    assert beside(reader, reviewer) == {}


# ------------------------------------------------------------------ who is compared
def test_it_is_off_until_both_say_so(reader, reviewer):
    for who in (reader, reviewer):
        ReaderChoices.objects.filter(member=who).update(shares_taste=False)
        assert beside(reader, reviewer) == {}
        ReaderChoices.objects.filter(member=who).delete()
        assert beside(reader, reviewer) == {}
        make_reader_choices(member=who, shares_taste=True)
        assert beside(reader, reviewer)


@pytest.mark.parametrize("end", [lambda who: make_ban(member=who), lambda who: close(who)])
def test_an_account_that_is_closed_or_banned_is_compared_with_nobody(client, reader, reviewer, end):
    for who, other in ((reader, reviewer), (reviewer, reader)):
        end(who)
        assert beside(other, who) == {} and beside(who, other) == {}
        client.force_login(other)
        assert client.get(working_of(who)).status_code in (302, 404)


def close(member):
    Member.objects.filter(pk=member.pk).update(is_active=False)


def test_nobody_is_compared_with_themselves(client, reader):
    assert beside(reader, reader) == {}
    client.force_login(reader)
    assert client.get(working_of(reader)).status_code == 404


def test_one_query_for_all_authors(reader, titles):
    authors = []
    for number in (1, 20):
        authors += [sharing() for _ in range(number)]
        for author in authors[-number:]:
            rate(author, titles, THEIRS)
        with CaptureQueriesContext(connection) as captured:
            assert len(beside(reader, *authors)) == len(authors)
        assert len(captured) == 1


# ------------------------------------------------------------------ beside reviews
@pytest.mark.parametrize("page", ["catalogue:title", "reviews:of_title"])
def test_it_stands_beside_reviews_and_leads_to_the_working(sign_in, reader, reviewer, titles, page):
    make_review(author=reviewer, title=titles[0])
    make_review(author=make_member(), title=titles[0])
    address = reverse(page, args=[titles[0].slug])
    said = [text(line) for line in of_class(get(sign_in(reader), address), "near")]
    assert said == ["On average 0.8 stars from you, on 5 films you both rated: K. B.. How that is worked out"]
    assert working_of(reviewer) in links(get(sign_in(reader), address))
    assert not of_class(get(sign_in(make_member()), address), "near")


@pytest.mark.parametrize("page", ["catalogue:title", "reviews:of_title"])
def test_visitors_read_nothing_of_it(client, reader, reviewer, titles, page):
    make_review(author=reviewer, title=titles[0])
    assert not of_class(get(client, reverse(page, args=[titles[0].slug])), "near")


def test_as_many_queries_beside_many_reviews_as_beside_one(sign_in, reader, reviewer, titles):
    counts = []
    for number in (1, 15):
        for _ in range(number):
            author = sharing()
            rate(author, titles, THEIRS)
            make_review(author=author, title=titles[0])
        client = sign_in(reader)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("reviews:of_title", args=[titles[0].slug]))
        counts.append(len(captured))
    assert len(of_class(tree(page), "near")) == 16
    assert counts[0] == counts[1]


# ------------------------------------------------------------------ the working
def rows(table):
    return [[text(cell) for cell in row] for row in table.findall(".//tr")]


def test_the_working_adds_up_to_the_figure(sign_in, reader, reviewer):
    page = get(sign_in(reader), working_of(reviewer))
    sums, films = of_class(page, "sum")
    assert rows(sums) == [
        ["Stars apart", "Films", "Together"],
        ["0", "2", "0"],
        ["0.5", "1", "0.5"],
        ["1.5", "1", "1.5"],
        ["2", "1", "2"],
        ["All", "5", "4"],
    ]
    assert rows(films) == [
        ["Film", "You", "K. B.", "Apart"],
        ["Film 4 1957", "0.5", "2.5", "2"],
        ["Film 2 1957", "3.5", "2", "1.5"],
        ["Film 0 1957", "5", "4.5", "0.5"],
        ["Film 1 1957", "4", "4", "0"],
        ["Film 3 1957", "1", "1", "0"],
    ]
    assert "4 stars over 5 films: 0.8 stars apart on average." in text(page.find(".//main"))


def test_with_too_few_films_the_page_says_how_many_are_wanted(sign_in, reader, reviewer):
    Rating.objects.filter(member=reviewer).first().delete()
    said = text(get(sign_in(reader), working_of(reviewer)).find(".//main"))
    assert "You both rated 4 films. From 5 on we say" in said and "on average" not in said
    other = sharing()
    assert "You both rated no film." in text(get(sign_in(reader), working_of(other)).find(".//main"))


def test_the_working_is_a_404_unless_both_allow_it(sign_in, reader, reviewer):
    client = sign_in(reader)
    for who in (reader, reviewer):
        ReaderChoices.objects.filter(member=who).update(shares_taste=False)
        assert client.get(working_of(reviewer)).status_code == 404
        ReaderChoices.objects.filter(member=who).update(shares_taste=True)
    assert client.get("/reviewers/nobody-at-all/taste/").status_code == 404
    assert client.get(working_of(reviewer)).status_code == 200


def test_a_visitor_is_led_to_sign_in(client, reviewer):
    assert client.get(working_of(reviewer)).url == f"/sign-in/?next={working_of(reviewer)}"


def test_the_working_costs_the_same_for_many_films_as_for_few(sign_in, reader, reviewer):
    counts = []
    for _ in range(2):
        client = sign_in(reader)
        with CaptureQueriesContext(connection) as captured:
            client.get(working_of(reviewer))
        counts.append(len(captured))
        more = [make_title() for _ in range(30)]
        for member in (reader, reviewer):
            rate(member, more, [5] * 30)
    assert counts[0] == counts[1]
