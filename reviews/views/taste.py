"""How near a reader's taste is to a reviewer's: the working."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue import wording
from catalogue.cards import address
from members.models import Member
from reviews import taste as tastes
from reviews.thresholds import TASTE_IN_COMMON
from reviews.views.paging import page_of


@require_safe
@login_required
def taste(request, handle):
    """Each film both rated, both ratings, their distance, the sum and the mean. 404 unless both allow it."""
    other = get_object_or_404(Member, handle=handle)
    if not tastes.allow_it(request.user, other):
        raise Http404
    films = tastes.in_common(request.user, other)
    distances = list(films.values_list("distance", flat=True))
    match = tastes.Match(len(distances), sum(distances))
    context = {"other": other, "match": match, "in_common": TASTE_IN_COMMON, "rule": tastes.RULE}
    context |= {"sum": wording.stars(match.half_stars_apart), "working": tastes.working(distances)}
    page = page_of(request, films)
    return render(request, "reviews/taste.html", context | {"page": page, "films": [_film(row) for row in page]})


def _film(row):
    return {
        "name": row.title.name,
        "year": row.title.year,
        "url": address("catalogue:title", row.title.slug),
        "mine": wording.stars(row.mine),
        "theirs": wording.stars(row.half_stars),
        "apart": wording.stars(row.distance),
    }
