"""Rounds: which copies go to whom, at set times on business days. `rentals.allocation` is the rule."""

from rentals.rounds.making import forget_rounds, last_made, look, make_round, make_round_due, what_if

__all__ = ["forget_rounds", "last_made", "look", "make_round", "make_round_due", "what_if"]
