"""The page of a reviewer: what a member said, under the name that others see."""

from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue import wording
from catalogue.cards import cards_of
from reviews.models import ReaderChoices, Review, members_with_page
from reviews.spoilers import opened
from reviews.views.paging import page_of


@require_safe
def reviewer(request, handle):
    """A member's reviews, the newest first; or the ratings, if the member lists them."""
    member = get_object_or_404(members_with_page(), handle=handle)
    choices = ReaderChoices.of(member)
    tab = "ratings" if choices.shows_ratings and request.GET.get("show") == "ratings" else "reviews"
    sums = _sums(member, choices)
    context = {"member": member, "tab": tab, "choices": choices, "since": _since(member)} | sums
    return render(request, "reviews/reviewer.html", context | TABS[tab](request, member, sums[tab]))


def _sums(member, choices):
    """{"reviews", "helpful", "ratings"}: how many. It begins at the reviews: standings have no index by author."""
    said = member.reviews.shown().aggregate(reviews=Count("pk"), helpful=Sum("standing__helpful_votes", default=0))
    return said | {"ratings": member.ratings.count() if choices.shows_ratings else 0}


def _since(member):
    return f"{wording.MONTHS[member.joined_at.month - 1]} {member.joined_at.year}"


def _reviews(request, member, number):
    newest = member.reviews.shown().order_by("-written_on", "-pk").values_list("pk", flat=True)
    page = page_of(request, newest, number)
    rows = Review.objects.of_keys(page.object_list, request.user.pk)
    titles = [row.title_id for row in rows]
    cards, opens = cards_of(titles), opened(request.user, titles)
    said = [{"words": row.words(), "card": cards[row.title_id], "open": row.title_id in opens} for row in rows]
    return {"page": page, "said": said}


def _ratings(request, member, number):
    page = page_of(request, member.ratings.select_related("title").order_by("-rated_on", "-pk"), number)
    return {"page": page, "rated": [_rated(row) for row in page]}


def _rated(rating):
    return {"title": rating.title, "stars": wording.stars(rating.half_stars), "day": wording.day(rating.rated_on)}


TABS = {"reviews": _reviews, "ratings": _ratings}
