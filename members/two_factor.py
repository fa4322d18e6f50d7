"""The second step of signing in: an app's six digits, or a passkey."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import is_mfa_enabled

STAFF_SECRET = "staff-two-factor"  # the file, in the state folder, of the account that bin/serve makes
SECONDS = 30  # as long as an app shows a code
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_on(member):
    """Whether `member` has a second step. It was then taken in each of the member's sessions: turning it on ends the
    others (`members.security`), and none begins without."""
    return is_mfa_enabled(member, STEPS)


def new_secret():
    return generate_totp_secret()


def set_up(member, secret):
    """Turn it on for an app that holds `secret` (base 32)."""
    TOTP.activate(member, secret)


def code_now(secret):
    """The six digits that an app with `secret` shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS))
