"""Atom feeds of reviews: of a title, by a reviewer. A review that gives away the plot is told by its headline alone."""

from django.db.models import F
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join

from catalogue.feeds import ENTRIES, Titles, clean, instant, lasting_id
from catalogue.models import Title
from reviews.models import Review, ReviewStanding, members_with_page

SPOILERS = "It gives away the plot, so the review is on its page only."


class _Reviews(Titles):
    """Reviews, the newest first. Subclasses say whose keys."""

    def items(self, subject):
        named = Review.objects.annotate(title_name=F("title__name"))
        return [_entry(review) for review in named.of_keys(list(self.keys(subject)[:ENTRIES]))]

    def item_author_name(self, entry):
        return entry["author"]


class OfTitle(_Reviews):
    def get_object(self, request, slug):
        return get_object_or_404(Title.objects, slug=slug)

    def title(self, title):
        return clean(f"Kinopost: reviews of {title.name}")

    def link(self, title):
        return reverse("reviews:of_title", args=[title.slug])

    def feed_guid(self, title):
        return lasting_id("reviews of title", title.pk)

    def feed_url(self, title):
        return reverse("reviews:feed_of_title", args=[title.slug])

    def keys(self, title):
        return ReviewStanding.objects.filter(title=title).shown().in_order("newest")


class OfReviewer(_Reviews):
    def get_object(self, request, handle):
        return get_object_or_404(members_with_page(), handle=handle)

    def title(self, member):
        return clean(f"Kinopost: reviews by {member.shown_as}")

    def link(self, member):
        return reverse("reviews:reviewer", args=[member.handle])

    def feed_guid(self, member):
        return lasting_id("reviews by member", member.pk)

    def feed_url(self, member):
        return reverse("reviews:feed_of_reviewer", args=[member.handle])

    def keys(self, member):
        return member.reviews.shown().order_by("-written_on", "-pk").values_list("pk", flat=True)


def _entry(review):
    words = review.words()
    lines = [SPOILERS] if words["spoilers"] else words["paragraphs"]
    stars = [f"{words['stars']} of 5"] if words["stars"] else []
    return {
        "id": lasting_id("review", review.pk),
        "name": clean(f"{words['headline']} – {review.title_name}"),
        "url": review.get_absolute_url(),
        "author": clean(words["author"]),
        "summary": clean(format_html_join("", "<p>{}</p>", ((line,) for line in stars + lines))),
        "at": instant(review.written_on),
    }
