"""The second step of signing in: an app's six digits, or a passkey."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_on(member):
    """Whether `member` has a second step. It was then taken in each of the member's sessions: turning it on ends the
    others (`members.security`), and none begins without."""
    return is_mfa_enabled(member, STEPS)
