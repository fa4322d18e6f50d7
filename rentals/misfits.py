"""Entries that cannot go out as they stand, each with its reason: outside the plan, or no player for them."""

from catalogue.models import Medium
from catalogue.wording import joined


def reasons(media_of, plan, players):
    """{key: why} of the entries that cannot go out; `media_of` is {key: media it could come in}, none if unknown.

    `plan` and `players` are the media that the plan has and that play. Of none nothing is assumed.
    """
    found = {key: _reason(set(media), set(plan), set(players)) for key, media in media_of.items() if media}
    return {key: words for key, words in found.items() if words}


def _reason(media, plan, players):
    """Why none of `media` will do, or ""."""
    if plan and not media & plan:
        return f"Not in your plan, which has {_names(plan)}."
    if players and not media & players:
        return f"Will not play: you have told us of a player for {_names(players)}."
    both = media & (plan or media) & (players or media)
    return "" if both else f"What your plan has of it will not play: you have a player for {_names(players)}."


def _names(media):
    return joined([medium.label for medium in Medium if medium in media])
