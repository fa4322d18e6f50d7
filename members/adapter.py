"""Where django-allauth asks us: our words, our mail, our rules."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from members import mail
from members.models import Member

# What it calls an e-mail: our kind (templates/mail), and what happened.
MAIL = {
    "account/email/email_confirmation_signup": ("confirm-sign-up", ""),
    "account/email/email_confirmation": ("confirm-email", ""),
    "account/email/account_already_exists": ("account-exists", ""),
    "account/email/unknown_account": ("no-account", ""),
    "account/email/password_reset_key": ("reset", ""),
    "account/email/password_changed": ("account-changed", "Your password was changed"),
    "account/email/password_set": ("account-changed", "A password was set"),
    "account/email/password_reset": ("account-changed", "Your password was changed with a link from an e-mail"),
    "account/email/email_changed": ("account-changed", "Your e-mail address was changed"),
    "account/email/email_confirm": ("account-changed", "Your e-mail address was confirmed"),
    "account/email/email_deleted": ("account-changed", "An e-mail address was taken off your account"),
    "mfa/email/totp_activated": ("account-changed", "An authenticator app was added"),
    "mfa/email/totp_deactivated": ("account-changed", "The authenticator app was taken off"),
    "mfa/email/webauthn_added": ("account-changed", "A passkey was added"),
    "mfa/email/webauthn_removed": ("account-changed", "A passkey was removed"),
    "mfa/email/recovery_codes_generated": ("account-changed", "New recovery codes were made"),
}
LINKS = ("activate_url", "password_reset_url", "signup_url")
WRONG_TOGETHER = "That e-mail address and password do not go together. Look at both and try again."
WRONG_CODE = "That code is not right, or it is no longer good. Wait for the next one and try again."
TOO_MANY = "Too many tries in a short time. Wait five minutes and try again, or reset your password."


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_TOGETHER,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your password.",
        "incorrect_code": WRONG_CODE,
        "duplicate_email": "That is your e-mail address already.",
        "invalid_password_reset": "This link is no longer good.",
    }

    def save_user(self, request, user, form, commit=True):
        user.shown_as = form.name()
        return super().save_user(request, user, form, commit)

    def confirm_email(self, request, email_address):
        """Whether the address is now the member's: not if another account has it, confirmed or not."""
        others = Member.objects.with_address(email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            return self._say_it_is_taken(request, email_address.email)
        return super().confirm_email(request, email_address)

    def _say_it_is_taken(self, request, address):
        words = f"{address} cannot be confirmed: another account has it."
        self.add_message(request, messages.ERROR, message=words)
        return False

    def send_mail(self, template_prefix, email, context):
        kind, what = MAIL[template_prefix]
        about = {name: context[name] for name in LINKS if name in context}
        mail.write(kind, f"{kind}-{uuid4().hex}", to=email, member=context.get("user"), what=what, **about)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def add_message(self, request, level, *args, **kwargs):
        """Visitors get none but errors: the page they come to says it, and they carry no session for it."""
        if request.user.is_authenticated or level == messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def respond_user_inactive(self, request, user):
        """A closed account says no more than a wrong password does."""
        self.add_message(request, messages.ERROR, message=WRONG_TOGETHER)
        return redirect("account_login")

    def get_password_change_redirect_url(self, request):
        return reverse("members:security")


class TwoFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your new e-mail address first, or take it back.",
    }

    def _get_site_name(self):
        return "Kinopost"
