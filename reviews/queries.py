"""Queries of readers' words and scores, named for what they are for, and the verbs that write them."""

from django.db import connection, models, transaction
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf, Sqrt, TruncMonth
from django.utils import timezone

from catalogue import viewings
from members.models import Member

# z of the normal distribution at 95 %, for the lower bound of the Wilson interval.
# E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
Z = 1.96
NAMED_BY = ("name", "slug")
LATEST = 24  # reviews among which the front page looks for the most helpful


def wilson(helpful, votes):
    """Lower bound of the Wilson interval at 95 % of `helpful` out of `votes`; 0 without helpful ones.

    That 0 is exact, where the formula gives 2e-17 for none of 11: so those that nobody found helpful are equals.
    """
    share = ExpressionWrapper(F(helpful) * 1.0 / F(votes), output_field=FloatField())
    n = ExpressionWrapper(F(votes) * 1.0, output_field=FloatField())
    spread = Z * Sqrt((share * (1.0 - share) + Z * Z / 4 / n) / n, output_field=FloatField())
    bound = (share + Z * Z / 2 / n - spread) / (1.0 + Z * Z / n)
    return Case(When(Q(**{helpful: 0}) | Q(**{votes: 0}), then=Value(0.0)), default=bound, output_field=FloatField())


def moderation():
    """The verbs of moderation, which write our rows."""
    from reviews import moderation

    return moderation


