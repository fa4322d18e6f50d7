"""The pages of plans and of a member's own plan, as members go through them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Address, Message
from rentals import months, renewals
from rentals.memberships import cancel, change_plan, confirm, current, join, pause
from rentals.models import Invoice, Membership
from rentals.places import places_of
from tests.factories import make_member, make_membership_change, make_plan, make_rental, make_title

pytestmark = pytest.mark.django_db
PLANS, MINE = reverse("rentals:plans"), reverse("rentals:membership")
ADDRESS = {"name": "Ada Lovelace", "line_1": "12 St James's Square", "town": "London", "postcode": "sw1y4jh"}


def said(response):
    return response.content.decode()


def asked(plan, **fields):
    return ADDRESS | {"adult": "on", "price_pence": plan.price_pence} | fields


def joining(plan):
    return reverse("rentals:join", args=[plan.slug])


def paid(member=None, **plan):
    """A membership that is paid, from today."""
    membership = join(member or make_member(), make_plan(**plan), now=timezone.now())
    confirm(membership.invoices.get(), by=None, now=timezone.now())
    return current(membership.member)


def long_ago(membership, days=20):
    """As if it had been paid `days` ago: the time to change one's mind is over."""
    Invoice.objects.filter(membership=membership).update(paid_at=timezone.now() - timedelta(days=days))


@pytest.fixture
def today():
    return months.day_of(timezone.now())


# ------------------------------------------------------------------ before joining
def test_plans_are_for_everybody_and_the_price_comes_from_them(client):
    make_plan(name="One at a time", price_pence=777, note="For one")
    page = said(client.get(PLANS))
    assert "One at a time" in page and "£7.77" in page and "For one" in page
    assert "starting at £7.77 a month" in said(client.get("/"))


def test_a_visitor_reads_what_it_costs_and_makes_an_account_first(client):
    plan = make_plan(price_pence=1499, trial_days=14)
    page = said(client.get(joining(plan)))
    assert "Free for 14 days" in page and "£14.99 on" in page and "you pay nothing" in page
    assert f"?next={joining(plan)}" in page
    assert client.post(joining(plan), asked(plan)).url.startswith(reverse("members:sign_in"))


def test_joining_without_a_trial_leads_to_the_invoice(client):
    plan, member = make_plan(price_pence=999), make_member()
    client.force_login(member)
    page = said(client.get(joining(plan)))
    assert "Your month begins on the day we see the money" in page and 'value="999"' in page
    response = client.post(joining(plan), asked(plan))
    invoice = Invoice.objects.get()
    assert response.url == reverse("rentals:invoice", args=[invoice.pk])
    assert Address.objects.get(member=member).postcode == "SW1Y 4JH"
    page = said(client.get(response.url))
    assert invoice.number in page and "£9.99" in page and "Sort code" in page and "12 St James&#x27;s Square" in page


def test_joining_with_a_trial_leads_to_the_plan(client):
    plan, member = make_plan(trial_days=14), make_member()
    client.force_login(member)
    response = client.post(joining(plan), asked(plan), follow=True)
    assert response.redirect_chain[-1][0] == MINE
    assert "free until" in said(response)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"adult": ""}, "18 or over only"),
        ({"postcode": "12345"}, "A postcode looks like LS1 4AP."),
        ({"line_1": " "}, "The post needs this: address."),
        ({"price_pence": "1"}, "It has changed since you opened this page and is £9.99 now."),
    ],
)
def test_a_wrong_field_is_told_and_nothing_is_joined(client, fields, words):
    plan = make_plan(price_pence=999)
    client.force_login(make_member())
    response = client.post(joining(plan), asked(plan, **fields))
    assert response.status_code == 200 and words in said(response)
    assert not Membership.objects.exists() and not Address.objects.exists()


def test_the_same_form_sent_twice_joins_once(client):
    plan = make_plan()
    client.force_login(make_member())
    form = asked(plan, form_key="5a3d7a52-6c0e-4f0e-9d7e-3c1f4f1f0a11")
    first, second = client.post(joining(plan), form), client.post(joining(plan), form)
    assert first.url == second.url
    assert Invoice.objects.count() == 1


