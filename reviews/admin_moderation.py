"""The moderators' pages: what waits, what was done, answers under reviews. All is done by the verbs of moderation."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from config.staff import ReadOnlyAdmin, RulesForm, StaffAdmin
from members.models import Member
from members.texts import Words
from reviews import models, moderation
from reviews.moderation import queue

QUEUE = "admin:reviews_moderationstep_queue"
DONE = {
    "approve": "Approved: “{}”.",
    "reject": "Rejected: “{}”. Its author is told.",
    "ask": "Asked for a change of “{}”. Its author is told.",
    "ban": "{} is banned and told.",
    "lift": "{} is not banned any more, and told.",
    "count": "The votes of {} count.",
    "drop": "The votes of {} do not count.",
}


@admin.register(models.ModerationStep)
class StepAdmin(ReadOnlyAdmin):
    """What was done, for good; and the queue of what is to be done."""

    change_list_template = "admin/reviews/moderationstep/change_list.html"
    list_display = ("at", "verb", "rule", "about", "reason", "who")
    list_filter = ("verb", "rule")
    list_select_related = ("review", "member", "other", "by")
    ordering = ("-at", "-pk")
    search_fields = ("review__headline", "=member__email", "=review__author__email")
    fields = ("at", "verb", "rule", "reason", "by", "review", "member", "other", "before", "undoes")

    @admin.display
    def about(self, step):
        return step.review or (f"{step.member} on {step.other}" if step.other_id else step.member)

    @admin.display(description="by")
    def who(self, step):
        return step.by or "The rules"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue), name="reviews_moderationstep_queue"),
            path("queue/decide/", view(self.decide), name="reviews_moderationstep_decide"),
            path("queue/reviews/<int:key>/", view(self.review), name="reviews_moderationstep_review"),
            *super().get_urls(),
        ]

    def queue(self, request):
        """What waits, oldest first; below it what was done lately and who is banned."""
        self._allow(request, "reviews.view_moderationstep")
        asked = request.GET.get("kind", "")
        kind = asked if asked in queue.KINDS else ""
        page = Paginator(queue.waiting(kind), queue.PER_PAGE).get_page(request.GET.get("page"))
        counts = queue.counts()
        tabs = [("", "Everything", sum(counts.values())), *((k, name, counts[k]) for k, name in queue.KINDS.items())]
        context = {"page": page, "items": queue.items(page), "kind": kind, "tabs": tabs}
        return self._page(request, "queue.html", "Moderation", lately=queue.lately(), bans=queue.banned(), **context)

    def review(self, request, key):
        """One review, whatever its state, with all that was done about it."""
        self._allow(request, "reviews.view_moderationstep")
        item = queue.item(min(key, 2**63 - 1))
        if item is None:
            raise Http404
        return self._page(request, "review.html", "Moderation of a review", item=item)

    def decide(self, request):
        """Do what a form of these pages says, and come back to it."""
        self._allow(request, "reviews.change_review")
        if request.method == "POST":
            try:
                messages.success(request, _done(request.POST, request.user, timezone.now()))
            except moderation.Refused as refused:
                messages.error(request, str(refused))
                if again := self._with_what_was_typed(request):
                    return again
        return redirect(_back(request.POST.get("back", "")))

    def _with_what_was_typed(self, request):
        """The thing by itself with the reason that was refused, to be changed; None if no reason was typed, or it is
        gone.
        """
        item = request.POST.get("reason", "").strip() and _thing(request.POST)
        if not item:
            return None
        context = {"item": item, "typed": request.POST["reason"], "back": _back(request.POST.get("back", ""))}
        return self._page(request, "review.html", "Moderation", **context)

    def _allow(self, request, right):
        if not request.user.has_perm(right):
            raise PermissionDenied

    def _page(self, request, template, title, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts, "title": title}
        context = {"back": request.get_full_path()} | context
        context |= {"may_decide": request.user.has_perm("reviews.change_review")}
        return render(request, f"admin/reviews/moderationstep/{template}", context)


def _back(asked):
    """The page of the queue that the form was on."""
    home = reverse(QUEUE)
    return asked if asked.startswith(home) and not set(asked) & set("\\\r\n") else home


def _thing(form):
    """What a form of these pages is about, as the queue prints it; None if it is gone."""
    if key := _number(form.get("votes", "")):
        return queue.votes(key)
    return queue.item(_number(form.get("review", "")))


# ------------------------------------------------------------------ what the forms say
def _done(form, by, at):
    """Do it; returns the sentence that says so. Raises Refused."""
    act = ACTS.get(form.get("act"))
    if act is None:
        raise moderation.Refused("Choose what to do.")
    return act(form, {"by": by, "at": at})


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _found(rows, key):
    found = rows.filter(pk=_number(key or "")).first()
    if found is None:
        raise moderation.Refused("It is gone: somebody deleted it.")
    return found


def _judge(verb, *, reasoned):
    def act(form, who):
        review = _found(models.Review.objects, form.get("review"))
        reason = [form.get("reason", "")] if reasoned else []
        getattr(moderation, verb)(review, *reason, seen=form.get("seen", ""), **who)
        return DONE[verb].format(review.headline)

    return act


def _votes(verb):
    def act(form, who):
        held = _found(models.VoteHold.objects.select_related("voter", "author"), form.get("votes"))
        getattr(moderation, f"{verb}_votes")(held.voter, held.author, seen=form.get("seen", ""), **who)
        return DONE[verb].format(held.voter)

    return act


def _ban(form, who):
    member = _found(Member.objects, form.get("member"))
    moderation.ban(member, form.get("reason", ""), **who)
    return DONE["ban"].format(member)


def _lift(form, who):
    member = _found(Member.objects, form.get("member"))
    moderation.lift(member, **who)
    return DONE["lift"].format(member)


def _undo(form, who):
    step = _found(models.ModerationStep.objects.select_related("before", "review", "other"), form.get("step"))
    moderation.undo(step, **who)
    return f"Undone: {step.get_verb_display().lower()}."


def _approve_ticked(form, who):
    """Approve those that are ticked ("key seen")."""
    ticked = (value.partition(" ")[::2] for value in form.getlist("ticked"))
    number, refused = moderation.approve_many({_number(key): seen for key, seen in ticked}, **who)
    if refused or not number:
        raise moderation.Refused(
            " ".join([*refused, f"Approved: {number}."]) if refused else "Tick some reviews first."
        )
    return f"Approved: {number} review{'' if number == 1 else 's'}."


ACTS = {
    "approve": _judge("approve", reasoned=False),
    "reject": _judge("reject", reasoned=True),
    "ask": _judge("ask", reasoned=True),
    "count": _votes("count"),
    "drop": _votes("drop"),
    "ban": _ban,
    "lift": _lift,
    "undo": _undo,
    "approve ticked": _approve_ticked,
}


# ------------------------------------------------------------------ answers, reports
class ReplyForm(RulesForm):
    body = Words(
        label="Reply",
        most=models.StaffReply._meta.get_field("body").max_length,
        lines=True,
        widget=AdminTextareaWidget,
    )


@admin.register(models.StaffReply)
class ReplyAdmin(StaffAdmin):
    """Our answers under reviews, marked as ours."""

    form = ReplyForm
    list_display = ("review", "body", "written_by", "written_on")
    list_select_related = ("review", "written_by")
    ordering = ("-written_on", "-pk")
    search_fields = ("review__headline", "body")
    fields = ("review", "body")
    autocomplete_fields = ("review",)

    def get_readonly_fields(self, request, obj=None):
        return ("review",) if obj else ()

    def save_model(self, request, reply, form, change):
        written = moderation.reply(reply.review, reply.body, by=request.user, on=timezone.localdate())
        reply.pk = written.pk
        reply.refresh_from_db()

    def delete_model(self, request, reply):
        moderation.unreply(reply.review)

    def delete_queryset(self, request, replies):
        for reply in replies.select_related("review").order_by("review__author"):
            moderation.unreply(reply.review)


@admin.register(models.Report)
class ReportAdmin(ReadOnlyAdmin):
    """Reports are settled by deciding about the review."""

    list_display = ("review", "reason", "note", "reported_at", "settled_by")
    list_filter = ("reason",)
    list_select_related = ("review", "settled_by")
    ordering = ("-reported_at", "-pk")
    search_fields = ("review__headline",)


@admin.register(models.Ban)
class BanAdmin(ReadOnlyAdmin):
    list_display = ("member", "since", "reason")
    list_select_related = ("member", "step")
    ordering = ("-since", "pk")
    search_fields = ("=member__email", "member__shown_as")

    @admin.display
    def reason(self, ban):
        return ban.step.reason


@admin.register(models.VoteHold)
class VoteHoldAdmin(ReadOnlyAdmin):
    list_display = ("voter", "author", "since", "step")
    list_select_related = ("voter", "author", "step")
    ordering = ("-since", "-pk")
    search_fields = ("=voter__email", "=author__email")
