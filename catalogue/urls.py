"""Addresses of the catalogue's pages."""

from django.urls import path

from catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("titles/", views.browse, name="browse"),
    path("titles/<slug:slug>/", views.title, name="title"),
    path("pictures/<slug:slug>/<slug:key>/<str:size>", views.picture, name="picture"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("collections/", views.collections, name="collections"),
    path("collections/<slug:slug>/", views.collection, name="collection"),
    path("search/", views.search, name="search"),
]
