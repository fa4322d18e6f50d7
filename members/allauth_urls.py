"""The pages of accounts that django-allauth does for us, under addresses of ours and the names it knows them by."""

from allauth.account import views as account
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.db import transaction
from django.urls import path, re_path

from members import security

whole = transaction.atomic  # what a page changes, and the mail that tells of it: both or neither

RESET = r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$"  # django-allauth puts the two together with a hyphen

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", two_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", two_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", security.again_with_passkey, name="mfa_reauthenticate_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", whole(account.signup), name="account_signup"),
    path("sign-up/sent/", account.email_verification_sent, name="account_email_verification_sent"),
    path("confirm/<str:key>/", whole(account.confirm_email), name="account_confirm_email"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path("reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(RESET, whole(account.password_reset_from_key), name="account_reset_password_from_key"),
    path("account/email/", whole(security.email), name="account_email"),
    path("account/password/", whole(account.password_change), name="account_change_password"),
    path("account/password/first/", whole(account.password_set), name="account_set_password"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("account/two-factor/", two_factor.index, name="mfa_index"),
    path("account/two-factor/app/", security.activate_totp, name="mfa_activate_totp"),
    path("account/two-factor/app/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-factor/codes/", security.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/two-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/new/", security.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
