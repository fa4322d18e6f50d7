"""What a member does on the queue's page beyond adding: numbers, pauses, editions, sets, sorting, clearing."""

import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rentals import ranks
from rentals.models import QueueEntry, TwoAtOnce
from rentals.queue import enqueue_set, remove
from tests.factories import (
    NOON,
    make_copy,
    make_disc,
    make_genre,
    make_member,
    make_membership,
    make_plan,
    make_player,
    make_queue_entry,
    make_release,
    make_rental,
    make_title,
    make_title_genre,
)
from tests.pages import by_id, get, of_class, text

pytestmark = pytest.mark.django_db
QUEUE, RENUMBER, SORT, UNSORT, CLEAR, REMOVED, RESTORE = (
    reverse(f"rentals:{name}") for name in ("queue", "renumber", "sort", "unsort", "clear", "removed", "restore")
)
ACTIONS = ("move", "pause_entry", "edition", "remove")


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def titled(name, medium="dvd", released_on="2001-03-26", **fields):
    title = make_title(name=name, **fields)
    make_release(title=title, medium=medium, released_on=released_on)
    return title


def queued(member, *names):
    return [make_queue_entry(member=member, title=titled(name)) for name in names]


def names(member):
    return "".join(member.queue.in_order().values_list("title__name", flat=True))


def said(client, url, **sent):
    """What the page says after something was sent."""
    return " ".join(str(message) for message in client.post(url, sent, follow=True).context["messages"])


def at(name, entry):
    return reverse(f"rentals:{name}", args=[entry.pk])


def rows(page):
    return [text(row.find(".//h3")) for row in page.find(".//ol[@class='queue']") if row.find(".//h3") is not None]


def row_of(page, entry):
    return text(by_id(page, f"entry-{entry.pk}"))


# ------------------------------------------------------------------ numbers
def test_enter_in_one_box_sends_all_numbers_that_were_changed(client, member):
    page_of = {f"to-{entry.pk}-{n}": n for n, entry in enumerate(queued(member, *"ABCD"), 1)}
    sent = dict(zip(page_of, [4, 2, 1, 4], strict=True))
    assert said(client, RENUMBER, **sent) == "2 films moved."
    assert names(member) == "CBDA"


def test_one_changed_number_says_where_the_film_is(client, member):
    entries = queued(member, *"ABC")
    assert said(client, RENUMBER, **{f"to-{entries[2].pk}-3": " 1 "}) == "C is now number 1 of 3."
    assert names(member) == "CAB"


def test_the_first_button_of_the_form_is_the_one_that_enter_presses(client, member):
    queued(member, *"AB")
    form = by_id(get(client, QUEUE), "order")
    first = next(form.iter("button"))
    assert first.get("formaction") is None and form.get("action") == RENUMBER
    assert len([field for field in form.iter("input") if field.get("name") == "form_key"]) == 1


NO_PLACE = ["0", "-1", "5", "1000000000", "x", "", " ", "1.5", "1e3", "٣", "½", "\x00", "9" * 30]


@pytest.mark.parametrize("sent", NO_PLACE)
def test_a_place_that_there_is_not_is_told_and_nothing_moves(client, member, sent):
    entries = queued(member, *"ABCD")
    told = "Your queue has 4 films: choose 1 to 4. Nothing was moved."
    assert said(client, at("move", entries[2]), to=sent) == told
    if sent.strip() != "3":
        assert said(client, RENUMBER, **{f"to-{entries[2].pk}-3": sent}) == told
        assert said(client, RENUMBER, **{f"to-{entries[2].pk}-3": sent, f"to-{entries[0].pk}-1": "2"}) == told
    assert names(member) == "ABCD"


def test_a_button_that_leads_nowhere_is_no_step(client, member):
    entries = queued(member, *"AB")
    assert "choose 1 to 2" in said(client, at("move", entries[0]), move="sideways")


def test_no_box_changed_and_nothing_is_moved(client, member):
    entries = queued(member, *"AB")
    assert said(client, RENUMBER, **{f"to-{entries[0].pk}-1": "1"}) == "No number was changed."


def test_an_entry_that_is_gone_is_told(client, member):
    entries = queued(member, *"AB")
    remove(entries[0], now=timezone.now())
    gone = "A is not in your queue any more."
    assert said(client, at("move", entries[0]), move="up") == gone
    assert said(client, RENUMBER, **{f"to-{entries[0].pk}-1": "2"}) == "A is not in your queue any more."
    assert said(client, at("remove", entries[0])) == gone
    assert "or is gone" in said(client, at("pause_entry", entries[0]))
    assert "or is gone" in said(client, at("edition", entries[0]), edition="dvd")
    assert names(member) == "B"


