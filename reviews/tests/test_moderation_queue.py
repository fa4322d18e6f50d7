"""The moderators' pages: what waits, deciding about it, undoing, answering."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import moderation
from reviews.models import Ban, ModerationStep, Review, StaffReply, VoteHold
from tests.factories import make_member, make_rating, make_report, make_review, make_staff, make_vote
from tests.pages import get, of_class, text, tree

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUEUE = "/admin/reviews/moderationstep/queue/"
DECIDE = f"{QUEUE}decide/"


def with_role(role):
    staff = make_staff(shown_as=role.title())
    staff.groups.add(Group.objects.get(name=role))
    return staff


@pytest.fixture
def moderator():
    return with_role("moderator")


@pytest.fixture
def staff(moderator, sign_in):
    return sign_in(moderator)


def held(hours=0, **fields):
    review = make_review(**fields)
    moderation.hold(review, "links", at=NOON + timedelta(hours=hours))
    return review


def headings(page):
    return [text(h) for item in of_class(page, "mod__item") for h in item.iter("h2")]


def form_of(page, act):
    """The fields of the first form that has a button for `act`."""
    form = next(f for f in page.iter("form") if any(b.get("value") == act for b in f.iter("button")))
    fields = {i.get("name"): i.get("value") for i in form.iter("input") if i.get("type") == "hidden"}
    return fields | {"act": act}


def said(response):
    return text(of_class(tree(response), "messagelist")[0])


def post(staff, page, act, **more):
    return staff.post(DECIDE, form_of(page, act) | more, follow=True)


# ------------------------------------------------------------------ what waits
def test_what_waits_stands_oldest_first(staff):
    held(2, headline="Second")
    held(3, headline="Third")
    reported = make_review(headline="First")
    make_report(review=reported, reported_at=NOON)
    votes = make_vote()
    moderation.hold_votes(votes.voter, votes.review.author, at=NOON + timedelta(hours=4))
    make_review(headline="Nothing is wrong with it")
    page = get(staff, QUEUE)
    names = headings(page)
    assert names[:3] == ["First", "Second", "Third"] and names[3].startswith("Votes of") and len(names) == 4
    assert headings(get(staff, f"{QUEUE}?kind=held")) == ["Second", "Third"]
    assert headings(get(staff, f"{QUEUE}?kind=reported")) == ["First"]
    assert len(headings(get(staff, f"{QUEUE}?kind=votes"))) == 1
    assert len(headings(get(staff, f"{QUEUE}?kind=nonsense&page=x"))) == 4
    assert "Everything (4)" in text(page) and "Held votes (1)" in text(page)


def test_nothing_waits(staff):
    assert "Nothing waits." in text(get(staff, QUEUE))


def test_a_review_stands_with_what_a_moderator_goes_by(staff):
    review = held(body="<b>See</b> example.com", author=make_member(shown_as="Ada"))
    make_rating(title=review.title, member=review.author, half_stars=9)
    make_report(review=review, note="It is advertising.")
    moderation.reject(make_review(author=review.author), "No.", by=make_staff(), at=NOON)
    item = text(of_class(get(staff, QUEUE), "mod__item")[0])
    for words in (
        "It has links",
        "<b>See</b> example.com",
        "By Ada",
        "2 reviews, 1 turned down",
        "gave 4.5 of 5 stars",
    ):
        assert words in item
    assert "It is advertising." in item and "Held for a moderator" in item


def test_the_queue_asks_as_often_for_twenty_things_as_for_two(staff):
    def queries(number):
        for _ in range(number):
            make_report(review=held())
            make_report(review=make_review())
            vote = make_vote()
            moderation.hold_votes(vote.voter, vote.review.author, at=NOON)
        get(staff, QUEUE)
        with CaptureQueriesContext(connection) as captured:
            get(staff, QUEUE)
        return len(captured)

    assert queries(1) == queries(6)


# ------------------------------------------------------------------ deciding
def test_a_moderator_approves_with_one_button(staff, moderator):
    review = held(headline="Good")
    response = post(staff, get(staff, QUEUE), "approve")
    assert said(response) == "Approved: “Good”." and response.redirect_chain == [(QUEUE, 302)]
    assert Review.objects.shown().filter(pk=review.pk).exists()
    assert ModerationStep.objects.get(verb="approve").by == moderator


@pytest.mark.parametrize("act", ["reject", "ask"])
def test_a_moderator_turns_down_with_a_reason_and_not_without(staff, act):
    held()
    page = get(staff, QUEUE)
    assert "Say why" in said(post(staff, page, act, reason=" ", form_key=""))
    assert "Its author is told." in said(post(staff, page, act, reason="Say less.", form_key=""))
    assert ModerationStep.objects.get(verb=act).reason == "Say less."


def test_a_moderator_bans_and_lifts(staff):
    review = held()
    assert "is banned and told" in said(post(staff, get(staff, QUEUE), "ban", reason="Paid for."))
    assert Ban.objects.get().member == review.author
    post(staff, get(staff, QUEUE), "lift")
    assert not Ban.objects.exists()


@pytest.mark.parametrize(("act", "left"), [("count", 0), ("drop", 1)])
def test_a_moderator_decides_about_votes(staff, act, left):
    vote = make_vote()
    moderation.hold_votes(vote.voter, vote.review.author, at=NOON)
    post(staff, get(staff, QUEUE), act)
    assert VoteHold.objects.count() == left and not headings(get(staff, QUEUE))


def test_a_moderator_undoes(staff):
    review = held()
    post(staff, get(staff, QUEUE), "approve")
    assert said(post(staff, get(staff, QUEUE), "undo")) == "Undone: approved."
    assert not Review.objects.shown().filter(pk=review.pk).exists()
    assert "Undone (approved)" in text(get(staff, QUEUE))


def test_a_moderator_approves_many_at_once_but_none_that_changed(staff):
    reviews = [held(headline=f"Number {n}") for n in range(3)]
    page = get(staff, QUEUE)
    ticked = [i.get("value") for i in page.iter("input") if i.get("name") == "ticked"]
    moderation.reject(reviews[1], "No.", by=make_staff(), at=NOON)
    response = post(staff, page, "approve ticked", ticked=ticked)
    assert "“Number 1” was not approved. Somebody was faster" in said(response)
    assert set(Review.objects.shown()) == {reviews[0], reviews[2]}
    assert "Tick some reviews first." in said(staff.post(DECIDE, {"act": "approve ticked"}, follow=True))


def test_the_second_of_two_moderators_is_told(staff, sign_in):
    held()
    first, second = get(staff, QUEUE), get(other := sign_in(with_role("moderator")), QUEUE)
    post(staff, first, "approve")
    assert "Somebody was faster" in said(post(other, second, "reject", reason="No."))
    assert ModerationStep.objects.filter(verb="reject").count() == 0


@pytest.mark.parametrize(
    "form",
    [{}, {"act": "nonsense"}, {"act": "approve"}, {"act": "approve", "review": "9" * 40}, {"act": "undo", "step": "x"}]
    + [{"act": "ban", "member": "٣"}, {"act": "count", "votes": "-1"}, {"act": "approve ticked", "ticked": "x y"}],
)
def test_a_form_that_says_nothing_does_nothing(staff, form):
    held()
    response = staff.post(DECIDE, form, follow=True)
    assert response.status_code == 200 and said(response) and ModerationStep.objects.count() == 1


def test_a_decision_leads_back_to_its_page_and_nowhere_else(staff):
    review = held()
    own = f"{QUEUE}reviews/{review.pk}/"
    page = get(staff, own)
    assert post(staff, page, "approve").redirect_chain == [(own, 302)]
    for elsewhere in ("https://example.org/", "//example.org", "/admin/"):
        assert staff.post(DECIDE, {"back": elsewhere})["Location"] == QUEUE
    assert staff.get(DECIDE)["Location"] == QUEUE


def test_any_review_can_be_looked_up_and_turned_down(staff):
    review = make_review(headline="Fine so far")
    assert f"{QUEUE}reviews/{review.pk}/" in staff.get("/admin/reviews/review/").content.decode()
    post(staff, get(staff, f"{QUEUE}reviews/{review.pk}/"), "reject", reason="Paid for.")
    assert not Review.objects.shown().exists()
    assert get(staff, f"{QUEUE}reviews/{10**30}/", 404) is not None


# ------------------------------------------------------------------ who may
@pytest.mark.parametrize(("role", "status"), [("cataloguer", 403), ("desk", 403), ("moderator", 200), ("manager", 200)])
def test_moderators_and_managers_have_the_queue(sign_in, role, status):
    review = held()
    client = sign_in(with_role(role))
    assert client.get(QUEUE).status_code == status
    client.post(DECIDE, {"act": "approve", "review": review.pk, "seen": moderation.steps.seen(fresh(review))})
    assert Review.objects.shown().exists() == (status == 200)


def fresh(review):
    return Review.objects.get(pk=review.pk)


def test_without_a_second_step_nobody_has_it(sign_in):
    staff = make_member(is_staff=True, is_superuser=True)
    assert sign_in(staff).get(QUEUE).status_code == 302


def test_a_moderator_rejects_and_does_not_delete(staff):
    review = make_review()
    assert staff.post(f"/admin/reviews/review/{review.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", ["moderationstep", "report", "ban", "votehold"])
def test_history_is_only_looked_at(staff, model):
    held()
    assert staff.get(f"/admin/reviews/{model}/").status_code == 200
    assert staff.get(f"/admin/reviews/{model}/add/").status_code == 403
    step = ModerationStep.objects.get()
    assert staff.get(f"/admin/reviews/moderationstep/{step.pk}/change/").status_code == 200
    assert staff.post(f"/admin/reviews/moderationstep/{step.pk}/change/", {"verb": "approve"}).status_code == 403
    assert staff.post(f"/admin/reviews/moderationstep/{step.pk}/delete/", {"post": "yes"}).status_code == 403


# ------------------------------------------------------------------ answers
def test_a_moderator_answers_changes_and_takes_back(staff, moderator, client):
    review = make_review()
    add = "/admin/reviews/staffreply/add/"
    assert staff.get(f"{add}?review={review.pk}").status_code == 200
    assert staff.post(add, {"review": review.pk, "body": "Thank you."}).status_code == 302
    reply = StaffReply.objects.get()
    assert (reply.body, reply.written_by) == ("Thank you.", moderator)
    assert staff.post(add, {"review": review.pk, "body": "Twice."}).status_code == 200
    change = f"/admin/reviews/staffreply/{reply.pk}"
    assert staff.post(f"{change}/change/", {"body": "Thanks."}).status_code == 302
    assert StaffReply.objects.get().body == "Thanks."
    assert staff.post(f"{change}/delete/", {"post": "yes"}).status_code == 302
    assert not StaffReply.objects.exists()


# ------------------------------------------------------------------ the admin's first page
def test_the_first_page_says_how_much_waits_to_those_who_may_look(staff, sign_in):
    assert "All is done: Things to moderate." in text(get(staff, "/admin/"))
    held()
    make_report(review=make_review())
    assert "Things to moderate 2" in text(get(staff, "/admin/"))
    assert "to moderate" not in text(get(sign_in(with_role("desk")), "/admin/"))