def test_an_unknown_plan_is_not_found_and_a_withdrawn_one_says_so(client, today):
    client.force_login(make_member())
    assert client.get("/plans/nothing/join/").status_code == 404
    response = client.get(joining(make_plan(name="Old", withdrawn_on=today)))
    assert response.status_code == 410 and "Old is not offered any more." in said(response)


def test_who_has_a_plan_is_led_to_changing_it(client):
    membership, other = paid(), make_plan()
    client.force_login(membership.member)
    assert client.get(joining(other)).url == reverse("rentals:change_plan", args=[other.slug])
    assert "your plan" in said(client.get(PLANS))


# ------------------------------------------------------------------ the member's own
def test_no_plan_yet_says_what_a_plan_is_and_leads_on(client):
    client.force_login(make_member())
    assert "No plan yet" in said(client.get(MINE))


def test_the_page_says_what_is_paid_when_the_next_payment_is_and_what_happened(client, today):
    membership = paid(name="Two", price_pence=1499, places_at_home=2)
    make_rental(member=membership.member, title=make_title(name="M"))
    client.force_login(membership.member)
    page = said(client.get(MINE))
    next_day = membership.paid_until + timedelta(days=1)
    assert f"£14.99 on {next_day.day} {next_day:%B %Y}" in page
    assert "Free places</dt><dd>1" in page and "<li>M</li>" in page
    assert "Asked for: Two" in page and "KP-" in page


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda m: None, "paid until"),
        (lambda m: cancel(m, by=None, now=timezone.now()), "Take the cancellation back"),
        (lambda m: pause(m, first=timezone.localdate(), last=None, by=None, now=timezone.now()), "End the pause now"),
        (lambda m: change_plan(m, make_plan(price_pence=1), by=None, now=timezone.now()), "Stay on"),
    ],
)
def test_each_state_says_so_and_can_be_undone(client, step, words):
    membership = paid(price_pence=999)
    long_ago(membership)
    step(membership)
    client.force_login(membership.member)
    assert words in said(client.get(MINE))


def test_a_change_says_what_it_means_before_it_is_made(client):
    membership = paid(name="One", price_pence=999)
    bigger = make_plan(name="Two", price_pence=1499, places_at_home=2, media=["blu-ray"])
    client.force_login(membership.member)
    address = reverse("rentals:change_plan", args=[bigger.slug])
    page = said(client.get(address))
    assert "Two holds at once: 2 discs at home." in page and "The difference for the days left" in page
    assert "It comes with Blu-ray only." in page
    assert Membership.objects.get().plan.name == "One"
    assert "You are on Two." in said(client.post(address, follow=True))
    assert Membership.objects.get().plan == bigger


def test_a_smaller_plan_says_when_it_begins_and_that_discs_stay(client):
    membership = paid(price_pence=2499, places_at_home=2)
    for _ in range(2):
        make_rental(member=membership.member)
    smaller = make_plan(name="One", price_pence=999)
    client.force_login(membership.member)
    address = reverse("rentals:change_plan", args=[smaller.slug])
    assert "Keep the 2 discs you have as long as you like" in said(client.get(address))
    assert "Until then nothing changes." in said(client.post(address, follow=True))
    back = reverse("rentals:change_plan", args=[membership.plan.slug])
    assert "does not come" in said(client.get(back))
    client.post(back)
    assert Membership.objects.get().next_plan is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_change_that_cannot_be_is_told(client, method, today):
    membership = paid()
    client.force_login(membership.member)
    for plan, words in ((membership.plan, "is your plan already"), (make_plan(withdrawn_on=today), "not offered")):
        response = getattr(client, method)(reverse("rentals:change_plan", args=[plan.slug]), follow=True)
        assert words in said(response)
    assert Membership.objects.get().changes.count() == 2


