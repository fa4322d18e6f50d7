"""Members' lists: what their verbs do, who sees them, and what their pages say."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rentals import lists, ranks
from rentals.models import ListEntry, MemberList, Seen
from tests.factories import NOON, make_copy, make_list, make_list_entry, make_member, make_rental, make_title
from tests.pages import by_id, get, of_class, text, tree

pytestmark = pytest.mark.django_db
LISTS, NEW, SAVE, RESTORE, SEEN = (
    reverse(f"rentals:{name}") for name in ("lists", "make_list", "save_to_lists", "restore_list", "seen")
)
VERBS = ("edit_list", "delete_list", "put_on_list")
EMAIL = "ada.lovelace@example.org"


@pytest.fixture
def member():
    return make_member(email=EMAIL, shown_as="Ada")


@pytest.fixture
def client(member, sign_in):
    return sign_in(member)


def filled(*names, **fields):
    """A list of films of these names."""
    made = make_list(**fields)
    for name in names:
        make_list_entry(list=made, title=make_title(name=name))
    return made


def names(member_list):
    return list(ListEntry.objects.filter(list=member_list).order_by("rank").values_list("title__name", flat=True))


def url(member_list, name="list", *more):
    return reverse(f"rentals:{name}", args=[member_list.member.handle, member_list.slug, *more])


def title_of(member_list, name):
    return member_list.entries.get(title__name=name).title


def said(client, address, sent=None):
    """What the page says after something was sent."""
    page = client.post(address, sent or {}, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# ------------------------------------------------------------------ verbs
def test_a_list_has_an_address_after_its_name_and_another_of_the_same_spelling_gets_a_number(member):
    made = [
        lists.make(member, name=name, now=NOON).slug for name in ("Trains at night", "Trains, at night!", "夜", "★")
    ]
    assert made == ["trains-at-night", "trains-at-night-2", "ye", "list"]


def test_a_name_twice_is_refused_however_it_is_written(member):
    lists.make(member, name="Trains", now=NOON)
    with pytest.raises(lists.NameTaken):
        lists.make(member, name="TRAINS", now=NOON)
    lists.make(make_member(), name="Trains", now=NOON)


def test_a_member_has_so_many_lists_and_no_more(member, monkeypatch):
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    lists.make(member, name="One", now=NOON)
    with pytest.raises(lists.TooManyLists):
        lists.make(member, name="Two", now=NOON)


def test_a_list_holds_so_many_films_and_no_more(monkeypatch):
    monkeypatch.setattr(lists, "MOST_ON_A_LIST", 2)
    made = filled("Ran")
    assert lists.add_all(made, [make_title().pk for _ in range(3)], now=NOON) == 1
    with pytest.raises(lists.ListFull):
        lists.add(made, make_title(), now=NOON)


def test_a_new_name_leaves_the_address(member):
    made = lists.make(member, name="Trains", now=NOON)
    lists.describe(made, name="Railways", text="", public=True)
    kept = MemberList.objects.get()
    assert (kept.name, kept.slug, kept.public) == ("Railways", "trains", True)


@pytest.mark.parametrize(
    ("to", "order"),
    [(1, "CABD"), (2, "ACBD"), (3, "ABCD"), (4, "ABDC"), (0, "CABD"), (-(10**9), "CABD"), (10**9, "ABDC")],
)
def test_a_film_moves_to_the_place_asked_for_or_the_nearest(to, order):
    made = filled(*"ABCD")
    place = lists.move(made, title_of(made, "C").pk, lambda _: to)
    assert "".join(names(made)) == order
    assert names(made)[place - 1] == "C"


def test_a_move_where_no_room_is_left_spreads_the_list_out():
    made = filled(*"ABC")
    for rank, entry in enumerate(made.entries.order_by("rank"), start=1):
        made.entries.filter(pk=entry.pk).update(rank=rank)
    lists.move(made, title_of(made, "C").pk, lambda _: 2)
    assert names(made) == list("ACB")
    assert min(made.entries.values_list("rank", flat=True)) == ranks.GAP


def test_a_move_writes_as_much_on_a_long_list_as_on_a_short_one():
    counts = []
    for number in (3, 40):
        made = filled(*map(str, range(number)))
        with CaptureQueriesContext(connection) as captured:
            lists.move(made, title_of(made, "2").pk, lambda _: 1)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_is_taken_off_comes_back_in_its_place():
    made = filled(*"ABC")
    title = title_of(made, "B")
    place = lists.take_off(made, title.pk)
    assert names(made) == list("AC")
    lists.add(made, title, now=NOON, place=place)
    assert names(made) == list("ABC")
    assert not lists.add(made, title, now=NOON)


def test_a_deleted_list_comes_back_as_it_was(member):
    made = filled(*"BAC", member=member, name="Trains", text="At night.", public=True)
    kept = lists.delete(made)
    assert not MemberList.objects.exists()
    back = lists.restore(member, kept, now=NOON)
    assert (back.name, back.text, back.public, names(back)) == ("Trains", "At night.", True, list("BAC"))


def test_a_deleted_list_comes_back_beside_a_new_one_of_its_name(member):
    kept = lists.delete(filled("A", member=member, name="Trains"))
    lists.make(member, name="trains", now=NOON)
    assert lists.restore(member, kept, now=NOON).name == "Trains 2"


# ------------------------------------------------------------------ who sees what
def test_a_private_list_is_not_there_for_others(client, sign_in):
    private = filled("Ran", name="Secret")
    stranger = sign_in(make_member())
    for address in [url(private), url(private, "list_csv"), url(private, "list_json"), url(private, "feed_of_list")]:
        assert stranger.get(address).status_code == 404
        client.logout()
        assert client.get(address).status_code == 404
    assert sign_in(private.member).get(url(private)).status_code == 200


@pytest.mark.parametrize("public", [True, False])
def test_nobody_changes_the_list_of_another(client, public):
    others = filled("Ran", "Kes", public=public, name="Trains")
    title = title_of(others, "Kes").pk
    addresses = [url(others, name) for name in VERBS]
    addresses += [url(others, name, title) for name in ("move_on_list", "take_off_list")]
    for address in addresses:
        assert client.post(address, {"title": make_title().pk, "to": 1, "name": "Mine"}).status_code == 404
        assert client.get(address).status_code == 404
    assert (names(others), MemberList.objects.get().name) == (["Ran", "Kes"], "Trains")


def test_lists_of_others_can_neither_be_ticked_nor_filled_from_a_title(client):
    others, title = filled("Ran", public=True), make_title(name="Kes")
    client.post(SAVE, {"title": title.pk, "list": others.pk, "shown": others.pk})
    assert names(others) == ["Ran"]


def test_a_public_list_shows_the_name_the_member_chose_and_nothing_else_of_theirs(client, member):
    public = filled("Ran", "Kes", "M", member=member, name="Trains", public=True)
    make_rental(member=member, title=make_title(name="Rented thing"))
    client.logout()
    for address in (LISTS, url(public), url(public, "list_csv"), url(public, "list_json"), url(public, "feed_of_list")):
        page = client.get(address).content.decode()
        assert EMAIL not in page and "lovelace" not in page.lower() and "Rented thing" not in page
    assert "by Ada" in text(get(client, LISTS).find(".//main"))


def test_private_and_empty_lists_and_those_of_closed_accounts_are_not_among_the_public(client):
    filled("Ran", name="Private")
    filled(name="Empty", public=True)
    filled("Ran", name="Closed", public=True, member=make_member(is_active=False))
    filled("Ran", name="Shown", public=True)
    client.logout()
    assert [text(name) for name in of_class(get(client, LISTS).find(".//main"), "named")] == ["Shown"]


def test_an_own_list_is_among_ones_own_only(client, member):
    filled("Ran", name="Trains", public=True, member=member)
    page = get(client, LISTS)
    assert text(page).count("Trains") == 1
    assert "1 film, public" in text(page)


@pytest.mark.parametrize("address", [NEW, SAVE, RESTORE, SEEN])
def test_a_visitor_is_led_to_sign_in(client, address):
    client.logout()
    for answer in (client.get(address), client.post(address)):
        assert answer.url == f"/sign-in/?next={address}"


def test_as_many_queries_for_20_lists_and_films_as_for_2(sign_in):
    counts = []
    for number in (2, 20):
        member = make_member()
        for which in range(number):
            filled("Ran", "Kes", member=member, name=f"{which}")
            filled("Ran", public=True)
        long = filled(*map(str, range(number)), member=member, public=True)
        client = sign_in(member)
        counts.append([queries(client, address) for address in (LISTS, url(long), url(long, "list_csv"))])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


# ------------------------------------------------------------------ search engines and feeds
@pytest.mark.parametrize(("films", "public", "listed"), [(3, True, True), (2, True, False), (3, False, False)])
def test_search_engines_may_list_public_lists_with_three_films(client, films, public, listed):
    made = filled(*"ABC"[:films], public=public)
    robots = "noindex" in client.get(url(made)).content.decode() if public else True
    shards = [f"/sitemaps/lists-{made.pk // 10_000}.xml"]
    found = any(url(made) in client.get(shard).content.decode() for shard in shards)
    assert (not robots, found) == (listed, listed)


def test_a_feed_tells_of_what_was_put_on_a_public_list(client):
    made = filled("Ran", "Kes", public=True, name="Trains")
    feed = client.get(url(made, "feed_of_list"))
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.decode().count("<entry>") == 2


# ------------------------------------------------------------------ pages that change things
def test_a_list_is_made_described_and_deleted_and_comes_back(client, member):
    client.post(NEW, {"name": "Trains", "text": "At night.", "public": "on"})
    made = MemberList.objects.get()
    assert (made.member, made.name, made.text, made.public) == (member, "Trains", "At night.", True)
    make_list_entry(list=made, title=make_title(name="Ran"))
    client.post(url(made, "edit_list"), {"name": "Railways", "text": ""})
    made.refresh_from_db()
    assert (made.name, made.text, made.public) == ("Railways", "", False)
    page = client.post(url(made, "delete_list"), follow=True)
    assert "Railways is deleted." in text(tree(page))
    assert not MemberList.objects.exists()
    assert said(client, RESTORE) == "Railways is back."
    assert names(MemberList.objects.get()) == ["Ran"]
    client.post(RESTORE)
    assert MemberList.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "A list needs a name."),
        ({"name": " \t "}, "A list needs a name."),
        ({"name": "x" * 81}, "at most 80"),
        ({"name": "a\0b"}, "Null characters"),
        ({"name": "TRAINS"}, "You have a list of that name already."),
        ({"name": "Other", "text": "x" * 2001}, "at most 2000"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_field_and_changes_nothing(client, member, sent, words):
    filled("Ran", member=member, name="Trains")
    other = filled("Ran", member=member, name="Boats")
    for address in (NEW, url(other, "edit_list")):
        answer = client.post(address, sent)
        assert answer.status_code == 200
        assert words in text(tree(answer))
    assert sorted(member.lists.values_list("name", flat=True)) == ["Boats", "Trains"]


def test_films_are_moved_by_buttons_and_by_number(client, member):
    made = filled(*"ABCD", member=member)
    address = url(made, "move_on_list", title_of(made, "C").pk)
    orders = []
    for sent in ({"move": "top"}, {"move": "down"}, {"move": "bottom"}, {"move": "up"}, {"to": "1"}):
        client.post(address, sent)
        orders.append("".join(names(made)))
    assert orders == ["CABD", "ACBD", "ABDC", "ABCD", "CABD"]


@pytest.mark.parametrize("sent", [{"to": "0"}, {"to": "-1"}, {"to": "x"}, {"to": str(10**9)}, {"move": "sideways"}, {}])
def test_a_place_that_is_none_is_refused_in_words(client, member, sent):
    made = filled(*"ABC", member=member)
    assert said(client, url(made, "move_on_list", title_of(made, "C").pk), sent) == "A place is a whole number from 1."
    assert names(made) == list("ABC")


def test_a_film_is_taken_off_and_put_back_in_its_place_by_the_pages_own_form(client, member):
    made = filled(*"ABC", member=member)
    page = client.post(url(made, "take_off_list", title_of(made, "B").pk), follow=True)
    assert names(made) == list("AC")
    (form,) = of_class(tree(page), "undo")
    client.post(form.get("action"), {field.get("name"): field.get("value") for field in form.iter("input")})
    assert names(made) == list("ABC")


@pytest.mark.parametrize("query", ["removed=x&place=1", "removed=1&place=-1", f"removed={10**30}&place=1", "removed=1"])
def test_an_undo_that_is_made_up_offers_nothing(client, member, query):
    made = filled("A", member=member)
    assert not of_class(get(client, f"{url(made)}?{query}"), "undo")


@pytest.mark.parametrize("title", ["", "x", "0", str(10**30)])
def test_a_film_that_is_not_there_is_refused_in_words(client, member, title):
    made = filled("A", member=member)
    for address in (url(made, "put_on_list"), SAVE, SEEN):
        assert (
            said(client, address, {"title": title, "name": "New", "next": LISTS}) == "We have no film of that number."
        )
    assert (names(made), member.lists.count(), Seen.objects.count()) == (["A"], 1, 0)


def test_a_get_changes_nothing(client, member):
    made = filled("A", member=member)
    title = title_of(made, "A").pk
    for address in [url(made, "delete_list"), url(made, "put_on_list"), SAVE, RESTORE, SEEN]:
        assert client.get(address, {"title": title}).status_code == 302
    for name in ("move_on_list", "take_off_list"):
        assert client.get(url(made, name, title)).url == url(made)
    assert names(made) == ["A"]


def test_the_rest_of_a_list_is_queued_at_once(client, member):
    made = filled(*"ABC", public=True)
    for entry in made.entries.filter(title__name__in="AC"):
        make_copy(title=entry.title)
    form = get(client, url(made)).find(".//main//form")
    sent = {"title": [field.get("value") for field in form.iter("input") if field.get("name") == "title"]}
    client.post(form.get("action"), sent)
    assert list(member.queue.in_order().values_list("title__name", flat=True)) == ["A", "C"]
    assert not get(client, url(made)).findall(".//main//form")


# ------------------------------------------------------------------ the title's page
def control(client, title):
    return of_class(get(client, title.get_absolute_url()), "drop")[0]


def sent_by(form, **changes):
    fields = [field for field in form.iter("input") if field.get("type") != "checkbox" or "checked" in field.attrib]
    sent = {}
    for field in fields:
        sent.setdefault(field.get("name"), []).append(field.get("value") or "")
    return sent | changes


def test_a_film_is_saved_to_lists_and_taken_off_from_its_page(client, member):
    one, other, title = filled(member=member, name="One"), filled(member=member, name="Other"), make_title(name="Ran")
    form = control(client, title).find("form")
    assert said(client, form.get("action"), sent_by(form, list=[one.pk, other.pk])) == "Ran is on One and Other."
    assert (names(one), names(other)) == (["Ran"], ["Ran"])
    assert "On 2 lists" in text(control(client, title).find("summary"))
    form = control(client, title).find("form")
    assert said(client, form.get("action"), sent_by(form, list=[other.pk])) == "It is off One."
    assert (names(one), names(other)) == ([], ["Ran"])


def test_a_list_that_the_page_did_not_show_keeps_the_film(client, member):
    title = make_title(name="Ran")
    form = control(client, title).find("form")
    later = filled(member=member)
    make_list_entry(list=later, title=title)
    client.post(form.get("action"), sent_by(form))
    assert names(later) == ["Ran"]


def test_a_new_list_is_made_from_the_title_page(client, member):
    title = make_title(name="Ran")
    assert said(client, SAVE, {"title": title.pk, "name": "Samurai"}) == "Ran is on Samurai."
    assert names(member.lists.get()) == ["Ran"]
    assert "You have a list of that name already." in said(client, SAVE, {"title": title.pk, "name": "samurai"})
    assert member.lists.count() == 1


def test_seen_is_marked_and_taken_back_once_each(client, member):
    title = make_title(name="Ran")
    for _ in range(2):
        assert said(client, SEEN, {"title": title.pk, "seen": "yes"}) == "Ran is marked as seen."
    assert Seen.objects.filter(member=member, title=title).count() == 1
    page = get(client, title.get_absolute_url())
    (button,) = [b for b in page.iter("button") if text(b) == "Seen it"]
    assert button.get("aria-pressed") == "true"
    client.post(SEEN, {"title": title.pk, "seen": "no"})
    assert not Seen.objects.exists()


def test_the_control_costs_one_query_however_many_lists(sign_in):
    title, counts = make_title(), []
    queries(sign_in(make_member()), title.get_absolute_url())  # makes what all readers of the page share
    for number in (0, 2, 20):
        member = make_member()
        for _ in range(number):
            make_list_entry(list=make_list(member=member), title=title)
        counts.append(queries(sign_in(member), title.get_absolute_url()))
    assert counts[0] == counts[1] == counts[2]


def test_a_visitor_has_no_such_control(client):
    client.logout()
    page = get(client, make_title().get_absolute_url())
    assert not of_class(page, "drop")
    assert by_id(page, "my-rating") is not None
