"""Addresses of plans and of the queue."""

from django.urls import path

from rentals.views import order, plans, queue

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/order/", order.renumber, name="renumber"),
    path("queue/sort/", order.sort, name="sort"),
    path("queue/unsort/", order.unsort, name="unsort"),
    path("queue/clear/", order.clear, name="clear"),
    path("queue/removed/", order.removed, name="removed"),
    path("queue/restore/", order.restore, name="restore"),
    path("queue/<int:key>/move/", order.move, name="move"),
    path("queue/<int:key>/pause/", order.pause, name="pause"),
    path("queue/<int:key>/edition/", order.edition, name="edition"),
    path("queue/<int:key>/remove/", order.remove, name="remove"),
    path("queue/sets/<int:key>/two-at-once/", order.two_at_once, name="two_at_once"),
    path("queue/sets/<int:key>/pause/", order.pause_set, name="pause_set"),
]
