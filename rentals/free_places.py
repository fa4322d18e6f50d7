"""What pages print of the places at home that are free: what goes out next and why, or why nothing does."""

from catalogue.cards import cards_of
from catalogue.wording import counted, in_words
from rentals import waits
from rentals.at_home_page import at_home, day_in_words
from rentals.next_up import next_up
from rentals.places import FULL, NO_PLAN, PAUSED, UNCONFIRMED, UNPAID, USED_UP, has_room

NEXT_SHOWN = 4  # on the front page
PASSED_SHOWN = 3


def free_places(member, now):
    """What stands in the free places of `member`: slots with what goes next and why, or why nothing does.

    {"head", "name", "card" or None, "words", "places", "passed": [{"position", "name", "why"}]}, of which `places` are
    those that could be filled. Five queries at most.
    """
    return slots_of(next_up(member, now))


def slots_of(found):
    """The same of what `next_up` found. One query."""
    cards = cards_of(coming.entry.title_id for coming in found.coming)
    slots = [_coming(coming, cards[coming.entry.title_id]) for coming in found.coming]
    slots += [_nothing(found)] if _has_room(found) else []
    if slots:
        slots[0]["passed"] = [_passed(row) for row in found.passed[:PASSED_SHOWN]]
    return slots


def _coming(coming, card):
    disc, medium = coming.disc, coming.disc.release.get_medium_display()
    name = f"{card['name']}, disc {disc.number}" if disc.number > 1 else card["name"]
    doubt = " or somebody who asked before you takes it" if coming.doubtful else ""
    words = f"is number {coming.entry.position} in your queue and on the shelf, on {medium}."
    words += f" It goes out next, unless you change the order{doubt}."
    return {"head": "A free place", "name": name, "card": card, "words": words, "places": 1, "passed": []}


def _has_room(found):
    """Whether there is a place that nothing fills."""
    if found.places.cause in (NO_PLAN, FULL):
        return False
    return found.left > 0 or bool(found.places.cause) and has_room(found.places.membership)


def _nothing(found):
    many = found.left > 1
    return {
        "head": f"{in_words(found.left)} free places" if many else "A free place",
        "name": "",
        "card": None,
        "places": found.left,
        "words": CAUSES[found.places.cause](found),
        "passed": [],
    }


def _no_disc(found):
    """Why nothing fills a place of a plan that runs."""
    more = " else" if found.coming else ""
    if not found.passed and not found.coming:
        return "Nothing is in your queue, so nothing goes out."
    if not found.passed:
        return "Nothing else is in your queue. Put in some more, and we have something to send."
    return f"Nothing{more} in your queue can go out at the moment. The first that can fills it."


def _paused(found):
    until = found.places.membership.paused_until
    return f"Your plan is paused{f' until {day_in_words(until)}' if until else ''}, so nothing goes out."


def _used_up(found):
    return (
        f"You have had the {counted(found.places.membership.plan.discs_a_month, 'disc')} that your plan has in a month."
    )


CAUSES = {
    "": _no_disc,
    PAUSED: _paused,
    USED_UP: _used_up,
    UNCONFIRMED: lambda _: "Discs go out once your plan is confirmed.",
    UNPAID: lambda _: "Your plan is not paid for at the moment, so nothing goes out.",
}


def _passed(row):
    number = row.entry.disc.number if row.entry.disc else 1
    name = f"{row.entry.title.name}, disc {number}" if number > 1 else row.entry.title.name
    return {"position": row.entry.position, "name": name, "why": row.why}


# ------------------------------------------------------------------ the front page
def your_discs(member, now):
    """The context of `rentals/_your_discs.html`: what is at home, what is free, and cards of what comes first."""
    entries = list(member.queue.in_order().select_related("disc")[:NEXT_SHOWN])
    here, free = at_home(member), free_places(member, now)
    return {
        "heading": f"{_heading(here, free)}, {member.shown_as}.",
        "at_home": here,
        "free": free[0] if free else None,
        "next": _awaited(entries),
    }


def _awaited(entries):
    """Cards of `entries`, each with the wait of who asked for it then, not of who asks now."""
    cards, found = cards_of(entry.title_id for entry in entries), waits.for_entries(entries)
    return [_waiting(entry, cards[entry.title_id], found[entry.pk]) for entry in entries]


def _waiting(entry, card, wait):
    if entry.disc and entry.disc.number > 1:
        number = entry.disc.number
        said = {"is": "soon", "text": f"After disc {number - 1}"}
        return card | {"name": f"{card['name']}, disc {number}", "availability": said}
    return card | {"availability": {"is": wait.kind, "text": wait.text}}


def _heading(here, free):
    """ "One place is free", "2 discs at home", "Nothing at home"."""
    number = sum(slot["places"] for slot in free)
    if number:
        return f"{in_words(number)} place{'s are' if number > 1 else ' is'} free"
    return f"{counted(len(here), 'disc')} at home" if here else "Nothing at home"