def test_a_pause_is_asked_for_with_its_days_and_ended(client, today):
    membership = paid()
    client.force_login(membership.member)
    assert "paid until" in said(client.get(reverse("rentals:pause")))
    client.post(reverse("rentals:pause"), {"first": today, "last": today + timedelta(days=9)})
    assert current(membership.member).paused_until == today + timedelta(days=9)
    client.post(reverse("rentals:resume"))
    assert current(membership.member).paused_from is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-1, 2, "begins today at the earliest"),
        (3, 2, "The last day comes before the first."),
        (0, 200, "184 days at most"),
        ("x", "", "Choose a day."),
        ("", "", "Choose the first day."),
        (0, "10000000-01-01", "Choose a day, or leave this empty."),
    ],
)
def test_a_wrong_pause_is_told_and_changes_nothing(client, today, first, last, words):
    membership = paid()
    client.force_login(membership.member)
    days = [today + timedelta(days=day) if isinstance(day, int) else day for day in (first, last)]
    response = client.post(reverse("rentals:pause"), {"first": days[0], "last": days[1]})
    assert response.status_code == 200 and words in said(response)
    assert current(membership.member).paused_from is None


def test_cancelling_is_one_page_that_lists_what_to_post_back(client):
    membership = paid()
    long_ago(membership)
    make_rental(member=membership.member, title=make_title(name="Stalker"))
    client.force_login(membership.member)
    page = said(client.get(reverse("rentals:cancel")))
    assert "Please post these back" in page and "Stalker" in page and "Pause instead" in page
    client.post(reverse("rentals:cancel"))
    assert current(membership.member).ends_on == membership.paid_until
    client.post(reverse("rentals:keep"))
    assert current(membership.member).cancelled_at is None


def test_within_14_days_the_page_says_what_is_paid_back_and_how(client):
    membership = paid(price_pence=999)
    client.force_login(membership.member)
    page = said(client.get(reverse("rentals:cancel")))
    assert "We pay £9.99 back" in page and "UK law" in page
    assert "has ended" in said(client.post(reverse("rentals:cancel"), follow=True))
    assert "To be paid back" in said(client.get(MINE))


@pytest.mark.parametrize("name", ["pause", "cancel"])
def test_without_a_plan_there_is_nothing_to_do(client, name):
    client.force_login(make_member())
    response = client.get(reverse(f"rentals:{name}"), follow=True)
    assert "You have no plan at the moment" in said(response)


@pytest.mark.parametrize("name", ["resume", "keep", "cancel", "pause"])
def test_reading_an_address_that_acts_changes_nothing(client, name):
    membership = paid()
    client.force_login(membership.member)
    client.get(reverse(f"rentals:{name}"))
    assert Membership.objects.get().changes.count() == 2


def test_an_invoice_of_another_member_is_not_found(client):
    invoice = paid().invoices.get()
    client.force_login(make_member())
    assert client.get(reverse("rentals:invoice", args=[invoice.pk])).status_code == 404
    assert client.get(reverse("rentals:invoice", args=[10**18])).status_code == 404


def test_a_long_life_costs_as_many_queries_as_a_short_one(client, django_assert_max_num_queries):
    membership = paid()
    for _ in range(30):
        make_membership_change(membership=membership, by=membership.member)
    client.force_login(membership.member)
    with django_assert_max_num_queries(16):
        client.get(MINE)


def test_visitors_sign_in_first():
    for name in ("membership", "pause", "cancel", "resume", "keep"):
        assert Client().get(reverse(f"rentals:{name}")).url.startswith(reverse("members:sign_in"))


# ------------------------------------------------------------------ e-mails
def test_every_e_mail_has_a_text_and_html_that_say_the_same_money(today):
    membership = paid(name="Tom & Jerry", price_pence=999)
    change_plan(membership, make_plan(name="Two", price_pence=1499), by=None, now=timezone.now())
    change_plan(membership, make_plan(name="One", price_pence=500), by=None, now=timezone.now())
    pause(membership, first=today, last=None, by=None, now=timezone.now())
    cancel(membership, by=None, now=timezone.now())
    trial = join(make_member(), make_plan(trial_days=3), now=timezone.now())
    renewals.remind(now=timezone.now())
    assert set(Message.objects.values_list("kind", flat=True)) == {
        "invoice", "membership-confirmed", "plan-changed", "membership-paused", "membership-ends", "trial-ends"
    }  # fmt: skip
    for message in Message.objects.all():
        assert message.text and message.html and message.subject
        assert "&amp;" not in message.text and "{{" not in message.text + message.html
        assert message.text.count("£") <= message.html.count("£")
    assert places_of(trial.member, today).free == [1]
