"""Who fills in a form reads why it is refused, in a sentence, before the database has to say no."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from catalogue.models import Credit, Person, Release, Title
from members.models import Member
from rentals.models import Plan
from reviews.models import Rating, Review
from tests.factories import (
    DAY,
    make_credit,
    make_member,
    make_person,
    make_plan,
    make_rating,
    make_release,
    make_review,
    make_title,
)

pytestmark = pytest.mark.django_db


def said_of(row):
    """{field or "__all__": sentences} of what is wrong with `row`."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.message_dict


def rating_again():
    first = make_rating()
    return Rating(title=first.title, member=first.member, half_stars=2, rated_on=DAY)


def review_again():
    first = make_review()
    return Review(title=first.title, author=first.author, headline="Again", body="I wept again.", written_on=DAY)


def address_again():
    make_member(email="ada@example.org")
    return Member(email="Ada@example.org", password="x")


def disc_of_another_region():
    return Release(title=make_title(), slug="dvd", medium="dvd", regions=["A"])


def editor_with_a_character():
    return Credit(
        title=make_title(),
        person=make_person(),
        role="editor",
        position=1,
        printed_name="Mariya Timofeeva",
        character="Veronika",
    )


def plan_for_nothing():
    return Plan(slug="free", name="Free", places_at_home=1, media=["dvd"], price_pence=0, position=1)


def plan_in_a_place_that_is_taken():
    position = make_plan().position
    return Plan(slug="two", name="Two", places_at_home=2, media=["dvd"], price_pence=1299, position=position)


ON_THE_FORM = [
    (
        lambda: Title(slug="a", name="A", year=1700),
        "The year lies between 1870 and 2100; leave it empty if it is unknown.",
    ),
    (lambda: Title(slug="A_film", name="A"), "A slug has small letters, digits and single hyphens only."),
    (
        lambda: Title(slug="a", name="A", runtime_minutes=0),
        "A length lies between 1 and 6000 minutes; leave it empty if it is unknown.",
    ),
    (lambda: Person(slug="a", name="A", born_on="1957-13"), "Write the date born on as 1957, 1957-10 or 1957-10-12."),
    (
        lambda: Person(slug="a", name="A", born_on="1957", died_on="1956-12"),
        "Nobody dies before being born: look at both dates.",
    ),
    (disc_of_another_region, "A DVD has regions 0 to 8, a Blu-ray A, B or C, a 4K disc none."),
    (editor_with_a_character, "Only an actor plays a character."),
    (rating_again, "You have already rated this title; change that rating."),
    (review_again, "You have already reviewed this title; edit that review instead."),
    (address_again, "There is an account with this e-mail address; sign in instead."),
    (plan_in_a_place_that_is_taken, "Two plans cannot have the same place."),
    (plan_for_nothing, "A plan costs at least a penny."),
]


@pytest.mark.parametrize(("wrong", "sentence"), ON_THE_FORM, ids=lambda value: getattr(value, "__name__", None))
def test_the_form_says_what_is_wrong(wrong, sentence):
    assert said_of(wrong()) == {NON_FIELD_ERRORS: [sentence]}


def test_what_a_field_takes_is_said_beside_it():
    said = said_of(Title(slug="a film", name="", kind="play"))
    assert said == {
        "slug": ["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."],
        "name": ["This field cannot be blank."],
        "kind": ["Value 'play' is not a valid choice."],
    }


@pytest.mark.parametrize(
    "make", [make_title, make_person, make_release, make_credit, make_plan, make_review, make_rating]
)
def test_the_smallest_row_is_right(make):
    make().full_clean()
