"""A shop comes in as it stands: from CSV, from Sakila and from Pagila, once, whole or not at all."""

import re
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from catalogue import viewings
from catalogue.importers.tests.scratch import database
from catalogue.invariants import broken
from catalogue.models import Release, Title
from members.closing import close
from members.models import Address, Member, Message
from rentals import barcodes
from rentals.models import Copy, ImportedRow, Membership, Rental
from rentals.places import places_of
from rentals.shop_import.run import import_shop as bring_in
from rentals.tests.shops import SHOP, dumps, import_shop, with_row, write_shop  # noqa: F401 - two are fixtures
from tests.factories import make_disc, make_member, make_plan, make_release, make_rental, make_title
from tests.pages import text, tree

OUTCOMES = ("read", "brought in", "already here", "rejected")
BUSY = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
WRITING = f"{BUSY} AND state IN ('active', 'idle in transaction') AND backend_xid IS NOT NULL"


@pytest.fixture
def shop(tmp_path):
    return write_shop(tmp_path / "shop")


def outcomes(said, kind):
    return [said[kind][outcome] for outcome in OUTCOMES]


# ------------------------------------------------------------------ our own format
@pytest.mark.django_db
def test_a_shop_comes_in_with_all_that_it_says(shop, import_shop):  # noqa: F811
    said = import_shop(shop)
    assert import_shop.rejects == []
    title, copy, member = Title.objects.get(), Copy.objects.get(), Member.objects.get()
    assert (title.name, title.year, title.runtime_minutes) == ("The Cranes Are Flying", 1957, 97)
    assert (copy.barcode, copy.shelf, copy.acquired_on) == ("LX-1", "B-014", date(2020, 1, 2))
    assert (copy.disc.number, copy.disc.release.medium, copy.disc.release.title) == (1, "dvd", title)
    assert (member.email, member.shown_as, member.has_usable_password()) == ("ada@example.org", "A. K.", False)
    assert timezone.localdate(member.joined_at) == date(2019, 5, 6)
    assert member.address.lines() == ["Ada King", "4 Mill Bank", "Leeds", "LS6 1AA"]
    assert {kind: outcomes(said, kind)[:2] for kind in ("title", "copy", "member", "address", "rental")} == {
        "title": [1, 1],
        "copy": [1, 1],
        "member": [1, 1],
        "address": [1, 1],
        "rental": [2, 2],
    }
    assert broken() == {}


@pytest.mark.django_db
def test_what_is_back_is_history_and_what_is_out_has_a_place_at_home(shop, import_shop):  # noqa: F811
    import_shop(shop)
    back, out = Rental.objects.order_by("allocated_at")
    assert back.checked_in_at == datetime(2024, 5, 4, 15, 30, tzinfo=UTC)  # half past four in a British summer
    assert (out.checked_in_at, out.place, timezone.localdate(out.posted_at)) == (None, 1, date(2024, 6, 1))
    assert not Copy.objects.on_shelf().exists()
    assert viewings.saw(Title.objects.get(), Member.objects.get())


@pytest.mark.django_db
def test_nobody_is_written_to(shop, import_shop):  # noqa: F811
    import_shop(shop)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_member_makes_the_first_password_by_the_page_for_a_forgotten_one(shop, import_shop, client):  # noqa: F811
    import_shop(shop)
    client.post("/reset/", {"email": "ada@example.org"})
    link = re.search(r"https?://[^/\s]+(/\S+)", Message.objects.get(kind="reset").text)[1]
    password = "four cranes over the river"
    client.post(client.get(link).url, {"password1": password, "password2": password})
    fresh = Client()
    fresh.post("/sign-in/", {"login": "ada@example.org", "password": password})
    assert "The Cranes Are Flying" in text(tree(fresh.get("/queue/")))


@pytest.mark.django_db
def test_a_second_run_changes_nothing(shop, import_shop):  # noqa: F811
    import_shop(shop)
    rows = [list(model.objects.order_by("pk").values()) for model in (Title, Release, Copy, Member, Address, Rental)]
    said = import_shop(shop)
    assert rows == [
        list(model.objects.order_by("pk").values()) for model in (Title, Release, Copy, Member, Address, Rental)
    ]
    assert outcomes(said, "rental") == [2, 0, 2, 0] and outcomes(said, "member") == [1, 0, 1, 0]
    assert outcomes(said, "copy") == [1, 0, 1, 0] and outcomes(said, "title") == [1, 0, 1, 0]