@pytest.mark.parametrize("name", ACTIONS)
def test_the_entry_of_another_is_not_found(client, name):
    entry = queued(other := make_member(), "A")[0]
    assert client.post(at(name, entry), {"move": "top", "edition": "dvd"}).status_code == 404
    assert client.get(at(name, entry)).status_code == 404
    assert client.post(RENUMBER, {f"to-{entry.pk}-1": "2"}).status_code == 404
    assert names(other) == "A"
    assert not QueueEntry.objects.exclude(paused_at=None, medium="").exists()


def test_an_entry_that_never_was_is_not_found(client):
    for key in (1, 10**12, 10**30):
        assert client.post(f"/queue/{key}/move/", {"move": "top"}).status_code == 404
    assert client.post(RENUMBER, {"to-99999-1": "2"}).status_code == 404


# ------------------------------------------------------------------ one effect, and back to where one was
def test_a_double_click_moves_once(client, member):
    entries = queued(member, *"ABCD")
    sent = {"move": "up", "form_key": str(uuid.uuid4())}
    for _ in range(2):
        assert said(client, at("move", entries[3]), **sent) == "D is now number 3 of 4."
    assert names(member) == "ABDC"


def test_the_page_comes_back_as_it_was_looked_at_at_the_entry(client, member):
    entries = queued(member, *"ABC")
    moved = client.post(at("move", entries[2]), {"move": "top", "back": "?sort=title&genre=war"})
    assert moved.url == f"{QUEUE}?sort=title&genre=war#entry-{entries[2].pk}"
    away = client.post(at("move", entries[2]), {"move": "top", "back": "https://example.org/?sort=<script>"})
    assert away.url == f"{QUEUE}#entry-{entries[2].pk}"


# ------------------------------------------------------------------ pauses, editions
def test_a_paused_film_says_so_and_keeps_its_place(client, member):
    entries = queued(member, *"ABC")
    assert said(client, at("pause_entry", entries[1])) == "B is paused and keeps its place."
    page = get(client, QUEUE)
    assert rows(page) == ["A", "B", "C"]
    assert "Paused: keeps its place" in row_of(page, entries[1]) and "Resume B" in row_of(page, entries[1])
    assert said(client, at("pause_entry", entries[1]), resume="1") == "B is no longer paused."
    assert not QueueEntry.objects.exclude(paused_at=None).exists()


def test_an_edition_is_chosen_from_those_there_are(client, member):
    entry = queued(member, "A")[0]
    make_release(title=entry.title, medium="blu-ray")
    select = by_id(get(client, QUEUE), f"edition-{entry.pk}")
    assert [option.get("value") for option in select] == ["", "dvd", "blu-ray"]
    assert said(client, at("edition", entry), **{select.get("name"): "blu-ray"}) == "You get A on Blu-ray."
    assert QueueEntry.objects.get().medium == "blu-ray"
    assert said(client, at("edition", entry), edition="") == "You get A in any edition."


@pytest.mark.parametrize("sent", ["4k", "vhs", "\x00", "x" * 5000])
def test_an_edition_that_there_is_not_is_told(client, member, sent):
    entry = queued(member, "A")[0]
    assert "does not come in that edition" in said(client, at("edition", entry), edition=sent)
    assert "does not come in that edition" in said(client, at("edition", entry))
    assert QueueEntry.objects.get().medium == ""


def test_what_the_plan_or_the_player_has_not_stays_and_says_why(client, member):
    make_membership(member=member, plan=make_plan(media=["dvd", "blu-ray"]))
    make_player(member=member, medium="dvd")
    ok, blu_ray, uhd = (
        make_queue_entry(member=member, title=titled(name, medium))
        for name, medium in [("A", "dvd"), ("B", "blu-ray"), ("C", "4k")]
    )
    page = get(client, QUEUE)
    assert "You told us of no Blu-ray player." in row_of(page, blu_ray)
    assert "Not in your plan, which has DVD and Blu-ray." in row_of(page, uhd)
    assert not of_class(by_id(page, f"entry-{ok.pk}"), "note-line")


