"""What is worked out anew every night, and after an import. Apps add theirs when they are ready."""

from catalogue.completeness import rebuild as rebuild_completeness
from catalogue.models import KEEP_DRAFTS, TitleDraft
from catalogue.popular import rebuild_popular
from catalogue.search.rebuild import rebuild_search
from catalogue.shelves import rebuild_shelves
from catalogue.similar.rebuild import rebuild_similar

_also = []


def register(rebuild):
    """`rebuild(now=)` is called with the rest."""
    _also.append(rebuild)


def rebuild_suggestions(*, now):
    """Work out anew which titles are alike, which are popular, how searches rank, what lacks most; then the rest."""
    rebuild_similar()
    rebuild_popular()
    rebuild_shelves()
    rebuild_search()
    rebuild_completeness()
    for rebuild in _also:
        rebuild(now=now)


def forget_drafts(*, now):
    """Delete drafts of titles that nobody went on with for 90 days."""
    return TitleDraft.objects.older_than(KEEP_DRAFTS, now=now).delete()[0]
