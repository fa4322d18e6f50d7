"""What the queue's page prints: what is at home, to come, just removed."""

from operator import itemgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from catalogue.cards import cards_of
from catalogue.models import Medium, TitleGenre
from catalogue.wording import counted, day_and_month, in_words, price
from rentals import editions, reserved, waits
from rentals.at_home_page import at_home_and_lost
from rentals.free_places import slots_of
from rentals.next_up import next_up
from rentals.queue import KEPT
from rentals.rounds import told
from rentals.series_page import Sets
from rentals.shown import SORTS, pages


def queue_page(member, shown):
    """The context of `rentals/queue.html`: a member's queue looked at as `shown` (rentals.shown.Shown) says."""
    now = timezone.now()
    live, found = list(_live(member)), next_up(member, now)
    home, lost = at_home_and_lost(member, now)
    member.queue_length = len(live)  # for the header of the page
    places = {row["pk"]: number for number, row in enumerate(live, 1)}
    keys = list(places) if shown.in_order else shown.keys(member.queue.live())
    sets = Sets(member, [_of_set(row) for row in live if row["disc__release"]])
    part, maybe = shown.part_of(keys), [row["pk"] for row in live if row["maybe"]]
    entries = _entries(member, {*part, *maybe})
    waiting = waits.for_entries(entries.values())
    coming = reserved.reserved([entries[key] for key in maybe], waiting)
    cards = cards_of({row.title_id for row in [*entries.values(), *sets.releases.values()]})
    passed = told.passed_over(part)
    return {
        "at_home": home,
        "lost": lost,
        "free": slots_of(found),
        "left_empty": told.left_empty(member) if found.places.free else "",
        "words": header(found.places, home, len(live)),
        "length": len(live),
        "shown": shown,
        "entries": [
            _row(entries[key], places, cards, sets, coming, waiting, found.places.viewing) | {"passed": passed.get(key)}
            for key in part
        ],
        "sets": sets.page(cards),
        "reserved": [_reserved(entries[key], cards, sets, coming) for key in maybe if key in coming],
        "sorts": [(name, label) for name, (label, _) in SORTS.items()],
        "genres": _genres(live),
        "pager": _pager(shown, len(keys)),
    }


# ------------------------------------------------------------------ the sentence on top
def header(places, home, length):
    """ "Four at a time, £24.99 a month. Two discs at home, one on the way, one place free, 14 films waiting." """
    plan = places.membership and places.membership.plan
    terms = f"{in_words(plan.places_at_home)} at a time, {price(plan.price_pence)} a month. " if plan else ""
    here = sum(slot["arrived"] for slot in home)
    parts = [_discs(here, "at home"), _discs(len(home) - here, "on the way")] if home else ["Nothing at home"]
    free = len(places.free)
    parts += [f"{in_words(free).lower()} place{'s' * (free > 1)} free"] * bool(free)
    said = ", ".join([part for part in parts if part] + [f"{counted(length, 'film')} waiting"])
    return f"{terms}{said[0].upper()}{said[1:]}."


def _discs(number, where):
    return f"{in_words(number).lower()} disc{'s' * (number > 1)} {where}" if number else ""


# ------------------------------------------------------------------ the list
def _live(member):
    """The whole queue in order, as little of each entry as the page needs to know of all."""
    genres = TitleGenre.objects.filter(title=OuterRef("title"))
    genres = ArraySubquery(genres.values(_=JSONObject(slug="genre__slug", name="genre__name")))
    entries = member.queue.live().order_by("rank")
    entries = entries.annotate(maybe=reserved.maybe(timezone.localdate()), genres=genres)
    return entries.values("pk", "paused_at", "disc__release", "disc__number", "maybe", "genres")


def _of_set(row):
    return row["pk"], row["disc__release"], row["disc__number"], row["paused_at"]


def _entries(member, keys):
    """{key: entry} of those, each with the editions of its title."""
    return member.queue.select_related("disc__release").annotate(releases=reserved.releases()).in_bulk(keys)


