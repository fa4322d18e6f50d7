"""Asking for a film: what is put into the queue, and what is refused in a sentence and changes nothing."""

import pytest
from django.utils import timezone

from catalogue.models import Disc
from rentals.asking import State, ask, ask_all, states_of
from rentals.models import QueueEntry
from rentals.queue import MOST
from rentals.refused import Refused
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_member,
    make_membership,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


def on(medium="dvd", title=None, copies=1, discs=1, **fields):
    """A release of so many discs with so many copies of each."""
    release = make_release(title=title or make_title(name="Ran"), medium=medium, **fields)
    for number in range(1, discs + 1):
        disc = make_disc(release=release, number=number)
        for _ in range(copies):
            make_copy(disc=disc)
    return release


def wishes(member):
    """What the queue asks for: (title, medium, number of the disc)."""
    rows = member.queue.in_order().select_related("title", "disc")
    return [(entry.title.name, entry.medium, entry.disc and entry.disc.number) for entry in rows]


def asked(member, title, **wish):
    return ask(member, title, now=NOON, **wish).words()


def refused(member, title, **wish):
    before = wishes(member)
    with pytest.raises(Refused) as why:
        ask(member, title, now=NOON, **wish)
    assert wishes(member) == before
    return str(why.value)


# ------------------------------------------------------------------ what is put there
def test_a_film_in_any_edition_goes_to_the_end(member):
    make_queue_entry(member=member)
    assert asked(member, on().title) == "Ran is in your queue, number 2."
    assert wishes(member)[1] == ("Ran", "", None)


def test_a_film_in_one_medium(member):
    title = on("blu-ray").title
    on("dvd", title)
    asked(member, title, medium="dvd")
    assert wishes(member) == [("Ran", "dvd", None)]


def test_one_disc_of_a_set(member):
    release = on(discs=3)
    asked(member, release.title, disc=release.discs.get(number=2).pk)
    assert wishes(member) == [("Ran", "", 2)]


def test_all_discs_of_a_set_in_their_order(member):
    release = on(discs=3)
    said = "3 discs of Ran are in your queue, numbers 1 to 3."
    assert asked(member, release.title, release=release.pk) == said
    assert [number for *_, number in wishes(member)] == [1, 2, 3]


def test_of_a_set_only_the_discs_that_are_not_there_yet(member):
    release = on(discs=3)
    make_queue_entry(member=member, title=release.title, disc=release.discs.get(number=2))
    make_rental(member=member, copy=release.discs.get(number=1).copies.get())
    assert asked(member, release.title, release=release.pk) == "Ran is in your queue, number 2."
    assert [number for *_, number in wishes(member)] == [2, 3]


def test_a_series_in_any_edition_is_all_discs_of_the_best(member):
    title = make_title(name="Dekalog", kind="series")
    on("dvd", title, discs=5)
    on("blu-ray", title, discs=3)
    assert "3 discs of Dekalog" in asked(member, title)


def test_what_is_not_out_is_reserved(member):
    title = on(copies=0, released_on="2099-03-02").title
    said = "Ran is reserved, number 1 in your queue. It comes out on 2 March 2099."
    assert asked(member, title) == said


# ------------------------------------------------------------------ what is refused
def test_what_is_there_already(member):
    release = on(discs=2)
    asked(member, release.title)
    said = "Ran is in your queue already, number 1."
    for wish in ({}, {"medium": "dvd"}, {"disc": release.discs.get(number=1).pk}):
        assert refused(member, release.title, **wish) == said
    asked(member, release.title, disc=release.discs.get(number=2).pk)


def test_what_is_at_home(member):
    release = on()
    make_rental(member=member, copy=release.discs.get().copies.get())
    on("blu-ray", release.title)
    assert refused(member, release.title) == "Ran is with you or on its way already, since 5 January."


def test_what_came_back_can_be_asked_for_again(member):
    release = on()
    back = {"posted_at": NOON, "checked_in_at": NOON}
    make_rental(member=member, copy=release.discs.get().copies.get(), **back)
    asked(member, release.title)


def test_what_cannot_be_had(member):
    ran = make_title(name="Ran")
    assert refused(member, ran) == "Ran is not on UK disc, so it cannot be queued."
    release = on(title=ran, copies=0)
    assert refused(member, ran) == "Ran cannot be had: we have no copy of it yet."
    make_copy(disc=release.discs.get(), withdrawn_at=NOON)
    assert refused(member, ran) == "Ran cannot be had: no copy is in service."


