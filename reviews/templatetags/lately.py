"""What the front page prints of reviews."""

from django import template

from catalogue import wording
from catalogue.cards import address
from reviews.models import Review

register = template.Library()
SHOWN = 3
WORDS = 45


@register.inclusion_tag("reviews/_lately.html")
def reviews_lately():
    """The most helpful of the latest reviews, no two of one title or by one member."""
    chosen, seen = [], set()
    for review in Review.objects.lately():
        about = {("title", review.title_id), ("author", review.author_id)}
        if not about & seen:
            chosen.append(_words(review))
        seen |= about
    return {"reviews": chosen[:SHOWN]}


def _words(review):
    return {
        "title": review.title_name,
        "url": address("catalogue:title", review.title_slug),
        "headline": review.headline,
        "body": " ".join(wording.paragraphs(review.body)[0].split()[:WORDS]),
        "cut": len(review.body.split()) > WORDS,
        "author": review.author_name,
        "stars": wording.stars(review.half_stars) if review.half_stars else "",
        "day": wording.day(review.written_on),
    }
