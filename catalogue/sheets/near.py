"""What somebody may have meant."""

from difflib import get_close_matches


def did_you_mean(said, known, likeness=0.6):
    """ " Did you mean “Runtime”?", or "" if nothing of `known` is like what was `said`."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(said.casefold(), folded, n=1, cutoff=likeness)
    return f" Did you mean “{folded[near[0]]}”?" if near else ""
