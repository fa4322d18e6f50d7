"""What a chart prints of a place: the figure it is ordered by, and how that comes about."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import sqrt

from catalogue import wording
from reviews.models import Chart
from reviews.queries import Z
from reviews.tally import percent, percent_worked, quotient


def row(place, card):
    """{"card" or "member", "figure", "unit", "says", "worked"} of a place loaded with `for_page`."""
    return {"card": card, "member": place.member, **WORDS[place.chart](place.figures)}


def _best(figures):
    votes, prior, every = figures["ratings"], figures["prior"], figures["every"]
    own, mean = Fraction(figures["stars"], 2), Fraction(every["stars"], 2 * every["ratings"])
    weighted = (own + prior * mean) / (votes + prior)
    shares = f"{votes:,} ÷ {votes + prior:,} × {_cut(own / votes)} + {prior} ÷ {votes + prior:,} × {_cut(mean)}"
    return {
        "figure": _two(weighted),
        "unit": "of 5",
        "says": f"{wording.counted(votes, 'rating')}, on average {_cut(own / votes)}",
        "worked": f"{shares} = {_cut(weighted)}",
    }


def _critics(figures):
    part, whole = figures["part"], figures["whole"]
    return {
        "figure": f"{percent(part, whole)}%",
        "unit": "for",
        "says": f"{part:,} of {wording.counted(whole, 'review')} for it",
        "worked": _bound_worked(part, whole),
    }


def _apart(figures):
    critics = percent(figures["fresh"], figures["reviews"])
    members = percent(figures["liked"], figures["ratings"])
    points = critics - members
    return {
        "figure": f"{abs(points)}",
        "unit": "point" if abs(points) == 1 else "points",
        "says": "Critics liked it more" if points > 0 else "Members liked it more",
        "worked": (
            f"Critics {percent_worked(figures['fresh'], figures['reviews'])}; "
            f"members {percent_worked(figures['liked'], figures['ratings'])}. "
            f"{critics} − {members} = {_signed(points)}"
        ),
    }


def _reviewers(figures):
    part, whole = figures["part"], figures["whole"]
    return {
        "figure": f"{percent(part, whole)}%",
        "unit": "helpful",
        "says": f"{part:,} of {wording.counted(whole, 'vote')} on {wording.counted(figures['reviews'], 'review')}",
        "worked": _bound_worked(part, whole),
    }


WORDS = {Chart.BEST: _best, Chart.CRITICS: _critics, Chart.APART: _apart, Chart.REVIEWERS: _reviewers}


def _bound_worked(part, whole):
    sure = f"{100 * bound(part, whole):.1f}%"
    return f"p = {part:,} ÷ {whole:,} = {quotient(part, whole, 4)}, n = {whole:,}: lower bound {sure}"


def bound(part, whole):
    """Lower bound of the Wilson interval at 95 %, as `queries.wilson` has the database work it out."""
    share = part / whole
    spread = Z * sqrt((share * (1 - share) + Z * Z / 4 / whole) / whole)
    return (share + Z * Z / 2 / whole - spread) / (1 + Z * Z / whole)


def _signed(points):
    return f"+{points}" if points > 0 else f"−{-points}"


def _cut(number):
    return quotient(number.numerator, number.denominator)


def _two(number):
    """A fraction to two decimals, halves rounded up."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
