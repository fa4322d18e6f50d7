"""What readers of the demo do: made up by the verbs, true in every sum, and something of each kind to look at."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from catalogue.invariants import broken
from members.models import Member, Message
from reviews.models import (
    Chart,
    ChartPlace,
    ModerationStep,
    Rating,
    Report,
    Review,
    ReviewDraft,
    StaffReply,
    Verb,
    VoteHold,
    WantToSee,
)
from reviews.moderation.queue import waiting
from reviews.taste import beside


@pytest.fixture
def reader(demo, settings):
    """Whom visitors try the site as: somebody who rents, and has written nothing yet."""
    settings.MODERATION = settings.MODERATION | {"new_account_days": 7}
    silent = Member.objects.filter(reviews=None, is_staff=False).annotate(n=Count("rentals", distinct=True))
    reader = silent.order_by("-n", "handle").first()
    call_command("make_demo_reading", member=reader.email, today=None, stdout=StringIO())
    return reader


def test_there_is_something_of_each_kind_and_all_of_it_is_true(reader):
    assert broken() == {}
    assert 500 < Rating.objects.filter(verified=True).count() < Rating.objects.count()
    assert Review.objects.filter(verified=True).count() > 20
    assert WantToSee.objects.count() > 20
    assert StaffReply.objects.count() == Report.objects.count() == 1
    assert ReviewDraft.objects.filter(author=reader).count() == 1
    assert set(ChartPlace.objects.values_list("chart", flat=True)) == set(Chart)
    assert not Review.objects.filter(author__joined_at__date__gt=F("written_on"), withheld_by=None).exists()
    assert not Message.objects.exists()


def test_the_rules_found_what_waits_for_a_moderator(reader):
    held = ModerationStep.objects.filter(verb=Verb.HOLD)
    assert len(set(held.values_list("rule", flat=True))) == held.count() == 3
    assert VoteHold.objects.count() == 1
    assert waiting().count() == 3 + 1 + 1  # held, reported, votes


def test_the_reader_can_compare_tastes(reader):
    others = Member.objects.filter(reader_choices__shares_taste=True).exclude(pk=reader.pk)
    assert beside(reader, others.values_list("pk", flat=True))


def test_it_is_made_once(reader):
    with pytest.raises(CommandError):
        call_command("make_demo_reading", member=reader.email)
