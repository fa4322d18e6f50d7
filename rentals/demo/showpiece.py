"""What the first member of the demo has besides, so that every part of the queue's page has something to show."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalogue.models import Release
from rentals import asking, lending, queue
from rentals.calendar import is_business_day
from rentals.models import Copy

AT_HOME = 2  # places that the days fill; the next holds a disc of a series, the last is free
BY_NOW = 5  # days, or a few more, since the disc of the series was posted


def dress(renter, now):
    """A series that comes disc by disc, films that are announced, one disc that has just been posted back."""
    member = renter.member
    for release in _announced(now)[:2]:
        asking.ask(member, release.title, medium=release.medium, now=now)
    _send_a_series(member, now)
    oldest = member.rentals.open().exclude(posted_at=None).order_by("posted_at").first()
    if oldest:
        lending.say_posted_back(oldest, at=now)


def _announced(now):
    """Editions still to come, of films that are not out in that medium yet."""
    today = timezone.localdate(now).isoformat()
    out = Release.objects.filter(title=OuterRef("title"), medium=OuterRef("medium"), released_on__lte=today)
    coming = Release.objects.filter(~Exists(out), title__kind="film", released_on__gt=today)
    return list(coming.select_related("title").order_by("released_on", "pk"))


def _send_a_series(member, now):
    releases = Release.objects.filter(title__kind="series", discs__number=2).order_by("title__slug", "position")
    release = releases.first()
    queue.enqueue_set(member, release, now=now - timedelta(days=30))
    first, second, *_ = member.queue.in_order().filter(disc__release=release).order_by("disc__number")
    copy = Copy.objects.on_shelf().filter(disc=first.disc).order_by("barcode").first()
    day = _business_day(timezone.localdate(now) - timedelta(days=BY_NOW))
    sent = lending.lend_many([(first, copy, AT_HOME + 1)], now=_at(day, time(10)))
    lending.dispatch(sent, at=_at(day, time(15)), tell=False)
    lending.arrive(sent, at=_at(day + timedelta(days=2), time(9)))
    queue.move(second, 2)


def _business_day(day):
    """`day`, or the last business day before it."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
