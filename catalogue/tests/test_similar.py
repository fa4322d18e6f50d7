"""Rent other films like this: whom the lists listen to, what they never name, what each reader sees of them."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.models import PageVersion, Release, SimilarTitle, Title
from catalogue.similar import neighbours
from catalogue.similar.neighbours import ENOUGH, Features, Likes, World, lists
from catalogue.similar.rebuild import rebuild_similar
from tests.factories import (
    make_credit,
    make_member,
    make_person,
    make_rating,
    make_similar_title,
    make_title,
    make_title_genre,
    make_title_on_disc,
)
from tests.pages import by_id, get, links

TITLES, MEMBERS = 6, 9


# ------------------------------------------------------------------ five members, or nothing
def world(liked, number=TITLES, rentable=None, features=()):
    """`liked`: {(member, title)}; `features`: [(title, feature)]."""
    rows = np.array(sorted(liked), np.int64).reshape(-1, 2)
    made_of = np.array(sorted(features), np.int64).reshape(-1, 2)
    return World(
        np.arange(number),
        np.ones(number, bool) if rentable is None else rentable,
        np.ones(number, bool),
        Features(made_of[:, 0], made_of[:, 1], np.ones(len(made_of)), int(made_of[:, 1].max(initial=-1)) + 1),
        Likes(rows[:, 0], rows[:, 1], rows[:, 0] % 3 * 100),
    )


def listed(world, kept=24):
    return set(zip(*map(np.ndarray.tolist, lists(world, kept)), strict=True))


def ordered(world, kept=24):
    return [column.tolist() for column in lists(world, kept)]


def fans(liked, title):
    return {member for member, it in liked if it == title}


tastes = st.sets(st.tuples(st.integers(0, MEMBERS - 1), st.integers(0, TITLES - 1)))
contents = st.sets(st.tuples(st.integers(0, TITLES - 1), st.integers(0, 3)))


@settings(max_examples=200, deadline=None)
@given(tastes)
def test_members_pair_two_titles_exactly_if_five_of_them_like_both(liked):
    shared = {pair for pair in permutations(range(TITLES), 2) if len(fans(liked, pair[0]) & fans(liked, pair[1])) >= 5}
    assert ENOUGH == 5 and listed(world(liked)) == shared


@settings(max_examples=200, deadline=None)
@given(tastes, contents)
def test_what_fewer_than_five_members_like_leaves_no_trace(liked, features):
    counted = Counter(title for _, title in liked)
    without = {(member, title) for member, title in liked if counted[title] >= 5}
    assert ordered(world(liked, features=features)) == ordered(world(without, features=features))


@settings(max_examples=200, deadline=None)
@given(tastes, contents, st.lists(st.booleans(), min_size=TITLES, max_size=TITLES))
def test_no_list_names_its_own_title_one_that_cannot_be_had_or_one_twice(liked, features, rentable):
    title, other = ordered(world(liked, rentable=np.array(rentable), features=features))
    assert all(rentable[it] for it in other)
    assert all(one != it for one, it in zip(title, other, strict=True))
    assert len(set(zip(title, other, strict=True))) == len(title)


@settings(max_examples=100, deadline=None)
@given(tastes, contents)
def test_blocks_of_work_change_nothing(liked, features):
    whole, blocks = ordered(world(liked, features=features)), neighbours.BLOCK
    neighbours.BLOCK = 3
    try:
        assert ordered(world(liked, features=features)) == whole
    finally:
        neighbours.BLOCK = blocks


def test_an_empty_catalogue_has_no_lists():
    assert listed(world(set(), number=0)) == set()


def test_titles_of_equal_content_are_all_in_some_list():
    """A hundred dramas of one year: the same ten would stand in all lists if ties went to the first."""
    title, other = lists(world(set(), 101, features=[(title, 0) for title in range(100)]), 10)
    assert set(other.tolist()) == set(range(100))


# ------------------------------------------------------------------ from the database
def similar(title):
    return [row.other for row in title.similar.order_by("position")]


def all_lists():
    return list(SimilarTitle.objects.order_by("title", "position").values_list("title", "other"))


@pytest.fixture
def pair(db):
    """Two titles with nothing in common, and five members who like both."""
    titles = [make_title_on_disc(name="Salt", year=1931), make_title_on_disc(name="Winter Light", year=1999)]
    for _ in range(ENOUGH):
        member = make_member()
        for title in titles:
            make_rating(title=title, member=member, half_stars=7)
    return titles


def test_five_members_who_like_both_make_a_pair(pair):
    rebuild_similar()
    assert similar(pair[0]) == [pair[1]] and similar(pair[1]) == [pair[0]]


def test_a_pair_of_five_ends_with_one_of_the_members(pair):
    rebuild_similar()
    pair[0].ratings.first().member.delete()
    rebuild_similar()
    assert all_lists() == []


def test_a_pair_of_five_ends_when_one_likes_it_no_more(pair):
    pair[0].ratings.filter(pk=pair[0].ratings.first().pk).update(half_stars=6)
    rebuild_similar()
    assert all_lists() == []


def test_titles_without_a_release_are_in_no_list(pair):
    Release.objects.filter(title=pair[1]).delete()
    rebuild_similar()
    assert similar(pair[0]) == [] and similar(pair[1]) == [pair[0]]


@pytest.mark.django_db
def test_the_next_part_of_a_story_comes_first():
    genre = make_title_genre().genre
    rocky, *_ = titles = [
        make_title_on_disc(name=name, year=1976 + number)
        for number, name in enumerate(["Rocky", "Network", "Carrie", "The Omen", "Rocky II", "Marathon Man"])
    ]
    for title in titles:
        make_title_genre(title=title, genre=genre)
    rebuild_similar()
    assert similar(rocky)[0].name == "Rocky II"


@pytest.mark.django_db
def test_a_shared_director_counts_more_than_a_shared_actor():
    title, same_actor, same_director = (make_title_on_disc(name=name, year=1960) for name in ("One", "Two", "Three"))
    actor, director = make_person(), make_person()
    for other in (title, same_actor):
        make_credit(title=other, person=actor, role="actor")
    for other in (title, same_director):
        make_credit(title=other, person=director, role="director")
    rebuild_similar()
    assert similar(title)[0] == same_director


def test_the_lists_do_not_depend_on_how_rows_lie_in_the_database(demo):
    before = all_lists()
    with connection.cursor() as cursor:
        for table in ("catalogue_credit", "catalogue_titlegenre", "reviews_rating"):
            cursor.execute(f"CREATE TEMPORARY TABLE moved ON COMMIT DROP AS SELECT * FROM {table} ORDER BY random()")
            cursor.execute(f"DELETE FROM {table} WHERE true")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM moved")
            cursor.execute("DROP TABLE moved")
    SimilarTitle.objects.all().delete()
    rebuild_similar()
    assert len(before) > 1000 and all_lists() == before


def test_a_page_whose_list_is_the_same_stays_as_it_is(demo):
    before = dict(PageVersion.objects.values_list("title", "version"))
    rebuild_similar()
    assert dict(PageVersion.objects.values_list("title", "version")) == before


def test_the_first_ten_of_the_lists_show_most_of_the_demo(demo):
    named = SimilarTitle.objects.filter(position__lte=10).values("other").distinct()
    assert named.count() >= 0.75 * Title.objects.count()


# ------------------------------------------------------------------ on the page
@pytest.fixture
def title(db):
    """A title with eight like it."""
    title = make_title()
    for _ in range(8):
        make_similar_title(title=title)
    return title


def shown(client, title):
    urls = links(by_id(get(client, title.get_absolute_url()), "like"))
    return list(dict.fromkeys(url for url in urls if url.startswith("/titles/")))


def addresses(titles):
    return [title.get_absolute_url() for title in titles]


def test_a_visitor_sees_the_six_most_alike(client, title):
    assert shown(client, title) == addresses(similar(title)[:6])


def test_a_member_sees_six_that_they_have_not_rated(sign_in, title):
    member = make_member()
    make_rating(title=similar(title)[1], member=member, half_stars=1)
    make_rating(title=similar(title)[0])
    first, _, *rest = similar(title)
    assert shown(sign_in(member), title) == addresses([first, *rest[:5]])


def test_what_a_member_does_not_see_others_do(client, sign_in, title):
    member = make_member()
    make_rating(title=similar(title)[1], member=member)
    shown(sign_in(member), title)
    assert shown(client, title) == shown(sign_in(make_member()), title) == addresses(similar(title)[:6])


def test_nobody_sees_a_title_that_can_be_had_no_more(client, title):
    first, *rest = similar(title)
    Release.objects.filter(title=first).delete()
    assert shown(client, title) == addresses(rest[:6])


def test_a_member_who_had_much_costs_as_many_queries_as_one_who_had_little(sign_in, title):
    little, much = make_member(), make_member()
    make_rating(title=similar(title)[0], member=little)
    for other in similar(title)[:-1]:  # one is left to show, as to the others: what a member has of those is a query
        make_rating(title=other, member=much)
    counts = []
    for client in map(sign_in, (little, much, make_member())):
        client.get(title.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(title.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2] + 1  # the titles that take the place of those they had
