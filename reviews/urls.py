"""Addresses of what members and critics say of a title."""

from django.urls import path

from reviews import by_link, views

app_name = "reviews"
urlpatterns = [
    path("titles/<slug:slug>/reviews/", views.reviews, name="of_title"),
    path("titles/<slug:slug>/critics/", views.critics, name="critics_of_title"),
    path("titles/<slug:slug>/rate/", views.rate, name="rate"),
    path("titles/<slug:slug>/review/", views.write, name="write"),
    path("reviews/<int:key>/vote/", views.vote, name="vote"),
    path("rate/<str:token>/", by_link.rate, name="rate_by_link"),
    path("rate/<str:token>/next/", by_link.rated, name="rated_by_link"),
]
