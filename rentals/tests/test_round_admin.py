"""What staff see of rounds: all of what one did, page by page, and what more copies would do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from rentals.models import Cause, Rental, Round
from rentals.rounds import make_round
from rentals.tests.test_rounds import make_renter, wants
from tests.factories import (
    make_copy,
    make_disc,
    make_idle_place,
    make_passed_over,
    make_queue_entry,
    make_release,
    make_rental,
    make_round_row,
    make_staff,
    make_title,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
ROUNDS, WHAT_IF = reverse("admin:rentals_round_changelist"), reverse("admin:rentals_round_what_if")
FOR_EVER = date(2099, 1, 1)
NAMES = ("Agnès", "Satyajit", "Yasujirō")


@pytest.fixture
def staff(client):
    client.force_login(make_staff(is_superuser=True))
    return client


def page_of(staff, row):
    return staff.get(reverse("admin:rentals_round_change", args=[row.pk])).content.decode()


def one_for_three():
    """Kes, of which there is one copy that three members want; and the round that gave it to the first."""
    title = make_title(name="Kes")
    make_copy(title=title)
    for name in NAMES:
        member = make_renter(paid_until=FOR_EVER)
        type(member).objects.filter(pk=member.pk).update(shown_as=name)
        wants(member, title)
    return make_round(AT, now=AT).round


# ------------------------------------------------------------------ one round
def test_a_round_shows_what_it_sent_what_it_passed_over_and_what_stayed_empty(staff):
    row = one_for_three()
    page = page_of(staff, row)
    assert [words in page for words in ("1 disc sent", "2 requests passed over", "2 places left empty")] == [True] * 3
    assert Rental.objects.get().copy.barcode in page
    assert [page.count(name) for name in NAMES] == [0, 0, 0]  # whose it was asks for a reason, on the rows' own pages
    assert f"{Cause.NOTHING_IN_STOCK.label}</a></th><td>2</td>" in page


def test_its_parts_lead_to_all_rows_of_this_round_and_of_no_other(staff):
    row = one_for_three()
    other = make_rental(round=make_round_row(), allocated_at=AT)
    make_passed_over(), make_idle_place()
    for model, number in (("rental", 1), ("passedover", 2), ("idleplace", 2)):
        address = f"{reverse(f'admin:rentals_{model}_changelist')}?round__id__exact={row.pk}"
        assert f'href="{address}"' in page_of(staff, row)
        listed = staff.get(address)
        assert listed.context["cl"].result_count == number, model
        assert other.copy.barcode not in listed.content.decode()


def test_the_causes_lead_to_the_places_that_have_them(staff):
    row = make_round_row(places=3)
    for cause in (Cause.PAYMENT, Cause.PAYMENT, Cause.SET_ORDER):
        make_idle_place(round=row, cause=cause)
    empty = staff.get(reverse("admin:rentals_round_change", args=[row.pk])).context["parts"][-1].rows
    assert [cells for _, cells in empty] == [(Cause.PAYMENT.label, 2), (Cause.SET_ORDER.label, 1)]
    assert [staff.get(address).context["cl"].result_count for address, _ in empty] == [2, 1]


def test_what_was_missed_most_stands_first_and_asks_for_one_more(staff):
    row = make_round_row()
    seldom, often = [make_disc(release=make_release(title=make_title(name=name))) for name in ("Ran", "Ikiru")]
    for disc, number in ((seldom, 1), (often, 3)):
        for _ in range(number):
            make_passed_over(round=row, disc=disc)
    make_passed_over(round=row, disc=seldom, served=True)
    missed = staff.get(reverse("admin:rentals_round_change", args=[row.pk])).context["parts"][1].rows
    assert [(cells[0], cells[-1]) for _, cells in missed] == [("Ikiru", 3), ("Ran", 1)]
    answer = staff.get(missed[0][0])
    assert "With 1 more copy of Ikiru" in answer.content.decode()


def test_a_big_round_costs_as_much_as_a_small_one(staff):
    row = make_round_row(places=99, sent=60)
    counts = []
    for number in (2, 60):
        for position in range(number):
            make_rental(round=row, allocated_at=AT, position=position + 1)
            make_passed_over(round=row), make_idle_place(round=row)
        with CaptureQueriesContext(connection) as captured:
            page = staff.get(reverse("admin:rentals_round_change", args=[row.pk]))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14
    assert [len(part.rows) for part in page.context["parts"]] == [20, 20, 20, 1]


def test_a_member_who_is_forgotten_and_a_round_of_which_nothing_is_kept_break_nothing(staff):
    row = make_round_row(sent=1)
    make_rental(round=row, allocated_at=AT, posted_at=AT, checked_in_at=AT)
    Rental.objects.update(member=None)
    page = page_of(staff, row)
    assert page.count("kept for 30 days") == 3 and "Nothing was sent." not in page


def test_a_round_that_sent_nothing_says_so_and_not_that_it_is_forgotten(staff):
    page = page_of(staff, make_round_row(sent=0))
    assert "Nothing was sent." in page and page.count("kept for 30 days") == 3


def test_names_are_only_text(staff):
    title = make_title(name="<b onload=x>Kes")
    make_passed_over(entry=make_queue_entry(title=title, claim_at=AT), round=(row := make_round_row()))
    page = page_of(staff, row)
    assert title.name not in page and escape(title.name) in page


def test_nobody_changes_makes_or_deletes_one(staff):
    row = make_round_row()
    for page in ("change", "delete"):
        assert staff.post(reverse(f"admin:rentals_round_{page}", args=[row.pk]), {"sent": 0}).status_code == 403
    assert staff.get(reverse("admin:rentals_round_add")).status_code == 403
    assert Round.objects.filter(pk=row.pk).exists()


def test_who_may_not_see_rentals_sees_none_here(client):
    row = one_for_three()
    guest = make_staff()
    guest.user_permissions.add(Permission.objects.get(codename="view_round"))
    client.force_login(guest)
    page = page_of(client, row)
    assert not [name for name in ("Kes", *NAMES) if name in page]


# ------------------------------------------------------------------ what if
def ask(staff, release, number=1, more=1):
    return staff.get(WHAT_IF, {"release": release.pk, "disc_number": number, "more": more})


def test_more_copies_would_serve_more_members_and_nothing_is_done(staff):
    title = make_title(name="Kes")
    copy = make_copy(title=title)
    for _ in range(4):
        wants(make_renter(paid_until=FOR_EVER), title)
    page = ask(staff, copy.disc.release, more=2)
    sentence, rows = page.context["answer"]
    assert (
        sentence == "With 2 more copies of Kes (1957), DVD, Disc 1, 2 more members would get something in a round now."
    )
    expected = [("This disc sent", 1, 3), ("Members who get something", 1, 3), ("Discs sent", 1, 3)]
    assert rows == [*expected, ("Requests passed over", 3, 1)]
    assert sentence in page.content.decode() and ">Kes (1957), DVD</option>" in page.content.decode()
    assert not Rental.objects.exists() and not Round.objects.exists()


def test_members_who_would_get_it_instead_of_another_are_not_more_members(staff):
    title, other = make_title(), make_title()
    release = make_disc(release=make_release(title=title)).release
    make_copy(title=other)
    wants(make_renter(paid_until=FOR_EVER), title, other)
    sentence, rows = ask(staff, release).context["answer"]
    assert "0 more members would get something" in sentence
    assert rows[0] == ("This disc sent", 0, 1) and rows[2] == ("Discs sent", 1, 1)


def test_of_a_disc_that_nobody_asks_for_nothing_would_change(staff):
    _, rows = ask(staff, make_disc().release).context["answer"]
    assert [(now, then) for _, now, then in rows] == [(0, 0)] * 4


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"release": 0}, "release"),
        ({"release": "x"}, "release"),
        ({"disc_number": 7}, "disc_number"),
        ({"more": 0}, "more"),
        ({"more": 1001}, "more"),
        ({"more": "many"}, "more"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(staff, asked, field):
    page = staff.get(WHAT_IF, {"release": make_disc().release.pk, "disc_number": 1, "more": 1} | asked)
    assert list(page.context["form"].errors) == [field] and page.context["answer"] is None


def test_the_list_of_rounds_leads_there(staff):
    make_round_row(by=None, made_at=timezone.now() + timedelta(days=1))
    assert f'href="{WHAT_IF}"' in staff.get(ROUNDS).content.decode()
    assert 'class="errorlist"' not in staff.get(WHAT_IF).content.decode()


def test_it_is_for_who_may_see_rounds(client):
    client.force_login(make_staff())
    assert client.get(WHAT_IF).status_code == 403
