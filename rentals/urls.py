"""Addresses of plans and of the queue."""

from django.urls import path

from rentals.views import plans, queue, viewing

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("account/viewing/", viewing.viewing, name="viewing"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
]
