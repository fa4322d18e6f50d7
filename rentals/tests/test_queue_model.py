"""Whatever a member does in whatever order: the queue is what a plain list would be."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from rentals import queue
from rentals.models import QueueEntry
from rentals.queue import NoSuchPlace
from tests.factories import NOON, make_disc, make_member, make_release, make_title

TITLES, DISCS = 5, 3
MEDIA = ["", "dvd", "blu-ray"]


@dataclass
class Wish:
    """An entry of the model. `disc` is its number in the set, or 0."""

    key: int
    title: int
    medium: str = ""
    disc: int = 0
    live: bool = True
    paused: bool = False
    removed_at: object = None

    def same(self, other):
        return (self.title, self.medium, self.disc) == (other.title, other.medium, other.disc)


class Queue(RuleBasedStateMachine):
    """All that was ever asked for in one list, in order; what is live of it is the queue."""

    titles, release = (), None  # made once by the test

    def __init__(self):
        super().__init__()
        self.member, self.wishes, self.seconds = make_member(), [], count(1)

    # -------------------------------------------------------------- the list
    def now(self):
        return NOON + timedelta(seconds=next(self.seconds))

    def live(self):
        return [wish for wish in self.wishes if wish.live]

    def there(self, wanted, but=None):
        return any(wish.same(wanted) for wish in self.live() if wish is not but)

    def fill(self, order):
        """Put `order`, which is all that is live, into the places of what is live."""
        turns = iter(order)
        self.wishes = [next(turns) if wish.live else wish for wish in self.wishes]

    def keep_set(self):
        discs = iter(sorted((wish for wish in self.live() if wish.disc), key=lambda wish: wish.disc))
        self.fill([next(discs) if wish.disc else wish for wish in self.live()])

    def pick(self, data, wishes):
        wish = data.draw(st.sampled_from(wishes), label="which")
        return wish, QueueEntry.objects.select_related("disc").get(pk=wish.key)

    def is_live(self):
        return bool(self.live())

    # -------------------------------------------------------------- asking
    @rule(title=st.integers(0, TITLES - 1), medium=st.sampled_from(MEDIA))
    def add(self, title, medium):
        wish = Wish(0, self.titles[title].pk, medium)
        entry = queue.enqueue(self.member, self.titles[title], medium=medium, now=self.now())
        assert (entry is None) == self.there(wish)
        if entry:
            wish.key = entry.pk
            self.wishes.append(wish)
            assert entry.position == len(self.live())

    @rule(number=st.integers(1, DISCS))
    def add_disc(self, number):
        wish = Wish(0, self.release.title_id, disc=number)
        disc = self.release.discs.get(number=number)
        entry = queue.enqueue(self.member, self.release.title, disc=disc, now=self.now())
        assert (entry is None) == self.there(wish)
        if entry:
            wish.key = entry.pk
            self.wishes.append(wish)
            self.keep_set()

    @rule()
    def add_set(self):
        new = [n for n in range(1, DISCS + 1) if not self.there(Wish(0, self.release.title_id, disc=n))]
        assert queue.enqueue_set(self.member, self.release, now=self.now()) == len(new)
        keys = QueueEntry.objects.filter(member=self.member).order_by("-pk").values_list("pk", flat=True)[: len(new)]
        added = [Wish(key, self.release.title_id, disc=n) for key, n in zip(sorted(keys), new, strict=True)]
        self.wishes += added
        self.keep_set()

    # -------------------------------------------------------------- moving
    @precondition(is_live)
    @rule(data=st.data(), to=st.integers(-1, 12))
    def move(self, data, to):
        wish, entry = self.pick(data, self.live())
        if not 1 <= to <= len(self.live()):
            with pytest.raises(NoSuchPlace):
                queue.move(entry, to)
            return
        place = queue.move(entry, to)
        self.wishes.remove(wish)
        before = self.live()[to - 2] if to > 1 else None
        self.wishes.insert(self.wishes.index(before) + 1 if before else 0, wish)
        self.keep_set()
        assert place == self.live().index(wish) + 1

    @precondition(is_live)
    @rule(data=st.data())
    def reorder(self, data):
        order = data.draw(st.permutations(self.live()))
        queue.put_in_order(self.member, [wish.key for wish in order])
        self.fill(order)
        self.keep_set()

    # -------------------------------------------------------------- one entry
    @precondition(is_live)
    @rule(data=st.data(), on=st.booleans())
    def pause(self, data, on):
        wish, entry = self.pick(data, self.live())
        changed = queue.pause(entry, now=self.now()) if on else queue.resume(entry)
        assert changed == (wish.paused != on)
        wish.paused = on

    @precondition(is_live)
    @rule(data=st.data(), medium=st.sampled_from(MEDIA))
    def choose(self, data, medium):
        wish, entry = self.pick(data, self.live())
        able = not wish.disc and not self.there(Wish(0, wish.title, medium), but=wish)
        assert queue.ask_for(entry, medium) == able
        wish.medium = medium if able else wish.medium

    # -------------------------------------------------------------- off and back
    @precondition(is_live)
    @rule(data=st.data())
    def remove(self, data):
        wish, entry = self.pick(data, self.live())
        wish.removed_at = self.now()
        assert queue.remove(entry, now=wish.removed_at)
        assert not queue.remove(entry, now=self.now())
        wish.live = False

    @precondition(lambda self: len(self.live()) < len(self.wishes))
    @rule(data=st.data())
    def restore(self, data):
        wish, entry = self.pick(data, [wish for wish in self.wishes if not wish.live])
        place = queue.restore(entry)
        assert (place is None) == self.there(wish)
        if place:
            wish.live = True
            self.keep_set()
            assert place == self.live().index(wish) + 1

    @rule(undo=st.booleans())
    def clear(self, undo):
        now, gone = self.now(), self.live()
        assert queue.clear(self.member, now=now) == len(gone)
        if undo:
            assert queue.restore_all(self.member, now) == len(gone)
            return
        for wish in gone:
            wish.live, wish.removed_at = False, now

    # -------------------------------------------------------------- what must be
    @invariant()
    def the_queue_is_the_list(self):
        rows = list(QueueEntry.objects.filter(member=self.member).in_order())
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        found = [(row.pk, row.medium, row.paused_at is not None) for row in rows]
        assert found == [(wish.key, wish.medium, wish.paused) for wish in self.live()]


def run(examples, steps, phases=tuple(Phase)):
    release = make_release()
    for number in range(1, DISCS + 1):
        make_disc(release=release, number=number)
    Queue.titles, Queue.release = [make_title() for _ in range(TITLES)], release
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(max_examples=examples, stateful_step_count=steps, phases=phases, deadline=None, database=None)
    run_state_machine_as_test(Queue, settings=settings(how, suppress_health_check=checks, report_multiple_bugs=False))


@pytest.mark.django_db
def test_a_queue_is_what_a_list_would_be():
    run(30, 30)


@pytest.mark.long
@pytest.mark.django_db
def test_a_queue_is_what_a_list_would_be_for_long():
    run(400, 60)


@pytest.mark.django_db
def test_a_fault_would_be_found(monkeypatch):
    """The control: a move that takes the place before."""
    right = queue.move
    monkeypatch.setattr(queue, "move", lambda entry, to: right(entry, max(to - 1, 1) if to > 0 else to))
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        run(30, 30, [Phase.generate])  # one is enough: it need not be the smallest
