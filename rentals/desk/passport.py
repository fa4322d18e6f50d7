"""The passport of a copy: what it is, where it is, and all that ever happened to it."""

from django.utils import timezone

from catalogue.wording import counted
from members import looks
from rentals.desk.answers import number_of
from rentals.desk.stock_list import with_states
from rentals.models import Condition, Copy, CopyEventKind, Farewell, Licence, Problem

FORGOTTEN = "a member who is forgotten"
SOMEBODY = "a member"  # whom the list of rentals in the admin names, once a reason is given
VALUES = {  # of events whose value is one of a few words
    CopyEventKind.CONDITION: ("Condition: {}", dict(Condition.choices)),
    CopyEventKind.LICENCE: ("Licence: {}", dict(Licence.choices)),
    CopyEventKind.WITHDRAWN: ("Withdrawn: {}", dict(Farewell.choices)),
}


def passport(copy, viewer):
    """What the page prints of `copy`. Seven queries, however long its life was. `viewer` may see names, or may not."""
    [copy] = with_states([Copy.objects.select_related("disc__release__title").get(pk=copy.pk)])
    names = viewer.has_perm("members.view_member")
    rentals = copy.rentals.select_related("member__address").annotate(is_opened=looks.opened(viewer, "member"))
    rentals = list(rentals.order_by("allocated_at", "pk"))
    events = list(copy.events.select_related("by").order_by("pk"))
    return {
        "copy": copy,
        "lent": _lent([rental for rental in rentals if rental.posted_at], timezone.now()),
        "happened": _happened(events, rentals, names),
        "wrong": _wrong(copy),
        "events": events,
    }


def who(member, names):
    """A member as the desk calls them: by number, by name too if the viewer may know it."""
    if member is None:
        return FORGOTTEN
    address = getattr(member, "address", None)
    number = number_of(member)
    return f"{address.name if address else member.shown_as}, {number}" if names else number


def _lent(posted, now):
    """ "3 times, 27 days in all"."""
    days = sum(((rental.checked_in_at or now) - rental.posted_at).days for rental in posted)
    return f"{counted(len(posted), 'time')}, {counted(days, 'day')} in all" if posted else "Never yet"


# ------------------------------------------------------------------ what happened
def _happened(events, rentals, names):
    """Events and rentals in lines, the newest first."""
    lines = [(event.at, event.pk, _of_event(event)) for event in events]
    lines += [(at, 0, {"what": what, "by": "", "note": ""}) for each in rentals for at, what in _of_rental(each, names)]
    lines.sort(key=lambda line: line[:2], reverse=True)
    return [line | {"at": at} for at, _, line in lines]


def _of_event(event):
    by = f"{event.by.shown_as}, {number_of(event.by)}" if event.by else ""
    day_only = event.kind == CopyEventKind.ACQUIRED  # nobody noted the hour
    return {"what": _words(event), "by": by, "note": event.note, "day_only": day_only}


def _words(event):
    if event.kind == CopyEventKind.MOVED:
        return f"Given shelf place {event.value}" if event.value else "Its shelf place taken away"
    if event.kind in VALUES and event.value:
        words, values = VALUES[event.kind]
        return words.format(values.get(event.value, event.value).lower())
    return event.get_kind_display()


def _with(rental, names):
    """Whose the rental is. While it lasts that is the desk's work; afterwards, history, which asks for a reason."""
    ended = rental.checked_in_at or rental.cancelled_at
    return SOMEBODY if ended and rental.member and not rental.is_opened else who(rental.member, names)


def _of_rental(rental, names):
    """[(when, what happened)] of a rental."""
    member = _with(rental, names)
    steps = [
        (rental.allocated_at, f"Allocated to {member}"),
        (rental.posted_at, f"Sent to {member}"),
        (rental.said_posted_at, f"Posted back, says {member}"),
        (rental.checked_in_at, f"Came back from {member}"),
        (rental.cancelled_at, f"Not sent to {member}: cancelled"),
    ]
    return [(at, what) for at, what in steps if at and (what != steps[0][1] or not rental.posted_at)]


# ------------------------------------------------------------------ what was wrong
def _wrong(copy):
    """What members reported and the desk found, the newest first."""
    problems = [
        _case(problem, problem.reported_at, "A member reported")
        for problem in Problem.objects.filter(rental__copy=copy)
    ]
    findings = [_case(finding, finding.found_at, "The desk found") for finding in copy.findings.all()]
    return sorted(problems + findings, key=lambda case: case["at"], reverse=True)


def _case(row, at, source):
    return {"at": at, "source": source, "what": row.get_kind_display(), "note": row.note, "row": row}
