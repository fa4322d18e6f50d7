"""Addresses of plans and of the queue."""

from django.urls import path

from rentals.views import by_link, plans, queue

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("next/<str:token>/<int:entry>/", by_link.send_first, name="send_first"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
]
