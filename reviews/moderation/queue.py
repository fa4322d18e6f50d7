"""What waits for a moderator: reviews that are held, reviews that are reported, votes that are held; oldest first."""

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce

from catalogue.wording import stars
from config.dashboard import Card
from reviews.models import Ban, HelpfulVote, ModerationStep, Report, Review, Verb, VoteHold, Withdrawn
from reviews.moderation import steps

PER_PAGE, LATELY = 20, 20
KINDS = {"held": "Held reviews", "reported": "Reported reviews", "votes": "Held votes"}


def _kind(rows, kind, since):
    return rows.order_by().values(key=F("pk"), kind=Value(kind), waits_since=since)


def held():
    """Reviews that the rules keep off the pages, of members who are heard otherwise."""
    return Review.objects.filter(withheld_by__isnull=False, withheld_by__verb=Verb.HOLD)


def reported():
    """Reviews on the pages that somebody reported since a moderator looked."""
    return Review.objects.filter(Exists(Report.objects.filter(review=OuterRef("pk"), settled_by=None))).exclude(
        withheld_by__isnull=False
    )


def held_votes():
    return VoteHold.objects.filter(step__verb=Verb.HOLD_VOTES)


def counts():
    """{kind: how much of it waits}."""
    return {"held": held().count(), "reported": reported().count(), "votes": held_votes().count()}


CARD = Card(
    "Things to moderate",
    "reviews.view_moderationstep",
    "admin:reviews_moderationstep_queue",
    lambda: sum(counts().values()),
)


def waiting(kind=""):
    """{"key", "kind", "waits_since"} of all that waits, or of one of KINDS, oldest first."""
    first = Report.objects.filter(review=OuterRef("pk"), settled_by=None).order_by().values("review")
    parts = {
        "held": _kind(held(), "held", F("withheld_by__at")),
        "reported": _kind(reported(), "reported", Subquery(first.annotate(at=Min("reported_at")).values("at"))),
        "votes": _kind(held_votes(), "votes", F("since")),
    }
    if kind in parts:
        return parts[kind].order_by("waits_since", "key")
    return parts["held"].union(parts["reported"], parts["votes"], all=True).order_by("waits_since", "kind", "key")


def items(rows):
    """What the page prints of rows of `waiting`, in their order; as many queries whatever there is."""
    rows = list(rows)
    reviews = {r.pk: r for r in for_moderators(row["key"] for row in rows if row["kind"] != "votes")}
    votes = {v.pk: v for v in _votes(row["key"] for row in rows if row["kind"] == "votes")}
    found = ((row, (votes if row["kind"] == "votes" else reviews).get(row["key"])) for row in rows)
    return [_item(row, thing) for row, thing in found if thing]  # what went meanwhile is left out


def item(review):
    """The same of one review, whatever its state; None if it is gone."""
    found = for_moderators([review]).first()
    return found and _item({"kind": "review", "key": found.pk, "waits_since": None}, found)


def votes(held):
    """The same of votes that are held; None if they are not any more."""
    found = _votes([held]).first()
    return found and _item({"kind": "votes", "key": found.pk, "waits_since": found.since}, found)


def _item(row, thing):
    if row["kind"] == "votes":
        return row | {"held": thing, "seen": thing.step_id, "id": f"votes-{thing.pk}"}
    facts = {"review": thing, "seen": steps.seen(thing), "id": f"review-{thing.pk}"}
    facts |= {"stars": thing.half_stars and stars(thing.half_stars)}
    facts |= {"open_reports": [r for r in thing.reports.all() if not r.settled_by_id]}
    return row | facts | {"off": thing.withheld_by, "history": list(thing.moderation.all())}


def for_moderators(keys):
    """Reviews with what a moderator goes by: title, author and their record, reports, what was done before."""
    done = ModerationStep.objects.select_related("by", "undone_by").order_by("pk")
    reports = Report.objects.select_related("reporter", "settled_by").order_by("reported_at", "pk")
    own = Review.objects.filter(author=OuterRef("author")).order_by().values("author").annotate(n=Count("*"))
    withdrawn = Withdrawn.objects.filter(title=OuterRef("title"), author=OuterRef("author"))
    rows = Review.objects.filter(pk__in=list(keys)).select_related("title", "author", "withheld_by__by")
    return rows.prefetch_related(Prefetch("moderation", done), Prefetch("reports", reports)).annotate(
        half_stars=F("standing__half_stars"),
        shown=F("standing__shown"),
        author_reviews=Subquery(own.values("n"), output_field=IntegerField()),
        author_off=Coalesce(
            Subquery(own.filter(withheld_by__verb__in=[Verb.REJECT, Verb.ASK]).values("n")),
            0,
            output_field=IntegerField(),
        ),
        author_banned=Exists(Ban.objects.filter(member=OuterRef("author"))),
        **{f"withdrawn_{name}": Subquery(withdrawn.values(name)) for name in ("what", "reason", "withdrawn_at")},
    )


def _votes(keys):
    given = HelpfulVote.objects.filter(voter=OuterRef("voter"), review__author=OuterRef("author")).order_by()
    back = HelpfulVote.objects.filter(voter=OuterRef("author"), review__author=OuterRef("voter")).order_by()
    number = given.values("voter").annotate(n=Count("*")).values("n")
    helpful = given.filter(helpful=True).values("voter").annotate(n=Count("*")).values("n")
    returned = back.values("voter").annotate(n=Count("*")).values("n")
    return (
        VoteHold.objects.filter(pk__in=list(keys))
        .select_related("voter", "author", "step")
        .annotate(
            given=Coalesce(Subquery(number), 0),
            helpful=Coalesce(Subquery(helpful), 0),
            back=Coalesce(Subquery(returned), 0),
            voter_banned=Exists(Ban.objects.filter(member=OuterRef("voter"))),
        )
    )


def lately():
    """What moderators did last, newest first."""
    done = ModerationStep.objects.exclude(by=None).select_related("by", "review", "member", "other", "undoes")
    undone = Exists(ModerationStep.objects.filter(undoes=OuterRef("pk")))
    return done.annotate(was_undone=undone).order_by("-at", "-pk")[:LATELY]


def banned():
    """Members who are banned, the last first."""
    bans = Ban.objects.select_related("member", "step__by").order_by("-since", "pk")
    return bans[:LATELY]
