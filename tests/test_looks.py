"""Staff see what a member rented or asked for once they gave a reason, which nobody changes and the member can read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue import invariants
from members import closing, downloads, looks
from members.models import Look, Member
from rentals.barcodes import member_code
from tests import factories as make
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
RENTALS, QUEUES = reverse("admin:rentals_rental_changelist"), reverse("admin:rentals_queueentry_changelist")
FILM, NAME = "Zugunruhe", "Ada Overwintering"
WHY = {"reason": "asked", "sentence": "She asked when it was posted."}


@pytest.fixture
def ada():
    """A member who had a disc, has one, waits for one, reported a problem, was passed over, and got an e-mail."""
    member = make.make_member(email="ada@example.org", shown_as=NAME)
    title = make.make_title(name=FILM)
    copy = make.make_copy(disc=make.make_disc(release=make.make_release(title=title)))
    back = make.make_rental(member=member, copy=copy, posted_at=make.NOON, checked_in_at=make.NOON + timedelta(days=9))
    make.make_problem(rental=back, note="It stuttered")
    entry = make.make_queue_entry(member=member, title=title, claim_at=make.LONG_AGO)
    make.make_passed_over(entry=entry)
    make.make_message(member=member, to=member.email, text=f"{FILM} is on its way.")
    return member


def rows_of(ada):
    """Every page of the admin about a row that is hers."""
    rental, entry = ada.rentals.get(), ada.queue.first()
    rows = [rental, rental.problems.get(), entry, entry.passed.get()]
    return [reverse(f"admin:rentals_{row._meta.model_name}_change", args=[row.pk]) for row in rows]


def lists():
    return [reverse(f"admin:rentals_{name}_changelist") for name in ("rental", "problem", "queueentry", "passedover")]


@pytest.fixture
def of_role(sign_in):
    def client_of(name):
        staff = make.make_staff(shown_as=f"The {name}", is_superuser=name == "superuser")
        staff.groups.set(Group.objects.filter(name=name))
        return sign_in(staff)

    return client_of


def text(client, address):
    return client.get(address, follow=True).content.decode()


def give_reason(client, address, **fields):
    """Follow the page's link to the reason, and give one. The page that it leads to."""
    asked = client.get(address).content.decode().partition('href="/admin/members/look/why/')[2].partition('"')[0]
    return client.post("/admin/members/look/why/" + asked.replace("&amp;", "&"), {**WHY, **fields}, follow=True)


# ------------------------------------------------------------------ without a reason
@pytest.mark.parametrize("role", ["desk", "manager", "auditor", "superuser"])
def test_no_page_names_a_member_beside_what_they_rented(role, ada, of_role):
    client = of_role(role)
    for address in [*lists(), *rows_of(ada)]:
        page = client.get(address)
        assert page.status_code == 200
        words = page.content.decode()
        assert NAME not in words and ada.email not in words and member_code(ada.pk) not in words, address


def test_the_page_of_a_member_and_the_round_name_no_film_beside_a_member(ada, of_role):
    client = of_role("manager")
    page = text(client, reverse("admin:members_member_change", args=[ada.pk]))
    assert NAME in page and FILM not in page
    entry = ada.queue.first()
    page = text(client, reverse("admin:rentals_round_change", args=[entry.passed.get().round_id]))
    assert FILM in page and NAME not in page


@pytest.mark.parametrize("term", ["ada@example.org", "ADA@example.org", "number"])
@pytest.mark.parametrize("address", [RENTALS, QUEUES])
def test_looking_up_a_member_asks_why_before_it_shows_a_film(address, term, ada, of_role):
    term = member_code(ada.pk) if term == "number" else term
    client = of_role("desk")
    page = client.get(address, {"q": term}, follow=True)
    assert page.redirect_chain and "Why do you look?" in page.content.decode()
    assert FILM not in page.content.decode() and NAME not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["member={}", "member__id__exact={}", "member_id={}", "member__email=ada@example.org"]
)
def test_no_address_picks_out_a_members_rows(query, ada, of_role):
    for address in (RENTALS, QUEUES):
        page = of_role("manager").get(f"{address}?{query.format(ada.pk)}")
        assert FILM not in page.content.decode()


def test_part_of_an_address_finds_nobody(ada, of_role):
    assert FILM not in text(of_role("desk"), f"{RENTALS}?q=ada@")
    assert FILM not in text(of_role("desk"), f"{RENTALS}?q=example")


def test_rows_of_one_member_cannot_be_sorted_together(ada, of_role):
    for address in lists():
        changelist = of_role("desk").get(address).context["cl"]
        column = changelist.list_display.index("whose")
        assert column not in changelist.sortable_by and not changelist.get_ordering_field("whose")


def test_a_copys_page_names_who_has_it_and_not_who_had_it(ada, of_role):
    rental = ada.rentals.get()
    now = make.make_rental(copy=rental.copy, posted_at=make.NOON + timedelta(days=10)).member
    page = text(of_role("desk"), reverse("rentals:desk_copy", args=[rental.copy.barcode]))
    assert member_code(now.pk) in page and member_code(ada.pk) not in page


def test_the_text_of_an_e_mail_asks_why(ada, of_role):
    client = of_role("superuser")
    address = reverse("admin:members_message_change", args=[ada.messages.get().pk])
    assert FILM not in text(client, address)
    assert FILM in give_reason(client, address).content.decode()


