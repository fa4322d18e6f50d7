"""Addresses of what members and critics say of a title."""

from django.urls import path

from reviews.views import by_link, critics, policy, rating, reading, reporting, voting, writing

app_name = "reviews"
urlpatterns = [
    path("titles/<slug:slug>/reviews/", reading.reviews, name="of_title"),
    path("titles/<slug:slug>/critics/", critics.critics, name="critics_of_title"),
    path("critics/", critics.all_critics, name="critics"),
    path("critics/<slug:slug>/", critics.critic, name="critic"),
    path("publications/<slug:slug>/", critics.publication, name="publication"),
    path("titles/<slug:slug>/rate/", rating.rate, name="rate"),
    path("titles/<slug:slug>/want/", rating.want_to_see, name="want_to_see"),
    path("titles/<slug:slug>/review/", writing.write, name="write"),
    path("titles/<slug:slug>/review/delete/", writing.delete, name="delete"),
    path("reviews/<int:key>/vote/", voting.vote, name="vote"),
    path("reviews/<int:key>/report/", reporting.report, name="report"),
    path("how-reviews-work/", policy.policy, name="policy"),
    path("rate/<str:token>/", by_link.rate, name="rate_by_link"),
    path("rate/<str:token>/next/", by_link.rated, name="rated_by_link"),
]
