"""What staff have begun to change and not saved yet."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.http import QueryDict

from catalogue.models.titles import Title
from catalogue.rules import once

KEEP_DRAFTS = timedelta(days=90)


class TitleDraftQuerySet(models.QuerySet):
    def of(self, member, title):
        """The member's draft of a title; of a new one, if `title` is None."""
        return self.filter(member=member, title=title)

    @transaction.atomic
    def keep(self, member, title, form, *, data, number, now):
        """Keep what is typed, {name: [values]}, and return the draft. None if the draft there is came of another form.

        So what was typed in another window, or before, is never written over. Locks the member: windows take turns.
        """
        get_user_model().objects.select_for_update(no_key=True).get(pk=member.pk)
        draft = self.of(member, title).first() or TitleDraft(member=member, title=title, form=form)
        if draft.form != form:
            return None
        draft.data, draft.number, draft.saved_at = data, number, now
        draft.save()
        return draft

    def older_than(self, time, *, now):
        return self.filter(saved_at__lt=now - time)


class TitleDraft(models.Model):
    """The form of a title as it stood when it was last kept; saving the title ends it. Nobody else sees it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="title_drafts")
    title = models.ForeignKey(
        Title, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts", help_text="None: a new title."
    )
    form = models.UUIDField(help_text="The form it was typed into; who takes it up goes on with that.")
    data = models.JSONField(help_text="What a browser sends of the form: {name: [values]}.")
    number = models.BigIntegerField(help_text="The newest change of the title when its form was opened.")
    saved_at = models.DateTimeField()
    objects = TitleDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            once(
                "titledraft_once",
                ["member", "title"],
                "You have a draft of this title already; go on with that.",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return (self.data.get("name") or [""])[0] or "A new title"

    def post(self):
        """The draft as a form that was sent."""
        post = QueryDict(mutable=True)
        for name, values in self.data.items():
            post.setlist(name, values)
        return post
