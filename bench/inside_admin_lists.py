"""What bench.admin_lists measures, in a process of its own with Django: prints JSON, a row for each way to ask."""

import json
import os
import sys
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.admin.views.main import ORDER_VAR  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.processes import running_milliseconds  # noqa: E402
from tests.factories import make_staff  # noqa: E402

SEARCHED = {"members_member": "reader4711", "rentals_copy": "B1-4711", "rentals_invoice": "4711"}
WORDS = ("the", "red", "garden of")


def asked(model, model_admin, request):
    """(name, query string) of each way to ask the list of `model`."""
    yield "plain", ""
    yield "page 2", "p=2"
    yield "last page", "p=200"
    if model_admin.get_search_fields(request):
        for word in (*WORDS, SEARCHED.get(model._meta.db_table, "4711")):
            yield f"search {word}", f"q={word}"
    for number, column in enumerate(model_admin.get_list_display(request), start=1):
        if column in (model_admin.get_sortable_by(request) or ()):
            yield f"by {column}", f"{ORDER_VAR}={number}"
            yield f"by {column}, down", f"{ORDER_VAR}=-{number}"
    changes = model_admin.get_changelist_instance(request)
    for spec in changes.filter_specs:
        for choice in list(spec.choices(changes))[1:25]:
            yield f"{spec.title}: {choice['display']}", choice["query_string"].lstrip("?")


def measure(client, url, rounds):
    """Milliseconds, CPU milliseconds of us and our database process, and queries; None where there is no such page."""
    if client.get(url).status_code != 200:
        return None
    before = _cpu()
    times = sorted(_timed(client, url) for _ in range(rounds))
    cpu = (_cpu() - before) / rounds
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    p95 = times[min(rounds - 1, int(rounds * 0.95))]
    return {"p50": times[rounds // 2], "p95": p95, "cpu": cpu, "queries": len(captured)}


def _cpu():
    """Milliseconds so far; parallel workers of the database are not in it."""
    return process_time() * 1000 + running_milliseconds(connection.connection.info.backend_pid)


def _timed(client, url):
    began = perf_counter()
    client.get(url)
    return (perf_counter() - began) * 1000


def main(rounds, only=""):
    found = []
    with transaction.atomic():
        member = make_staff(is_superuser=True)
        client = Client()
        client.force_login(member)
        request = RequestFactory().get("/")
        request.user = member
        for model, model_admin in admin.site._registry.items():
            page = f"{model._meta.app_label}_{model._meta.model_name}"
            if only in page:
                url = reverse(f"admin:{page}_changelist")
                for name, query in asked(model, model_admin, request):
                    if figures := measure(client, f"{url}?{query}", int(rounds)):
                        found.append({"list": page, "asked": name} | figures)
        found.append({"list": "first page", "asked": ""} | measure(client, reverse("admin:index"), int(rounds)))
        transaction.set_rollback(True)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