@pytest.mark.django_db
def test_what_the_shop_says_differently_later_is_told_and_not_followed(tmp_path, shop, import_shop):  # noqa: F811
    import_shop(shop)
    open_one = SHOP["rentals"][1] | {"returned_at": "2024-06-09"}
    said = import_shop(write_shop(shop, rentals=[SHOP["rentals"][0], open_one]))
    assert outcomes(said, "rental") == [2, 0, 1, 1]
    assert import_shop.rejects[0]["reason"] == "changed since it came in"
    assert Rental.objects.open().count() == 1


@pytest.mark.django_db
def test_more_of_the_shop_comes_in_later(shop, import_shop):  # noqa: F811
    import_shop(shop)
    more = {"id": "R3", "copy": "C1", "member": "M1", "rented_at": "2024-02-01", "returned_at": "2024-02-03"}
    said = import_shop(write_shop(shop, rentals=[*SHOP["rentals"], more]))
    assert outcomes(said, "rental") == [3, 1, 2, 0] and Rental.objects.count() == 3


@pytest.mark.django_db
def test_a_copy_may_go_out_at_the_instant_at_which_it_is_back(shop, import_shop):  # noqa: F811
    more = {"copy": "C1", "member": "M1", "rented_at": "2024-05-04 16:30", "returned_at": "2024-05-05 10:00"}
    said = import_shop(write_shop(shop, rentals=[*SHOP["rentals"], more | {"id": "R3"}]))
    assert outcomes(said, "rental") == [3, 3, 0, 0]


@pytest.mark.django_db
def test_a_trial_changes_nothing(shop, import_shop):  # noqa: F811
    said = import_shop(shop, dry_run=True)
    assert outcomes(said, "rental") == [2, 2, 0, 0] and "This was a trial." in import_shop.out
    assert not any(model.objects.exists() for model in (Title, Copy, Member, Rental, ImportedRow))


@pytest.mark.django_db
def test_ids_of_two_shops_are_kept_apart(tmp_path, shop, import_shop):  # noqa: F811
    import_shop(shop, shop="corner")
    other = write_shop(
        tmp_path / "other",
        copies=[SHOP["copies"][0] | {"barcode": "LX-9"}],
        members=[SHOP["members"][0] | {"email": "bob@example.org"}],
    )
    import_shop(other, shop="harbour")
    assert Member.objects.count() == 2 and Copy.objects.count() == 2 and Rental.objects.count() == 4
    assert Title.objects.count() == 1  # which is the same film


@pytest.mark.django_db
def test_a_title_and_an_edition_that_are_here_are_used(shop, import_shop):  # noqa: F811
    release = make_release(title=make_title(name="The Cranes Are Flying", year=1957))
    import_shop(shop)
    assert Copy.objects.get().disc.release == release
    assert Title.objects.count() == Release.objects.count() == 1


@pytest.mark.django_db
def test_copies_may_be_of_titles_of_ours_by_their_addresses(shop, import_shop):  # noqa: F811
    title = make_disc(release=make_release(title=make_title(name="Kes"), medium="blu-ray")).release.title
    rows = with_row("copies", id="C2", title=title.slug, medium="Blu-ray", barcode="")["copies"]
    import_shop(write_shop(shop, copies=rows))
    copy = Copy.objects.get(disc__release__title=title)
    assert copy.disc.release.medium == "blu-ray" and barcodes.problem_with(copy.barcode) == ""
    assert copy.barcode.startswith("K")


@pytest.mark.django_db
def test_discs_of_a_set_are_made_with_it(shop, import_shop):  # noqa: F811
    import_shop(write_shop(shop, **with_row("copies", id="C2", disc="3", barcode="LX-3")))
    assert list(Release.objects.get().discs.order_by("number").values_list("number", flat=True)) == [1, 3]


@pytest.mark.django_db
def test_whoever_has_an_account_keeps_it(shop, import_shop):  # noqa: F811
    member = make_member(email="ada@example.org", password="four cranes", shown_as="Ada")
    at_home = make_rental(member=member)
    said = import_shop(shop)
    assert outcomes(said, "member") == [1, 0, 1, 0]
    member.refresh_from_db()
    assert member.shown_as == "Ada" and member.check_password("four cranes")
    assert set(Rental.objects.open().values_list("member", "place")) == {(member.pk, 1), (member.pk, 2)}
    assert at_home.place == 1