# ------------------------------------------------------------------ the lock of a title
def hold_titles(titles):
    """Hold all that is summed up of `titles` (keys) until commit, in the order that all who write it keep.

    That is: members' rows first, then titles, then what is said of them (migration 0005).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT reviews_lock_titles(%s)", [list(titles)])


# ------------------------------------------------------------------ ratings and votes
VERIFY = [
    f"UPDATE {table} AS said SET verified = true FROM unnest(%s::bigint[], %s::bigint[]) AS back(member_id, title_id) "
    f"WHERE (said.{who}, said.title_id) = (back.member_id, back.title_id) AND NOT said.verified"
    for table, who in (("reviews_rating", "member_id"), ("reviews_review", "author_id"))
]


class RatingQuerySet(models.QuerySet):
    @transaction.atomic
    def record(self, *, title, member, half_stars, on):
        """Set `member`'s rating of `title` (1 to 10 half stars). Returns the half stars it had, None without.

        Raises IntegrityError (`rating_not_before_release`) if the title is not out on that day. Holds the member's row
        until commit, and the title from the change on.
        """
        Member.objects.lock(member.pk)
        before = self.filter(title=title, member=member).first()
        if before is None:
            facts = {"half_stars": half_stars, "rated_on": on, "verified": viewings.saw(title, member)}
            self.create(title=title, member=member, **facts)
        elif before.half_stars != half_stars:
            self.filter(pk=before.pk).update(half_stars=half_stars, rated_on=on)
        return before and before.half_stars

    @transaction.atomic
    def take_back(self, *, title, member):
        """Remove `member`'s rating of `title`. Returns the half stars it had, None without. Locks as `record` does."""
        Member.objects.lock(member.pk)
        before = self.half_stars_of(title, member)
        self.filter(title=title, member=member).delete()
        return before

    @transaction.atomic
    def verify(self, pairs):
        """Discs came back from members, [(member's key, title's key)]: what they say of these titles is verified.

        Holds the rows of the members and the titles until commit.
        """
        members = {member for member, _ in pairs}
        list(Member.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk").values_list("pk"))
        hold_titles({title for _, title in pairs})
        with connection.cursor() as cursor:
            for statement in VERIFY:
                cursor.execute(statement, [[member for member, _ in pairs], [title for _, title in pairs]])

    def half_stars_of(self, title, member):
        """What `member` rates `title`, None without a rating."""
        return self.filter(title=title, member=member).values_list("half_stars", flat=True).first()

    def by_month(self, title):
        """Ratings of `title` that count, by the month they were given in, or last changed: (month, how many, stars).

        One row per month, the first month first; `stars` are half stars, all together.
        """
        months = self.filter(title=title, counts=True).annotate(month=TruncMonth("rated_on")).values("month")
        return months.annotate(given=Count("pk"), stars=Sum("half_stars")).order_by("month")


class HelpfulVoteQuerySet(models.QuerySet):
    @transaction.atomic
    def record(self, *, review, voter, helpful, at):
        """Set `voter`'s vote on `review`; the same vote again changes nothing. False if it was there already.

        Raises IntegrityError (`helpfulvote_not_own`) on one's own review, and Review.DoesNotExist if it was deleted
        meanwhile. Holds the voter's row and the title until commit.
        """
        Member.objects.lock(voter.pk)
        if self.filter(review=review, voter=voter, helpful=helpful).exists():
            return False
        moderation().look_at_votes(review, voter, helpful, at)
        _hold(review)
        self.update_or_create(review=review, voter=voter, defaults={"helpful": helpful, "voted_at": at})
        return True

    @transaction.atomic
    def take_back(self, *, review, voter):
        """Remove `voter`'s vote on `review`. False if there is none. Raises and locks as `record` does."""
        Member.objects.lock(voter.pk)
        _hold(review)
        return bool(self.filter(review=review, voter=voter).delete()[0])


def _hold(review):
    """Hold the title of `review`: its author deletes it before this or after, and not between."""
    hold_titles([review.title_id])
    type(review).objects.only("pk").get(pk=review.pk)


class WantToSeeQuerySet(models.QuerySet):
    def say(self, *, title, member, on):
        """`member` wants to see `title`. False if that was said before."""
        return self.get_or_create(title=title, member=member, defaults={"since": on})[1]

    def unsay(self, *, title, member):
        """Take it back. False if it was not said."""
        return bool(self.filter(title=title, member=member).delete()[0])


# ------------------------------------------------------------------ reviews
class ChangedSince(Exception):
    """The review is not any more what its author saw when they began to change it."""


class ReviewQuerySet(models.QuerySet):
    @transaction.atomic
    def write(self, *, title, author, on, headline, body, contains_spoilers, version=None, at=None):
        """Write or edit `author`'s review of `title`; returns it. It is edited when its words change.

        The rules may hold it (reviews/moderation/rules.py): then `withheld_by` says so. `at` is now if not said.
        Raises ChangedSince if `version` is given and is not that of what is posted ("" where nothing is), unless the
        same is posted already. Holds the author's row and the title until commit.
        """
        Member.objects.lock(author.pk)
        hold_titles([title.pk])
        said = {"headline": headline, "body": body, "contains_spoilers": contains_spoilers}
        posted = self.filter(title=title, author=author).first()
        if posted and posted.says() == said:
            return posted
        if version is not None and version != (posted.version if posted else ""):
            raise ChangedSince
        review = self._changed(posted, on, said) if posted else self._first(title, author, on, said)
        review.withheld_by = moderation().look_at(review, at or timezone.now()) or review.withheld_by
        return review

    def _first(self, title, author, on, said):
        return self.create(title=title, author=author, written_on=on, verified=viewings.saw(title, author), **said)

    def _changed(self, posted, on, said):
        if (posted.headline, posted.body) != (said["headline"], said["body"]):
            said["edited_on"] = on
        self.filter(pk=posted.pk).update(**said)
        return self.get(pk=posted.pk)

    @transaction.atomic
    def post(self, *, title, author, on, half_stars=None, **said):
        """`write`, with the rating given beside it: 1 to 10 half stars, 0 to take it back, None to leave it.

        The draft is gone with it. Locks as `write` and RatingQuerySet.record do.
        """
        review = self.write(title=title, author=author, on=on, **said)
        if half_stars:
            title.ratings.record(title=title, member=author, half_stars=half_stars, on=on)
        elif half_stars == 0:
            title.ratings.take_back(title=title, member=author)
        title.review_drafts.filter(author=author).delete()
        return review

    @transaction.atomic
    def delete(self):
        """Delete reviews with all that hangs on them. Holds their titles first, so that nobody votes meanwhile.

        Who also locks an author does so before.
        """
        hold_titles(self.values_list("title", flat=True))
        return super().delete()

    delete.alters_data = delete.queryset_only = True

    def shown(self):
        """Reviews that pages show: not withheld, and by somebody whose account is open and not banned."""
        return self.filter(standing__shown=True)

    def of_keys(self, keys, voter=None):
        """A list of the reviews of `keys`, in their order, with all that `words` prints; what has gone is left out."""
        found = self.with_words(voter).in_bulk(list(keys))
        return [found[key] for key in keys if key in found]

    def for_page(self, voter=None):
        """Shown reviews with author, stars, votes, our reply and the vote of `voter` (a key), most helpful first."""
        helpful_first = ("-standing__helpfulness", "-standing__written_on", "-standing__review")
        return self.shown().with_words(voter).order_by(*helpful_first)

    def with_words(self, voter=None):
        """Reviews with all that `words` prints; `voter` is the key of who reads."""
        votes = self.model._meta.get_field("votes").related_model.objects
        mine = votes.filter(review=OuterRef("pk"), voter=voter)
        return self.annotate(
            half_stars=F("standing__half_stars"),
            helpful_votes=F("standing__helpful_votes"),
            all_votes=F("standing__all_votes"),
            my_vote=Subquery(mine.values("helpful")),
            author_name=F("author__shown_as"),
            author_handle=F("author__handle"),
            author_has_page=F("author__reader_choices__has_page"),
            reply_body=F("reply__body"),
            reply_on=F("reply__written_on"),
        )

    def lately(self):
        """The latest reviews without spoilers, the most helpful first, each with its title's name and slug."""
        plain = self.shown().filter(contains_spoilers=False, withheld_by=None)
        latest = plain.order_by("-written_on", "-pk").values("pk")[:LATEST]
        return self.filter(pk__in=latest).for_page().annotate(title_name=F("title__name"), title_slug=F("title__slug"))


class ReviewDraftQuerySet(models.QuerySet):
    @transaction.atomic
    def keep(self, *, title, author, at, **words):
        """Keep what `author` has written of `title` so far. Holds the author's row until commit.

        Returns the draft; None if it says what is posted, which needs none, or nothing, which leaves the last words.
        """
        Member.objects.lock(author.pk)
        posted = title.reviews.filter(author=author).first()
        if posted and posted.says().items() <= words.items():
            self.filter(title=title, author=author).delete()
            return None
        if not words["headline"] and not words["body"]:
            return None
        return self.update_or_create(title=title, author=author, defaults={**words, "saved_at": at})[0]

    @transaction.atomic
    def take_down(self, review, *, at, keep_posted=True):
        """Delete a review; its words, or those of a draft that is there, are its author's draft from now on.

        What a moderator was not done with is remembered (moderation/withdrawn.py). Holds the author's row until commit.
        """
        Member.objects.lock(review.author_id)
        moderation().remember(review, at)
        about = {"title_id": review.title_id, "author_id": review.author_id}
        if keep_posted or not self.filter(**about).exists():
            self.update_or_create(**about, defaults={**review.says(), "half_stars": None, "saved_at": at})
        review.delete()


DAY_IN_TEXT = Func(F("added_on"), Value("YYYY-MM-DD"), function="to_char", output_field=TextField())


class CriticReviewQuerySet(models.QuerySet):
    def with_names(self):
        """With the names and addresses of who wrote them and where."""
        names = {f"{who}_{field}": F(f"{who}__{field}") for who in ("critic", "publication") for field in NAMED_BY}
        return self.annotate(**names, is_top=F("critic__is_top"))

    def for_page(self):
        """Critics' reviews of a title with names: top critics first, within each the newest added first."""
        return self.with_names().order_by("-is_top", "-added_on", "-pk")

    def for_writer(self):
        """A critic's or a publication's reviews with names and titles, the latest published (or added) first."""
        titles = {f"title_{field}": F(f"title__{field}") for field in (*NAMED_BY, "year")}
        day = Coalesce(NullIf("published_on", Value("")), DAY_IN_TEXT, output_field=TextField())
        return self.with_names().annotate(**titles, on=day).order_by("-on", "-pk")

    def counts(self):
        """(how many there are, how many of them are for their title)."""
        return tuple(self.aggregate(all=Count("pk"), fresh=Count("pk", filter=Q(fresh=True))).values())


# ------------------------------------------------------------------ sums
class _KeptByTheDatabase(models.QuerySet):
    """Rows that triggers keep true. REBUILD makes those of some keys (%s) anew; WRONG finds those that are not."""

    def rebuild(self, keys):
        """Make the rows of `keys` anew from what they sum, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(self.REBUILD, [list(keys)])

    def wrong(self):
        """What is not as its rows say: none, or something is broken."""
        with connection.cursor() as cursor:
            cursor.execute(self.WRONG)
            return [what for (what,) in cursor]


HISTOGRAM = """ARRAY(SELECT count(r.id)::int FROM generate_series(1, 10) AS g(half_stars)
        LEFT JOIN reviews_rating r ON r.title_id = t.id AND r.half_stars = g.half_stars AND r.counts {more}
        GROUP BY g.half_stars ORDER BY g.half_stars)"""
CRITICS = "(SELECT count(*)::int FROM reviews_criticreview c {join} WHERE c.title_id = t.id {more})"
TOP = "JOIN reviews_critic k ON k.id = c.critic_id AND k.is_top"
SUMS = {
    "histogram": HISTOGRAM.format(more=""),
    "verified_histogram": HISTOGRAM.format(more="AND r.verified"),
    "reviews": "(SELECT count(*)::int FROM reviews_reviewstanding v WHERE v.title_id = t.id AND v.shown)",
    "critic_reviews": CRITICS.format(join="", more=""),
    "fresh_reviews": CRITICS.format(join="", more="AND c.fresh"),
    "top_critic_reviews": CRITICS.format(join=TOP, more=""),
}


class ScoreSummaryQuerySet(_KeptByTheDatabase):
    """The keys are those of titles."""

    REBUILD = f"""
    INSERT INTO reviews_scoresummary (title_id, {", ".join(SUMS)}) SELECT t.id, {", ".join(SUMS.values())}
    FROM catalogue_title t WHERE t.id = ANY (%s)
    ON CONFLICT (title_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in SUMS)}
    """
    WRONG = f"""
    SELECT t.slug FROM catalogue_title t LEFT JOIN reviews_scoresummary s ON s.title_id = t.id
    WHERE ({", ".join(f"s.{name}" for name in SUMS)}) IS DISTINCT FROM ({", ".join(SUMS.values())}) ORDER BY t.slug
    """

    def hold(self, titles):
        """Lock what is summed up of `titles` (keys) until commit: `hold_titles`."""
        hold_titles(titles)


STANDING = """
    SELECT v.id AS review_id, v.title_id, v.author_id, v.written_on, v.withheld_by_id IS NULL
        AND reviews_heard(v.author_id) AS shown, v.verified, r.half_stars,
        (SELECT count(*)::int FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts AND h.helpful)
        AS helpful_votes,
        (SELECT count(*)::int FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts) AS all_votes
    FROM reviews_review v LEFT JOIN reviews_rating r ON (r.title_id, r.member_id) = (v.title_id, v.author_id)
