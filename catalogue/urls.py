"""Addresses of the catalogue's pages."""

from django.urls import path

from catalogue import feeds
from catalogue.views import (
    awards,
    browse,
    collections,
    companies,
    home,
    outside,
    people,
    pictures,
    search,
    sharing,
    suggestions,
    title,
    ways_in,
)

app_name = "catalogue"
urlpatterns = [
    path("", home.home, name="home"),
    path("titles/", browse.browse, name="browse"),
    path("titles/<slug:slug>/", title.title, name="title"),
    path("pictures/<slug:slug>/<slug:key>/<str:size>", pictures.picture, name="picture"),
    path("portraits/<slug:slug>/<slug:key>/<str:size>", pictures.portrait, name="portrait"),
    path("banners/<slug:slug>/<slug:key>/<str:size>", pictures.banner, name="banner"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("genres/", ways_in.genres, name="genres"),
    path("genres/<slug:slug>/", ways_in.genre, name="genre"),
    path("countries/", ways_in.countries, name="countries"),
    path("countries/<slug:code>/", ways_in.country, name="country"),
    path("awards/", awards.awards, name="awards"),
    path("awards/<slug:slug>/", awards.body, name="award_body"),
    path("awards/<slug:slug>/<slug:prize>/", awards.prize, name="award_prize"),
    path("companies/<slug:slug>/", companies.company, name="company"),
    path("search/", search.search, name="search"),
    path("search/in-vain/", search.in_vain, name="search_in_vain"),
    path("search/suggest.json", suggestions.suggestions, name="suggestions_json"),
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
    path("search/suggest/", search.suggestions, name="suggestions"),
]
