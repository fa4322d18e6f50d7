"""Addresses of plans and of the queue."""

from django.urls import path

from rentals.views import at_home, plans, queue

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
    path("queue/rentals/<int:key>/here/", at_home.here, name="say_here"),
    path("queue/rentals/<int:key>/posted-back/", at_home.posted_back, name="say_posted_back"),
    path("queue/rentals/<int:key>/not-posted-back/", at_home.not_posted_back, name="unsay_posted_back"),
    path("queue/rentals/<int:key>/problem/", at_home.problem, name="problem"),
    path("history/", at_home.history, name="history"),
]
