"""Addresses of what members and critics say of a title."""

from django.urls import path

from reviews.views import by_link, critics, own, rating, reading, taste, voting, writing

app_name = "reviews"
urlpatterns = [
    path("titles/<slug:slug>/reviews/", reading.reviews, name="of_title"),
    path("titles/<slug:slug>/critics/", critics.critics, name="critics_of_title"),
    path("titles/<slug:slug>/rate/", rating.rate, name="rate"),
    path("titles/<slug:slug>/review/", writing.write, name="write"),
    path("reviews/<int:key>/vote/", voting.vote, name="vote"),
    path("reviewers/<slug:handle>/taste/", taste.taste, name="taste"),
    path("account/ratings/", own.ratings, name="ratings"),
    path("account/ratings/kinopost-ratings.csv", own.export, {"kind": "csv"}, name="ratings_csv"),
    path("account/ratings/kinopost-ratings.json", own.export, {"kind": "json"}, name="ratings_json"),
    path("account/ratings/import/", own.import_, name="import_ratings"),
    path("account/ratings/import/confirm/", own.confirm, name="confirm_import_of_ratings"),
    path("account/ratings/import/undo/", own.undo_import, name="undo_import_of_ratings"),
    path("rate/<str:token>/", by_link.rate, name="rate_by_link"),
    path("rate/<str:token>/next/", by_link.rated, name="rated_by_link"),
]
