"""Forms of accounts."""

import re

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from members.models import Member

NAME_LENGTH = Member._meta.get_field("shown_as").max_length


class SignInForm(allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class SignUpForm(allauth.SignupForm):
    """With the name others see. A known address gets the same answer and costs the same work as a new one."""

    shown_as = forms.CharField(
        label="Name others see",
        max_length=NAME_LENGTH,
        required=False,
        help_text="It stands under your reviews. Left empty: the initials of your e-mail address.",
    )
    field_order = ["email", "password1", "shown_as"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
        self.fields["email"].help_text = "We write to it once, to see that it is yours."
        self.fields["password1"].help_text = "8 characters or more. Pasting is fine."

    def name(self):
        return self.cleaned_data["shown_as"].strip() or initials(self.cleaned_data["email"])

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


def initials(address):
    """ "R. A." of ruth.abbott@example.org."""
    parts = re.findall(r"[^\W\d_]+", address.partition("@")[0]) or ["M"]
    return " ".join(f"{part[0].upper()}." for part in parts[:3])
