"""Each title's stock is what the rows say after every change of them, in the same transaction."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import PageVersion, SiteVersion, Title
from rentals.models import Copy, QueueEntry, Rental, Stock
from tests.factories import (
    DAY,
    NOON,
    make_copy,
    make_disc,
    make_member,
    make_popular_title,
    make_queue_entry,
    make_release,
    make_rental,
    make_similar_title,
    make_title,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def stock(title):
    row = Stock.objects.get(title=title)
    return row.copies, row.on_shelf, row.waiting, row.rentals


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def test_a_new_title_has_an_empty_stock():
    assert stock(make_title()) == (0, 0, 0, 0)


# ------------------------------------------------------------------ each change of a row
COPIES = {  # change of one copy on the shelf: copies, on shelf then
    "nothing": ({}, (1, 1)),
    "withdrawn": ({"withdrawn_at": NOON}, (0, 0)),
    "missing": ({"missing_at": NOON}, (0, 0)),
    "in inspection": ({"in_inspection_since": NOON}, (1, 0)),
    "another shelf": ({"shelf": "B-014"}, (1, 1)),
}


@pytest.mark.parametrize(("fields", "expected"), COPIES.values(), ids=COPIES)
def test_a_copy_that_comes_and_changes(fields, expected):
    title = make_title()
    copy = make_copy(title=title)
    assert stock(title)[:2] == (1, 1)
    update(copy, **fields)
    assert stock(title)[:2] == expected
    assert Stock.objects.wrong() == []


RENTALS = {  # change of one rental: on shelf, rentals then
    "allocated": ({}, (0, 1)),
    "posted": ({"posted_at": NOON}, (0, 1)),
    "checked in": ({"posted_at": NOON, "checked_in_at": LATER}, (1, 1)),
    "cancelled": ({"cancelled_at": NOON}, (1, 0)),
}


@pytest.mark.parametrize(("fields", "expected"), RENTALS.values(), ids=RENTALS)
def test_a_rental_that_comes_changes_and_goes(fields, expected):
    title = make_title()
    rental = make_rental(title=title)
    assert stock(title) == (1, 0, 0, 1)
    update(rental, **fields)
    assert stock(title) == (1, expected[0], 0, expected[1])
    rental.delete()
    assert stock(title) == (1, 1, 0, 0)
    assert Stock.objects.wrong() == []


def test_a_rental_given_another_copy():
    titles = [make_title(), make_title()]
    rental, other = make_rental(title=titles[0]), make_copy(title=titles[1])
    update(rental, copy=other)
    assert [stock(title) for title in titles] == [(1, 1, 0, 0), (1, 0, 0, 1)]


def test_a_copy_that_was_entered_under_the_wrong_disc():
    titles = [make_title(), make_title()]
    copy = make_copy(title=titles[0])
    update(copy, disc=make_disc(release=make_release(title=titles[1])))
    assert [stock(title)[:2] for title in titles] == [(0, 0), (1, 1)]
    assert Stock.objects.wrong() == []


def test_a_request_that_comes_is_paused_and_goes():
    entry = make_queue_entry()
    waiting = [stock(entry.title)[2]]
    for fields in (
        {"paused_at": LATER},
        {"rank": 7},
        {"paused_at": None},
        {"removed_at": LATER},
        {"removed_at": None},
        {"sent_at": LATER},
    ):
        update(entry, **fields)
        waiting.append(stock(entry.title)[2])
    entry.delete()
    assert [*waiting, stock(entry.title)[2]] == [1, 0, 0, 1, 0, 1, 0, 0]


def test_a_request_for_a_later_disc_of_a_set_waits_for_the_first():
    release = make_release()
    first, second = make_disc(release=release), make_disc(release=release, number=2)
    member = make_member()
    make_queue_entry(member=member, title=release.title, disc=second)
    assert stock(release.title)[2] == 0
    make_queue_entry(member=member, title=release.title, disc=first)
    assert stock(release.title)[2] == 1
    Stock.objects.rebuild()
    assert Stock.objects.wrong() == []


def test_a_request_for_another_title():
    entry, other = make_queue_entry(), make_title()
    update(entry, title=other)
    assert (stock(entry.title)[2], stock(other)[2]) == (0, 1)


def test_many_rows_in_one_statement():
    title, members = make_title(), [make_member() for _ in range(3)]
    disc = make_disc(release=make_release(title=title))
    copies = Copy.objects.bulk_create(Copy(disc=disc, barcode=f"b{n}", acquired_on=DAY) for n in range(4))
    Rental.objects.bulk_create(
        Rental(copy=copy, member=member, place=1, allocated_at=NOON)
        for copy, member in zip(copies, members, strict=False)
    )
    QueueEntry.objects.bulk_create(QueueEntry(member=member, title=title, rank=1, asked_at=NOON) for member in members)
    assert stock(title) == (4, 1, 3, 3)
    Rental.objects.all().update(posted_at=NOON, checked_in_at=LATER)
    QueueEntry.objects.all().delete()
    assert stock(title) == (4, 4, 0, 3)
    assert Stock.objects.wrong() == []


def test_a_set_is_in_when_its_first_disc_is():
    release = make_release()
    first, second = (make_copy(disc=make_disc(release=release, number=number)) for number in (1, 2))
    make_rental(copy=first)
    assert stock(release.title) == (1, 0, 0, 1)
    make_rental(copy=second)
    assert stock(release.title) == (1, 0, 0, 1)
    assert Stock.objects.wrong() == []


def test_it_is_held_since_its_first_copy():
    title = make_title()
    make_copy(title=title, acquired_on=date(2026, 3, 1))
    make_copy(title=title, acquired_on=date(2026, 2, 1), withdrawn_at=NOON)
    assert Stock.objects.get(title=title).held_since == date(2026, 2, 1)


# ------------------------------------------------------------------ proof and repair
SPOILT = {"copies": 3, "waiting": 1, "rentals": 5, "held_since": DAY}


@pytest.mark.parametrize(("name", "value"), SPOILT.items())
def test_fsck_finds_a_wrong_stock_and_a_rebuild_repairs_it(name, value, capsys):
    title, other = make_title(), make_title()
    Stock.objects.filter(title=title).update(**{name: value})
    with pytest.raises(CommandError):
        call_command("fsck")
    assert "Stock is what its rows say." in capsys.readouterr().err
    call_command("rebuild_stock")
    assert "1 row" in capsys.readouterr().out
    assert Stock.objects.wrong() == []
    assert stock(other) == (0, 0, 0, 0)


def test_fsck_finds_a_title_without_stock():
    make_title()
    Stock.objects.all().delete()
    assert len(Stock.objects.wrong()) == 1
    Stock.objects.rebuild()
    assert Stock.objects.wrong() == []


def test_fsck_finds_a_request_for_a_disc_of_another_title(capsys):
    make_queue_entry(disc=make_disc())
    with pytest.raises(CommandError):
        call_command("fsck")
    assert "A disc that a queue asks for is one of its title's." in capsys.readouterr().err


# ------------------------------------------------------------------ words
WAITS = [  # copies, on shelf, waiting: words
    ((0, 0, 0), {"is": "none", "text": "Not here yet"}),
    ((2, 1, 9), {"is": "in", "text": "In stock"}),
    ((3, 0, 0), {"is": "soon", "text": "About a week"}),
    ((1, 0, 0), {"is": "soon", "text": "About 2 weeks"}),
    ((2, 0, 6), {"is": "long", "text": "About 6 weeks"}),
    ((1, 0, 3), {"is": "long", "text": "About 7 weeks"}),
]


@pytest.mark.parametrize(("counts", "words"), WAITS)
def test_the_words_say_how_long_one_waits(counts, words):
    title = make_title()
    Stock.objects.filter(title=title).update(**dict(zip(("copies", "on_shelf", "waiting"), counts, strict=True)))
    assert Stock.objects.get(title=title).words() == words


def test_a_title_that_is_not_out_on_disc_says_so():
    assert Stock.objects.get(title=make_title()).words(released=False)["text"] == "Not on UK disc"


# ------------------------------------------------------------------ pages that show it
def touched(title):
    return PageVersion.objects.get(title=title).version != 0 or SiteVersion.objects.get().version != 0


def settle():
    PageVersion.objects.update(version=0)
    SiteVersion.objects.update(version=0)


@pytest.fixture(params=["itself", "similar", "popular"])
def shown(request):
    """(a title whose page shows how long one waits for another, that other)"""
    if request.param == "similar":
        row = make_similar_title()
        return row.title, row.other
    other = make_popular_title().title if request.param == "popular" else make_title()
    return (other if request.param == "itself" else make_title()), other


def test_pages_change_when_the_wait_does(shown):
    page, title = shown
    settle()
    copy = make_copy(title=title)
    assert touched(page)
    settle()
    rental = make_rental(copy=copy)
    assert touched(page)
    settle()
    update(rental, posted_at=NOON, checked_in_at=LATER)
    assert touched(page)


def test_pages_do_not_change_when_the_wait_does_not(shown):
    page, title = shown
    disc = make_disc(release=make_release(title=title))
    copies = [make_copy(disc=disc), make_copy(disc=disc)]
    settle()
    rental = make_rental(copy=copies[0])
    make_queue_entry(title=title)
    update(rental, posted_at=NOON)
    update(copies[1], shelf="B-014")
    assert not touched(page)


def test_a_card_changes_when_its_title_comes_out_on_disc(shown):
    page, title = shown
    settle()
    release = make_release(title=title)
    assert touched(page)
    settle()
    release.delete()
    assert touched(page)


def test_a_deleted_title_takes_its_stock_along():
    make_title().delete()
    assert not Stock.objects.exists()
    assert not Title.objects.exists()
