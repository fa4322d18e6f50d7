"""Ratings, reviews, critics and outside scores of Kinopost JSON Lines.

What members wrote since is never removed; what critics and others elsewhere said is replaced by what the record says.
"""

from django.contrib.auth.hashers import make_password

from catalogue.importers.others import write_rows
from catalogue.importers.problems import RejectedRow
from catalogue.importers.sections import Section, filled
from catalogue.models import SimilarTitle
from members.models import Member
from reviews.models import (
    Critic,
    CriticReview,
    HelpfulVote,
    OutsideReview,
    OutsideScore,
    OutsideSource,
    Publication,
    Rating,
    Review,
    ScoreSummary,
)

KEPT_HERE = ("counts", "verified", "voted_at", "withheld_by")  # fields that records say nothing of


def hold(drafts):
    """Members that the records name and titles that they change, in the order that all keep (migration 0005).

    Also the titles whose pages show a card of one that changes: the database touches those with it.
    """
    handles = {handle for draft in drafts if draft.replaces for handle in _handles(draft.record)}
    titles = {draft.title_id for draft in drafts if not draft.is_new}
    if handles:
        list(Member.objects.filter(handle__in=handles).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    if titles:
        around = SimilarTitle.objects.filter(other__in=titles).values_list("title", flat=True)
        ScoreSummary.objects.hold(titles.union(around))


def write_titles(drafts):
    said = {draft.title_id: draft.record for draft in drafts if draft.replaces}
    replaced = [draft.title_id for draft in drafts if draft.replaces and not draft.is_new]
    for model in (CriticReview, OutsideScore, OutsideReview) if replaced else ():
        model.objects.filter(title__in=replaced).delete()
    if replaced or any(key in record for record in said.values() for key in READERS):
        members = _members(said.values())
        _write_ratings(said, members)
        _write_reviews(said, members)
        _write_critic_reviews(said)
        _write_outside(said)


def _members(records):
    """{handle: id} of all members named in `records`; those unknown are made, and cannot sign in."""
    handles = {handle for record in records for handle in _handles(record)}
    known = dict(Member.objects.filter(handle__in=handles).values_list("handle", "pk"))
    strangers = [_new_member(handle, handle.upper()) for handle in sorted(handles - known.keys())]
    return known | {member.handle: member.pk for member in Member.objects.bulk_create(strangers)}


def _handles(record):
    yield from (handle for handle, _, _ in record.get("ratings", ()))
    for review in record.get("reviews", ()):
        yield review["member"]
        yield from (handle for handle, _ in review.get("votes", ()))


def _new_member(handle, shown_as):
    """A member who cannot sign in, not saved yet."""
    return Member(email=f"{handle}@members.invalid", handle=handle, shown_as=shown_as, password=make_password(None))


def _write_ratings(said, members):
    rows = [
        Rating(title_id=title, member_id=members[handle], half_stars=stars, rated_on=day)
        for title, record in said.items()
        for handle, stars, day in record.get("ratings", ())
    ]
    _put(Rating, rows, ["title", "member"])


def _write_reviews(said, members):
    reviews = [(title, review) for title, record in said.items() for review in record.get("reviews", ())]
    rows = [
        Review(
            title_id=title,
            author_id=members[review["member"]],
            headline=review["headline"],
            body=review["body"],
            contains_spoilers=review.get("spoilers", False),
            written_on=review["written_on"],
            edited_on=review.get("edited_on"),
        )
        for title, review in reviews
    ]
    _put(Review, rows, ["title", "author"])
    votes = [
        HelpfulVote(review_id=row.pk, voter_id=members[handle], helpful=helpful)
        for row, (_, review) in zip(rows, reviews, strict=True)
        for handle, helpful in review.get("votes", ())
    ]
    _put(HelpfulVote, votes, ["review", "voter"])


def _write_critic_reviews(said):
    reviews = [(title, review) for title, record in said.items() for review in record.get("critic_reviews", ())]
    critics = _by_slug(Critic, {review["critic"] for _, review in reviews})
    publications = _by_slug(Publication, {review["publication"] for _, review in reviews})
    rows = [
        CriticReview(
            title_id=title,
            critic=critics[review["critic"]],
            publication=publications[review["publication"]],
            fresh=review["fresh"],
            added_on=review["added_on"],
            **{key: review.get(key, "") for key in ("quote", "score", "published_on", "url")},
        )
        for title, review in reviews
    ]
    _put(CriticReview, rows, ["title", "critic", "publication"])


def _write_outside(said):
    scores = [(title, row) for title, record in said.items() for row in record.get("outside_scores", ())]
    words = [(title, row) for title, record in said.items() for row in record.get("outside_reviews", ())]
    sources = _by_slug(OutsideSource, {row["source"] for _, row in [*scores, *words]})
    for model, rows, unique in (
        (OutsideScore, scores, ["title", "source"]),
        (OutsideReview, words, ["title", "source", "author", "written_on"]),
    ):
        made = [model(title_id=title, **row | {"source": sources[row["source"]]}) for title, row in rows]
        _put(model, made, unique)


def _by_slug(model, slugs):
    """{slug: row}; one that no record has described yet is made, named by its slug."""
    known = {row.slug: row for row in model.objects.filter(slug__in=slugs)}
    return known | {slug: model.objects.create(slug=slug, name=slug) for slug in sorted(slugs - known.keys())}


def _put(model, rows, unique):
    """Add `rows`, or change those that are there by their `unique` fields. Raises RejectedRow if two are the same.

    What the database keeps, and what was done here since, is left as it is.
    """
    if not rows:
        return
    keys = [model._meta.get_field(name).attname for name in unique]
    if len({tuple(getattr(row, key) for key in keys) for row in rows}) < len(rows):
        rule = next(rule for rule in model._meta.constraints if getattr(rule, "fields", None) == tuple(unique))
        raise RejectedRow(str(rule.violation_error_message))
    left = {*unique, *KEPT_HERE}
    rest = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in left]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=rest)


