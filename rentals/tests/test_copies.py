"""What staff do to copies, and that the database writes all of it down."""

import pytest
from django.db import IntegrityError, connection, transaction

from catalogue.invariants import broken
from rentals import copies
from rentals.models import Copy, CopyEvent, Rental
from rentals.refused import Refused
from tests.factories import NOON, make_copy, make_member, make_rental, make_staff

pytestmark = pytest.mark.django_db


def told(copy):
    return list(copy.events.order_by("pk").values_list("kind", "value"))


LIFE = [
    (lambda copy: copies.move(copy, "B-104"), ("moved", "B-104")),
    (lambda copy: copies.hold(copy, at=NOON), ("held", "")),
    (lambda copy: copies.pass_inspection(copy, condition="good"), ("passed", "")),
    (lambda copy: copies.lose(copy, at=NOON), ("missing", "")),
    (copies.find, ("found", "")),
    (lambda copy: copies.withdraw(copy, "worn", at=NOON), ("withdrawn", "worn")),
    (copies.restore, ("restored", "")),
]


def test_each_thing_done_to_a_copy_is_an_event_and_the_events_make_the_copy():
    copy = make_copy()
    for number, (deed, event) in enumerate(LIFE, 2):
        deed(copy)
        assert (len(told(copy)), told(copy)[-1]) == (number, event)
        assert broken() == {}


@pytest.mark.parametrize("deed", [deed for deed, _ in LIFE], ids=[event[0] for _, event in LIFE])
def test_twice_is_refused_and_is_no_event(deed):
    copy = make_copy(shelf="A-001")
    before = {"passed": copies.hold, "found": copies.lose}
    for kind, first in before.items():
        if deed in [d for d, event in LIFE if event[0] == kind]:
            first(copy, at=NOON)
    if deed is copies.restore:
        copies.withdraw(copy, "worn", at=NOON)
    deed(copy)
    events = told(copy)
    with pytest.raises(Refused):
        deed(copy)
    assert told(copy) == events


def test_an_event_says_who_did_it_and_why_and_the_next_one_does_not():
    staff, copy, other = make_staff(), make_copy(), make_copy()
    with copies.acting(staff, "Scratched on both sides"):
        copies.hold(copy, at=NOON)
    copies.hold(other, at=NOON)
    assert copy.events.filter(kind="held").values_list("by", "note").get() == (staff.pk, "Scratched on both sides")
    assert other.events.filter(kind="held").values_list("by", "note").get() == (None, "")


def test_what_is_written_stands_but_for_who_did_it():
    with copies.acting(make_staff()):
        event = make_copy().events.get()
    for change in ({"kind": "found"}, {"note": "No."}, {"by": make_member()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CopyEvent.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()
    assert CopyEvent.objects.filter(pk=event.pk).update(by=None) == 1


def test_a_copy_changed_behind_the_events_is_found():
    copy = make_copy(shelf="A-001")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE rentals_copy DISABLE TRIGGER rentals_copy_tells")
        Copy.objects.filter(pk=copy.pk).update(shelf="B-002")
        cursor.execute("ALTER TABLE rentals_copy ENABLE TRIGGER rentals_copy_tells")
    assert list(broken()) == ["A copy is what its events made of it, from the one by which it was acquired."]


def test_what_is_out_or_going_out_is_not_withdrawn():
    rental = make_rental()
    with pytest.raises(Refused, match="about to go out"):
        copies.withdraw(rental.copy, "sold", at=NOON)
    Rental.objects.filter(pk=rental.pk).update(posted_at=NOON)
    with pytest.raises(Refused, match="with a member"):
        copies.lose(rental.copy, at=NOON)


def test_a_sold_copy_is_gone():
    copy = make_copy()
    copies.withdraw(copy, "sold", at=NOON)
    with pytest.raises(Refused, match="was sold"):
        copies.restore(copy)


def test_a_copy_without_a_licence_does_not_pass():
    copy = make_copy(licence="none", in_inspection_since=NOON)
    with pytest.raises(Refused, match="licence"):
        copies.pass_inspection(copy, condition="new")
