"""Writing a review: posting it, keeping a draft, looking at it first, deleting it and putting it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from catalogue.cards import card
from catalogue.first_day import first_day, is_out
from catalogue.models import Title
from catalogue.wording import day, day_and_month, loose_date, paragraphs
from reviews.forms import HALF_STARS, DraftForm, ReviewForm, as_sent, begun
from reviews.giving import NotOut, only_what_is_out
from reviews.models import Review, ReviewDraft
from reviews.moderation import notice
from reviews.queries import ChangedSince

POSTED = "Your review is on the page."
KEPT, NOTHING = "Your draft is kept. Only you see it.", "There is nothing new to keep yet."


# ------------------------------------------------------------------ writing
@login_required
def write(request, slug):
    """Write one's review of a title, or change it."""
    title = _title(slug)
    if not is_out(title.first_day, timezone.localdate()):
        return render(request, "reviews/not_out.html", _about(title) | {"day": loose_date(title.first_day)})
    if request.method == "POST":
        return _asked(request)(request, title)
    draft = _draft(request, title)
    form = begun(draft or _review(request, title), _half_stars(request, title, draft))
    return _page(request, title, form, draft=draft)


def _asked(request):
    """What the button that was pressed does."""
    return next((does for name, does in BUTTONS.items() if name in request.POST), _post)


def _post(request, title):
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, title, form)
    try:
        review = _posted(request, title, form, version=request.POST.get("version"))
    except ChangedSince:
        return _page(request, title, as_sent(request.POST), changed=True)
    except NotOut as refusal:
        form.add_error("half_stars", str(refusal))
        return _page(request, title, form)
    messages.success(request, notice(review) or POSTED)
    return redirect(title)


def _posted(request, title, form, **options):
    """The review that the form says, posted. Raises ChangedSince and NotOut, and then nothing has changed."""
    said = form.cleaned_data | options
    with only_what_is_out():
        return Review.objects.post(title=title, author=request.user, on=timezone.localdate(), **said)


def _keep(request, title):
    """Keep a draft, for a button or for the script that does so while one writes."""
    form = DraftForm(request.POST)
    kept = form.is_valid() and _kept(request, title, form)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"kept": form.is_valid(), "said": _said(form, kept)})
    if not form.is_valid():
        return _page(request, title, form)
    messages.success(request, KEPT if kept else NOTHING)
    return redirect("reviews:write", title.slug)


def _kept(request, title, form):
    return ReviewDraft.objects.keep(title=title, author=request.user, at=timezone.now(), **form.cleaned_data)


def _said(form, kept):
    """What the script says below the buttons."""
    if form.errors:
        name, errors = next(iter(form.errors.items()))
        return f"Not kept yet. {form[name].label}: {errors[0]}"
    return f"Draft kept at {_clock(kept.saved_at)}" if kept else ""


