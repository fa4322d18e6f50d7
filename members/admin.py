"""The staff's page of a member. Who may do more than others is changed by superusers only."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from config.staff import OnlyOffered, ReadOnlyAdmin, RulesForm, StaffAdmin
from members import admin_jobs, admin_looks, admin_mail  # noqa: F401 - more pages of the staff's
from members.models import Member

LAST = "This is the last superuser: nobody could give roles any more. Make another superuser first."
POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")

# django-allauth's own pages would change an account behind its back, and show the secrets of apps. Django's page of
# groups answers actions that it does not offer.
for model in (EmailAddress, Authenticator, UserSession, Group):
    admin.site.unregister(model)


class NewMemberForm(RulesForm, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = Member
        fields = ("email", "shown_as")
        field_classes = {}


class MemberForm(RulesForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = Member
        field_classes = {}

    def clean(self):
        cleaned = super().clean()
        stays = all(cleaned.get(power, True) for power in ("is_active", "is_staff", "is_superuser"))
        if not stays and Member.objects.is_last_in_charge(self.instance):
            raise ValidationError(LAST)
        return cleaned


@admin.register(Member)
class MemberAdmin(UserAdmin, StaffAdmin):
    form, add_form = MemberForm, NewMemberForm
    list_display = ("email", "shown_as", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email", "shown_as", "handle")
    ordering = ("email",)
    readonly_fields = ("joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("What others see", {"fields": ("shown_as", "handle")}),
        ("Account", {"fields": ("is_active", "joined_at", "last_login")}),
        ("May do more", {"fields": POWERS}),
    )
    add_fieldsets = ((None, {"fields": ("email", "shown_as", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *POWERS)

    def has_change_permission(self, request, obj=None):
        """Staff look after members; only superusers after staff, or a password set would be a way to their powers."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not (obj.is_staff or obj.is_superuser))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            obj.confirm_email()  # who gives an account an address vouches for it

    def has_delete_permission(self, request, obj=None):
        """An account is closed, not deleted here: ratings and reviews hang on it, and scores on them."""
        return False


@admin.register(Group)
class RoleAdmin(OnlyOffered, GroupAdmin):
    """Roles: made by migrations, looked at by auditors, changed by superusers."""


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Second steps, without their secrets. Superusers take one off whose phone and recovery codes are lost."""

    list_display = fields = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = ("type",)
    search_fields = ("user__email",)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