def test_the_sentence_on_top_says_plan_places_and_films(client, member):
    plan = make_plan(places_at_home=4, price_pence=2499)
    make_membership(member=member, plan=plan)
    now = timezone.now()
    make_rental(member=member, title=titled("K"), allocated_at=now - timedelta(5), posted_at=now - timedelta(5))
    make_rental(member=member, title=titled("R"), allocated_at=now)
    queued(member, *"ABC")
    words = "Four at a time, £24.99 a month. One disc at home, one disc on the way, two places free, 3 films waiting."
    assert words in text(of_class(get(client, QUEUE), "page-head")[0])


# ------------------------------------------------------------------ sorting and narrowing
@pytest.fixture
def various(member):
    """C, A, B in this order, of different years, lengths and stock."""
    entries = [
        make_queue_entry(member=member, title=titled(name, year=year, runtime_minutes=minutes), asked_at=NOON + since)
        for name, year, minutes, since in [
            ("C", 1990, 100, timedelta(0)),
            ("A", 1960, 120, timedelta(hours=2)),
            ("B", 1930, 80, timedelta(hours=1)),
        ]
    ]
    make_copy(title=entries[2].title)
    make_title_genre(title=entries[1].title, genre=make_genre(name="War", slug="war"))
    return entries


LOOKS = [("title", "ABC"), ("year", "BAC"), ("added", "ABC"), ("run-time", "BCA"), ("wait", "BCA"), ("<", "CAB")]


@pytest.mark.parametrize(("sort", "expected"), LOOKS)
def test_a_queue_is_looked_at_sorted_and_stays_as_it_is(client, member, various, sort, expected):
    page = get(client, QUEUE, data={"sort": sort})
    assert "".join(rows(page)) == expected
    assert ("Shown sorted" in text(page.find(".//main"))) == (sort != "<")
    assert names(member) == "CAB"


def test_a_queue_is_looked_at_in_part_with_its_own_numbers(client, various):
    page = get(client, QUEUE, data={"genre": "war"})
    assert rows(page) == ["A"]
    assert by_id(page, f"to-{various[1].pk}").get("value") == "2"
    assert rows(get(client, QUEUE, data={"in_stock": "1"})) == ["B"]
    nothing = get(client, QUEUE, data={"genre": "war", "in_stock": "1"})
    assert rows(nothing) == [] and "Nothing in your queue is like that." in text(nothing.find(".//main"))


def test_a_look_is_made_the_order_and_undone(client, member, various):
    page = client.post(SORT, {"sort": "year"}, follow=True)
    assert names(member) == "BAC"
    assert "Put the old order back" in page.content.decode()
    assert said(client, UNSORT) == "Your queue is in the order it had before."
    assert names(member) == "CAB"
    client.post(UNSORT)
    assert names(member) == "CAB"


@pytest.mark.parametrize("sent", ["", "x", "-year", "rank", "\x00"])
def test_an_order_that_there_is_not_changes_nothing(client, member, various, sent):
    assert "Choose what to sort by" in said(client, SORT, sort=sent)
    assert names(member) == "CAB"


@pytest.mark.parametrize("sent", ["x", "-1", "0", "9" * 40, "\x00", "½"])
def test_nonsense_in_the_address_shows_the_queue(client, various, sent):
    look = dict.fromkeys(("sort", "page"), sent)
    assert rows(get(client, QUEUE, data=look)) == ["C", "A", "B"]
    assert get(client, QUEUE, data=dict.fromkeys(("genre", "cleared", "sorted", "removed"), sent)) is not None


# ------------------------------------------------------------------ clearing, what was taken off
def test_clearing_is_asked_first_and_can_be_undone(client, member):
    queued(member, *"ABC")
    assert "All 3 films come off." in text(get(client, CLEAR).find(".//main"))
    assert names(member) == "ABC"
    url = client.post(CLEAR).url
    assert names(member) == ""
    undo = by_id(get(client, url), "undo")
    assert "3 films off your queue." in text(undo)
    sent = undo.find(".//input[@name='all']").get("value")
    assert said(client, RESTORE, all=sent) == "3 films back in your queue, each in its place."
    assert names(member) == "ABC"
    assert said(client, RESTORE, all=sent) == "There is nothing to put back."


@pytest.mark.parametrize("sent", ["", "x", "2026-13-01", "9" * 50, "\x00", "9999-12-31T23:59:59+14:00"])
def test_a_day_that_nothing_was_taken_off_puts_nothing_back(client, member, sent):
    queued(member, "A")
    client.post(CLEAR)
    assert said(client, RESTORE, all=sent) == "There is nothing to put back."
    assert names(member) == ""


