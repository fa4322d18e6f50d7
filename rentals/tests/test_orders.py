"""Orders to suppliers: which edition to buy, what is on order, and what comes in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalogue.invariants import broken
from members.models import Member
from rentals.desk import buying
from rentals.models import Copy, Order, OutOfPrint, Stock
from tests.factories import (
    make_copy,
    make_disc,
    make_member,
    make_order,
    make_out_of_print,
    make_queue_entry,
    make_release,
    make_release_identifier,
    make_rental,
    make_staff,
    make_title,
)

pytestmark = pytest.mark.django_db
BUYING, ORDERS, RECEIVE = (
    reverse("rentals:desk_buying"),
    reverse("rentals:desk_orders"),
    reverse("rentals:desk_receive"),
)


@pytest.fixture
def hand(client):
    member = make_staff()
    member.groups.add(Group.objects.get(name="desk"))
    client.force_login(member)
    client.member = member
    return client


@pytest.fixture
def today():
    return timezone.localdate()


def edition(title, medium="dvd", *, out=0, shelf=0, **fields):
    """An edition with a disc, of which so many copies are out, and so many on the shelf."""
    disc = make_disc(release=make_release(title=title, medium=medium, **fields))
    for _ in range(out):
        make_rental(copy=make_copy(disc=disc))
    for _ in range(shelf):
        make_copy(disc=disc)
    return disc.release


def ask(title, times=1, **fields):
    for _ in range(times):
        make_queue_entry(title=title, **fields)


def read(page):
    return " ".join(page.content.decode().split())


def lines():
    """{edition: (asked, copies)} of what can be bought, in order; then of what cannot."""
    return {line.release: (line.asked, line.copies) for line in buying.lines()}


def order_url(release):
    return reverse("rentals:desk_order", args=[release.pk])


def gone_url(release):
    return reverse("rentals:desk_out_of_print", args=[release.pk])


def sent(disc, **fields):
    return {"disc": disc.pk, "count": "", "barcodes": "", "condition": "new", "licence": "rental"} | fields


# ------------------------------------------------------------------ which edition
def test_a_request_for_any_edition_counts_once_where_most_copies_are_and_takes_the_others_along():
    title = make_title()
    edition(title, "blu-ray", out=1), edition(title, "4k")
    main = edition(title, "dvd", out=2)
    ask(title, 5)
    assert lines() == {main: (5, 3)}


def test_without_copies_it_counts_at_the_best_medium():
    title = make_title()
    edition(title, "dvd"), edition(title, "blu-ray")
    best = edition(title, "4k")
    ask(title)
    assert lines() == {best: (1, 0)}


def test_a_request_for_a_medium_or_a_disc_counts_there_and_keeps_its_copies():
    title = make_title()
    dvd, blu_ray = edition(title, "dvd", out=2), edition(title, "blu-ray", out=1)
    ask(title, 3)
    ask(title, 2, medium="blu-ray")
    ask(title, disc=blu_ray.discs.get())
    assert lines() == {blu_ray: (3, 1), dvd: (3, 2)}


def test_two_editions_of_a_medium_answer_for_it_together():
    title = make_title()
    first, _ = edition(title, "dvd", out=2), edition(title, "dvd", out=1)
    ask(title, 2, medium="dvd")
    assert lines() == {first: (2, 3)}


def test_what_lies_on_the_shelf_answers_all_that_it_can_and_nothing_else():
    title = make_title()
    edition(title, "dvd", shelf=1)
    blu_ray = edition(title, "blu-ray", out=4)
    ask(title, 5)
    ask(title, 5, medium="dvd")
    ask(title, 2, medium="blu-ray")
    assert lines() == {blu_ray: (2, 4)}


def test_paused_and_ended_requests_and_later_discs_do_not_count():
    title, now = make_title(), timezone.now()
    release = edition(title)
    second = make_disc(release=release, number=2)
    ask(title, paused_at=now), ask(title, sent_at=now), ask(title, removed_at=now), ask(title, disc=second)
    assert lines() == {}


def test_an_edition_to_come_is_reserved_though_copies_of_it_are_here(hand, today):
    title = make_title(name="Soon")
    coming = edition(title, shelf=1, released_on=(today + timedelta(days=9)).isoformat())
    ask(title, 6)
    (line,) = buying.lines()
    assert (line.release, line.waiting, line.reserved, line.by_ratio) == (coming, 0, 6, 1)
    assert line.wait.startswith("Out on ") and line.wait in read(hand.get(BUYING))


def test_what_is_on_order_is_taken_off(hand, today):
    title = make_title()
    release = edition(title, out=1)
    ask(title, 20)
    Stock.objects.filter(title=title).update(days_away=7)
    soon, later = today + timedelta(days=3), today + timedelta(days=9)
    make_order(release=release, quantity=2, expected_on=later)
    make_order(release=release, quantity=4, received=3, received_on=today, expected_on=soon)
    make_order(release=release, quantity=9, closed_on=today)
    (line,) = buying.lines()
    assert (line.on_order, line.expected_on, line.by_ratio, line.by_forecast) == (3, soon, 1, 7)
    rows = hand.get(reverse("rentals:desk_buying_csv")).content.decode().splitlines()
    assert rows[1] == f"A film,1957,DVD,20,0,0,1,3,{soon.isoformat()},7,1,7,"


def test_the_page_takes_as_many_queries_for_many(hand, django_assert_num_queries):
    def film(number):
        title = make_title(name=f"Film {number}")
        make_order(release=edition(title, out=1))
        ask(title, 9)

    film(0)
    hand.get(BUYING), hand.get(ORDERS)
    counts = {}
    for page, most in ((BUYING, 12), (ORDERS, 12)):
        with django_assert_num_queries(most, exact=False) as few:
            hand.get(page)
        counts[page] = len(few)
    for number in range(1, 8):
        film(number)
    for page, count in counts.items():
        with django_assert_num_queries(count):
            hand.get(page)


# ------------------------------------------------------------------ ordering
def test_an_order_is_made_from_its_line_and_taken_back_there(hand, today):
    release = edition(make_title(name="Ran"), out=1)
    ask(release.title, 4)
    page = hand.post(order_url(release), {"quantity": "8", "supplier": " Second   Sight "}, follow=True)
    order = Order.objects.get()
    made = order.release, order.quantity, order.supplier, order.ordered_on, order.by, order.to_come
    assert made == (release, 8, "Second Sight", today, hand.member, 8)
    assert "8 of Ran, DVD, ordered from Second Sight." in read(page)
    hand.post(reverse("rentals:desk_cancel_order", args=[order.pk]))
    assert not Order.objects.open().exists() and "Nothing on order" in read(hand.get(ORDERS))
    assert "ordered from" not in read(hand.get(BUYING, {"ordered": order.pk}))


def test_the_form_asks_for_the_forecast_from_who_supplied_last(hand):
    make_order(supplier="First"), make_order(supplier="Last"), make_order(supplier="First")
    release = edition(make_title(), out=1)
    ask(release.title, 3)
    Stock.objects.filter(title=release.title).update(days_away=14)
    page = hand.get(BUYING)
    (row,) = page.context["rows"]
    assert row["form"].initial == {"quantity": 3, "supplier": "First"}
    assert page.context["suppliers"] == ["First", "Last"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quantity": ""}, "Say how many."),
        ({"quantity": "a few"}, "Write how many as a number."),
        ({"quantity": "0"}, "Order at least one."),
        ({"quantity": "241"}, "Order at most 240 at once."),
        ({"supplier": "  "}, "Say who supplies it."),
        ({"supplier": "x" * 101}, "at most 100 characters"),
        ({"supplier": "a\0b"}, "Null characters"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_a_mistake_is_named_and_what_was_sent_stands_there_still(hand, fields, said, listed):
    release = edition(make_title(name="Ran"), out=1)
    ask(release.title, 1 if listed else 0)
    page = hand.post(order_url(release), {"quantity": "7", "supplier": "Arrow"} | fields)
    assert page.status_code == 200 and said in read(page) and "Nothing was ordered of Ran, DVD." in read(page)
    assert ('value="Arrow"' in read(page)) == (listed and "supplier" not in fields)
    assert (f'<a href="#line-{release.pk}-' in read(page)) == listed
    assert not Order.objects.exists()


def test_what_is_not_to_be_had_new_stands_apart_and_its_requests_count_elsewhere(hand, today):
    title = make_title(name="Ran")
    dvd, blu_ray = edition(title, "dvd", out=2), edition(title, "blu-ray")
    ask(title, 8)
    hand.post(gone_url(dvd)), hand.post(gone_url(dvd))
    noted = OutOfPrint.objects.get()
    assert (noted.release, noted.noted_on, noted.by) == (dvd, today, hand.member)
    assert lines() == {blu_ray: (8, 2), dvd: (0, 2)}
    page = hand.get(BUYING)
    assert [row["line"].release for row in page.context["gone"]] == [dvd] and "Look for used copies" in read(page)
    hand.post(gone_url(dvd), {"off": "1"}), hand.post(gone_url(dvd), {"off": "1"})
    assert not OutOfPrint.objects.exists() and lines() == {dvd: (8, 2)}


def test_a_film_of_which_nothing_is_to_be_had_stands_last_with_all_its_requests():
    gone, other = edition(make_title(), out=1), edition(make_title(), out=9)
    make_out_of_print(release=gone)
    ask(gone.title, 50), ask(other.title)
    assert list(lines().items()) == [(other, (1, 9)), (gone, (50, 1))]


# ------------------------------------------------------------------ orders
def test_orders_that_are_late_stand_first_and_those_without_a_day_last(hand, today):
    fields = {"ordered_on": today - timedelta(days=40)}
    names = {"Open": None, "Soon": 5, "Late": -1, "Later still": -9}
    for name, days in names.items():
        expected = None if days is None else today + timedelta(days=days)
        make_order(release=make_release(title=make_title(name=name)), expected_on=expected, **fields)
    page = hand.get(ORDERS)
    rows = [(row["order"].release.title.name, row["late"]) for row in page.context["rows"]]
    assert rows == [("Later still", True), ("Late", True), ("Soon", False), ("Open", False)]
    assert "20 to come, 2 orders late." in read(page)


def test_the_day_and_a_note_are_changed_or_refused(hand, today):
    order = make_order(ordered_on=today)
    url = reverse("rentals:desk_expect", args=[order.pk])
    hand.post(url, {"expected_on": "2099-03-31", "note": "New pressing."})
    order.refresh_from_db()
    assert (order.expected_on.isoformat(), order.note) == ("2099-03-31", "New pressing.")
    for day, said in (("1999-01-01", "It cannot come before"), ("soon", "Write the day as 2027-03-31.")):
        page = hand.post(url, {"expected_on": day, "note": "Kept"})
        assert page.status_code == 200 and said in read(page) and 'value="Kept"' in read(page)
    hand.post(url, {"expected_on": "", "note": ""})
    order.refresh_from_db()
    assert (order.expected_on, order.note) == (None, "")


def test_the_rest_is_cancelled_and_comes_after_all(hand, today):
    order = make_order(quantity=5, received=2, received_on=today, ordered_on=today)
    url = reverse("rentals:desk_cancel_order", args=[order.pk])
    assert "2 of 5, the rest cancelled" in read(hand.post(url, follow=True))
    assert "nothing to cancel" in read(hand.post(url, follow=True))
    late = hand.post(reverse("rentals:desk_expect", args=[order.pk]), {"expected_on": "", "note": "x"}, follow=True)
    assert "nothing was changed" in read(late)
    assert "of 5 still to come" in read(hand.post(url, {"off": "1"}, follow=True))
    assert "This order is not cancelled." in read(hand.post(url, {"off": "1"}, follow=True))
    assert Order.objects.open().get().to_come == 3


def test_orders_are_for_who_has_the_right(client):
    order = make_order()
    member = make_staff()
    member.groups.add(Group.objects.get(name="cataloguer"))
    client.force_login(member)
    assert client.get(ORDERS).status_code == 403
    posts = order_url(order.release), gone_url(order.release), reverse("rentals:desk_cancel_order", args=[order.pk])
    assert {client.post(url).status_code for url in posts} == {403}
    assert Order.objects.open().exists() and not OutOfPrint.objects.exists()


# ------------------------------------------------------------------ goods in
def test_an_order_leads_to_its_delivery_with_what_is_to_come(hand, today):
    disc = make_disc()
    order = make_order(release=disc.release, quantity=5, received=2, received_on=today)
    page = hand.get(RECEIVE, {"order": order.pk}, follow=True)
    assert (page.context["disc"], page.context["form"].initial["count"]) == (disc, 3)
    assert page.context["form"].initial["source"] == "Second Sight" and "3 to come of 5 ordered" in read(page)
    second = make_disc(release=disc.release, number=2)
    page = hand.get(RECEIVE, {"order": order.pk})
    assert page.context["discs"] == [disc, second] and f"?disc={second.pk}&amp;order={order.pk}" in read(page)
    other = hand.get(RECEIVE, {"order": order.pk, "disc": make_disc().pk})
    assert "count" not in other.context["form"].initial and hand.get(RECEIVE, {"order": "x"}).status_code == 200


def test_what_comes_in_counts_toward_open_orders_the_oldest_first_and_never_beyond(hand, today):
    disc = make_disc()
    make_order()  # of another edition
    cancelled = make_order(release=disc.release, quantity=9, closed_on=today)
    newer = make_order(release=disc.release, quantity=4, ordered_on=today)
    older = make_order(release=disc.release, quantity=2, ordered_on=today - timedelta(days=1))
    page = hand.post(RECEIVE, sent(disc, count=3), follow=True)
    assert "all 2 came" in read(page) and "3 of 4 still to come" in read(page)
    hand.post(RECEIVE, sent(disc, barcodes="EU-1\nEU-2\nEU-3\nEU-4\nEU-5"))
    received = dict(Order.objects.filter(received__gt=0, received_on=today).values_list("pk", "received"))
    assert received == {older.pk: 2, newer.pk: 4} and Copy.objects.count() == 8
    cancelled.refresh_from_db()
    assert cancelled.received == 0 and broken() == {}


def test_fsck_finds_an_order_that_counts_more_than_came():
    order = make_order(received=1, received_on="2027-01-02")
    make_copy(disc=make_disc(release=order.release, number=2))
    assert list(broken()) == ["No more of an edition came in on orders than there are copies of its first disc."]


def test_a_set_counts_once_with_its_first_disc(hand):
    first = make_disc()
    second, order = make_disc(release=first.release, number=2), make_order(release=first.release, quantity=3)
    hand.post(RECEIVE, sent(second, count=2))
    hand.post(RECEIVE, sent(first, count=2))
    order.refresh_from_db()
    assert order.received == 2


def test_a_file_counts_and_what_is_refused_does_not(hand):
    disc = make_disc(release=make_release_identifier(value="5035673012345").release)
    order = make_order(release=disc.release)
    data = SimpleUploadedFile("delivery.csv", b"ean,barcode\n5035673012345,EU-1\n5035673012345,EU-2\n")
    found = hand.post(reverse("rentals:desk_delivery_file"), {"file": data})
    confirm = reverse("rentals:desk_confirm_delivery"), {"sealed": found.context["sealed"]}
    hand.post(*confirm), hand.post(*confirm)  # the second time its barcodes are here
    order.refresh_from_db()
    assert (Copy.objects.count(), order.received) == (2, 2)


def test_a_copy_that_is_added_in_the_admin_counts(client):
    disc = make_disc()
    order = make_order(release=disc.release, quantity=1)
    client.force_login(make_staff(is_superuser=True))
    fields = {"release": disc.release.pk, "disc_number": 1, "acquired_on": "2027-01-02", "barcode": "", "shelf": ""}
    for _ in range(2):
        assert client.post(reverse("admin:rentals_copy_add"), fields).status_code == 302
    order.refresh_from_db()
    assert (Copy.objects.count(), order.received) == (2, 1) and broken() == {}


def test_a_delivery_with_many_editions_takes_no_more_queries(hand, django_assert_num_queries):
    def file(number):
        discs = [make_disc(release=make_release(title=make_title(name=f"F{number}-{at}"))) for at in range(number)]
        for disc in discs:
            make_order(release=disc.release)
        rows = "".join(f"{disc.release.title.get_absolute_url()}\n" for disc in discs)
        data = SimpleUploadedFile("delivery.csv", f"film\n{rows}".encode())
        sealed = hand.post(reverse("rentals:desk_delivery_file"), {"file": data}).context["sealed"]
        return reverse("rentals:desk_confirm_delivery"), {"sealed": sealed}

    one, many = file(1), file(30)
    with django_assert_num_queries(40, exact=False) as few:
        hand.post(*one)
    most = len(few)
    with django_assert_num_queries(most, exact=False):
        hand.post(*many)
    assert Order.objects.filter(received=1).count() == 31


# ------------------------------------------------------------------ who waits sees it
def queue_of(client, member):
    client.force_login(member)
    return read(client.get(reverse("rentals:queue")))


def test_who_waits_sees_at_once_that_a_delivery_came(hand):
    disc = make_disc(release=make_release(title=make_title(name="Ran")))
    title = disc.release.title
    make_rental(copy=make_copy(disc=disc))
    waiting = make_queue_entry(title=title).member
    order = make_order(release=disc.release, quantity=3)
    staff = Member.objects.get(pk=hand.member.pk)
    before = queue_of(hand, waiting)
    assert "In stock" not in before and "3 more copies are on order." in before
    hand.force_login(staff)
    assert "3 more copies are on order." in read(hand.get(title.get_absolute_url()))
    page = hand.post(RECEIVE, sent(disc, count=1), follow=True)
    assert "1 member waits for this. The next round sends it" in read(page)
    after = queue_of(hand, waiting)
    assert "In stock" in after and "on order" not in after
    hand.force_login(staff)
    assert Stock.objects.get(title=title).wait_days == 0 and "In stock" in read(hand.get(title.get_absolute_url()))
    order.refresh_from_db()
    assert order.to_come == 2 and broken() == {}


def test_a_copy_that_is_held_back_lights_up_nothing(hand):
    disc = make_disc()
    ask(disc.release.title, 2)
    page = hand.post(RECEIVE, sent(disc, count=1, licence="none"), follow=True)
    assert "members wait" not in read(page) and Stock.objects.get(title=disc.release.title).wait_days != 0


def test_only_who_asks_for_these_discs_is_said_to_wait(hand, today):
    title = make_title()
    dvd, blu_ray = edition(title, "dvd"), edition(title, "blu-ray")
    second = make_disc(release=dvd, number=2)
    ask(title), ask(title, medium="dvd"), ask(title, disc=dvd.discs.get(number=1))
    ask(title, medium="blu-ray"), ask(title, disc=second), ask(title, paused_at=timezone.now()), ask(make_title())
    both = make_member()
    make_queue_entry(title=title, member=both), make_queue_entry(title=title, member=both, medium="dvd")
    counts = {
        disc: hand.get(RECEIVE, {"disc": disc.pk}).context["waiting"]
        for disc in (*dvd.discs.all(), blu_ray.discs.get())
    }
    assert list(counts.values()) == [4, 1, 3]
    coming = make_disc(release=make_release(title=make_title(), released_on=(today + timedelta(days=9)).isoformat()))
    ask(coming.release.title)
    assert hand.get(RECEIVE, {"disc": coming.pk}).context["waiting"] == 0
