"""Forms of accounts."""

import re

from allauth.account import forms as allauth
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from members.models import Member
from members.texts import Words

NAME_LENGTH = Member._meta.get_field("shown_as").max_length


LONG_ENOUGH = "8 characters or more. Pasting is fine."


class Worded:
    """A form of django-allauth with our words: labels and hints by the name of the field."""

    labels, hints = {}, {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Worded, allauth.LoginForm):
    labels = {"login": "E-mail"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(Worded, allauth.SignupForm):
    """With the name others see. A known address gets the same answer and costs the same work as a new one."""

    shown_as = Words(label="Name others see", most=NAME_LENGTH, required=False)
    field_order = ["email", "password1", "shown_as"]
    labels = {"email": "E-mail"}
    hints = {
        "email": "We write to it once, to see that it is yours.",
        "password1": LONG_ENOUGH,
        "shown_as": "It stands under your reviews. Left empty: the initials of your e-mail address.",
    }

    def name(self):
        return self.cleaned_data["shown_as"] or initials(self.cleaned_data["email"])

    def try_save(self, request):
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # somebody signed up with the address a moment ago
            self.account_already_exists = True
            return super().try_save(request)


class ResetForm(Worded, allauth.ResetPasswordForm):
    labels = {"email": "E-mail"}


class NewEmailForm(Worded, allauth.AddEmailForm):
    labels = {"email": "New e-mail address"}
    hints = {"email": "We write to it. It is yours to sign in with once you follow the link in that e-mail."}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password, once more"}
    hints = {"password1": LONG_ENOUGH}


class FirstPasswordForm(Worded, allauth.SetPasswordForm):
    labels, hints = NewPasswordForm.labels, NewPasswordForm.hints


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):
    labels, hints = NewPasswordForm.labels | {"oldpassword": "Password until now"}, NewPasswordForm.hints


class AgainForm(Worded, allauth.ReauthenticateForm):
    pass


class CodeForm(Worded, AuthenticateForm):
    labels = {"code": "Code"}


class CodeAgainForm(Worded, ReauthenticateForm):
    labels = {"code": "Code"}


class AppForm(Worded, ActivateTOTPForm):
    labels = {"code": "Six digits that the app shows"}


def initials(address):
    """ "R. A." of ruth.abbott@example.org."""
    parts = re.findall(r"[^\W\d_]+", address.partition("@")[0]) or ["M"]
    return " ".join(f"{part[0].upper()}." for part in parts[:3])
