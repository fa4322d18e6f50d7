"""What is wrong with a shop's files: each row is named with its line and what to do, and stops nothing else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError
from django.utils import timezone

from catalogue.invariants import broken
from catalogue.models import Certificate, Title
from members.models import Address, Member
from rentals.models import Copy, Membership, Rental
from rentals.tests.shops import SHOP, import_shop, with_row, write_shop  # noqa: F401 - one is a fixture
from tests.factories import make_copy, make_member, make_membership, make_plan, make_rental

pytestmark = pytest.mark.django_db
TOMORROW = str(timezone.localdate() + timedelta(days=2))
CHILD = str(timezone.localdate() - timedelta(days=17 * 365))

# name: (rows, kind of the reject, its reason, words of its sentence)
BAD = {
    "a copy of no title": (with_row("copies", id="X", title="T9", barcode=""), "unknown title", "“T9”"),
    "a barcode twice": (with_row("copies", id="X"), "duplicate barcode", "has the barcode LX-1, and so has copy C1"),
    "a copy twice": (with_row("copies", barcode=""), "listed twice", "Copy C1 is listed in line 2 already"),
    "our barcode with a wrong digit": (with_row("copies", id="X", barcode="K00000012"), "bad barcode", "is wrong"),
    "our barcode, too short": (with_row("copies", id="X", barcode="K123"), "bad barcode", "K and 8 digits"),
    "the code of a sleeve": (with_row("copies", id="X", barcode="S00000013"), "bad barcode", "sleeves"),
    "a barcode too long": (with_row("copies", id="X", barcode="9" * 41), "bad barcode", "too long"),
    "a shelf too long": (with_row("copies", id="X", barcode="", shelf="B" * 41), "bad shelf", "Shorten it"),
    "no such medium": (with_row("copies", id="X", barcode="", medium="VHS"), "unknown medium", "“VHS”"),
    "disc nought": (with_row("copies", id="X", barcode="", disc="0"), "bad disc", "from 1 to 200"),
    "no day": (with_row("copies", id="X", barcode="", acquired_on="31/12/2020"), "damaged date", "2024-05-31"),
    "acquired tomorrow": (
        with_row("copies", id="X", barcode="", acquired_on=TOMORROW),
        "in the future",
        "not come yet",
    ),
    "withdrawn too early": (
        with_row("copies", id="X", barcode="", withdrawn_on="2019-01-01"),
        "withdrawn too early",
        "before it was acquired",
    ),
    "no e-mail": (with_row("members", id="X", email="ada at example"), "bad e-mail", "“ada at example”"),
    "an e-mail twice": (with_row("members", id="X", email="ADA@example.org"), "e-mail taken", "of member M1"),
    "a child": (with_row("members", id="X", email="kid@example.org", born_on=CHILD), "under age", "18 or over only"),
    "no name": (with_row("members", id="X", email="x@example.org", name=""), "no name", "the one for the envelope"),
    "neither yes nor no": (
        with_row("members", id="X", email="x@example.org", active="perhaps"),
        "bad active",
        "write yes or no",
    ),
    "a sign that nobody sees": (
        with_row("members", id="X", email="x@example.org", name="Ada\u202egniK"),
        "damaged row",
        "cannot be printed",
    ),
    "no id": (with_row("members", id="", email="x@example.org"), "no id", "Give this member an id"),
    "no such copy": (with_row("rentals", id="X", copy="C9"), "unknown disc", "the copy “C9”"),
    "no such member": (with_row("rentals", id="X", member="M9"), "unknown member", "the member “M9”"),
    "an open rental of nobody": (
        with_row("rentals", id="X", member="", rented_at="2020-01-01", returned_at=""),
        "unknown member",
        "the member “”",
    ),
    "returned before rented": (
        with_row("rentals", id="X", rented_at="2023-05-04", returned_at="2023-05-01"),
        "returned before rented",
        "came back at 2023-05-01, before it went out, 2023-05-04",
    ),
    "the thirtieth of February": (
        with_row("rentals", id="X", rented_at="2023-02-30"),
        "damaged date",
        "“2023-02-30”",
    ),
    "a year without an instant": (
        with_row("rentals", id="X", rented_at="0001-01-01T00:00+05:00"),
        "damaged date",
        "in the year 1",
    ),
    "never rented": (with_row("rentals", id="X", rented_at=""), "no date", "Fill in rented_at"),
    "rented tomorrow": (with_row("rentals", id="X", rented_at=TOMORROW, returned_at=""), "in the future", TOMORROW),
    "out twice at once": (
        with_row("rentals", id="X", rented_at="2024-05-03"),
        "overlaps another rental",
        "overlaps rental R1 of the same copy (2024-05-01 10:00 to 2024-05-04 16:30)",
    ),
    "out again while it is out": (
        with_row("rentals", id="X", rented_at="2024-07-01", returned_at=""),
        "overlaps another rental",
        "overlaps rental R2 of the same copy (2024-06-01 00:00 to now)",
    ),
    "a film of no name": (with_row("titles", id="X", name=""), "bad title", "Title X"),
    "a film of next century": (with_row("titles", id="X", year="20024"), "bad year", "“20024”"),
    "no such language": (with_row("titles", id="X", name="Kes", language="?"), "bad language", "“?”"),
    "half a certificate": (with_row("titles", id="X", name="Kes", certificate="15"), "bad certificate", "BBFC 15"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_named_and_the_rest_comes_in(name, tmp_path, import_shop):  # noqa: F811
    files, reason, words = BAD[name]
    (kind,) = files
    said = import_shop(write_shop(tmp_path / "shop", **files))
    (reject,) = import_shop.rejects
    assert (reject["file"], reject["what"], reject["reason"]) == (f"{kind}.csv", "rejected", reason)
    assert reject["line"] == str(len(files[kind]) + 1) and words in reject["sentence"]
    assert said[reject["kind"]]["reasons"] == {reason: 1}
    counts = [model.objects.count() for model in (Title, Copy, Member, Address, Rental)]
    assert counts == [1, 1, 1, 1, 2] and broken() == {}


def test_what_hangs_on_a_rejected_row_is_rejected_too(tmp_path, import_shop):  # noqa: F811
    import_shop(write_shop(tmp_path / "shop", members=[SHOP["members"][0] | {"email": "nobody"}]))
    assert [row["reason"] for row in import_shop.rejects] == ["bad e-mail", "unknown member", "unknown member"]
    assert Copy.objects.on_shelf().count() == 1


def test_a_barcode_that_is_here_already_is_refused(tmp_path, import_shop):  # noqa: F811
    make_copy(barcode="LX-1")
    import_shop(write_shop(tmp_path / "shop", rentals=None))
    assert [row["reason"] for row in import_shop.rejects] == ["duplicate barcode"]


def test_a_disc_that_a_title_of_ours_lacks_is_refused(tmp_path, import_shop):  # noqa: F811
    title = make_copy().disc.release.title
    rows = with_row("copies", id="X", title=title.slug, disc="2", barcode="")
    import_shop(write_shop(tmp_path / "shop", **rows))
    assert [(row["id"], row["reason"]) for row in import_shop.rejects] == [("X", "unknown disc")]


def test_an_address_that_nobody_confirmed_gets_nobody_s_rentals(tmp_path, import_shop):  # noqa: F811
    member = make_member(email="ada@example.org")
    EmailAddress.objects.filter(user=member).update(verified=False)
    import_shop(write_shop(tmp_path / "shop"))
    assert import_shop.rejects[0]["reason"] == "e-mail taken" and not Rental.objects.exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"postcode": "35200"}, "not an address of the UK"),
        ({"postcode": ""}, "not an address of the UK"),
        ({"town": ""}, "not an address of the UK"),
        ({"line_1": "A street with a very long name, and longer still"}, "not an address of the UK"),
        ({"country": "France"}, "not in the UK"),
    ],
)
def test_a_member_comes_in_without_an_address_that_the_post_cannot_use(line, reason, tmp_path, import_shop):  # noqa: F811
    import_shop(write_shop(tmp_path / "shop", members=[SHOP["members"][0] | line]))
    (reject,) = import_shop.rejects
    assert (reject["kind"], reject["id"], reject["reason"]) == ("address", "M1", reason)
    assert Rental.objects.filter(member=Member.objects.get()).count() == 2 and not Address.objects.exists()


# ------------------------------------------------------------------ plans, places and ages
def at_home(number):
    """A shop in which a member has so many discs at home, a day after each other."""
    return {
        "copies": [{"id": f"C{n}", "title": "T1"} for n in range(number)],
        "rentals": [
            {"id": f"R{n}", "copy": f"C{n}", "member": "M1", "rented_at": f"2024-06-{n + 1:02}", "returned_at": ""}
            for n in range(number)
        ],
    }


def test_more_than_twelve_discs_at_home_are_refused(tmp_path, import_shop):  # noqa: F811
    import_shop(write_shop(tmp_path / "shop", **at_home(14)))
    assert [(row["id"], row["reason"]) for row in import_shop.rejects] == [
        ("R12", "no place at home"),
        ("R13", "no place at home"),
    ]
    assert sorted(Rental.objects.open().values_list("place", flat=True)) == list(range(1, 13))


def test_more_than_the_plan_has_are_refused(tmp_path, import_shop):  # noqa: F811
    plan = make_plan(places_at_home=2)
    paid = {"plan": plan.slug, "paid_until": TOMORROW}
    import_shop(write_shop(tmp_path / "shop", **at_home(3), members=[SHOP["members"][0] | paid]))
    (reject,) = import_shop.rejects
    assert (reject["id"], reject["reason"]) == ("R2", "no place at home") and "2 discs at home already, of 2" in (
        reject["sentence"]
    )
    assert broken() == {}


def test_a_place_above_those_of_the_plan_counts_too(tmp_path, import_shop):  # noqa: F811
    member = make_member(email="ada@example.org")
    make_membership(member=member, plan=make_plan(places_at_home=1))
    make_rental(member=member, place=2)  # from a bigger plan
    import_shop(write_shop(tmp_path / "shop", **at_home(1)))
    assert [row["reason"] for row in import_shop.rejects] == ["no place at home"]


@pytest.mark.parametrize(
    ("paid", "reason"),
    [
        ({"plan": "gold", "paid_until": TOMORROW}, "unknown plan"),
        ({"plan": "one", "paid_until": ""}, "not paid"),
        ({"plan": "one", "paid_until": "2020-01-01"}, "not paid"),
        ({"plan": "one", "paid_until": "2999-01-01"}, "not paid"),
        ({"plan": "one", "paid_until": "soon"}, "damaged date"),
    ],
)
def test_a_member_comes_in_without_a_plan_that_cannot_be(paid, reason, tmp_path, import_shop):  # noqa: F811
    make_plan(slug="one")
    import_shop(write_shop(tmp_path / "shop", members=[SHOP["members"][0] | paid]))
    (reject,) = import_shop.rejects
    assert (reject["kind"], reject["reason"]) == ("membership", reason)
    assert Member.objects.count() == 1 and Rental.objects.count() == 2 and not Membership.objects.exists()


def test_a_film_that_the_member_was_too_young_for_is_refused(tmp_path, import_shop):  # noqa: F811
    born = str(timezone.localdate().replace(year=2024 - 17, month=1, day=1))
    files = {
        "titles": [SHOP["titles"][0] | {"certificate": "BBFC 18"}],
        "members": [SHOP["members"][0] | {"born_on": born}],
    }
    import_shop(write_shop(tmp_path / "shop", **files))
    assert Certificate.objects.get().value == "18"
    assert [(row["id"], row["reason"]) for row in import_shop.rejects] == [("R1", "under age"), ("R2", "under age")]
    assert Member.objects.count() == 1


# ------------------------------------------------------------------ files that cannot be read
def nothing_came():
    return not any(model.objects.exists() for model in (Title, Copy, Member, Rental))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rentals.csv", b"id,copy,member,rented_at\n", "The column returned_at is missing"),
        ("members.csv", b"id,email,name,post code\n", "The column “post code” is unknown"),
        ("members.csv", b"id,email,name,name\n", "is unknown or there twice"),
        ("members.csv", b"id,email,name\n1,a@example.org,Ren\xe9\n", "This is not UTF-8"),
        ("rentals.csv", b'id,copy,member,rented_at,returned_at\n1,"C1,M1', "This is no CSV"),
        ("loans.csv", b"id\n", "The files of a shop are titles.csv, copies.csv, members.csv, rentals.csv"),
        ("copies.csv", b"", "The column id is missing"),
    ],
)
def test_a_file_that_cannot_be_read_stops_all(name, content, words, tmp_path, import_shop):  # noqa: F811
    folder = write_shop(tmp_path / "shop")
    (folder / name).write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was brought in") as refusal:
        import_shop(folder)
    assert words in str(refusal.value) and name in str(refusal.value) and nothing_came()


def test_a_line_with_a_cell_too_many_is_rejected(tmp_path, import_shop):  # noqa: F811
    folder = write_shop(tmp_path / "shop")
    with (folder / "rentals.csv").open("a") as file:
        file.write("R3,C1,M1,2020-01-01,2020-01-02,late\r\n")
    import_shop(folder)
    (reject,) = import_shop.rejects
    assert (reject["line"], reject["reason"]) == ("4", "damaged row") and "6 cells" in reject["sentence"]


DUMP = """COPY public.{table} ({columns}) FROM stdin;
{rows}\\.
"""
TABLES = {
    "film": ("film_id, title, release_year, language_id, length, rating", "1\tKES\t1969\t1\t111\tPG\n"),
    "language": ("language_id, name", "1\tEnglish\n"),
    "country": ("country_id, country", "1\tUnited Kingdom\n"),
    "city": ("city_id, city, country_id", "1\tLeeds\t1\n"),
    "address": ("address_id, address, address2, city_id, postal_code", "1\t4 Mill Bank\t\\N\t1\tLS6 1AA\n"),
    "inventory": ("inventory_id, film_id, last_update", "1\t1\t2006-02-15 05:09:17\n"),
    "customer": (
        "customer_id, first_name, last_name, email, address_id, create_date, active",
        "1\tADA\tKING\tADA@example.org\t1\t2006-02-14\t1\n",
    ),
    "rental": ("rental_id, rental_date, inventory_id, customer_id, return_date", "1\t2005-05-30 01:56:11\t1\t1\t\\N\n"),
}


def write_dump(path, **rows):
    """A dump of one of each, with other rows for some tables."""
    tables = {table: (columns, rows.get(table, said)) for table, (columns, said) in TABLES.items()}
    path.write_text("".join(DUMP.format(table=t, columns=c, rows=r) for t, (c, r) in tables.items() if r is not None))
    return path


def test_a_dump_with_an_address_in_the_uk_gives_it(tmp_path, import_shop):  # noqa: F811
    import_shop(write_dump(tmp_path / "dump.sql"), format="sakila")
    assert Address.objects.get().lines() == ["Ada King", "4 Mill Bank", "Leeds", "LS6 1AA"]
    assert Copy.objects.get().acquired_on.isoformat() == "2005-05-30"  # it was there when it first went out
    assert import_shop.rejects == [] and broken() == {}


def test_damaged_lines_of_a_dump_are_named(tmp_path, import_shop):  # noqa: F811
    bad = "2\t2005-13-30\t1\t1\t\\N\n3\t2005-05-30\n4\t2005-05-30\t7\t1\t\\N\n5\t2005-05-30\t1\t7\t\\N\n"
    import_shop(write_dump(tmp_path / "dump.sql", rental=TABLES["rental"][1] + bad), format="pagila")
    assert [(row["id"], row["reason"]) for row in import_shop.rejects] == [
        ("2", "damaged date"),
        ("3", "damaged row"),
        ("4", "unknown disc"),
        ("5", "unknown member"),
    ]
    assert Rental.objects.count() == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.rsplit("\\.", 1)[0], "It ends in the middle of a table"),
        (lambda text: text.replace("public.rental", "public.rented"), "There is no table rental"),
        (lambda text: "", "There is no table film"),
    ],
)
def test_half_a_dump_stops_all(spoil, words, tmp_path, import_shop):  # noqa: F811
    path = write_dump(tmp_path / "dump.sql")
    path.write_text(spoil(path.read_text()))
    with pytest.raises(CommandError, match=words):
        import_shop(path, format="sakila")
    assert nothing_came()


def test_a_list_of_rejects_that_cannot_be_written_costs_no_import(tmp_path, import_shop):  # noqa: F811
    import_shop.path = tmp_path / "nowhere" / "rejects.csv"
    with pytest.raises(CommandError, match="cannot be written"):
        import_shop(write_shop(tmp_path / "shop"))
    assert nothing_came()


@pytest.mark.parametrize("shop", ["The Corner", "a" * 31, "é"])
def test_a_shop_s_name_is_a_word(shop, tmp_path, import_shop):  # noqa: F811
    with pytest.raises(CommandError, match="--shop is a word"):
        import_shop(write_shop(tmp_path / "shop"), shop=shop)
    assert nothing_came()


def test_the_list_of_rejects_holds_no_formulas(tmp_path, import_shop):  # noqa: F811
    import_shop(write_shop(tmp_path / "shop", **with_row("copies", id='=HYPERLINK("x")', title="T9", barcode="")))
    assert import_shop.rejects[0]["id"].startswith("'=")
