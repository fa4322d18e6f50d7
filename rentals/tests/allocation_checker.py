"""Proves a round right or wrong from the rows alone, in plain Python: shares no code and no idea with the allocator.

`faults(places, wishes, discs, sent)` is a list of sentences, empty for a round that is right. Rows are tuples:
places (member, number), wishes (member, rank, entry, choice, disc, claim), discs (disc, release, copies), sent
(member, place, entry, disc). `best_for_members` finds by trying all what the best stable result is.
"""

from collections import Counter, defaultdict


def faults(places, wishes, discs, sent):
    case = Case(places, wishes, discs)
    found = list(_limits(case, sent))
    return found or list(_wronged(case, sent))


class Case:
    """The same rows, by what is looked up."""

    def __init__(self, places, wishes, discs):
        self.places, self.open = set(places), Counter(member for member, _ in places)
        self.release = {disc: release for disc, release, _ in discs}
        self.copies = {disc: copies for disc, _, copies in discs}
        self.claim = {entry: claim for _, _, entry, _, _, claim in wishes}
        self.wishes = defaultdict(list)  # each member's (entry, disc), the dearest first
        for member, _, entry, _, disc, _ in sorted(wishes):
            self.wishes[member].append((entry, disc))
        self.bundle = {entry: key for pairs in self.wishes.values() for entry, key in self._bundles(pairs).items()}

    def _bundles(self, pairs):
        """{entry: the entries that share releases with it, be it through others}, by walking from one to the next."""
        has = defaultdict(set)
        for entry, disc in pairs:
            has[entry].add(self.release[disc])
        return {entry: frozenset(_reached(entry, has)) for entry in has}

    def can_have(self, member, taken):
        """Whether these (entry, disc) may go to the member in one round."""
        bundles = [self.bundle[entry] for entry, _ in taken]
        return len(taken) <= self.open[member] and len(set(bundles)) == len(bundles)

    def would_take(self, member, offered):
        """What the member takes of these (entry, disc): the dearest, then the next that may come with it …"""
        taken = []
        for wish in self.wishes[member]:
            if wish in offered and self.can_have(member, [*taken, wish]):
                taken.append(wish)
        return taken


def _reached(start, has):
    reached, ahead = set(), [start]
    while ahead:
        entry = ahead.pop()
        if entry not in reached:
            reached.add(entry)
            ahead += [other for other in has if has[other] & has[entry]]
    return reached


# ------------------------------------------------------------------ what nobody may be sent
def _limits(case, sent):
    for (member, place), times in Counter((member, place) for member, place, _, _ in sent).items():
        if (member, place) not in case.places:
            yield f"place {place} of member {member} is not open"
        if times > 1:
            yield f"place {place} of member {member} is filled {times} times"
    for entry, times in Counter(entry for _, _, entry, _ in sent).items():
        if times > 1:
            yield f"entry {entry} is served {times} times"
    for disc, times in Counter(disc for *_, disc in sent).items():
        if times > case.copies[disc]:
            yield f"disc {disc} goes out {times} times, of {case.copies[disc]} copies"
    for member, _, entry, disc in sent:
        if (entry, disc) not in case.wishes[member]:
            yield f"member {member} did not ask for disc {disc} by entry {entry}"
    for (member, release), times in Counter((row[0], case.release[row[3]]) for row in sent).items():
        if times > 1:
            yield f"member {member} gets {times} discs of release {release}"


# ------------------------------------------------------------------ who could complain
def _wronged(case, sent):
    """Waste, justified envy and overtaking: wishes that the member would take, beside what came or instead of it."""
    has, holders = defaultdict(list), defaultdict(list)
    for member, _, entry, disc in sent:
        has[member].append((entry, disc))
        holders[disc].append(entry)
    for member, wishes in case.wishes.items():
        if len(case.would_take(member, has[member])) < len(has[member]):
            yield f"member {member} gets more than one of what goes out one at a time"
        for entry, disc in wishes:
            if (entry, disc) in has[member] or (entry, disc) not in case.would_take(
                member, [*has[member], (entry, disc)]
            ):
                continue
            if len(holders[disc]) < case.copies[disc]:
                yield f"waste: a copy of disc {disc} is left, and entry {entry} of member {member} wants it"
            younger = [other for other in holders[disc] if case.claim[other] > case.claim[entry]]
            if younger:
                yield f"envy: entry {entry} of member {member} is overtaken by {younger} at disc {disc}"


# ------------------------------------------------------------------ why somebody got nothing
def refusals_wrong(case, sent, refused, idle):
    """Faults of what is told: refused (entry, disc, copies, proposed, turn), idle (member, place, cause)."""
    served, proposed = {(entry, disc) for *_, entry, disc in sent}, defaultdict(set)
    for entry, disc in served | {row[:2] for row in refused}:
        proposed[disc].add(case.claim[entry])
    for entry, disc, copies, many, turn in refused:
        before = sum(claim <= case.claim[entry] for claim in proposed[disc])
        if (copies, many, turn) != (case.copies[disc], len(proposed[disc]), before) or turn <= copies:
            yield f"entry {entry} is told {copies} copies, {many} proposed, turn {turn} of disc {disc}"
    filled = {(member, place) for member, place, _, _ in sent}
    if filled | {row[:2] for row in idle} != case.places or filled & {row[:2] for row in idle}:
        yield "a place is neither filled nor idle, or both"
    yield from _causes_wrong(case, sent, refused, idle)


def _causes_wrong(case, sent, refused, idle):
    got, failed = {row[2] for row in sent}, {row[0] for row in refused}
    for member, _, cause in idle:
        left = {entry for entry, _ in case.wishes[member]} - got
        true = "nothing in stock" if left & failed else "set order" if left else "queue too short"
        if cause != true:
            yield f"member {member} is told {cause!r}, and it is {true!r}"


# ------------------------------------------------------------------ the best there is, by trying all
def best_for_members(places, wishes, discs):
    """The stable result that each member likes best, {member: [(entry, disc)]}; None if there is no such."""
    case = Case(places, wishes, discs)
    stable = [outcome for outcome in _outcomes(case) if not any(_wronged(case, _rows(case, outcome)))]
    best = [one for one in stable if all(_no_worse(case, one, other) for other in stable)]
    return best[0] if len(best) == 1 else None


def _outcomes(case, members=None, left=None):
    """Every result within the limits."""
    members, left = sorted(case.wishes) if members is None else members, left or case.copies
    if not members:
        yield {}
        return
    for wishes in _sets(case, members[0]):
        after = left | {disc: left[disc] - 1 for _, disc in wishes}
        if min(after.values()) >= 0:
            for others in _outcomes(case, members[1:], after):
                yield {members[0]: wishes} | others


def _sets(case, member, start=0, taken=()):
    """Every set of wishes that may go to a member in one round."""
    yield list(taken)
    for number in range(start, len(case.wishes[member])):
        more = (*taken, case.wishes[member][number])
        if case.can_have(member, more):
            yield from _sets(case, member, number + 1, more)


def _rows(case, outcome):
    return [(member, None, entry, disc) for member, wishes in outcome.items() for entry, disc in wishes]


def _no_worse(case, one, other):
    """Whether the first, second … of each member in `one` is no further down the queue than in `other`."""
    for member, wishes in case.wishes.items():
        mine, theirs = (sorted(map(wishes.index, outcome[member])) for outcome in (one, other))
        if len(mine) < len(theirs) or any(a > b for a, b in zip(mine, theirs, strict=False)):
            return False
    return True
