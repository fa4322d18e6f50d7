"""Stars to rate a title with, where it stands: on its own page, and in the rows of other pages."""

from django import template
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.utils import timezone

from catalogue.first_day import first_day, is_out
from catalogue.models import Title
from catalogue.wording import counted, loose_date, stars
from reviews.forms import HALF_STARS
from reviews.models import Rating, Review, ReviewDraft, WantToSee
from reviews.undoing import before, undo

register = template.Library()


@register.inclusion_tag("reviews/_rate.html", takes_context=True)
def my_rating(context):
    """Of the title whose page it is. Needs title, out, due and mine (title_page); no query."""
    title, known = context["title"], {name: context[name] for name in ("out", "due")}
    return _rate(context, {"key": title.pk, "slug": title.slug, **known, **context["mine"]}, "my-rating")


@register.simple_tag(takes_context=True)
def ratings(context, rows):
    """{title's key: what `rate_here` prints} of rows that have a `card`. One query."""
    keys = {row["card"]["key"] for row in rows if row.get("card")}
    return {row["key"]: row for row in _given(keys, context["user"].pk)} if keys else {}


@register.inclusion_tag("reviews/_rate.html", takes_context=True)
def rate_here(context, given, card):
    """In a row about a title, of what `ratings` gave. The second row of the same title leads to the first."""
    row = given[card["key"]]
    again, row["again"] = row.get("again", False), True
    return _rate(context, row | {"name": card["name"], "again": again}, f"rating-{card['key']}")


def _given(keys, member):
    of_member, by_member = {"title": OuterRef("pk"), "member": member}, {"title": OuterRef("pk"), "author": member}
    wanted = WantToSee.objects.filter(title=OuterRef("pk"), member__is_active=True).order_by().values("title")
    titles = Title.objects.filter(pk__in=keys).values(
        "slug",
        key=F("pk"),
        half_stars=Subquery(Rating.objects.filter(**of_member).values("half_stars")),
        reviewed=Exists(Review.objects.filter(**by_member)),
        drafted=Exists(ReviewDraft.objects.filter(**by_member)),
        wants=Exists(WantToSee.objects.filter(**of_member)),
        wanted=Subquery(wanted.annotate(n=Count("pk")).values("n")),
        day=first_day(),
    )
    today = timezone.localdate()
    return [row | {"out": is_out(row["day"], today), "due": loose_date(row["day"])} for row in titles]


def _rate(context, row, place):
    """What `_rate.html` prints of `row`; `place` is the id of the part of the page."""
    request, now = context["request"], row["half_stars"] or 0
    changed = before(request, row["key"]) is not None
    return {
        "rate": row | {"place": place, "half_stars": now, "said": said(now) if changed else ""},
        "undo": undo(request, row["key"], now),
        "wanted": counted(row.get("wanted") or 0, "member wants", "members want"),
        "choices": HALF_STARS,
        "back": f"{request.get_full_path()}#{place}",
        "csrf_token": context.get("csrf_token"),
    }


def said(half_stars):
    """What was done, in a sentence."""
    return f"You gave it {stars(half_stars)} of 5." if half_stars else "Your rating is gone."
