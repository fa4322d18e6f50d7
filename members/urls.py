"""Addresses of accounts and of what a reader asks us to remember. Those of django-allauth are in `allauth_urls`."""

from allauth.account import views as allauth
from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("sign-in/", allauth.login, name="sign_in"),
    path("sign-out/", allauth.logout, name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/security/", views.security, name="security"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("theme/", views.theme, name="theme"),
]
