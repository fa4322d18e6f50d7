"""What moderators and the rules do with reviews, votes and members: verbs, each in one transaction.

Each locks first the row of the member whose words or votes they are, then reads, decides, and writes a ModerationStep;
what pages show and sums count, the database works out from that (migration 0005). So whoever edits, votes, bans or
decides at the same time waits, and then decides by what is true. Each raises Refused, with words, and changes nothing.
docs/reviews-policy.md says in plain words what is done and why.
"""

from reviews.moderation.bans import ban, lift
from reviews.moderation.looking import look_at, look_at_votes
from reviews.moderation.replies import reply, unreply
from reviews.moderation.reporting import report, take_report_back
from reviews.moderation.steps import Refused
from reviews.moderation.undoing import undo
from reviews.moderation.verdicts import approve, approve_many, ask, hold, reject
from reviews.moderation.votes import count_votes, drop_votes, hold_votes
from reviews.moderation.withdrawn import remember
from reviews.moderation.words import notice

__all__ = [
    "Refused",
    "approve",
    "approve_many",
    "ask",
    "ban",
    "count_votes",
    "drop_votes",
    "hold",
    "hold_votes",
    "lift",
    "look_at",
    "look_at_votes",
    "notice",
    "reject",
    "remember",
    "reply",
    "report",
    "take_report_back",
    "undo",
    "unreply",
]
