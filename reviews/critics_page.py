"""What the pages of critics and publications print: all of them, and what one of them wrote."""

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count

from catalogue import names, wording
from catalogue.cards import address
from catalogue.models.announced import announced
from reviews.agreement import like_minded, with_all_members, with_member
from reviews.models import Critic, CriticReview, Publication
from reviews.sitemaps import FEWEST
from reviews.thresholds import LIKED_FROM, TASTE_IN_COMMON
from reviews.views.paging import page_of

PER_PAGE = 300  # names
MANY = 60  # critics from which on they are listed under their first letters
LIKE_MINDED = 10
LISTED = 100  # films that both judged
NAMED = 40  # critics of a publication, beside its reviews
SHOWS = {"": "All", "for": "For", "against": "Against", "top": "Top critics"}
CHOSEN = {"for": {"fresh": True}, "against": {"fresh": False}, "top": {"critic__is_top": True}}


# ------------------------------------------------------------------ all
def all_critics(member, number):
    """The context of `reviews/all_critics.html`: critics from A to Z, publications, and who shares `member`'s taste."""
    critics, publications = _with_counts(Critic), _with_counts(Publication)
    page = Paginator(critics, PER_PAGE).get_page(number)
    return {
        "page": page,
        "letters": _letters(page),
        "number": len(critics),
        "publications": publications,
        "like_minded": like_minded(member, LIKE_MINDED) if member else [],
        "in_common": TASTE_IN_COMMON,
        "liked_from": wording.stars(LIKED_FROM),
    }


def _with_counts(model):
    """[{name, slug, …, count}] of all who have written something, from A to Z."""
    fields = ("name", "slug", "is_top") if model is Critic else ("name", "slug")
    rows = (
        model.objects.values(*fields)
        .annotate(count=Count("reviews", filter=announced("reviews__title")))
        .filter(count__gt=0)
    )
    return sorted(rows, key=lambda row: (names.sort_key(row["name"]), row["slug"]))


def _letters(critics):
    """[(first letter, critics)], under one empty letter if they are few; all that begin otherwise stand under #."""
    if critics.paginator.count < MANY:
        return [("", critics)] if critics else []
    return [(letter, list(rows)) for letter, rows in groupby(critics, _letter)]


def _letter(critic):
    first = names.sort_key(critic["name"])[:1]
    return first.upper() if first.isalpha() else "#"


# ------------------------------------------------------------------ one
def critic_page(request, critic):
    """The context of `reviews/critic.html`."""
    rows = CriticReview.objects.filter(announced("title"), critic=critic)
    context = _writer_page(request, rows) | {"critic": critic, "agreement": with_all_members(critic)}
    places = _counted(rows, "publication")
    return context | {"places": places, "together": _together(critic, request.user)}


def publication_page(request, publication):
    """The context of `reviews/publication.html`."""
    rows = CriticReview.objects.filter(announced("title"), publication=publication)
    context = _writer_page(request, rows) | {"publication": publication, "agreement": with_all_members(publication)}
    critics = _counted(rows, "critic")
    return context | {"critics": critics[:NAMED], "more_critics": len(critics[NAMED:])}


def _writer_page(request, rows):
    number, fresh = rows.counts()
    page = page_of(request, rows.for_writer(), number)
    return {
        "number": number,
        "fresh": fresh,
        "share": round(100 * fresh / number) if number else None,
        "is_worth_finding": number >= FEWEST and page.number == 1,
        "liked_from": wording.stars(LIKED_FROM),
        "page": page,
        "reviews": [row.words_of_writer() for row in page],
    }


def _counted(rows, what):
    """[{name, url, count}] of the critics or publications of `rows`, the most frequent first."""
    counted = rows.values_list(f"{what}__name", f"{what}__slug").annotate(count=Count("pk"))
    return [
        {"name": name, "url": address(f"reviews:{what}", slug), "count": count}
        for name, slug, count in counted.order_by("-count", f"{what}__name", f"{what}__slug")
    ]


def _together(critic, member):
    """What a signed-in member and the critic both judged, if it is enough to speak of; else {}."""
    films = with_member(critic, member) if member.is_authenticated else []
    if len(films) < TASTE_IN_COMMON:
        return {}
    shown = [film | {"stars": wording.stars(film["half_stars"])} for film in films[:LISTED]]
    agreed = sum(film["same"] for film in films)
    return {"agreed": agreed, "common": len(films), "films": shown, "more": len(films) - len(shown)}


# ------------------------------------------------------------------ of a title
def critics_of_title(request, title):
    """{"page", "critics", "shows", "show"}: those of a title's critics' reviews that the address asks for."""
    asked = request.GET.get("show", "")
    show = asked if asked in CHOSEN else ""
    counts = _counts(title.score_summary)
    page = page_of(request, title.critic_reviews.filter(**CHOSEN.get(show, {})).for_page(), counts[show])
    shows = [{"key": key, "name": name, "count": counts[key], "current": key == show} for key, name in SHOWS.items()]
    return {"page": page, "critics": [row.words() for row in page], "shows": shows, "show": show}


def _counts(scores):
    return {
        "": scores.critic_reviews,
        "for": scores.fresh_reviews,
        "against": scores.critic_reviews - scores.fresh_reviews,
        "top": scores.top_critic_reviews,
    }
