"""Queries of readers' words and scores, named for what they are for, and the verbs that write them."""

from django.db import connection, models, transaction
from django.db.models import Case, ExpressionWrapper, F, FloatField, OuterRef, Subquery, Value, When
from django.db.models.functions import Sqrt

from catalogue import viewings
from members.models import Member

# z of the normal distribution at 95 %, for the lower bound of the Wilson interval.
# E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
Z = 1.96
LATEST = 24  # reviews among which the front page looks for the most helpful


def wilson(helpful, votes):
    """Lower bound of the Wilson interval at 95 % of `helpful` out of `votes`; 0 without votes."""
    share = ExpressionWrapper(F(helpful) * 1.0 / F(votes), output_field=FloatField())
    n = ExpressionWrapper(F(votes) * 1.0, output_field=FloatField())
    spread = Z * Sqrt((share * (1.0 - share) + Z * Z / 4 / n) / n, output_field=FloatField())
    bound = (share + Z * Z / 2 / n - spread) / (1.0 + Z * Z / n)
    return Case(When(**{votes: 0}, then=Value(0.0)), default=bound, output_field=FloatField())


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
        until commit, and the title's summary from the change on.
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

        Holds the rows of the members until commit.
        """
        members = {member for member, _ in pairs}
        list(Member.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk").values_list("pk"))
        with connection.cursor() as cursor:
            for statement in VERIFY:
                cursor.execute(statement, [[member for member, _ in pairs], [title for _, title in pairs]])

    def half_stars_of(self, title, member):
        """What `member` rates `title`, None without a rating."""
        return self.filter(title=title, member=member).values_list("half_stars", flat=True).first()


class HelpfulVoteQuerySet(models.QuerySet):
    @transaction.atomic
    def record(self, *, review, voter, helpful, at):
        """Set `voter`'s vote on `review`; the same vote again changes nothing. False if it was there already.

        Raises IntegrityError (`helpfulvote_not_own`) on one's own review. Holds the voter's row until commit, and the
        review's standing from the change on.
        """
        Member.objects.lock(voter.pk)
        if self.filter(review=review, voter=voter, helpful=helpful).exists():
            return False
        self.update_or_create(review=review, voter=voter, defaults={"helpful": helpful, "voted_at": at})
        return True

    @transaction.atomic
    def take_back(self, *, review, voter):
        """Remove `voter`'s vote on `review`. False if there is none. Locks as `record` does."""
        Member.objects.lock(voter.pk)
        return bool(self.filter(review=review, voter=voter).delete()[0])


class WantToSeeQuerySet(models.QuerySet):
    def say(self, *, title, member, on):
        """`member` wants to see `title`. False if that was said before."""
        return self.get_or_create(title=title, member=member, defaults={"since": on})[1]

    def unsay(self, *, title, member):
        """Take it back. False if it was not said."""
        return bool(self.filter(title=title, member=member).delete()[0])


# ------------------------------------------------------------------ reviews
class ReviewQuerySet(models.QuerySet):
    ORDERS = {
        "helpful": ("-standing__helpfulness", "-standing__written_on", "-standing__review"),
        "newest": ("-standing__written_on", "-standing__review"),
        "highest": (
            F("standing__half_stars").desc(nulls_last=True),
            "-standing__helpfulness",
            "-standing__written_on",
            "-standing__review",
        ),
        "lowest": (
            F("standing__half_stars").asc(nulls_last=True),
            "-standing__helpfulness",
            "-standing__written_on",
            "-standing__review",
        ),
        "verified": (
            "-standing__verified",
            "-standing__helpfulness",
            "-standing__written_on",
            "-standing__review",
        ),
    }

    @transaction.atomic
    def write(self, *, title, author, on, headline, body, contains_spoilers):
        """Write or edit `author`'s review of `title`; returns it. Holds the author's row until commit."""
        Member.objects.lock(author.pk)
        said = {"headline": headline, "body": body, "contains_spoilers": contains_spoilers}
        new = {**said, "written_on": on, "verified": viewings.saw(title, author)}
        review, _ = self.update_or_create(
            title=title, author=author, defaults={**said, "edited_on": on}, create_defaults=new
        )
        return review

    def shown(self):
        """Reviews that pages show: not withheld, and by somebody whose account is open and not banned."""
        return self.filter(standing__shown=True)

    def for_page(self, voter=None, order="helpful"):
        """Shown reviews with author, stars, votes, our reply and the vote of `voter` (a key), in one of ORDERS."""
        return self.shown().with_words(voter).order_by(*self.ORDERS[order])

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
            reply_body=F("reply__body"),
            reply_on=F("reply__written_on"),
        )

    def lately(self):
        """The latest reviews without spoilers, the most helpful first, each with its title's name and slug."""
        plain = self.filter(contains_spoilers=False, withheld_by=None)
        latest = plain.order_by("-written_on", "-pk").values("pk")[:LATEST]
        return self.filter(pk__in=latest).for_page().annotate(title_name=F("title__name"), title_slug=F("title__slug"))


class CriticReviewQuerySet(models.QuerySet):
    def for_page(self):
        """Critics' reviews with names: top critics first, within each the newest added first."""
        return self.annotate(
            critic_name=F("critic__name"), publication_name=F("publication__name"), is_top=F("critic__is_top")
        ).order_by("-is_top", "-added_on", "-pk")


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


OWN_STANDINGS = """
    SELECT reviews_lock_standings(ARRAY(SELECT id FROM reviews_review WHERE author_id = %s AND title_id = ANY (%s)))
"""


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
        """Lock what is summed up of `titles` (keys) until commit, in the order that all who write it keep."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT reviews_hold_titles(%s)", [list(titles)])

    def hold_for(self, member, titles):
        """Lock what many ratings of one member change, of `titles` (keys), until commit, in that same order."""
        with connection.cursor() as cursor:
            cursor.execute(OWN_STANDINGS, [member.pk, list(titles)])
            cursor.execute("SELECT reviews_lock_summaries(%s)", [list(titles)])


STANDING = """
    SELECT v.id AS review_id, v.title_id, v.author_id, v.written_on, v.withheld_by_id IS NULL
        AND reviews_heard(v.author_id) AS shown, v.verified, r.half_stars,
        (SELECT count(*)::int FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts AND h.helpful)
        AS helpful_votes,
        (SELECT count(*)::int FROM reviews_helpfulvote h WHERE h.review_id = v.id AND h.counts) AS all_votes
    FROM reviews_review v LEFT JOIN reviews_rating r ON (r.title_id, r.member_id) = (v.title_id, v.author_id)
"""
STANDINGS = "review_id title_id author_id written_on shown verified half_stars helpful_votes all_votes".split()


class ReviewStandingQuerySet(_KeptByTheDatabase):
    """The keys are those of reviews."""

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
