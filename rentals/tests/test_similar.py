"""Rent other films like this, by what members had at home and what is on the shelf."""

import pytest

from catalogue.similar.rebuild import rebuild_similar
from rentals.models import Copy
from tests.factories import NOON, make_copy, make_member, make_rating, make_rental, make_similar_title, make_title
from tests.pages import by_id, get, links

pytestmark = pytest.mark.django_db


def similar(title):
    return [row.other for row in title.similar.order_by("position")]


def shown(client, title):
    urls = links(by_id(get(client, title.get_absolute_url()), "like"))
    return list(dict.fromkeys(url for url in urls if url.startswith("/titles/")))


def addresses(titles):
    return [title.get_absolute_url() for title in titles]


@pytest.fixture
def pair():
    """Two titles with nothing in common that five members had at home."""
    pair = make_title(name="Salt", year=1931), make_title(name="Winter Light", year=1999)
    for _ in range(5):
        member = make_member()
        for title in pair:
            make_rental(title=title, member=member)
    return pair


@pytest.fixture
def title():
    """A title with seven like it."""
    title = make_title()
    for _ in range(7):
        make_similar_title(title=title)
    return title


def test_five_members_who_had_both_make_a_pair(pair):
    rebuild_similar()
    assert similar(pair[0]) == [pair[1]]


def test_a_rental_that_was_cancelled_says_nothing(pair):
    pair[0].releases.first().discs.first().copies.first().rentals.update(cancelled_at=NOON)
    rebuild_similar()
    assert similar(pair[0]) == []


def test_who_rated_it_low_did_not_like_it_though_they_had_it(pair):
    member = pair[0].releases.first().discs.first().copies.first().rentals.first().member
    make_rating(title=pair[0], member=member, half_stars=2)
    rebuild_similar()
    assert similar(pair[0]) == []


def test_a_title_whose_copies_are_all_gone_is_in_no_list(pair):
    Copy.objects.filter(disc__release__title=pair[1]).update(missing_at=NOON)
    rebuild_similar()
    assert similar(pair[0]) == [] and similar(pair[1]) == [pair[0]]


def test_a_page_stops_showing_a_title_when_its_last_copy_is_withdrawn(client, title):
    first, *rest = similar(title)
    copy = make_copy(title=first)
    Copy.objects.filter(pk=copy.pk).update(withdrawn_at=NOON)
    assert shown(client, title) == addresses(rest[:6])


def test_a_member_does_not_see_what_they_had_at_home(client, sign_in, title):
    member = make_member()
    first, *rest = similar(title)
    make_rental(title=first, member=member)
    assert shown(sign_in(member), title) == addresses(rest[:6])
    assert shown(client, title) == addresses([first, *rest[:5]])