@pytest.mark.django_db
def test_a_plan_holds_until_the_day_that_is_paid_and_is_free_here(shop, import_shop):  # noqa: F811
    plan, today = make_plan(places_at_home=2), timezone.localdate()
    paid = {"plan": plan.slug, "paid_until": str(today + timedelta(days=9))}
    import_shop(write_shop(shop, members=[SHOP["members"][0] | paid]))
    membership, member = Membership.objects.get(), Member.objects.get()
    assert (membership.plan, membership.paid_until) == (plan, today + timedelta(days=9))
    assert places_of(member, today).free == [2]
    assert broken() == {}


@pytest.mark.django_db
def test_a_member_without_a_plan_keeps_what_is_at_home(shop, import_shop):  # noqa: F811
    import_shop(shop)
    assert Rental.objects.open().get().member == Member.objects.get() and not Membership.objects.exists()
    assert broken() == {}


@pytest.mark.django_db
def test_history_may_come_without_its_member(shop, import_shop):  # noqa: F811
    import_shop(write_shop(shop, rentals=[SHOP["rentals"][0] | {"member": ""}]))
    assert Rental.objects.get().member is None and import_shop.rejects == []


@pytest.mark.django_db
def test_who_deleted_the_account_is_not_brought_in_again(shop, import_shop):  # noqa: F811
    import_shop(write_shop(shop, rentals=SHOP["rentals"][:1]))
    close(Member.objects.get(), now=timezone.now())
    said = import_shop(shop)
    assert not Member.objects.exists() and outcomes(said, "member") == [1, 0, 0, 1]
    assert import_shop.rejects[0]["reason"] == "deleted the account"
    assert bytes(ImportedRow.objects.get(kind="member").digest) == bytes(16)


# ------------------------------------------------------------------ the steps do not grow with the rows
@pytest.mark.django_db
def test_twenty_rows_take_as_many_queries_as_two(tmp_path, django_assert_max_num_queries):
    def run(folder, first, number):
        write_shop(folder, **many(first, number))
        return lambda: bring_in(folder, format="csv", shop=folder.name, now=timezone.now())

    few, more = run(tmp_path / "few", 0, 2), run(tmp_path / "more", 100, 20)
    with django_assert_max_num_queries(1000) as counted:
        few()
    with django_assert_max_num_queries(len(counted)):
        assert more().read("rental") == 40


def many(first, number):
    """A shop of so many titles, copies, members, each with a rental that is over and one that is not."""
    numbers = range(first, first + number)
    return {
        "titles": [{"id": n, "name": f"Film number {n}", "year": "1957"} for n in numbers],
        "copies": [{"id": n, "title": n} for n in numbers],
        "members": [
            SHOP["members"][0] | {"id": n, "email": f"a{n}@example.org", "born_on": "1980-01-01"} for n in numbers
        ],
        "rentals": [
            rental | {"id": f"{n} {rental['id']}", "copy": n, "member": n}
            for n in numbers
            for rental in SHOP["rentals"]
        ],
    }


# ------------------------------------------------------------------ the dumps
def rows_of(path, table):
    """The lines of a COPY block as lists of text: read here anew, so as not to trust the importer."""
    block = re.search(rf"^COPY public\.{table} \([^\n]*\n(.*?)^\\\.$", path.read_text(), re.M | re.S)[1]
    return [line.split("\t") for line in block.splitlines()]


def overlapping_pairs(rentals):
    """{(earlier, later)} of ids of rentals of one copy of which the later begins before the earlier is back."""
    of_copy = defaultdict(list)
    for key, begins, copy, _, ends, *_ in rentals:
        times = [datetime.fromisoformat(text) if text != r"\N" else None for text in (begins, ends)]
        of_copy[copy].append((*times, key))
    pairs = set()
    for several in of_copy.values():
        several.sort(key=lambda rental: rental[0])
        for place, (_, ends, key) in enumerate(several):
            pairs |= {(key, later) for begins, _, later in several[place + 1 :] if ends is None or begins < ends}
    return pairs


@pytest.mark.django_db
def test_all_of_sakila_comes_in(dumps, import_shop):  # noqa: F811
    path = dumps / "sakila" / "postgres-sakila-insert-data-using-copy.sql"
    rentals, items = rows_of(path, "rental"), rows_of(path, "inventory")
    assert (len(rentals), len(items), overlapping_pairs(rentals)) == (16_044, 4_581, set())
    said = import_shop(dumps / "sakila", format="sakila")
    assert outcomes(said, "rental") == [16_044, 16_044, 0, 0] and outcomes(said, "copy") == [4_581, 4_581, 0, 0]
    assert outcomes(said, "title") == [1_000, 1_000, 0, 0] and outcomes(said, "member") == [599, 599, 0, 0]
    assert Rental.objects.count() == 16_044 and Copy.objects.count() == 4_581
    assert Rental.objects.open().count() == sum(row[4] == r"\N" for row in rentals) == 183
    assert Release.objects.filter(medium="dvd", discs__number=1).count() == 1_000
    assert not Title.objects.exclude(synopsis="", lead="").exists()  # their words about films are theirs
    assert broken() == {}


