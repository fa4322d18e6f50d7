"""What is worked out anew every night."""

from catalogue.popular import rebuild_popular
from catalogue.search.rebuild import rebuild_search
from catalogue.shelves import rebuild_shelves
from catalogue.similar.rebuild import rebuild_similar


def rebuild_suggestions(*, now):
    """Work out anew which titles are alike, which are popular, and what searches rank. The hour does not matter."""
    rebuild_similar()
    rebuild_popular()
    rebuild_shelves()
    rebuild_search()
