"""Our barcodes: every slip of a digit is caught, scanners are forgiven, and no two copies get the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from stdnum import damm

from rentals import barcodes
from rentals.barcodes import MOST, new_code, problem_with, read, unknown
from rentals.models import Copy
from tests.factories import make_copy

NUMBERS = [*range(0, 300), *range(1_234_500, 1_234_600), *range(MOST - 99, MOST + 1)]
FOREIGN = ["5060018490011", "F0000007", "KP004133817", "KINO-12", "00000042", "k", "", "Ж123"]
MISTYPED = "A digit of {} is wrong, or two changed places."


def slips(code):
    """Every code with one other digit, or with two neighbours changed over."""
    for place in range(1, len(code)):
        for digit in set("0123456789") - {code[place]}:
            yield code[:place] + digit + code[place + 1 :]
    for place in range(1, len(code) - 1):
        one, two = code[place : place + 2]
        if one != two:
            yield code[:place] + two + one + code[place + 2 :]


@pytest.fixture(scope="module")
def codes():
    return [new_code(number) for number in NUMBERS]


# ------------------------------------------------------------------ the check digit
def test_codes_are_k_and_eight_digits_each_its_own(codes):
    assert len(set(codes)) == len(NUMBERS)
    assert all(len(code) == 9 and code[0] == "K" and code[1:].isdigit() for code in codes)
    assert [problem_with(code) for code in codes] == [""] * len(codes)


def missed(codes):
    return [slip for code in codes for slip in slips(code) if not problem_with(slip)]


def test_every_wrong_digit_and_every_swap_of_neighbours_is_caught(codes):
    assert sum(1 for code in codes for _ in slips(code)) > 30_000
    assert missed(codes) == []


def test_a_plain_sum_of_digits_would_miss_swaps(codes, monkeypatch):
    """The control: with a weaker check digit the test above fails."""
    monkeypatch.setattr(damm, "is_valid", lambda digits: sum(map(int, digits)) % 10 == 0)
    assert missed([code for code in codes if sum(map(int, code[1:])) % 10 == 0])


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_there_is_no_code_outside_the_numbers(number):
    with pytest.raises(ValueError, match="0 to 9999999"):
        new_code(number)


# ------------------------------------------------------------------ as scanned, as typed
@pytest.mark.parametrize("around", ["{}", " {} ", "{}\r", "{}\r\n", "{}\t", "\t{}\n", "\ufeff{}", "{}\x00"])
@pytest.mark.parametrize("how", [str, str.lower])
def test_what_a_scanner_adds_does_not_matter(around, how):
    assert read(around.format(how(new_code(128)))) == new_code(128)


@pytest.mark.parametrize("typed", ["K0000 0013", "k0000-0013", "Ｋ００００００１３", "K 0 0 0 0 0 0 1 3"])
def test_codes_are_typed_in_groups(typed):
    assert read(typed) == "K00000013"


@pytest.mark.parametrize("typed", ["KO0000013", "K0000001l", "K000000I3", "K٠٠٠٠٠٠١٣", "K0000001?"])
def test_no_digit_is_guessed(typed):
    assert read(typed) == typed
    assert not unknown(typed).startswith("A digit")


@pytest.mark.parametrize("code", FOREIGN)
def test_codes_from_elsewhere_are_left_as_they_are(code):
    assert (read(f" {code}\r"), problem_with(code)) == (code, "")


# ------------------------------------------------------------------ what people are told
def test_a_mistyped_code_says_so_and_what_to_do():
    code = new_code(1)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    said = problem_with(f"{wrong.lower()}\r")
    assert said == f"{MISTYPED.format(wrong)} Scan the label again, or type the digits under the bars one by one."
    assert unknown(wrong) == said


@pytest.mark.parametrize(("code", "n"), [("K0000001", 7), ("K000000013", 9), ("K1", 1)])
def test_a_code_with_a_digit_too_few_or_too_many_says_how_many(code, n):
    said = f"Our barcodes are K and 8 digits, as K00000013; {code} has {n}. Scan the label again."
    assert problem_with(code) == said


def test_a_right_code_that_no_copy_has_says_what_to_do():
    assert unknown(new_code(77).lower()) == (
        f"No copy has the barcode {new_code(77)}. If the disc is ours, add it under Copies; if not, put it aside."
    )


# ------------------------------------------------------------------ numbers of new copies
@pytest.mark.django_db
def test_a_code_that_somebody_typed_ahead_is_left_out():
    number = barcodes.next_number()
    make_copy(barcode=new_code(number + 1))
    assert Copy.objects.all().next_code() == new_code(number + 2)


@pytest.mark.django_db
def test_numbers_given_by_hand_are_left_out_and_never_come_again():
    number = barcodes.next_number()
    barcodes.used_up_to(number + 50)
    barcodes.used_up_to(number)
    assert barcodes.next_number() == number + 51


def test_copies_of_the_demo_have_codes_of_ours(demo):
    codes = list(Copy.objects.values_list("barcode", flat=True))
    assert {problem_with(code) for code in codes} == {""}
    assert all(map(barcodes.OF_OURS.fullmatch, codes))
    assert Copy.objects.all().next_code() not in codes


AT_ONCE, EACH = 4, 25


def doubled():
    """How many codes came twice when threads asked for them all at once, each on a connection of its own."""
    together = Barrier(AT_ONCE)

    def ask():
        together.wait(30)
        try:
            return [Copy.objects.all().next_code() for _ in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        codes = [code for done in [threads.submit(ask) for _ in range(AT_ONCE)] for code in done.result(30)]
    return len(codes) - len(set(codes))


def test_two_at_once_never_get_the_same_code(scratch):
    assert doubled() == 0


def test_who_counts_the_copies_instead_gets_codes_twice(scratch, monkeypatch):
    """The control: a number that is read, and not given, comes to several."""
    monkeypatch.setattr(barcodes, "next_number", lambda: Copy.objects.count() + 1)
    assert doubled() > 0
