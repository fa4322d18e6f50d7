"""Titles at the edges of what a page must bear."""

from datetime import timedelta

from catalogue.models import Credit, Person
from members.models import Member
from reviews.models import Rating, ScoreSummary
from tests.factories import (
    DAY,
    make_credit,
    make_disc,
    make_member,
    make_release,
    make_review,
    make_title,
    make_vote,
)

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
BRACES = "{{ 7*7 }}{% now 'Y' %}"
END = "</script><!--"
HOSTILE = f"{SCRIPT}{IMAGE}{BRACES}{END}'&amp;"


def rate(title, *half_stars):
    """One rating per number, each by a member of its own, and the summary anew."""
    start = Member.objects.count()
    members = Member.objects.bulk_create(
        Member(email=f"rater{start + n}@example.org", handle=f"rater-{title.pk}-{n}") for n in range(len(half_stars))
    )
    Rating.objects.bulk_create(
        Rating(title=title, member=member, half_stars=stars, rated_on=DAY)
        for member, stars in zip(members, half_stars, strict=True)
    )
    ScoreSummary.objects.rebuild([title.pk])


def review(title, number, **fields):
    """`number` reviews of `title`, each a day later than the last."""
    for day in range(number):
        make_review(title=title, written_on=DAY + timedelta(days=day), **fields)
    ScoreSummary.objects.rebuild([title.pk])


def cast(title, number):
    people = Person.objects.bulk_create(
        Person(slug=f"actor-{title.pk}-{n}", name=f"Actor {n}") for n in range(1, number + 1)
    )
    Credit.objects.bulk_create(
        Credit(title=title, person=person, role="actor", position=n, printed_name=person.name, character=f"Part {n}")
        for n, person in enumerate(people, 1)
    )


def editions(title, number, medium="dvd"):
    for n in range(number):
        make_disc(release=make_release(title=title, medium=medium, edition=f"Edition {n}", runtime_minutes=90 + n))


def with_everything(readers=5, actors=20, releases=2):
    """A title with reviews, votes, ratings, cast and editions."""
    title = make_title(name="Everything", lead="A lead.", synopsis="One.\n\nTwo.", runtime_minutes=96)
    make_credit(title=title)
    cast(title, actors)
    editions(title, releases)
    review(title, readers)
    for one in title.reviews.all():
        make_vote(review=one, voter=make_member())
    rate(title, *[8] * readers)
    return title