@pytest.mark.django_db
def test_addresses_abroad_are_listed_with_all_that_they_say(dumps, import_shop):  # noqa: F811
    said = import_shop(dumps / "sakila", format="sakila")
    assert outcomes(said, "address") == [599, 0, 0, 599] and not Address.objects.exists()
    first = next(row for row in import_shop.rejects if row["id"] == "1")
    assert "Mary Smith, 1913 Hanoi Way, Sasebo, 35200, Japan" in first["sentence"]


@pytest.mark.django_db
def test_of_pagila_the_later_of_two_overlapping_rentals_stays_out(dumps, import_shop):  # noqa: F811
    pairs = overlapping_pairs(rows_of(dumps / "pagila" / "pagila-data.sql", "rental"))
    assert len(pairs) == 438
    said = import_shop(dumps / "pagila", format="pagila")
    rejects = [row for row in import_shop.rejects if row["kind"] == "rental"]
    named = {(re.search(r"overlaps rental (\d+) ", row["sentence"])[1], row["id"]) for row in rejects}
    assert named == pairs and len(rejects) == 438
    assert outcomes(said, "rental") == [16_044, 16_044 - 438, 0, 438]
    assert said["rental"]["reasons"] == {"overlaps another rental": 438}
    assert Rental.objects.count() == 16_044 - 438 and broken() == {}


@pytest.mark.django_db
def test_pagila_again_changes_nothing_and_rejects_the_same(dumps, import_shop):  # noqa: F811
    import_shop(dumps / "pagila", format="pagila")
    before, rejects = Rental.objects.count(), import_shop.rejects
    said = import_shop(dumps / "pagila", format="pagila")
    assert (Rental.objects.count(), import_shop.rejects) == (before, rejects)
    assert outcomes(said, "rental") == [16_044, 0, 16_044 - 438, 438]


# ------------------------------------------------------------------ killed
def test_an_import_that_is_killed_leaves_nothing_and_the_next_one_completes(empty_database, tmp_path):
    folder = write_shop(tmp_path / "shop", **many(0, 3000))
    connections.close_all()  # a template must have none
    with database(empty_database) as made:
        before = made.row_counts()
        for after in (0, 0.3, 0.8):
            _kill_while_writing(made, folder, after)
            assert made.row_counts() == before
        done = made.manage("import_shop", folder, "--format", "csv")
        assert done.returncode == 0, done.stderr
        assert made.query("SELECT count(*) FROM rentals_rental") == [(6000,)]


def _kill_while_writing(made, folder, after):
    process = made.start("import_shop", folder, "--format", "csv")
    deadline = time.monotonic() + 60
    while not made.query(WRITING):
        assert process.poll() is None and time.monotonic() < deadline, "the import did not begin to write"
        time.sleep(0.01)
    time.sleep(after)
    assert process.poll() is None, "it was over before it could be killed"
    process.kill()
    process.communicate()
    while made.query(f"{BUSY} AND backend_type = 'client backend'"):
        time.sleep(0.01)


# ------------------------------------------------------------------ beside others
def test_it_waits_for_members_before_it_holds_what_lending_needs_next(empty_database, tmp_path):
    """A round holds members and then needs the stock: an import that had that already would wait in a ring with it."""
    folder = write_shop(tmp_path / "shop")
    connections.close_all()
    with database(empty_database) as made:
        assert made.manage("import_shop", folder, "--format", "csv").returncode == 0
        write_shop(folder, **with_row("copies", id="C2", barcode=""))
        with psycopg.connect(made.url) as lender:
            lender.execute("SELECT FROM members_member FOR NO KEY UPDATE")
            process = made.start("import_shop", folder, "--format", "csv")
            while not made.query(f"{BUSY} AND wait_event_type = 'Lock'"):
                assert process.poll() is None, process.communicate()
                time.sleep(0.01)
            for table in ("rentals_copy", "rentals_stock", "catalogue_title"):
                lender.execute(f"SELECT FROM {table} FOR NO KEY UPDATE NOWAIT")
        assert process.wait() == 0
        assert made.query("SELECT count(*) FROM rentals_copy") == [(2,)]
