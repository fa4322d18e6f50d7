"""Addresses of plans, of a member's own, and of the queue."""

from django.urls import path

from rentals.views import memberships, plans, queue

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:slug>/join/", plans.join, name="join"),
    path("account/plan/", memberships.membership, name="membership"),
    path("account/plan/change/<slug:slug>/", memberships.change_plan, name="change_plan"),
    path("account/plan/pause/", memberships.pause, name="pause"),
    path("account/plan/resume/", memberships.resume, name="resume"),
    path("account/plan/cancel/", memberships.cancel, name="cancel"),
    path("account/plan/keep/", memberships.keep, name="keep"),
    path("account/plan/invoices/<int:key>/", memberships.invoice, name="invoice"),
    path("billing/<slug:name>/", memberships.billing, name="billing"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
]
