"""Addresses of plans."""

from django.urls import path

from rentals import views

app_name = "rentals"
urlpatterns = [path("plans/", views.plans, name="plans")]
