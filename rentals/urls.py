"""Addresses of plans, of the queue, of discs that are out and of members' lists."""

from django.urls import path

from rentals import feeds
from rentals.views import at_home, by_link, lists, plans, queue, transfer, viewing

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("next/<str:token>/<int:entry>/", by_link.send_first, name="send_first"),
    path("account/viewing/", viewing.viewing, name="viewing"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", queue.add, name="add"),
    path("queue/add-all/", queue.add_all, name="add_all"),
    path("queue/restore/", queue.restore, name="restore"),
    path("queue/export.csv", transfer.export, {"kind": "csv"}, name="queue_csv"),
    path("queue/export.json", transfer.export, {"kind": "json"}, name="queue_json"),
    path("queue/import/", transfer.import_, name="import"),
    path("queue/import/confirm/", transfer.confirm, name="confirm_import"),
    path("queue/import/unknown/", transfer.unknown, name="unknown_of_import"),
    path("queue/<int:key>/move/", queue.move, name="move"),
    path("queue/<int:key>/remove/", queue.remove, name="remove"),
    path("queue/rentals/<int:key>/here/", at_home.here, name="say_here"),
    path("queue/rentals/<int:key>/posted-back/", at_home.posted_back, name="say_posted_back"),
    path("queue/rentals/<int:key>/not-posted-back/", at_home.not_posted_back, name="unsay_posted_back"),
    path("queue/rentals/<int:key>/problem/", at_home.problem, name="problem"),
    path("history/", at_home.history, name="history"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.make, name="make_list"),
    path("lists/save/", lists.save, name="save_to_lists"),
    path("lists/restore/", lists.restore, name="restore_list"),
    path("lists/<slug:handle>/<slug:slug>/", lists.list_, name="list"),
    path("lists/<slug:handle>/<slug:slug>/edit/", lists.edit, name="edit_list"),
    path("lists/<slug:handle>/<slug:slug>/delete/", lists.delete, name="delete_list"),
    path("lists/<slug:handle>/<slug:slug>/add/", lists.put, name="put_on_list"),
    path("lists/<slug:handle>/<slug:slug>/export.csv", lists.as_file, {"kind": "csv"}, name="list_csv"),
    path("lists/<slug:handle>/<slug:slug>/export.json", lists.as_file, {"kind": "json"}, name="list_json"),
    path("lists/<slug:handle>/<slug:slug>/feed/", feeds.OfList.as_view(), name="feed_of_list"),
    path("lists/<slug:handle>/<slug:slug>/<int:title>/move/", lists.move, name="move_on_list"),
    path("lists/<slug:handle>/<slug:slug>/<int:title>/remove/", lists.take_off, name="take_off_list"),
    path("seen/", lists.seen, name="seen"),
]
