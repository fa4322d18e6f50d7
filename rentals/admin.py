"""The staff's pages of plans, copies, rentals and queues. What members did is to look at, not to change."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone

from catalogue.admin.naming import SlugForm, TitleSearch
from catalogue.models import Medium
from catalogue.wording import counted, joined
from config.staff import ReadOnlyAdmin, RulesForm, StaffAdmin
from members.models import Member
from rentals import (
    barcodes,
    lending,
    membership_admin,  # noqa: F401 - their pages are registered with it
    rounds_admin,  # noqa: F401
)
from rentals.desk import orders
from rentals.disc_forms import OfADisc
from rentals.label_pages import LabelPages
from rentals.models import Copy, Plan, Problem, QueueEntry, Rental
from rentals.whose import WhoseRows


class PlanForm(SlugForm):
    media = forms.MultipleChoiceField(choices=Medium, widget=forms.CheckboxSelectMultiple)


@admin.register(Plan)
class PlanAdmin(StaffAdmin):
    form = PlanForm
    list_display = (
        "name",
        "places_at_home",
        "discs_a_month",
        "media_names",
        "price_pence",
        "trial_days",
        "withdrawn_on",
    )
    list_filter = (("withdrawn_on", admin.EmptyFieldListFilter),)
    ordering = ("position",)
    fields = (
        "name",
        "slug",
        "note",
        "places_at_home",
        "discs_a_month",
        "media",
        "price_pence",
        "trial_days",
        "position",
        "withdrawn_on",
    )


class CopyForm(RulesForm):
    """A barcode of ours is checked; one from elsewhere is taken as it stands."""

    def clean_barcode(self):
        code = barcodes.read(self.cleaned_data["barcode"])
        if problem := barcodes.problem_with(code):
            raise forms.ValidationError(problem)
        return code


class NewCopyForm(OfADisc, CopyForm):
    """A copy is of a disc, which staff name by its release and its number. Without a barcode it gets the next one."""

    barcode = forms.CharField(
        max_length=40, required=False, help_text="Leave it empty for a new one of ours; or scan what is on the disc."
    )

    def clean(self):
        cleaned = super().clean()
        if self.disc:
            self.instance.disc = self.disc
        return cleaned


@admin.register(Copy)
class CopyAdmin(LabelPages, TitleSearch, StaffAdmin):
    form = CopyForm
    list_display = ("barcode", "title", "release", "disc", "shelf", "acquired_on", "withdrawn_at", "missing_at")
    list_select_related = ("disc__release__title",)
    list_filter = [
        (field, admin.EmptyFieldListFilter) for field in ("withdrawn_at", "missing_at", "in_inspection_since")
    ]
    ordering = ("-pk",)
    of_title, exactly = "disc__release__title", ("barcode",)
    search_help_text = "A barcode, or the name of the title."
    actions = ("print_labels",)
    state = ("barcode", "shelf", "acquired_on", "withdrawn_at", "missing_at", "in_inspection_since")

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewCopyForm}) | kwargs)

    def get_fields(self, request, obj=None):
        return (("title", "release", "disc") if obj else ("release", "disc_number")) + self.state

    def get_readonly_fields(self, request, obj=None):
        return ("title", "release", "disc") if obj else ()

    def save_model(self, request, copy, form, change):
        copy.barcode = copy.barcode or Copy.objects.all().next_code()
        if not change:
            orders.count_in({copy.disc_id: 1}, on=timezone.localdate())
        super().save_model(request, copy, form, change)

    @admin.display(ordering="disc__release__title__sort_key")
    def title(self, copy):
        return copy.disc.release.title

    def release(self, copy):
        return copy.disc.release


class LendForm(forms.ModelForm):
    """Lend a copy by hand. The verb itself says whether that can be, so it is done when the form is checked."""

    email = forms.EmailField(label="Member", help_text="The e-mail address of the account.")
    barcode = forms.CharField(max_length=40)
    reason = forms.CharField(max_length=200, help_text="Why by hand, and not in a round.")

    class Meta:
        model = Rental
        fields = ("reason",)

    def clean_email(self):
        return _found(Member, "No member has this address.", email__iexact=self.cleaned_data["email"])

    def clean_barcode(self):
        code = barcodes.read(self.cleaned_data["barcode"])
        return _found(Copy, barcodes.unknown(code), barcode=code)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self._lend(cleaned["email"], cleaned["barcode"], cleaned["reason"])
        return cleaned

    def _lend(self, member, copy, reason):
        try:
            self.lent = lending.lend(member, copy, reason=reason, now=timezone.now())
        except lending.Refused as refusal:
            self.add_error(None, str(refusal))

    def save(self, commit=True):
        return self.lent


def _found(model, otherwise, **names):
    row = model.objects.filter(**names).first()
    if row is None:
        raise forms.ValidationError(otherwise)
    return row


class VerbAdmin(ReadOnlyAdmin):
    """Rows that staff who may change them move on by verbs, never field by field."""

    def has_verbs_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def say(self, request, done, refused):
        """Say what was done, and of which rows it could not be, each a sentence."""
        if done:
            self.message_user(request, done, messages.SUCCESS)
        for sentence in refused:
            self.message_user(request, sentence, messages.WARNING)


@admin.register(Rental)
class RentalAdmin(WhoseRows, TitleSearch, VerbAdmin):
    list_display = ("copy", "title", "whose", "place", "allocated_at", "posted_at", "checked_in_at", "cancelled_at")
    list_select_related = ("copy__disc__release__title", "member")
    list_filter = (
        "allocated_at",
        ("checked_in_at", admin.EmptyFieldListFilter),
        ("posted_at", admin.EmptyFieldListFilter),
    )
    ordering = ("-allocated_at", "-pk")
    of_title, exactly = "copy__disc__release__title", ("copy__barcode",)
    actions = ("dispatch_them", "check_them_in", "cancel_as_missing")

    def title(self, rental):
        return rental.copy.disc.release.title

    # ---------------------------------------------------------------- lent by hand
    def has_add_permission(self, request):
        return request.user.has_perm("rentals.add_rental")

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": LendForm}) | kwargs)

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else ("email", "barcode", "reason")

    def save_model(self, request, obj, form, change):
        """It is saved: the verb did."""

    def save_related(self, request, form, formsets, change):
        """There is nothing else to save."""

    # ---------------------------------------------------------------- moved on
    @admin.action(description="Posted: tell their members", permissions=["verbs"])
    def dispatch_them(self, request, rentals):
        posted = lending.dispatch(rentals, at=timezone.now())
        others = rentals.exclude(pk__in=[rental.pk for rental in posted]).select_related("copy")
        self.say(
            request,
            posted and f"{counted(len(posted), 'disc')} posted.",
            _of(others, "posted before, back or cancelled: nothing changed."),
        )

    @admin.action(description="Check in: they are back", permissions=["verbs"])
    def check_them_in(self, request, rentals):
        returned, others = lending.check_in_many(rentals.select_related("copy"), at=timezone.now())
        self.say(
            request,
            returned and f"{counted(len(returned), 'disc')} checked in.",
            _of(others, "checked in before, or not posted: nothing changed."),
        )

    @admin.action(description="Not on the shelf: cancel, the copy is missing", permissions=["verbs"])
    def cancel_as_missing(self, request, rentals):
        done, refused = 0, []
        for rental in rentals.select_related("copy", "member", "entry"):
            try:
                lending.cancel(rental, at=timezone.now(), missing=True)
                done += 1
            except lending.Refused as refusal:
                refused.append(str(refusal))
        self.say(request, done and f"{counted(done, 'rental')} cancelled; the copies are missing.", refused)


def _of(rentals, sentence):
    """The sentence about the barcodes of `rentals`, if there are any."""
    barcodes = [rental.copy.barcode for rental in rentals]
    return [f"{joined(barcodes)} {'were' if len(barcodes) > 1 else 'was'} {sentence}"] if barcodes else []


@admin.register(Problem)
class ProblemAdmin(WhoseRows, TitleSearch, VerbAdmin):
    whose_path = "rental__member"
    list_display = ("copy", "kind", "note", "whose", "reported_at", "settled_at", "outcome")
    list_select_related = ("rental__copy", "rental__member")
    list_filter = ("reported_at", ("settled_at", admin.EmptyFieldListFilter), "kind")
    ordering = ("-reported_at", "-pk")
    of_title, exactly = "rental__copy__disc__release__title", ("rental__copy__barcode",)
    actions = ("settle_as_lost", "settle_as_back", "settle_as_closed")

    @admin.display(ordering="rental__copy__barcode")
    def copy(self, problem):
        return problem.rental.copy

    @admin.action(description="Lost: free the place, the copy is missing", permissions=["verbs"])
    def settle_as_lost(self, request, problems):
        self._settle(request, problems, lending.LOST)

    @admin.action(description="Back: check the copy in", permissions=["verbs"])
    def settle_as_back(self, request, problems):
        self._settle(request, problems, lending.BACK)

    @admin.action(description="Looked into: close it", permissions=["verbs"])
    def settle_as_closed(self, request, problems):
        self._settle(request, problems, lending.CLOSED)

    def _settle(self, request, problems, outcome):
        settled = [lending.settle(problem, outcome=outcome, at=timezone.now()) for problem in problems]
        before = settled.count(False)
        self.say(
            request,
            any(settled) and f"{counted(sum(settled), 'problem')} settled.",
            [f"{counted(before, 'problem')} settled before: nothing changed."] if before else [],
        )


class PromiseFilter(admin.SimpleListFilter):
    title, parameter_name = "promise", "promise"

    def lookups(self, request, model_admin):
        return [("over", "Waits longer than was promised")]

    def queryset(self, request, entries):
        return entries.over_promise(timezone.now()) if self.value() == "over" else entries


@admin.register(QueueEntry)
class QueueEntryAdmin(WhoseRows, TitleSearch, ReadOnlyAdmin):
    """Not in the order of queues: that would tell which requests are one member's."""

    list_display = ("title", "whose", "medium", "disc", "asked_at", "paused_at", "removed_at", "sent_at")
    list_select_related = ("member", "title", "disc")
    list_filter = (PromiseFilter,)
    ordering = ("-pk",)
    search_help_text = "A film; or a member’s whole e-mail address or number, which asks for a reason."
