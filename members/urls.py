"""Addresses of accounts and of what a reader asks us to remember. Those of django-allauth are in `allauth_urls`."""

from allauth.account import views as allauth
from django.urls import path

from members import mail_pages, privacy, profile, views

app_name = "members"
urlpatterns = [
    path("sign-in/", allauth.login, name="sign_in"),
    path("sign-out/", allauth.logout, name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/security/", views.security, name="security"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/privacy/", privacy.privacy, name="privacy"),
    path("account/privacy/downloads/", privacy.ask_download, name="ask_download"),
    path("account/privacy/downloads/<int:key>/", privacy.download, name="download"),
    path("account/privacy/history/", privacy.history, name="keep_history"),
    path("account/privacy/delete/", privacy.delete, name="delete"),
    path("account/deleted/", privacy.closed, name="closed"),
    path("privacy/", privacy.notice, name="notice"),
    path("theme/", views.theme, name="theme"),
    path("account/mail/", mail_pages.mail, name="mail"),
    path("unsubscribe/<str:token>/", mail_pages.unsubscribe, name="unsubscribe"),
]