def _preview(request, title):
    """The review as readers will see it. Nothing is stored but the draft."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, title, form)
    _kept(request, title, form)
    context = _about(title) | {"review": _as_printed(request, title, form.cleaned_data), "sent": _sent(request)}
    return render(request, "reviews/preview.html", context)


def _sent(request):
    """(name, value) of all that the form said, to be said again."""
    return [
        (name, request.POST[name]) for name in (*ReviewForm.base_fields, "version", "rated") if name in request.POST
    ]


def _back(request, title):
    return _page(request, title, as_sent(request.POST))


BUTTONS = {"draft": _keep, "preview": _preview, "back": _back}


def _page(request, title, form, *, draft=None, changed=False):
    """The page with the form; what is posted stands below if that is not what the form holds."""
    review = _review(request, title)
    version = request.POST.get("version") if request.method == "POST" and not changed else None
    context = {
        "form": form,
        "words": [form["headline"], form["body"]],
        "review": review,
        "version": review.version if version is None and review else version or "",
        "draft": draft,
        "since": draft and _since(draft),
        "changed": changed,
        "posted": paragraphs(review.body) if review and (draft or changed) else [],
        "rate": _shown(form["half_stars"].value()),
        "rated": request.POST.get("rated", _half_stars(request, title) or 0),
        "choices": HALF_STARS,
    }
    return render(request, "reviews/write.html", _about(title) | context)


# ------------------------------------------------------------------ deleting
@login_required
def delete(request, slug):
    """Ask once whether a review or a draft is to go; say that a review is gone, and offer it back."""
    title = _title(slug)
    review, draft = _review(request, title), _draft(request, title)
    if request.method == "POST":
        return _deleted(request, title, review, draft)
    what = _what(request, review, draft)
    if what is None:
        return redirect("reviews:write", slug)
    context = {"what": what, "review": review, "draft": draft, "since": draft and _since(draft)}
    context |= {"words": paragraphs((review if what == "review" else draft).body)}
    context |= {"day": review and day(review.written_on), "votes": review and review.standing.all_votes}
    return render(request, "reviews/delete.html", _about(title) | context)


def _what(request, review, draft):
    """Which of its pages this is: "review" or "draft" is to be deleted, or a review was; None without any."""
    if draft and ("draft" in request.GET or not review):
        return "deleted" if "deleted" in request.GET and not review else "draft"
    return "review" if review else None


def _deleted(request, title, review, draft):
    if "put_back" in request.POST:
        return _put_back(request, title, draft)
    if "draft" in request.POST:
        title.review_drafts.filter(author=request.user).delete()
        messages.success(request, "Your draft is gone.")
        return redirect("reviews:write" if review else title, *([title.slug] if review else []))
    if review is None:
        return redirect("reviews:delete", title.slug)
    ReviewDraft.objects.take_down(review, at=timezone.now(), keep_posted=request.POST.get("keep") != "draft")
    return redirect(f"{reverse('reviews:delete', args=[title.slug])}?deleted")


def _put_back(request, title, draft):
    """Post the draft that a deleted review became; if it is not fit for that, its author goes on writing."""
    form = ReviewForm({**draft.says(), "half_stars": draft.half_stars} if draft else {})
    if not form.is_valid() or not is_out(title.first_day, timezone.localdate()):
        return redirect("reviews:write", title.slug)
    try:
        review = _posted(request, title, form)
    except NotOut as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:write", title.slug)
    messages.success(request, notice(review) or "Your review is back on the page.")
    return redirect(title)


# ------------------------------------------------------------------ what pages need
def _title(slug):
    return get_object_or_404(Title.objects.for_cards().annotate(first_day=first_day()), slug=slug)


def _about(title):
    return {"title": title, "card": card(title)}


def _review(request, title):
    return title.reviews.filter(author=request.user).first()


def _draft(request, title):
    return title.review_drafts.filter(author=request.user).first()


def _half_stars(request, title, draft=None):
    """What the draft says, if it says so; what is given."""
    if draft and draft.half_stars is not None:
        return draft.half_stars
    return title.ratings.half_stars_of(title, request.user)


def _shown(chosen):
    """What `reviews/_half_stars.html` needs of half stars as they were given or sent."""
    return {"place": "stars", "half_stars": int(chosen) if str(chosen) in map(str, range(11)) else 0}


def _as_printed(request, title, said):
    """`Review.words` of what is not posted yet: as all will read it, as of today."""
    today, before = timezone.localdate(), title.reviews.with_words().filter(author=request.user).first()
    review = before or Review(pk=0, title=title, author=request.user, written_on=today)
    given = said["half_stars"]
    printed = {"half_stars": _half_stars(request, title) if given is None else given, "author_name": ""}
    printed = {"helpful_votes": 0, "all_votes": 0, "my_vote": None, "reply_body": None, "reply_on": None} | printed
    printed |= {name: getattr(before, name) for name in printed if before and name != "half_stars"}
    printed |= {"author_name": request.user.shown_as, "author_handle": "", "author_has_page": False}
    if before and (before.headline, before.body) != (said["headline"], said["body"]):
        printed["edited_on"] = today
    for name, value in {**said, **printed}.items():
        setattr(review, name, value)
    return review.words()


def _since(draft):
    """ "25 November, 14:02"."""
    at = timezone.localtime(draft.saved_at)
    return f"{day_and_month(at.date())}, {_clock(at)}"


def _clock(at):
    return f"{timezone.localtime(at):%H:%M}"
