"""The staff's pages of memberships and invoices: to look at, and to do what members do through the same verbs."""

from django.contrib import admin, messages
from django.utils import timezone

from catalogue.wording import counted, price
from config.staff import ReadOnlyAdmin
from config.staff_lists import known_values
from rentals import billing, memberships
from rentals.models import Invoice, Membership, MembershipChange
from rentals.refused import Refused


class ActingAdmin(ReadOnlyAdmin):
    """Rows that only verbs change; the actions are for those who may change them."""

    def has_act_permission(self, request):
        return request.user.has_perm(f"rentals.change_{self.opts.model_name}")

    def act(self, request, rows, verb, done):
        """Do `verb` to each of `rows` and say of how many it was true; a refusal is a warning."""
        number = 0
        for row in rows:
            try:
                number += verb(row) is not False
            except Refused as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        level = messages.SUCCESS if number else messages.WARNING
        self.message_user(request, f"{counted(number, self.opts.verbose_name)} {done}.", level)


class ChangeInline(admin.TabularInline):
    """What happened to the membership."""

    model = MembershipChange
    fields = readonly_fields = ("at", "what", "plan", "was", "became", "by")
    ordering = ("-at", "-pk")
    extra, can_delete = 0, False
    verbose_name_plural = "history"

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan", "by")


class PaidFilter(admin.SimpleListFilter):
    title, parameter_name = "payment", "payment"

    def lookups(self, request, model_admin):
        return [("due", "To pay"), ("paid", "Paid"), ("to_repay", "To be paid back")]

    def queryset(self, request, queryset):
        return getattr(queryset, self.value())() if self.value() in dict(self.lookup_choices) else queryset


@admin.register(Membership)
class MembershipAdmin(ActingAdmin):
    list_display = ("member", "plan", "asked_at", "paid_until", "paused_from", "ends_on", "ended_at")
    list_select_related = ("member", "plan")
    list_filter = (
        "asked_at",
        "plan",
        *((field, admin.EmptyFieldListFilter) for field in ("confirmed_at", "paused_from", "cancelled_at", "ended_at")),
    )
    ordering = ("-asked_at", "-pk")
    search_fields = ("member__email",)
    inlines = (ChangeInline,)
    actions = ("cancel", "keep", "resume")

    @admin.action(description="Cancel, as the member would", permissions=["act"])
    def cancel(self, request, queryset):
        self._do(request, queryset, memberships.cancel, "cancelled")

    @admin.action(description="Take the cancellation back", permissions=["act"])
    def keep(self, request, queryset):
        self._do(request, queryset, memberships.keep, "kept")

    @admin.action(description="End the pause", permissions=["act"])
    def resume(self, request, queryset):
        self._do(request, queryset, memberships.resume, "resumed")

    def _do(self, request, queryset, verb, done):
        self.act(request, queryset, lambda row: verb(row, by=request.user, now=timezone.now()), done)


@admin.register(Invoice)
class InvoiceAdmin(ActingAdmin):
    list_display = ("number", "member", "amount", "for_what", "issued_at", "paid_at", "voided_at", "refund_asked_at")
    list_select_related = ("membership__member", "membership__plan")
    list_filter = (PaidFilter, "issued_at", known_values("provider", billing.names), "what")
    ordering = ("-issued_at", "-pk")
    search_fields = ("=pk", "membership__member__email")
    search_help_text = "The number without KP- and noughts, or an e-mail address."
    actions = ("confirm", "void", "confirm_refund")

    @admin.action(description="Confirm as paid", permissions=["act"])
    def confirm(self, request, queryset):
        self._do(request, queryset, memberships.confirm, "confirmed as paid")

    @admin.action(description="Void", permissions=["act"])
    def void(self, request, queryset):
        self._do(request, queryset, memberships.void, "voided")

    @admin.action(description="Confirm as paid back", permissions=["act"])
    def confirm_refund(self, request, queryset):
        self._do(request, queryset, memberships.confirm_refund, "confirmed as paid back")

    def _do(self, request, queryset, verb, done):
        self.act(request, queryset, lambda row: verb(row, by=request.user, now=timezone.now()), done)

    def member(self, invoice):
        return invoice.membership.member.email

    def amount(self, invoice):
        return price(invoice.amount_pence)


@admin.register(MembershipChange)
class MembershipChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "membership", "what", "was", "became", "by")
    list_select_related = ("membership__member", "membership__plan", "by")
    list_filter = ("what",)
    ordering = ("-at", "-pk")
    search_fields = ("membership__member__email",)