# ------------------------------------------------------------------ with one
def test_with_a_reason_the_rows_are_shown_and_the_look_is_noted(ada, of_role):
    client = of_role("desk")
    page = give_reason(client, rows_of(ada)[0], reason="problem")
    assert NAME in page.content.decode() and member_code(ada.pk) in page.content.decode()
    look = Look.objects.get()
    assert (look.whose, look.reason, look.sentence) == (ada, "problem", WHY["sentence"])
    assert (look.by.shown_as, look.page) == ("The desk", rows_of(ada)[0])
    listed = text(client, f"{RENTALS}?q=ada@example.org")
    assert NAME in listed and FILM in listed
    assert Look.objects.count() == 1  # once for a while


def test_it_holds_for_half_an_hour_for_one_member_and_for_who_gave_it(ada, of_role):
    give_reason(of_role("desk"), rows_of(ada)[0])
    look = Look.objects.get()
    good = Look.objects.still_good
    assert good(look.by, look.at + timedelta(minutes=29)).exists()
    assert not good(look.by, look.at + timedelta(minutes=30)).exists()
    assert not looks.is_open(look.by, make.make_member())
    assert NAME not in text(of_role("desk"), rows_of(ada)[0])  # another at the desk


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Choose a reason."),
        ({"reason": "bored"}, "Select a valid choice."),
        ({"sentence": ""}, "Say in a sentence why"),
        ({"sentence": "   why    "}, "Say in a sentence why"),
    ],
)
def test_half_a_reason_shows_and_notes_nothing(fields, words, ada, of_role):
    page = give_reason(of_role("desk"), rows_of(ada)[0], **fields)
    assert words in page.content.decode() and NAME not in page.content.decode()
    assert not Look.objects.exists()


def test_no_get_notes_anything_and_a_forged_word_leads_nowhere(ada, of_role):
    client = of_role("desk")
    assert client.get(looks.ask_why(ada.pk, RENTALS)).status_code == 200
    assert client.post("/admin/members/look/why/forged/", WHY).status_code == 404
    assert client.post(f"{looks.ask_why(ada.pk, 'https://example.org/')}", WHY)["Location"] == "/admin/"
    assert [look.page for look in Look.objects.all()] == ["/admin/"]


@pytest.mark.parametrize("role", ["auditor", "cataloguer", "moderator"])
def test_who_has_no_business_with_rentals_gives_no_reason(role, ada, of_role):
    assert of_role(role).post(looks.ask_why(ada.pk, RENTALS), WHY).status_code == 403
    assert not Look.objects.exists()


# ------------------------------------------------------------------ the log
@pytest.mark.parametrize("write", [lambda rows: rows.update(reason="law"), lambda rows: rows.delete()])
def test_nobody_changes_or_deletes_it(write, ada):
    make.make_look(whose=ada)
    with refused_by("look_stands"):
        write(Look.objects.all())


def test_neither_does_a_superuser_in_the_admin(ada, of_role):
    look, client = make.make_look(whose=ada), of_role("superuser")
    for page in ("change", "delete"):
        address = reverse(f"admin:members_look_{page}", args=[look.pk])
        assert client.post(address, {"sentence": "x", "post": "yes"}).status_code == 403
    assert client.get(reverse("admin:members_look_add")).status_code == 403


def test_manager_and_auditor_read_the_log_and_filter_it_by_who(ada, of_role):
    mine, other = make.make_look(whose=ada), make.make_look(whose=ada, sentence="The court wrote to us.", reason="law")
    for role in ("manager", "auditor"):
        client = of_role(role)
        address = reverse("admin:members_look_changelist")
        assert client.get(address).context["cl"].result_count == 2
        found = client.get(address, {"by__id__exact": mine.by_id}).context["cl"].queryset
        assert [look.pk for look in found] == [mine.pk]
        assert client.get(address, {"q": ada.email}).context["cl"].result_count == 2
    for role in ("desk", "cataloguer", "moderator"):
        assert of_role(role).get(reverse("admin:members_look_changelist")).status_code == 403
    assert other.pk != mine.pk


def test_the_member_reads_that_staff_looked_and_why_and_has_it_in_the_download(ada, sign_in):
    look = make.make_look(whose=ada)
    page = sign_in(ada).get(reverse("members:privacy")).content.decode()
    assert look.sentence in page and "The member asked" in page and look.by.shown_as not in page.partition("h-looks")[2]
    assert look.sentence not in sign_in(make.make_member()).get(reverse("members:privacy")).content.decode()
    _, rows = downloads.tables_of(ada)["When staff looked at your rentals"]
    assert [row[2] for row in rows] == [look.sentence]


def test_with_the_account_goes_whose_it_was_and_what_was_said(ada):
    make.make_look(whose=ada, by=make.make_staff())
    ada.rentals.update(member=None)
    closing.close(ada, now=timezone.now())
    look = Look.objects.get()
    assert (look.whose, look.sentence, look.reason) == (None, "", "asked")
    closing.close(Member.objects.get(pk=look.by_id), now=timezone.now())
    assert Look.objects.get().by is None
    assert invariants.broken() == {}


# ------------------------------------------------------------------ work goes on
def test_the_desk_finds_a_rental_by_its_disc_and_checks_it_in(ada, of_role):
    client, out = of_role("desk"), make.make_rental(posted_at=make.NOON)
    page = client.get(RENTALS, {"q": out.copy.barcode})
    assert [row.pk for row in page.context["cl"].result_list] == [out.pk]
    client.post(RENTALS, {"action": "check_them_in", "_selected_action": [out.pk]})
    out.refresh_from_db()
    assert out.checked_in_at


@pytest.mark.parametrize("address", lists())
def test_a_list_takes_as_many_queries_for_many_members_as_for_two(address, ada, of_role):
    client = of_role("desk")
    few = queries(client, address)
    for _ in range(12):
        rental = make.make_rental()
        make.make_problem(rental=rental)
        make.make_passed_over()
    assert queries(client, address) == few


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