def test_what_does_not_play_unless_the_member_knows(member):
    title = on(regions=["1"]).title
    make_player(member=member, regions=["2"])
    why = refused(member, title)
    assert why.startswith("This DVD is region 1; your player takes region 2. Ran is not queued")
    refused(member, title, medium="dvd")
    asked(member, title, medium="dvd", anyway=True)


def test_any_edition_is_not_one_that_does_not_play(member):
    title = on(copies=0).title
    on("blu-ray", title)
    make_player(member=member, regions=["2"])
    assert refused(member, title) == "Ran cannot be had: we have no copy of what you ask for that plays at yours."


def test_what_the_plan_does_not_have_even_if_it_plays(member):
    title = on("4k").title
    make_membership(member=member, plan=make_plan(media=["dvd", "blu-ray"]))
    said = "Ran comes on 4K; your plan has DVD and Blu-ray. Change your plan to queue it."
    assert refused(member, title) == refused(member, title, medium="4k", anyway=True) == said


def test_an_edition_that_there_is_not(member):
    other = on(title=make_title(name="Kes"))
    title = on().title
    said = "Ran has no such edition."
    assert refused(member, title, medium="4k") == said
    assert refused(member, title, disc=other.discs.get().pk) == refused(member, title, release=other.pk) == said


def test_a_full_queue(member):
    release = make_release(title=make_title())
    discs = Disc.objects.bulk_create(Disc(release=release, number=1 + n) for n in range(200))
    titles = [make_title() for _ in range(MOST - 201)]
    wishes = [{"title": release.title, "disc": disc} for disc in discs] + [{"title": title} for title in titles]
    QueueEntry.objects.bulk_create(
        QueueEntry(member=member, rank=10 + n, asked_at=NOON, **wish) for n, wish in enumerate(wishes)
    )
    set_of_two = on(discs=2)
    assert refused(member, set_of_two.title, release=set_of_two.pk) == "Your queue is full: it holds 1,000 films."
    asked(member, on().title)
    assert refused(member, on().title) == "Your queue is full: it holds 1,000 films."


# ------------------------------------------------------------------ many at once
def test_a_list_says_what_was_added_and_what_left_out_and_why(member):
    queued, home, had, none = (make_title() for _ in range(4))
    series = on(title=make_title(kind="series")).title
    make_queue_entry(member=member, title=queued)
    make_rental(member=member, title=home)
    make_rental(member=member, title=had, posted_at=NOON, checked_in_at=NOON)
    new = [on().title.pk, on().title.pk]
    keys = [new[1], queued.pk, home.pk, had.pk, none.pk, series.pk, new[0], new[1], 10**12]
    said = ask_all(member, keys, now=NOON).words()
    assert said == (
        "2 films added to your queue. Left out: 1 in your queue already, 1 at home, 1 you have had, "
        "2 that cannot be had, 1 in sets, whose discs you choose on their pages."
    )
    assert list(member.queue.in_order().values_list("title", flat=True)) == [queued.pk, new[1], new[0]]
    assert ask_all(member, new, now=NOON).words() == "Nothing to add. Left out: 2 in your queue already."
    assert ask_all(member, [], now=NOON).words() == "Nothing to add."


def test_a_list_leaves_out_what_does_not_play(member):
    make_player(member=member, medium="dvd", regions=["2"])
    keys = [on("4k").title.pk, on().title.pk]
    assert ask_all(member, keys, now=NOON).words().startswith("1 film added to your queue. Left out: 1 that cannot")


# ------------------------------------------------------------------ what a member has of which titles
def test_the_state_of_titles_a_member_asks_for_has_or_had(member, django_assert_num_queries):
    make_queue_entry(member=member)
    queued, home, had = (make_title() for _ in range(3))
    make_queue_entry(member=member, title=queued)
    make_queue_entry(member=member, title=queued, medium="dvd")
    make_rental(member=member, title=had, posted_at=NOON, checked_in_at=NOON)
    make_rental(member=member, title=home)
    make_rental(member=member, title=make_title(), cancelled_at=timezone.now())
    make_rental(title=had)
    with django_assert_num_queries(1):
        states = states_of(member)
    assert len(states) == 4
    assert states[queued.pk] == State("queued", 2)
    assert (states[home.pk].kind, states[had.pk].kind) == ("home", "had")
