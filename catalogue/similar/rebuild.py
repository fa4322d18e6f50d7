"""The lists made anew, from what is in the database into their table."""

from django.db import transaction

from catalogue.similar import reading, writing
from catalogue.similar.neighbours import lists

KEPT = 24  # a title; a page shows six of them that its reader has not had


@transaction.atomic
def rebuild_similar():
    """Make the lists anew; readers see the old ones until all is done. One rebuild at a time, by a table lock."""
    writing.take_turn()
    world = reading.world()
    title, other = lists(world, KEPT)
    writing.replace(world.ids[title], world.ids[other])