# ------------------------------------------------------------------ records of their own
def write_members(records, replaces):
    """Make members who cannot sign in, or change the names they show."""
    rows = [{"handle": record["handle"], "shown_as": record["shown_as"]} for record in records]
    return write_rows(Member, rows, by="handle", make=_new_member)


def _writer(model, fields):
    """A writer of records of `model`; `fields` maps the record's keys to the model's fields and their defaults."""

    def write(records, replaces):
        rows = [
            {"slug": record["slug"]} | {name: record.get(key, default) for key, (name, default) in fields.items()}
            for record in records
        ]
        return write_rows(model, rows)

    return write


def _reader(model, kind, fields):
    def read():
        for row in model.objects.order_by("slug").iterator():
            values = {key: getattr(row, name) for key, (name, _) in fields.items()}
            yield filled(record=kind, slug=row.slug, **values)

    return read


def _member_records():
    rows = Member.objects.order_by("handle").values_list("handle", "shown_as")
    return ({"record": "member", "handle": handle, "shown_as": shown_as} for handle, shown_as in rows.iterator())


NAMED = {
    "publication": (Publication, {"name": ("name", ""), "url": ("url", "")}),
    "critic": (Critic, {"name": ("name", ""), "top": ("is_top", False)}),
    "source": (OutsideSource, {"name": ("name", ""), "url": ("url", "")}),
}
KINDS = {"member": (write_members, _member_records)} | {
    kind: (_writer(model, fields), _reader(model, kind, fields)) for kind, (model, fields) in NAMED.items()
}


# ------------------------------------------------------------------ export
def read_titles(titles):
    """{title id: this app's keys of its record}, every list in an order that does not depend on the database."""
    read = {title: {} for title in titles}
    for key, reader in READERS.items():
        for title, value in reader(titles):
            read[title].setdefault(key, []).append(value)
    return read


def _ratings(titles):
    rows = Rating.objects.filter(title__in=titles).order_by("member__handle")
    for title, *values, day in rows.values_list("title_id", "member__handle", "half_stars", "rated_on"):
        yield title, [*values, day.isoformat()]


def _reviews(titles):
    rows = Review.objects.filter(title__in=titles).order_by("author__handle").select_related("author")
    for review in rows.prefetch_related("votes__voter"):
        yield (
            review.title_id,
            filled(
                member=review.author.handle,
                headline=review.headline,
                body=review.body,
                spoilers=review.contains_spoilers,
                written_on=review.written_on.isoformat(),
                edited_on=review.edited_on and review.edited_on.isoformat(),
                votes=sorted([vote.voter.handle, vote.helpful] for vote in review.votes.all()),
            ),
        )


def _critic_reviews(titles):
    rows = CriticReview.objects.filter(title__in=titles).order_by("critic__slug", "publication__slug")
    for review in rows.select_related("critic", "publication"):
        said = filled(
            critic=review.critic.slug, publication=review.publication.slug, quote=review.quote, score=review.score
        )
        rest = filled(published_on=review.published_on, added_on=review.added_on.isoformat(), url=review.url)
        yield review.title_id, said | {"fresh": review.fresh} | rest


def _outside_scores(titles):
    rows = OutsideScore.objects.filter(title__in=titles).order_by("source__slug").select_related("source")
    for score in rows:
        counts = {"liked_percent": score.liked_percent, "ratings": score.ratings}
        rest = filled(ratings_at_least=score.ratings_at_least, reviews=score.reviews, url=score.url)
        yield score.title_id, {"source": score.source.slug} | counts | rest | {"as_of": score.as_of.isoformat()}


def _outside_reviews(titles):
    rows = OutsideReview.objects.filter(title__in=titles).order_by("pk").select_related("source")
    for review in rows:
        yield (
            review.title_id,
            filled(
                source=review.source.slug,
                author=review.author,
                half_stars=review.half_stars,
                body=review.body,
                written_on=review.written_on.isoformat(),
                url=review.url,
            ),
        )


READERS = {
    "ratings": _ratings,
    "reviews": _reviews,
    "critic_reviews": _critic_reviews,
    "outside_scores": _outside_scores,
    "outside_reviews": _outside_reviews,
}
SECTION = Section(write_titles, read_titles, KINDS, hold)
