"""What is held for a moderator, and why: docs/reviews-policy.md says it in plain words, settings.MODERATION in figures.

A rule accuses nobody: it says that somebody should look. None sees more than the text, how long the account is there,
whether a disc came back, and who voted for whom.
"""

import re
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import connection

from catalogue import viewings
from reviews.models import HelpfulVote, HoldRule, ModerationStep, Verb
from reviews.moderation.withdrawn import withdrawn_before

# Endings that are no English words: "the end.It" is a missing space, "films.com" is an address.
ENDINGS = r"(?:com|net|org|info|biz|co\.uk|org\.uk|uk|eu|io|ru|xyz|ly|gg|tv|de|fr|cn)"
SPOKEN = r"(?:com|net|org|info|biz|co|uk|ru|xyz)"
AN_AGE = r"(?!\s+(?:boom|bubble|era|crash|age|years|compan|millionaire|start))"  # of which films tell
LINK = re.compile(
    rf"""
      h(?:tt|xx)ps? \s* : \s* / | \bwww \s* \. | \[url | <\s*a\s+href
    | [a-z0-9] \. {ENDINGS} \b
    | [a-z0-9] \. [a-z]{{2,}} / \w
    | [a-z0-9] \s* [\[({{<] \s* (?:dot|\.|point) \s* [\])}}>] \s* [a-z]{{2,}}
    | [a-z0-9] \s+ dot \s+ {SPOKEN} \b {AN_AGE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# The whole text, its opening or its end is that of another review (migration 0007 says how they are compared). All are
# counted: asked for the first alone, Postgres expects it soon and reads the table to its end, where there is none.
REPEATED = """
SELECT count(*) FROM reviews_review WHERE reviews_prints(body) && reviews_prints(%s)::bigint[] AND id <> %s
"""


def threshold(name):
    return settings.MODERATION[name]


# ------------------------------------------------------------------ reviews
def broken(review, at):
    """The first rule that asks for a look at `review`, "" if none does."""
    return next((rule for rule, asks in RULES.items() if asks(review, at)), "")


def is_again(review, at=None):
    """Its author deleted one of the same title that a moderator was not done with."""
    return withdrawn_before(review).exists()


def has_links(review, at=None):
    """Links, addresses without http, and those written so that no program sees them."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", f"{review.headline}\n{review.body}"))
    return bool(LINK.search(text))


def is_repeated(review, at=None):
    """Another review by anybody, the author included, says the same."""
    with connection.cursor() as cursor:
        cursor.execute(REPEATED, [review.body, review.pk])
        return cursor.fetchone()[0] > 0


def is_by_a_new_account(review, at):
    """The author joined a few days ago, and no disc has come back from them. A threshold of 0 turns it off."""
    days = threshold("new_account_days")
    since = at - timedelta(days=days)
    return (
        bool(days)
        and review.author.joined_at > since
        and not any(back.filter(viewer=review.author_id).exists() for back in viewings.returns())
    )


RULES = {
    HoldRule.AGAIN: is_again,
    HoldRule.LINKS: has_links,
    HoldRule.REPEATED: is_repeated,
    HoldRule.NEW_ACCOUNT: is_by_a_new_account,
}


# ------------------------------------------------------------------ votes
def is_burst(voter, author, at, about_to=None):
    """`voter` gave many votes on reviews of `author` within hours; `about_to` is the review the next one is on."""
    since = at - timedelta(hours=threshold("burst_hours"))
    return _given(voter, author, since, about_to) >= threshold("burst_votes")


def is_ring(voter, author, at, about_to=None):
    """Both found several reviews of each other helpful lately."""
    since, enough = at - timedelta(days=threshold("ring_days")), threshold("ring_votes")
    mine = _given(voter, author, since, about_to, helpful=True)
    return mine >= enough and _given(author, voter, since, helpful=True) >= enough


def _given(voter, author, since, about_to=None, **which):
    """How many votes `voter` gave on reviews of `author` since then, or since a moderator let them count."""
    let = {"member": voter, "other": author, "verb": Verb.COUNT_VOTES, "undone_by": None}
    counted = ModerationStep.objects.filter(**let).order_by("-pk").values_list("at", flat=True).first()
    votes = HelpfulVote.objects.filter(voter=voter, review__author=author, **which)
    votes = votes.filter(voted_at__gt=max(since, counted) if counted else since)
    if about_to is None:
        return votes.count()
    return votes.exclude(review=about_to).count() + 1