"""
STANDINGS = "review_id title_id author_id written_on shown verified half_stars helpful_votes all_votes".split()


MOST_HELPFUL = ("-helpfulness", "-written_on", "-review")


class ReviewStandingQuerySet(_KeptByTheDatabase):
    """The keys are those of reviews."""

    ORDERS = {
        "helpful": MOST_HELPFUL,
        "newest": ("-written_on", "-review"),
        "highest": (F("half_stars").desc(nulls_last=True), *MOST_HELPFUL),
        "lowest": (F("half_stars").asc(nulls_last=True), *MOST_HELPFUL),
        "verified": ("-verified", *MOST_HELPFUL),
    }

    def shown(self):
        return self.filter(shown=True)

    def in_order(self, order):
        """Keys of the reviews in one of ORDERS. Reads an index of standings and no words."""
        return self.order_by(*self.ORDERS[order]).values_list("review", flat=True)

    def by_stars(self):
        """{half stars, None for none: how many}"""
        rows = self.values_list("half_stars").annotate(number=Count("*"))
        return dict(rows.order_by("half_stars"))

    REBUILD = f"""
    INSERT INTO reviews_reviewstanding ({", ".join(STANDINGS)}) {STANDING} WHERE v.id = ANY (%s)
    ON CONFLICT (review_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in STANDINGS[1:])}
    """
    WRONG = f"""
    SELECT coalesce(w.review_id, s.review_id) FROM ({STANDING}) w
    FULL JOIN reviews_reviewstanding s ON s.review_id = w.review_id
    WHERE ({", ".join(f"s.{name}" for name in STANDINGS)})
      IS DISTINCT FROM ({", ".join(f"w.{name}" for name in STANDINGS)})
    ORDER BY 1
    """


class ChartPlaceQuerySet(models.QuerySet):
    def for_page(self, chart):
        """Places of `chart`, the first first; of members only those who are heard and have a page now."""
        heard = Q(member__is_active=True, member__ban=None) & ~Q(member__reader_choices__has_page=False)
        return self.filter(Q(member=None) | heard, chart=chart).select_related("member").order_by("position")
