"""What a load balancer asks: is the process alive, can it serve."""

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request):
    """200 while the process answers. Touches nothing else, so a lost database restarts no healthy worker."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """200 when the database answers and every migration is applied, else 503 with the cause."""
    try:
        problem = _unapplied_migrations()
    except Error:
        problem = "The database does not answer."
    return HttpResponse(f"{problem or 'ready'}\n", status=503 if problem else 200, content_type="text/plain")


def _unapplied_migrations():
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migrations are not applied: run bin/manage migrate." if plan else ""
