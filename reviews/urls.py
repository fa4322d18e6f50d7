"""Addresses of what members and critics say of a title."""

from django.urls import path

from reviews import feeds
from reviews.views import (
    by_link,
    charts,
    choices,
    critics,
    own,
    policy,
    rating,
    reading,
    reporting,
    reviewers,
    scores,
    taste,
    voting,
    writing,
)

app_name = "reviews"
urlpatterns = [
    path("titles/<slug:slug>/reviews/", reading.reviews, name="of_title"),
    path("titles/<slug:slug>/critics/", critics.critics, name="critics_of_title"),
    path("titles/<slug:slug>/scores/", scores.scores, name="scores"),
    path("critics/", critics.all_critics, name="critics"),
    path("critics/<slug:slug>/", critics.critic, name="critic"),
    path("publications/<slug:slug>/", critics.publication, name="publication"),
    path("titles/<slug:slug>/rate/", rating.rate, name="rate"),
    path("titles/<slug:slug>/want/", rating.want_to_see, name="want_to_see"),
    path("titles/<slug:slug>/review/", writing.write, name="write"),
    path("titles/<slug:slug>/review/delete/", writing.delete, name="delete"),
    path("titles/<slug:slug>/reviews/feed/", feeds.OfTitle.as_view(), name="feed_of_title"),
    path("reviews/<int:key>/", reading.review, name="review"),
    path("reviews/<int:key>/vote/", voting.vote, name="vote"),
    path("reviewers/<slug:handle>/", reviewers.reviewer, name="reviewer"),
    path("reviewers/<slug:handle>/feed/", feeds.OfReviewer.as_view(), name="feed_of_reviewer"),
    path("account/reviews/", choices.choices, name="choices"),
    path("reviews/<int:key>/report/", reporting.report, name="report"),
    path("how-reviews-work/", policy.policy, name="policy"),
    path("charts/", charts.charts, name="charts"),
    path("charts/<slug:chart>/", charts.chart, name="chart"),
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
