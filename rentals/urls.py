"""Addresses of plans and of the queue."""

from django.urls import path

from rentals import views

app_name = "rentals"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("queue/", views.queue, name="queue"),
    path("queue/add/", views.add, name="add"),
    path("queue/add-all/", views.add_all, name="add_all"),
    path("queue/restore/", views.restore, name="restore"),
    path("queue/<int:key>/move/", views.move, name="move"),
    path("queue/<int:key>/remove/", views.remove, name="remove"),
]