def _row(entry, places, cards, sets, coming, waiting, viewing):
    """One entry as the list prints it."""
    card = cards[entry.title_id]
    return {
        "key": entry.pk,
        "position": places[entry.pk],
        "last": places[entry.pk] == len(places),
        "card": card,
        "name": _name(entry, card, sets),
        "line": ", ".join(filter(None, [card["line"], entry.disc and entry.disc.release.get_medium_display()])),
        "editions": None if entry.disc else _editions(entry),
        "paused": entry.paused_at is not None,
        "availability": _availability(entry, sets, coming, waiting[entry.pk]),
        "why": _why_none(entry, viewing),
    }


def _why_none(entry, viewing):
    discs = [(release["medium"], release["regions"]) for release in reserved.asked(entry)]
    return editions.why_none(viewing, discs) if viewing else ""


def _name(entry, card, sets):
    disc = sets.name(entry.disc.release_id, entry.disc.number) if entry.disc else ""
    return f"{card['name']}, {disc}" if disc else card["name"]


def _editions(entry):
    """(value, label, chosen) of the media to choose from."""
    there = {entry.medium, *(release["medium"] for release in entry.releases)}
    some = [medium for medium in Medium if medium in there]
    return [("", "Any edition", not entry.medium)] + [(m.value, m.label, m == entry.medium) for m in some]


def _availability(entry, sets, coming, wait):
    """{"is", "text", "reason"}: what the entry waits for."""
    if entry.paused_at:
        return {"is": "none", "text": "Paused: keeps its place, others go first"}
    if entry.pk in sets.held:
        return {"is": "soon", "text": sets.held[entry.pk]}
    if entry.pk in coming:
        return {"is": "long", "text": f"Reserved. {coming[entry.pk]['line']}"}
    reason = "" if wait.kind == "in" else wait.reason
    return {"is": wait.kind, "text": f"{wait.text} ({wait.range})" if wait.range else wait.text, "reason": reason}


def _reserved(entry, cards, sets, coming):
    card = cards[entry.title_id]
    return {"key": entry.pk, "name": _name(entry, card, sets), "card": card, **coming[entry.pk]}


def _genres(live):
    """(slug, name) of the genres in a queue."""
    return sorted({(genre["slug"], genre["name"]) for row in live for genre in row["genres"]}, key=itemgetter(1))


def _pager(shown, size):
    """{"links", "all"} of a list that is longer than a page, else None; "all" leads to the whole, or back."""
    if pages(size) == 1:
        return None
    here = min(shown.page, pages(size))
    links = [{"number": n, "here": n == here, "url": shown.query(page=n)} for n in range(1, pages(size) + 1)]
    return {"links": [] if shown.all else links, "size": size, "all": shown.query(all=not shown.all, page=1)}


# ------------------------------------------------------------------ what was removed
def offer_to_restore(key, member):
    """The entry of that key (as sent) that `member` took off and can put back, or None."""
    gone = member.queue.exclude(removed_at=None).select_related("title").filter(pk=key).first() if key else None
    if gone is None or member.queue.live().filter(title=gone.title, medium=gone.medium, disc=gone.disc_id).exists():
        return None
    return gone


def removed_page(member, now):
    """The context of `rentals/removed.html`: what was taken off in the last 30 days, the last first."""
    entries = member.queue.filter(removed_at__gte=now - KEPT).select_related("disc__release").order_by("-removed_at")
    entries = list(entries)
    cards = cards_of({entry.title_id for entry in entries})
    there = set(member.queue.live().values_list("title", "medium", "disc"))
    return {"removed": [_gone(entry, cards[entry.title_id], there) for entry in entries]}


def _gone(entry, card, there):
    wish = entry.get_medium_display() or (f"disc {entry.disc.number}" if entry.disc else "")
    return {
        "key": entry.pk,
        "card": card,
        "name": card["name"],
        "wish": wish,
        "day": day_and_month(timezone.localdate(entry.removed_at)),
        "there": (entry.title_id, entry.medium, entry.disc_id) in there,
    }
