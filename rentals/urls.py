"""Addresses of plans and memberships, of the queue, of discs that are out and of members' lists."""

from django.urls import path

from rentals import feeds
from rentals.views import adding, at_home, by_link, lists, memberships, plans, queue, transfer, viewing

app_name = "rentals"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("next/<str:token>/<int:entry>/", by_link.send_first, name="send_first"),
    path("plans/<slug:slug>/join/", plans.join, name="join"),
    path("account/plan/", memberships.membership, name="membership"),
    path("account/plan/change/<slug:slug>/", memberships.change_plan, name="change_plan"),
    path("account/plan/pause/", memberships.pause, name="pause"),
    path("account/plan/resume/", memberships.resume, name="resume"),
    path("account/plan/cancel/", memberships.cancel, name="cancel"),
    path("account/plan/keep/", memberships.keep, name="keep"),
    path("account/plan/invoices/<int:key>/", memberships.invoice, name="invoice"),
    path("billing/<slug:name>/", memberships.billing, name="billing"),
    path("account/viewing/", viewing.viewing, name="viewing"),
    path("queue/", queue.queue, name="queue"),
    path("queue/add/", adding.add, name="add"),
    path("queue/add-all/", adding.add_all, name="add_all"),
    path("queue/added/<int:key>/", adding.added, name="added"),
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
