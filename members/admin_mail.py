"""The staff's pages of what we write to members: what waits, what failed, what left, and in development the folder."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from config.staff import ReadOnlyAdmin
from config.staff_lists import known_values
from members import looks, mail, mail_folder
from members.mail_kinds import KINDS
from members.models import Message

STATES = {"waiting": "Waiting", "failed": "Given up", "sent": "Sent"}


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return STATES.items()

    def queryset(self, request, rows):
        asked = {"waiting": rows.trying, "failed": rows.given_up, "sent": lambda: rows.exclude(sent_at=None)}
        return asked[self.value()]() if self.value() in asked else rows


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    change_list_template = "admin/members/message/change_list.html"
    list_display = ("subject", "to", "kind", "state", "tries", "written_at", "sent_at")
    list_filter = (StateFilter, known_values("kind", lambda: KINDS))
    search_fields = ("=to", "=key")
    ordering = ("-written_at", "-pk")
    actions = ("send_again",)
    fields = (
        "to",
        "kind",
        "key",
        "subject",
        "state",
        "tries",
        "last_error",
        "written_at",
        "sent_at",
        "words",
        "source",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(is_opened=looks.opened(request.user, "member"))

    @admin.display(description="text")
    def words(self, message):
        """A text names films that the member rents."""
        if message.member_id is None or message.is_opened:
            return message.text
        page = reverse("admin:members_message_change", args=[message.pk])
        return format_html('<a href="{}">Give a reason to see</a>', looks.ask_why(message.member_id, page))

    @admin.display(description="HTML")
    def source(self, message):
        return message.html if message.member_id is None or message.is_opened else "-"

    def has_again_permission(self, request):
        return request.user.has_perm("members.change_message")

    @admin.display
    def state(self, message):
        if message.sent_at:
            return "Sent"
        return "Given up" if message.is_given_up else "Waiting"

    @admin.action(description="Send again those that were given up", permissions=["again"])
    def send_again(self, request, chosen):
        number = sum(mail.send_again(message, now=timezone.now()) for message in chosen)
        said = f"{number} of {len(chosen)} will be sent again; the others were not given up."
        messages.success(request, said) if number else messages.warning(request, "None of these was given up.")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("folder/", view(self.folder), name="members_message_folder"),
            path("folder/<str:name>/", view(self.letter), name="members_message_letter"),
            *super().get_urls(),
        ]

    def folder(self, request):
        """The e-mails that went into the folder instead of to a mail server, newest first."""
        self._allow(request)
        return self._page(request, "folder.html", title="Mail folder", letters=mail_folder.letters())

    def letter(self, request, name):
        """One of them: its head, its text, and the source of its HTML, all as text."""
        self._allow(request)
        letter = mail_folder.letter(name)
        if letter is None:
            raise Http404
        return self._page(request, "letter.html", title=letter["subject"], letter=letter)

    def _allow(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request, template, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return render(request, f"admin/members/message/{template}", context)
