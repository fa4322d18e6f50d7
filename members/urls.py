"""Addresses of signing in and of what a reader asks us to remember."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from members import mail_pages, views

app_name = "members"
urlpatterns = [
    path("sign-in/", LoginView.as_view(template_name="members/sign_in.html"), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("theme/", views.theme, name="theme"),
    path("account/mail/", mail_pages.mail, name="mail"),
    path("unsubscribe/<str:token>/", mail_pages.unsubscribe, name="unsubscribe"),
]
