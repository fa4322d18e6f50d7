"""How a member signs in: pages of django-allauth that need a word of ours."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import EmailView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

email = login_required(reauthentication_required(EmailView.as_view(), app="allauth.account"))


class FirstStep:
    """Turning the second step on: sessions that were opened without it end, and `next` is kept."""

    def form_valid(self, form):
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return response

    def get_success_url(self):
        return passthrough_next_redirect_url(self.request, super().get_success_url(), "next")


class ActivateTOTP(FirstStep, ActivateTOTPView):
    pass


class AddWebAuthn(FirstStep, AddWebAuthnView):
    pass


class RecoveryCodes(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"onwards": get_next_redirect_url(self.request)}


class AgainWithPasskey(ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        """Say what is wrong where other ways can be chosen, not on the page of those who are not signed in."""
        super().form_invalid(form)
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_reauthenticate"), "next"))


activate_totp = login_required(ActivateTOTP.as_view())
add_webauthn = login_required(AddWebAuthn.as_view())
view_recovery_codes = login_required(RecoveryCodes.as_view())
again_with_passkey = AgainWithPasskey.as_view()
