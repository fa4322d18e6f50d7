"""What a company's page prints: the titles it produced, or those it put out on disc, a page at a time."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.urls import reverse

from catalogue import wording
from catalogue.models import Release, Title, TitleCompany
from catalogue.models.announced import announced
from catalogue.rows import names, rows
from catalogue.ways_in import latest_first

PER_PAGE = 48
PRODUCED, ON_DISC = "produced", "on-disc"


def company_page(company, show, number):
    """The context of `catalogue/company.html`; `show` is one of the lists, if the company has both."""
    lists = {key: _titles(company, key) for key in (PRODUCED, ON_DISC)}
    counts = {key: _part(company, key).values("title").distinct().count() for key in lists}
    filled = [key for key in lists if counts[key]]
    shown = show if show in filled else filled[0] if filled else PRODUCED
    paginator = Paginator(latest_first(lists[shown]).values_list("pk", flat=True), PER_PAGE)
    paginator.count = counts[shown]  # counted already, and without looking at titles
    page = paginator.get_page(number)
    return {
        "company": company,
        "shown": shown,
        "lists": [_list(company, key, counts[key], key == shown) for key in filled],
        "counts": _in_words(counts),
        "page": page,
        "rows": _rows(page),
    }


def _titles(company, key):
    return Title.objects.filter(Exists(_part(company, key).filter(title=OuterRef("pk"))))


def _part(company, key):
    """What makes titles the company's: that it produced them, or put out a release."""
    if key == PRODUCED:
        return TitleCompany.objects.filter(announced("title"), company=company, role=TitleCompany.Role.PRODUCTION)
    return Release.objects.filter(announced("title"), distributor=company)


def _list(company, key, number, current):
    name = {PRODUCED: "Produced", ON_DISC: "Put out on disc"}[key]
    url = reverse("catalogue:company", args=[company.slug])
    first = "" if key == PRODUCED else f"?show={key}"
    return {"name": name, "count": f"{number:,}", "url": f"{url}{first}", "current": current}


def _in_words(counts):
    produced = f"{wording.counted(counts[PRODUCED], 'title')} produced" if counts[PRODUCED] else ""
    put_out = f"{wording.counted(counts[ON_DISC], 'title')} put out on disc" if counts[ON_DISC] else ""
    return wording.joined([words for words in (produced, put_out) if words])


def _rows(page):
    found = rows(list(page))
    return [found[key] | {"line": wording.joined(names(found[key]["makers"]))} for key in page]
