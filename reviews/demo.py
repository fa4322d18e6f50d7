"""What readers of the demo do beside writing: ratings, choices, drafts, reports, and what waits for a moderator."""

import random
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from catalogue.models import Title
from members import mail
from members.models import Member
from reviews import moderation
from reviews.models import HelpfulVote, Rating, ReaderChoices, Reason, Review, ReviewDraft, ScoreSummary, WantToSee
from reviews.verified import verify_missed

ANSWERED = ("borgen-2010", "ak")
ANSWER = (
    "Thank you for telling us. Most players keep a subtitle on screen longer if it is chosen on the disc's own menu "
    "and not with the remote control. We have put that on the sleeve of our copies."
)
REPORTED = ("berlin-alexanderplatz-1980", "jb")
DRAFTED = "where-is-the-friends-house-1987"
DRAFT = "One exercise book, two villages, and everything there is to say about doing right by a friend."
AWAITED = "the-batman-part-ii-2027"
EAGER = 0.18  # of the members want to see it
ADVERT = "No need to wait for the post. Watch it tonight at best-films.example/free with the code POSTBOX."
HEARSAY = "I have not seen it yet, but my neighbour says that it is the best film ever made."
RATED = 40  # films that the reader has rated, at most
FRIENDS = 6  # votes of one member on the reviews of another, in one evening


@transaction.atomic
def make_reading(reader, *, now):
    """Make it up, up to `now`. `reader` is whom visitors try the site as."""
    chance = random.Random(1958)
    with mail.unsaid():
        _join()
        verify_missed()
        _choose(reader, chance)
        _rate(reader, chance, now)
        _look_forward(chance, now)
        _write(reader, now)
        _answer_and_report(now)
        _wait_for_a_moderator(now)


def _join():
    """Who wrote or rented had joined before that; accounts are as old as the demo else."""
    for member in Member.objects.annotate(wrote=Min("reviews__written_on"), rented=Min("rentals__allocated_at")):
        rented = member.rented and timezone.localdate(member.rented)
        if known := [day for day in (member.wrote, rented) if day]:
            joined = timezone.make_aware(datetime.combine(min(known), time(20))) - timedelta(days=3)
            Member.objects.filter(pk=member.pk).update(joined_at=joined)


def _choose(reader, chance):
    """Some reviewers let others compare their taste, and some of them list their ratings."""
    authors = Member.objects.filter(reviews__isnull=False).exclude(pk=reader.pk).distinct().order_by("handle")
    chosen = [member for member in authors if chance.random() < 0.6]
    rows = [ReaderChoices(member=m, shares_taste=True, shows_ratings=n % 3 == 0) for n, m in enumerate(chosen)]
    ReaderChoices.objects.bulk_create([*rows, ReaderChoices(member=reader, shares_taste=True, shows_ratings=True)])


def _rate(reader, chance, now):
    """The reader rates what went back, near what others say."""
    seen = Title.objects.filter(releases__discs__copies__rentals__in=reader.rentals.filter(checked_in_at__isnull=False))
    summaries = ScoreSummary.objects.filter(title__in=seen).select_related("title").order_by("title__slug")
    for days, summary in enumerate(summaries[:RATED], 2):
        near = round(2 * (summary.average or 3.5) + chance.gauss(0.4, 1.3))
        on = timezone.localdate(now - timedelta(days=3 * days))
        Rating.objects.record(title=summary.title, member=reader, half_stars=min(max(near, 1), 10), on=on)


def _look_forward(chance, now):
    title = Title.objects.get(slug=AWAITED)
    for member in Member.objects.filter(is_staff=False).order_by("handle"):
        if chance.random() < EAGER:
            since = timezone.localdate(now - timedelta(days=chance.randrange(200)))
            WantToSee.objects.say(title=title, member=member, on=since)


def _write(reader, now):
    title = Title.objects.get(slug=DRAFTED)
    facts = {"headline": "A small errand", "body": DRAFT, "saved_at": now - timedelta(hours=5)}
    ReviewDraft.objects.create(title=title, author=reader, **facts)


def _answer_and_report(now):
    moderation.reply(_review(*ANSWERED), ANSWER, by=None, on=timezone.localdate(now - timedelta(days=9)))
    reporter = _strangers()[0]
    facts = {"reason": Reason.SPOILERS, "note": "The second paragraph tells how it ends."}
    moderation.report(_review(*REPORTED), reporter, at=now - timedelta(hours=20), **facts)


def _review(slug, handle):
    return Review.objects.get(title__slug=slug, author__handle=handle)


def _strangers():
    """Members who never rented or wrote."""
    return list(Member.objects.filter(rentals=None, reviews=None, is_staff=False).order_by("handle")[:5])


def _wait_for_a_moderator(now):
    """By the verbs: the rules find these."""
    _, advertiser, newcomer, copyist, fan = _strangers()
    _post(advertiser, "casablanca-1942", "Free tonight", ADVERT, now - timedelta(hours=30))
    _post(newcomer, "seven-samurai-1954", "Heard good things", HEARSAY, now - timedelta(hours=26))
    _post(copyist, "ikiru-1952", "Well said", _review(*REPORTED).body, now - timedelta(hours=3))
    author = Member.objects.annotate(n=Count("reviews")).order_by("-n", "handle").first()
    for minutes, review in enumerate(author.reviews.shown().order_by("pk")[:FRIENDS]):
        at = now - timedelta(hours=2, minutes=-minutes)
        HelpfulVote.objects.record(review=review, voter=fan, helpful=True, at=at)


def _post(author, slug, headline, body, at):
    said = {"headline": headline, "body": body, "contains_spoilers": False}
    title = Title.objects.get(slug=slug)
    Review.objects.write(title=title, author=author, on=timezone.localdate(at), at=at, **said)