def test_nobody_puts_back_what_another_cleared(client, member, sign_in):
    other = make_member()
    queued(other, "A")
    url = sign_in(other).post(CLEAR).url
    sent = parse_qs(urlsplit(url).query)["cleared"][0]
    assert said(client, RESTORE, all=sent) == "There is nothing to put back."
    assert names(other) == ""


def test_an_empty_queue_is_not_cleared(client):
    assert "There is nothing to clear." in text(get(client, CLEAR).find(".//main"))
    assert said(client, CLEAR) == "Your queue is empty already."


def test_what_was_taken_off_in_30_days_is_listed_and_goes_back_to_its_place(client, member):
    entries = queued(member, *"ABCD")
    now = timezone.now()
    remove(entries[0], now=now - timedelta(days=31))
    remove(entries[1], now=now - timedelta(days=29))
    remove(entries[2], now=now)
    page = get(client, REMOVED)
    assert [text(row.find(".//h2")) for row in of_class(page, "list")[0]] == ["C", "B"]
    form = of_class(page, "list")[0].findall(".//form")[1]
    assert said(client, RESTORE, entry=form.find(".//input[@name='entry']").get("value")) == "B is back, number 1."
    make_queue_entry(member=member, title=entries[2].title)
    assert "In your queue again" in text(of_class(get(client, REMOVED), "list")[0])


def test_nothing_taken_off_says_so(client):
    assert "You have taken nothing off" in text(get(client, REMOVED).find(".//main"))


# ------------------------------------------------------------------ sets
@pytest.fixture
def release():
    release = make_release(title=make_title(name="Dekalog"), medium="blu-ray", released_on="2003")
    for number in range(1, 5):
        make_disc(release=release, number=number)
    return release


def rented(member, release, number, **fields):
    copy = make_copy(disc=release.discs.get(number=number))
    return make_rental(member=member, copy=copy, posted_at=NOON, **fields)


def test_a_set_shows_what_was_seen_is_here_and_comes_next(client, member, release):
    rented(member, release, 1, checked_in_at=NOON)
    rented(member, release, 2)
    enqueue_set(member, release, now=NOON)
    QueueEntry.objects.get(disc__number=1).delete()
    page = get(client, QUEUE)
    assert rows(page) == ["Dekalog, disc 3 of 4", "Dekalog, disc 4 of 4"]
    assert [text(avail) for avail in of_class(page.find(".//ol[@class='queue']"), "avail")] == [
        "Held for you until disc 2 is back",
        "After disc 3",
    ]
    dots = of_class(page, "dots")[0]
    assert [dot.get("class") for dot in dots] == ["seen", "here", "next", "wanted"]
    assert text(dots[1]) == "Disc 2, with you"


def test_two_at_once_and_one_at_a_time(client, member, release):
    enqueue_set(member, release, now=NOON)
    url = reverse("rentals:two_at_once", args=[release.pk])
    assert said(client, url) == "Dekalog comes two discs at once."
    assert "Send one at a time" in text(get(client, QUEUE).find(".//main"))
    assert said(client, url, one="1") == "Dekalog comes one disc at a time."
    assert not TwoAtOnce.objects.exists()


def test_a_set_is_paused_and_resumed(client, member, release):
    enqueue_set(member, release, now=NOON)
    url = reverse("rentals:pause_set", args=[release.pk])
    assert said(client, url) == "Dekalog is paused and keeps its places."
    assert not member.queue.waiting().exists()
    assert said(client, url, resume="1") == "Dekalog is no longer paused."
    assert member.queue.waiting().count() == 4


@pytest.mark.parametrize("name", ["two_at_once", "pause_set"])
def test_a_set_that_one_does_not_ask_for_is_not_found(client, release, name):
    enqueue_set(make_member(), release, now=NOON)
    url = reverse(f"rentals:{name}", args=[release.pk])
    assert client.post(url).status_code == client.get(url).status_code == 404
    assert not TwoAtOnce.objects.exists()


def test_a_disc_that_comes_out_elsewhere_says_why(client, member, release):
    enqueue_set(member, release, now=NOON)
    last = member.queue.get(disc__number=4)
    told = said(client, at("move", last), to="1")
    assert told == "Dekalog, disc 4 is now number 4 of 4. The discs of a set stay in order."


