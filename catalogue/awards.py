"""What the pages of awards print: a body's years, a prize's winners, and the share of them that we hold.

Only what titles say of their awards is here: a year without a winner in the catalogue stays out.
"""

from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from catalogue import wording
from catalogue.cards import address
from catalogue.models import Award, AwardBody, Release
from catalogue.models.announced import announced
from catalogue.names import slug
from catalogue.rows import names, rows

YEARS_OF_BODY, YEARS_OF_PRIZE = 10, 40  # on a page
QUEUED = 500  # winners that can be asked for at once


def address_of(body_slug, prize):
    """The page of a prize; of its body if nothing of the prize's name can stand in an address."""
    key = slug(prize)
    return address("catalogue:award_prize", body_slug, key) if key else address("catalogue:award_body", body_slug)


def prize_addresses():
    """The page of every prize, once each."""
    given = (
        Award.objects.filter(announced("title"))
        .order_by("body__slug", "prize")
        .values_list("body__slug", "prize")
        .distinct()
    )
    return list(dict.fromkeys(address_of(body, prize) for body, prize in given if slug(prize)))


def bodies():
    """Bodies that have given something we know of, with the years of it, A to Z."""
    known = announced("awards__title")
    spans = AwardBody.objects.annotate(first=Min("awards__year", filter=known), last=Max("awards__year", filter=known))
    return [
        {
            "name": body.name,
            "url": body.get_absolute_url(),
            "text": wording.first_sentence(body.text),
            "years": wording.span(body.first, body.last),
        }
        for body in spans.filter(first__isnull=False).order_by("folded")
    ]


def given(body):
    """What a body gave to titles that everybody may see."""
    return body.awards.filter(announced("title"))


def body_page(body, number):
    """The context of `catalogue/award_body.html`."""
    awards = given(body)
    prizes = _prizes(awards)
    page = _years(awards, number, YEARS_OF_BODY)
    return {
        "body": body,
        "text": wording.paragraphs(body.text),
        "share": _share(*_winners(awards)),
        "prizes": [
            {"name": prize, "url": address_of(body.slug, prize), "share": _fraction(*counts)}
            for prize, counts in prizes.items()
        ],
        "page": page,
        "years": _by_year(awards, page),
    }


def prize_page(body, key, number):
    """The context of `catalogue/award_prize.html`; None if the body gives no prize of that address."""
    spellings = [prize for prize in _spellings(body) if slug(prize) == key]
    if not spellings:
        return None
    awards = given(body).filter(prize__in=spellings)
    page = _years(awards, number, YEARS_OF_PRIZE)
    return {
        "body": body,
        "prize": spellings[0],
        "share": _share(*_winners(awards)),
        "page": page,
        "years": _of_one_prize(_by_year(awards, page)),
        "to_rent": _to_rent(awards),
    }


def _spellings(body):
    """Names of all prizes that a body gives."""
    return given(body).order_by("prize").values_list("prize", flat=True).distinct()


# ------------------------------------------------------------------ the share we hold
def _held():
    return Exists(Release.objects.filter(title=OuterRef("title")))


def _counts():
    """Titles that won, and those of them that we hold: a title with two winners counts once."""
    won = Q(won=True)
    return {
        "winners": Count("title", distinct=True, filter=won),
        "held": Count("title", distinct=True, filter=won & Q(has_release=True)),
    }


def _winners(awards):
    counts = awards.annotate(has_release=_held()).aggregate(**_counts())
    return counts["winners"], counts["held"]


def _prizes(awards):
    """{prize: (winners, held)}: the prizes with most winners first."""
    counted = awards.annotate(has_release=_held()).values("prize").annotate(**_counts())
    return {row["prize"]: (row["winners"], row["held"]) for row in counted.order_by("-winners", "prize")}


def _share(winners, held):
    if not winners:
        return "We know of no winner yet."
    if winners == held:
        return f"We hold {'the one winner' if winners == 1 else f'all {winners:,} winners'} we know of."
    return f"We hold {held:,} of the {wording.counted(winners, 'winner')} we know of."


def _fraction(winners, held):
    return f"{held:,} of {winners:,}" if winners else "nominations only"


def _to_rent(awards):
    """Keys of the winners that we hold, in the order of their years."""
    won = awards.filter(won=True).annotate(has_release=_held()).filter(has_release=True)
    return list(dict.fromkeys(won.order_by("year", "title").values_list("title", flat=True)[:QUEUED]))


# ------------------------------------------------------------------ year by year
def _years(awards, number, most):
    years = awards.order_by("-year").values_list("year", flat=True).distinct()
    return Paginator(list(years), most).get_page(number)


def _by_year(awards, page):
    """[{"year", "prizes": [{"name", "url", "winners", "nominated"}]}] of the years on the page, the latest first."""
    given = awards.filter(year__in=list(page)).select_related("body")
    given = list(given.order_by("-year", "prize", "-won", "recipient", "title"))
    titles = rows({award.title_id for award in given})
    years = {year: {} for year in page}
    for award in given:
        prize = years[award.year].setdefault(award.prize, _empty(award))
        prize["winners" if award.won else "nominated"].append(_row(award, titles[award.title_id]))
    return [{"year": year, "prizes": _won_first(prizes.values())} for year, prizes in years.items()]


def _empty(award):
    return {"name": award.prize, "url": address_of(award.body.slug, award.prize), "winners": [], "nominated": []}


def _won_first(prizes):
    return sorted(prizes, key=lambda prize: (not prize["winners"], prize["name"]))


def _of_one_prize(years):
    """[{"winners", "nominated"}]: a list in which each winner stands beside the year of the prize, not of the film."""
    for year in years:
        winners = [row for prize in year["prizes"] for row in prize["winners"]]
        yield {
            "year": year["year"],
            "winners": [row | {"year": year["year"]} for row in winners],
            "nominated": [row for prize in year["prizes"] for row in prize["nominated"]],
        }


def _row(award, title):
    """A title's row with who took the award, or else who made the film."""
    makers = wording.joined(names(title["makers"]))
    return title | {"line": award.recipient or makers, "won": award.won}
