"""Addresses of signing in and of what a reader asks us to remember."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from members import privacy, profile, views

app_name = "members"
urlpatterns = [
    path("sign-in/", LoginView.as_view(template_name="members/sign_in.html"), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/privacy/", privacy.privacy, name="privacy"),
    path("account/privacy/downloads/", privacy.ask_download, name="ask_download"),
    path("account/privacy/downloads/<int:key>/", privacy.download, name="download"),
    path("account/privacy/history/", privacy.history, name="keep_history"),
    path("account/privacy/delete/", privacy.delete, name="delete"),
    path("account/deleted/", privacy.closed, name="closed"),
    path("privacy/", privacy.notice, name="notice"),
    path("theme/", views.theme, name="theme"),
]