# ------------------------------------------------------------------ reserved
def test_what_is_not_out_yet_is_reserved_with_its_day_and_the_place_in_line(client, member):
    coming = titled("Salt", "blu-ray", released_on="2099-12-07")
    make_copy(disc=make_disc(release=coming.releases.get()))
    make_queue_entry(title=coming, asked_at=NOON - timedelta(days=1))
    make_queue_entry(title=coming, asked_at=NOON - timedelta(days=1), paused_at=NOON)
    make_queue_entry(title=coming, asked_at=NOON + timedelta(days=1))
    make_queue_entry(title=coming, asked_at=NOON + timedelta(days=1), claim_at=NOON + timedelta(days=2))
    entry = make_queue_entry(member=member, title=coming)
    undated = make_queue_entry(member=member, title=titled("Malady", released_on=""))
    page = get(client, QUEUE)
    section = page.find(".//section[@aria-labelledby='h-reserved']")
    (first,) = section.findall(".//li")
    assert "Blu-ray, out on 7 December 2099" in text(first) and "You are 3rd in line for 1 copy" in text(first)
    assert "Cannot be had" in row_of(page, undated), "without a day, it counts as out"
    assert "Reserved. You are 3rd in line" in row_of(page, entry)
    client.post(first.find(".//form").get("action"))
    assert names(member) == "Malady" and undated.pk


def test_what_is_out_in_another_edition_is_reserved_only_for_who_wants_that_one(client, member):
    title = titled("A")
    make_release(title=title, medium="4k", released_on="2099")
    make_queue_entry(member=member, title=title)
    assert not get(client, QUEUE).findall(".//section[@aria-labelledby='h-reserved']")
    make_queue_entry(member=member, title=title, medium="4k")
    assert "4K, out in 2099" in text(get(client, QUEUE).find(".//section[@aria-labelledby='h-reserved']"))


# ------------------------------------------------------------------ long queues
def fill(member, number):
    titles, rank = [titled(f"Film {n}") for n in range(number)], ranks.last(member.queue.all())
    QueueEntry.objects.bulk_create(
        QueueEntry(member=member, title=title, rank=rank + n, asked_at=NOON) for n, title in enumerate(titles)
    )


def test_a_long_queue_is_shown_page_by_page_or_whole(client, member):
    fill(member, 120)
    first, second, whole = (get(client, QUEUE, data=look) for look in ({}, {"page": 2}, {"all": 1}))
    assert [len(rows(page)) for page in (first, second, whole)] == [100, 20, 120]
    assert rows(second)[0] == "Film 100"
    assert "Show all 120" in text(of_class(first, "pager")[0])
    last = member.queue.order_by("rank").last()
    assert client.post(at("move", last), {"move": "top"}).url == f"{QUEUE}#entry-{last.pk}"
    assert client.post(at("move", last), {"move": "bottom"}).url == f"{QUEUE}?page=2#entry-{last.pk}"


def count_queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def a_full_life(member):
    """A membership, a player, discs at home, a set and something reserved: all that a page can show."""
    make_membership(member=member, plan=make_plan(places_at_home=4))
    make_player(member=member)
    make_rental(member=member, title=titled("At home"))
    release = make_release(released_on="2003")
    for number in (1, 2):
        make_disc(release=release, number=number)
    enqueue_set(member, release, now=NOON)
    make_queue_entry(member=member, title=titled("Coming", released_on="2099"))


@pytest.mark.parametrize("look", ["", "?sort=title", "?all=1"])
def test_as_many_queries_for_200_films_as_for_20(sign_in, look):
    counts = []
    for number in (20, 200):
        member = make_member()
        a_full_life(member)
        fill(member, number)
        counts.append(count_queries(sign_in(member), QUEUE + look))
    assert counts[0] == counts[1] <= 18  # one for stars, one for who was passed over, one for places left empty


def test_a_queue_of_1000_takes_15_queries_and_no_more_films(client, member):
    fill(member, 1000)
    assert count_queries(client, QUEUE) <= 15
    said_full = said(
        client, reverse("rentals:add"), title=make_copy(title=make_title(name="One too many")).disc.release.title_id
    )
    assert said_full == "Your queue is full: it holds 1,000 films."


def test_how_we_choose_is_said(client):
    words = text(by_id(get(client, QUEUE), "how"))
    assert "older claim" in words and "Nobody is slowed down" in words
