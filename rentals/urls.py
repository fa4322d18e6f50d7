"""Addresses of plans and of the queue."""

from django.urls import path

from rentals.views import adding, plans, queue

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", adding.add, name="add"),
    path("queue/add-all/", adding.add_all, name="add_all"),
    path("queue/added/<int:key>/", adding.added, name="added"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
]
