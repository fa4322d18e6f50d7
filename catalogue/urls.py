"""Addresses of the catalogue's pages."""

from django.urls import path

from catalogue import feeds
from catalogue.views import browse, collections, home, outside, people, search, sharing, title

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
    path("opensearch.xml", outside.opensearch, name="opensearch"),
    path("robots.txt", outside.robots),
    path("favicon.ico", outside.favicon),
    path("sitemap.xml", outside.sitemap_index, name="sitemap_index"),
    path("sitemaps/<slug:name>-<int:number>.xml", outside.sitemap, name="sitemap"),
    path("feeds/new/", feeds.NewToRent.as_view(), name="feed_new"),
    path("collections/<slug:slug>/feed/", feeds.OfCollection.as_view(), name="feed_of_collection"),
    path("people/<slug:slug>/feed/", feeds.OfPerson.as_view(), name="feed_of_person"),
    path("previews/<slug:kind>/<slug:slug>/", sharing.preview, name="preview"),
    path("previews/<slug:kind>/<slug:slug>/<slug:key>.jpg", sharing.preview, name="preview_kept"),
]
