"""The barcodes that we put on copies: K, seven digits, and an eighth that tells when one is wrong.

The last digit is Damm's (H. M. Damm, 2004): it catches every single wrong digit and every two neighbours that changed
places. Copies brought in from elsewhere keep the codes they have, which we cannot check.
"""

import re
import unicodedata

from django.db import connection
from stdnum import damm

MOST = 9_999_999
OF_OURS = re.compile(r"K[0-9]+")
OF_A_SLEEVE = re.compile(r"S[0-9]{8}")
OF_A_MEMBER = re.compile(r"M[0-9]{2,18}")
DIGITS = 8
EXAMPLE = "K00000013"
MISTYPED = (
    "A digit of {code} is wrong, or two changed places. "
    "Scan the label again, or type the digits under the bars one by one."
)
WRONG_LENGTH = "Our barcodes are K and {digits} digits, as {example}; {code} has {n}. Scan the label again."


def new_code(number):
    """The code of that number, from 0. ValueError if there is none: seven digits are full."""
    if not 0 <= number <= MOST:
        raise ValueError(f"Barcodes are numbered 0 to {MOST}, so there is no {number}.")
    digits = f"{number:07}"
    return f"K{digits}{damm.calc_check_digit(digits)}"


def read(scanned):
    """The code that somebody scanned or typed.

    A scanner may send spaces, a tab or a new line with it, wide letters, or small ones under CapsLock; K and digits
    are the same keys on British and American keyboards. A code that is not ours is left as it is between its ends.
    """
    code = _plain(scanned)
    return code if OF_OURS.fullmatch(code) else scanned.strip()


def _plain(scanned):
    wide = unicodedata.normalize("NFKC", scanned).upper()
    return "".join(sign for sign in wide if sign.isprintable() and sign not in " -")


def problem_with(code):
    """What is wrong with a code and what to do, a sentence; "" if it is right or not of our shape."""
    code = read(code)
    if not OF_OURS.fullmatch(code):
        return ""
    if len(code) != 1 + DIGITS:
        return WRONG_LENGTH.format(digits=DIGITS, example=EXAMPLE, code=code, n=len(code) - 1)
    return "" if damm.is_valid(code[1:]) else MISTYPED.format(code=code)


def disc_of(scanned):
    """The code of the disc that somebody scanned, or whose sleeve: that has S where the disc has K."""
    plain = _plain(scanned)
    return f"K{plain[1:]}" if OF_A_SLEEVE.fullmatch(plain) else read(scanned)


def sleeve_of(barcode):
    """The code for the sleeve of a disc: S where ours has K. A code from elsewhere stands on both."""
    is_ours = OF_OURS.fullmatch(barcode) and len(barcode) == 1 + DIGITS
    return f"S{barcode[1:]}" if is_ours else barcode


def member_code(key):
    """A member's number as cards print it: M, the number, and a digit that tells when one is wrong."""
    return f"M{key}{damm.calc_check_digit(str(key))}"


def member_of(scanned):
    """The key of the member whose card was scanned; None if it is no card, or a digit is wrong."""
    plain = _plain(scanned)
    found = OF_A_MEMBER.fullmatch(plain)
    return int(plain[1:-1]) if found and damm.is_valid(plain[1:]) else None


def unknown(code):
    """The sentence about a code that no copy has."""
    return problem_with(disc_of(code)) or (
        f"No copy has the barcode {read(code)}. If the disc is ours, add it under Copies; if not, put it aside."
    )


def next_number():
    """A number that nobody else gets, from the database's sequence; those of work that failed are left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rentals_copy_number')")
        return cursor.fetchone()[0]


def next_numbers(count):
    """As many such numbers, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rentals_copy_number') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor]


def used_up_to(number):
    """Numbers up to this one have been given away by hand: the next ones are higher."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('rentals_copy_number', greatest(last_value, %s)) FROM rentals_copy_number", [number]
        )
