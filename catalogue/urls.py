"""Addresses of the catalogue's pages."""

from django.urls import path

from catalogue.views import browse, collections, home, people, search, title

app_name = "catalogue"
urlpatterns = [
    path("", home.home, name="home"),
    path("titles/", browse.browse, name="browse"),
    path("titles/<slug:slug>/", title.title, name="title"),
    path("pictures/<slug:slug>/<slug:key>/<str:size>", title.picture, name="picture"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
]
