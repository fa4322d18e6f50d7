"""A title's page has a new version after every change of anything it shows, and after no other.

All rows of a test are made in one transaction, whose number would be the version before and after. So the versions are
set to 0 in between: what changes them writes the number anew.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Country, Credit, Language, PageVersion, SiteVersion, Title
from catalogue.pages import version_of
from members.models import Member
from reviews.models import ReaderChoices, ScoreSummary
from tests import factories as make

UNTOUCHED = (0, 0)


@contextmanager
def watched(title):
    """Yields a function that says whether the page of `title` has a new version since."""
    PageVersion.objects.update(version=0)
    SiteVersion.objects.update(version=0)
    assert version_of(title.slug) == (title.pk, *UNTOUCHED)
    yield lambda: version_of(Title.objects.get(pk=title.pk).slug) != (title.pk, *UNTOUCHED)


def is_new(title, change):
    """Whether `change()` gives the page of `title` a new version."""
    with watched(title) as changed:
        change()
        return changed()


def change(row, **fields):
    """An UPDATE of these columns of one row and nothing more."""
    type(row).objects.filter(pk=row.pk).update(**fields)


# ------------------------------------------------------------------ the title itself
FIELDS = {
    "name": "Letyat zhuravli",
    "slug": "the-cranes-are-flying",
    "kind": "series",
    "year": 1958,
    "lead": "War parts two lovers.",
    "synopsis": "Moscow, 1941.",
    "runtime_minutes": 97,
    "cover_palette": "cobalt",
    "cover_motif": "orb",
    "cover_short_name": "Cranes",
    "poster": "0" * 64,
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), FIELDS.items())
def test_a_field_of_the_title(name, value):
    title = make.make_title()
    assert is_new(title, lambda: change(title, **{name: value}))


@pytest.mark.django_db
def test_the_certificate_of_the_title():
    title, certificate = make.make_title(), make.make_certificate()
    assert is_new(title, lambda: change(title, certificate=certificate))
    assert is_new(title, lambda: change(certificate, value="PG"))


# ------------------------------------------------------------------ rows that hang on the title
@dataclass
class Part:
    """A kind of row that the page shows: what makes one, what it hangs on, and a change to it."""

    make: callable
    owner: str
    change: dict = field(default_factory=dict)

    def __str__(self):
        return self.make.__name__.removeprefix("make_")


PARTS = [
    Part(make.make_title_name, "title", {"name": "Letyat zhuravli"}),
    Part(make.make_title_language, "title", {"language_id": "ka"}),
    Part(make.make_title_country, "title", {"country_id": "GE"}),
    Part(make.make_title_genre, "title", {"position": 7}),
    Part(make.make_title_collection, "title", {"position": 7}),
    Part(make.make_title_company, "title", {"role": "sales"}),
    Part(make.make_credit, "title", {"printed_name": "M. Kalatozov"}),
    Part(make.make_award, "title", {"won": False}),
    Part(make.make_event, "title", {"date": "1957-10"}),
    Part(make.make_box_office, "title", {"amount": 2000}),
    Part(make.make_offer, "title", {"kind": "buy"}),
    Part(make.make_similar_title, "title", {"position": 7}),
    Part(make.make_release, "title", {"edition": "Restored"}),
    Part(make.make_aspect_ratio, "release", {"ratio": "1.37"}),
    Part(make.make_audio_track, "release", {"codec": "LPCM"}),
    Part(make.make_subtitle_track, "release", {"hard_of_hearing": True}),
    Part(make.make_disc, "release", {"label": "Bonus"}),
    Part(make.make_extra, "release", {"minutes": 28}),
    Part(make.make_extra_person, "extra", {"position": 7}),
    Part(make.make_rating, "title", {"half_stars": 10}),
    Part(make.make_review, "title", {"headline": "Seen twice"}),
    Part(make.make_vote, "review", {"helpful": False}),
    Part(make.make_critic_review, "title", {"fresh": False}),
    Part(make.make_outside_score, "title", {"liked_percent": 94}),
    Part(make.make_outside_review, "title", {"body": "I laughed."}),
]
every_part = pytest.mark.parametrize("part", PARTS, ids=str)


def make_owner(kind, title):
    """What a part of `title` hangs on: the title, or a release, an extra or a review of it."""
    if kind == "title":
        return title
    if kind == "extra":
        return make.make_extra(release=make.make_release(title=title))
    return getattr(make, f"make_{kind}")(title=title)


def make_part(part, title):
    return part.make(**{part.owner: make_owner(part.owner, title)})


@pytest.mark.django_db
@every_part
def test_a_part_that_is_added(part):
    title = make.make_title()
    owner = make_owner(part.owner, title)
    assert is_new(title, lambda: part.make(**{part.owner: owner}))


@pytest.mark.django_db
@every_part
def test_a_part_that_is_changed(part):
    title = make.make_title()
    row = make_part(part, title)
    assert is_new(title, lambda: change(row, **part.change))


@pytest.mark.django_db
@every_part
def test_a_part_that_is_deleted(part):
    title = make.make_title()
    row = make_part(part, title)
    assert is_new(title, row.delete)


@pytest.mark.django_db
@every_part
def test_a_part_that_moves_from_one_title_to_another(part):
    old, new = make.make_title(), make.make_title()
    row, owner = make_part(part, old), make_owner(part.owner, new)
    assert is_new(old, lambda: change(row, **{part.owner: owner}))
    change(row, **{part.owner: make_owner(part.owner, old)})
    assert is_new(new, lambda: change(row, **{part.owner: owner}))


@pytest.mark.django_db
@every_part
def test_a_part_of_another_title(part):
    title, other = make.make_title(), make.make_title()
    with watched(title) as changed:
        row = make_part(part, other)
        change(row, **part.change)
        row.delete()
        assert not changed()


@pytest.mark.django_db
def test_the_summary_of_scores():
    title = make.make_title()
    assert is_new(title, lambda: ScoreSummary.objects.filter(title=title).update(critic_reviews=5))


@pytest.mark.django_db
def test_a_part_goes_with_what_it_hangs_on():
    disc = make.make_disc()
    assert is_new(disc.release.title, disc.release.delete)


# ------------------------------------------------------------------ words that pages share
SHARED = {
    "genre": lambda title: make.make_title_genre(title=title).genre,
    "collection": lambda title: make.make_title_collection(title=title).collection,
    "company": lambda title: make.make_title_company(title=title).company,
    "studio": lambda title: make.make_release(title=title, distributor=make.make_company()).distributor,
    "award body": lambda title: make.make_award(title=title).body,
    "provider": lambda title: make.make_offer(title=title).provider,
    "critic": lambda title: make.make_critic_review(title=title).critic,
    "publication": lambda title: make.make_critic_review(title=title).publication,
    "source of a score": lambda title: make.make_outside_score(title=title).source,
    "source of a review": lambda title: make.make_outside_review(title=title).source,
    "country": lambda title: Country.objects.get(pk=make.make_title_country(title=title).country_id),
    "language": lambda title: Language.objects.get(pk=make.make_title_language(title=title).language_id),
    "language of an audio track": lambda title: Language.objects.get(
        pk=make.make_audio_track(release=make.make_release(title=title), language_id="ru").language_id
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("made", SHARED.values(), ids=SHARED)
def test_a_word_that_is_renamed(made):
    title = make.make_title()
    word = made(title)
    assert is_new(title, lambda: change(word, name="Another name"))


@pytest.mark.django_db
def test_a_critic_who_is_a_top_critic_now():
    review = make.make_critic_review()
    assert is_new(review.title, lambda: change(review.critic, is_top=True))


@pytest.mark.django_db
@pytest.mark.parametrize("made", [make.make_genre, make.make_company, make.make_provider, make.make_critic])
def test_a_new_word_that_nothing_uses(made):
    assert not is_new(make.make_title(), made)


# ------------------------------------------------------------------ people
PERSON = {"name": "Mikheil Kalatozishvili", "slug": "mikheil", "biography": "Born in Tiflis.", "has_page": True}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), PERSON.items())
def test_a_field_of_a_person(name, value):
    credit = make.make_credit()
    assert is_new(credit.title, lambda: change(credit.person, **{name: value}))


@pytest.mark.django_db
def test_a_field_of_a_person_in_an_extra():
    row = make.make_extra_person()
    assert is_new(row.extra.release.title, lambda: change(row.person, name="Claude Lelouch"))


@pytest.mark.django_db
def test_a_field_of_a_person_without_a_part_here():
    person, title = make.make_person(), make.make_credit().title
    assert not is_new(title, lambda: change(person, name="Somebody else"))


@pytest.mark.django_db
def test_a_second_credit_elsewhere_comes_and_goes():
    """It gives the person a page, so every title that names the person links it; the loss takes it away."""
    first = make.make_credit()
    assert is_new(first.title, lambda: make.make_credit(person=first.person))
    second = Credit.objects.exclude(pk=first.pk).get()
    assert is_new(first.title, second.delete)


@pytest.mark.django_db
def test_a_third_credit_elsewhere_comes_and_goes():
    first = make.make_credit()
    make.make_credit(person=first.person)
    with watched(first.title) as changed:
        make.make_credit(person=first.person).delete()
        assert not changed()


@pytest.mark.django_db
def test_two_credits_that_come_and_go_in_one_statement():
    first, titles = make.make_credit(), [make.make_title(), make.make_title()]
    two = [Credit(title=t, person=first.person, role="editor", position=1, printed_name="M.") for t in titles]
    assert is_new(first.title, lambda: Credit.objects.bulk_create(two))
    assert is_new(first.title, lambda: Credit.objects.exclude(pk=first.pk).delete())


@pytest.mark.django_db
def test_a_credit_given_to_another_person_who_has_a_page_by_it():
    """As when two records of one person are made one."""
    here, elsewhere = make.make_credit(), make.make_credit()
    assert is_new(here.title, lambda: change(elsewhere, person=here.person))


@pytest.mark.django_db
def test_a_credit_taken_from_a_person_who_loses_a_page_by_it():
    here = make.make_credit()
    elsewhere, other = make.make_credit(person=here.person), make.make_person()
    assert is_new(here.title, lambda: change(elsewhere, person=other))


@pytest.mark.django_db
def test_a_credit_elsewhere_that_changes_but_stays_with_its_person():
    here = make.make_credit()
    elsewhere = make.make_credit(person=here.person)
    assert not is_new(here.title, lambda: change(elsewhere, detail="screenplay"))


# ------------------------------------------------------------------ members
@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"shown_as": "A. L."}, {"is_active": False}], ids=["shown_as", "is_active"])
def test_an_author_who_changes_name_or_closes_the_account(fields):
    review = make.make_review()
    assert is_new(review.title, lambda: change(review.author, **fields))


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"last_login": "2026-01-05T12:00Z"}, {"password": "!"}, {"email": "a@example.org"}])
def test_what_pages_do_not_show_of_an_author(fields):
    review = make.make_review()
    assert not is_new(review.title, lambda: change(review.author, **fields))


@pytest.mark.django_db
def test_a_member_who_wrote_nothing_here():
    review, member = make.make_review(), make.make_member()
    assert not is_new(review.title, lambda: change(member, shown_as="A. L.", is_active=False))


@pytest.mark.django_db
def test_an_account_that_is_deleted_with_its_review_and_its_votes():
    review, vote = make.make_review(), make.make_vote()
    assert is_new(review.title, review.author.delete)
    assert is_new(vote.review.title, vote.voter.delete)


@pytest.mark.django_db
def test_an_author_whose_page_comes_or_goes():
    review = make.make_review()
    choices = ReaderChoices(member=review.author, has_page=False)
    assert is_new(review.title, choices.save)
    assert is_new(review.title, lambda: change(choices, has_page=True))
    assert not is_new(review.title, lambda: change(choices, always_show_spoilers=True, shows_ratings=True))
    assert is_new(review.title, lambda: change(choices, has_page=False))
    assert is_new(review.title, choices.delete)


@pytest.mark.django_db
def test_choices_that_leave_the_page_as_it_was():
    review = make.make_review()
    choices = ReaderChoices(member=review.author, always_show_spoilers=True)
    assert not is_new(review.title, choices.save)
    assert not is_new(review.title, choices.delete)


# ------------------------------------------------------------------ other titles on the page
@pytest.fixture
def neighbour(request):
    """(a title, another whose card its page shows)"""
    if request.param == "similar":
        row = make.make_similar_title()
        return row.title, row.other
    return make.make_title(), make.make_popular_title().title


every_neighbour = pytest.mark.parametrize("neighbour", ["similar", "popular"], indirect=True)


@pytest.mark.django_db
@every_neighbour
@pytest.mark.parametrize(("name", "value"), FIELDS.items())
def test_a_field_of_a_title_whose_card_is_shown(neighbour, name, value):
    title, other = neighbour
    assert is_new(title, lambda: change(other, **{name: value}))


@pytest.mark.django_db
@every_neighbour
@pytest.mark.parametrize("made", [make.make_title_country, make.make_title_genre])
def test_the_country_or_genre_of_a_title_whose_card_is_shown(neighbour, made):
    title, other = neighbour
    part = made(title=other)
    assert is_new(title, lambda: change(part, position=7))
    assert is_new(title, part.delete)
    assert is_new(title, lambda: made(title=other))


@pytest.mark.django_db
@every_neighbour
@pytest.mark.parametrize("made", [make.make_title_country, make.make_title_genre])
def test_a_country_or_genre_that_moves_to_or_from_a_title_whose_card_is_shown(neighbour, made):
    title, other = neighbour
    part, stranger = made(), make.make_title()
    assert is_new(title, lambda: change(part, title=other))
    assert is_new(title, lambda: change(part, title=stranger))


@pytest.mark.django_db
@every_neighbour
def test_a_title_whose_card_is_shown_is_deleted(neighbour):
    title, other = neighbour
    assert is_new(title, other.delete)


@pytest.mark.django_db
def test_the_list_of_popular_titles():
    title = make.make_title()
    assert is_new(title, make.make_popular_title)
    place = make.make_popular_title()
    assert is_new(title, lambda: change(place, position=7))
    assert is_new(title, place.delete)


@pytest.mark.django_db
def test_another_title_that_is_added_changed_and_deleted():
    title = make.make_title()
    with watched(title) as changed:
        other = make.make_title()
        change(other, name="Another film")
        other.delete()
        assert not changed()


# ------------------------------------------------------------------ plans
@pytest.mark.django_db
def test_the_price_of_the_cheapest_plan():
    title = make.make_title()
    assert is_new(title, make.make_plan)
    plan = make.make_plan()
    assert is_new(title, lambda: change(plan, price_pence=1299))
    assert is_new(title, plan.delete)


@pytest.mark.django_db
def test_a_statement_that_changes_no_row():
    title = make.make_title()
    with watched(title) as changed:
        Title.objects.filter(pk=0).update(name="")
        Credit.objects.filter(pk=0).delete()
        Member.objects.filter(pk=0).update(shown_as="")
        Country.objects.filter(pk="QQ").update(name="")
        assert not changed()


# ------------------------------------------------------------------ completeness
TRIGGERED = """
SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND tgenabled = 'O' AND (prosrc LIKE '%catalogue_touch(%' OR prosrc LIKE '%siteversion%')
GROUP BY relname HAVING bit_or(tgtype) & {event} > 0
"""
UPDATE, DELETE, INSERT = 16, 8, 4  # bits of pg_trigger.tgtype
KEPT_BY_TRIGGERS = {"catalogue_pageversion", "catalogue_siteversion"}
# Words and people reach a page by another row, and are deleted after it.
REACHED = {
    *("catalogue_title", "catalogue_person", "catalogue_language", "catalogue_country", "catalogue_genre"),
    *(
        "catalogue_collection",
        "catalogue_company",
        "catalogue_awardbody",
        "catalogue_provider",
        "catalogue_certificate",
    ),
    *("reviews_critic", "reviews_publication", "reviews_outsidesource", "members_member"),
    "rentals_stock",  # comes and goes with its title
}


def tables_read(client, title):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(title.get_absolute_url()).status_code == 200
    words = " ".join(query["sql"] for query in queries)
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', words)) - KEPT_BY_TRIGGERS


def tables_with_trigger(event):
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERED.format(event=event))
        return {name for (name,) in cursor}


@pytest.mark.django_db
def test_every_table_that_the_page_reads_has_triggers(client):
    title = make.make_title()
    for part in PARTS:
        make_part(part, title)
    ScoreSummary.objects.rebuild([title.pk])
    read = tables_read(client, title)
    assert len(read) > 30
    read -= {"reviews_helpfulvote"}  # for the reader's own vote; how many there are is in the standing
    assert read - tables_with_trigger(UPDATE) == set()
    assert read - REACHED - tables_with_trigger(INSERT) == set()
    assert read - REACHED - tables_with_trigger(DELETE) == set()
