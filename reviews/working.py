"""The page of a title's scores: every figure with its count and the sum that gives it."""

from itertools import accumulate

from catalogue import wording
from reviews.tally import Tally, nearest, percent, percent_worked, quotient

LATEST_MONTHS = 12  # of the history that stand open; the others are behind a control
STARS_FROM, STARS_TO = 1, 10  # half stars, bottom and top of the drawing of the history
WIDE, HIGH = 300, 100  # units of that drawing


def side_by_side(summary):
    """Figures of all ratings, and of the verified among them."""
    return [_figures("All members", summary.members), _figures("Verified: the disc came back", summary.renters)]


def _figures(name, tally: Tally):
    worked = {"average_worked": tally.average_worked(), "liked_worked": tally.liked_worked()} if tally.ratings else {}
    return {
        "name": name,
        "ratings": tally.ratings,
        "enough": tally.enough,
        "average": tally.average,
        "liked": tally.liked,
        "liked_percent": tally.liked_percent,
        **worked,
    }


def histogram(summary):
    """A row for each half star, the best first: how many gave it, their share, and a bar."""
    most = max(summary.histogram) or 1
    counts = list(zip(summary.histogram, summary.verified_histogram, strict=True))
    return [
        {
            "stars": wording.stars(place),
            "one": place <= 2,
            "ratings": number,
            "percent": percent(number, summary.ratings),
            "verified": verified,
            "width": nearest(1000 * number, most) / 10,
        }
        for place, (number, verified) in reversed(list(enumerate(counts, 1)))
    ]


def critics(summary):
    """The critics' share and the conditions of the certificate, with the sum."""
    return {
        "worked": percent_worked(summary.fresh_reviews, summary.critic_reviews) if summary.critic_reviews else "",
        "certificate": summary.certificate,
    }


def history(months):
    """A row for each month in which ratings were given, the latest first, with the average of all until its end.

    `months`: what `RatingQuerySet.by_month` gives.
    """
    months = list(months)
    given = list(accumulate(month["given"] for month in months))
    stars = list(accumulate(month["stars"] for month in months))
    rows = [_month(*row) for row in zip(months, given, stars, strict=True)]
    return {"rows": rows[::-1], "line": _line(rows)} | _folded(rows[::-1])


def _folded(rows):
    return {"latest": rows[:LATEST_MONTHS], "earlier": rows[LATEST_MONTHS:]}


def _month(month, ratings, stars):
    day = month["month"]
    return {
        "name": f"{wording.MONTHS[day.month - 1]} {day.year}",
        "iso": f"{day:%Y-%m}",
        "number": day.year * 12 + day.month,
        "given": month["given"],
        "ratings": ratings,
        "half_stars": stars / ratings,
        "average": quotient(stars, 2 * ratings),
    }


def _line(rows):
    """The points of the averages in a drawing of WIDE by HIGH units; a level line for a single month."""
    if not rows:
        return ""
    first, last = rows[0]["number"], rows[-1]["number"]
    across = [WIDE * (row["number"] - first) / ((last - first) or 1) for row in rows]
    up = [HIGH * (STARS_TO - row["half_stars"]) / (STARS_TO - STARS_FROM) for row in rows]
    points = [*zip(across, up, strict=True), *([(WIDE, up[0])] if first == last else [])]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
