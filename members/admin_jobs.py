"""The staff's page of jobs: for each task what ran last, when it runs next, what failed and what waits."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config import jobs
from config.jobs_page import jobs_page
from config.staff import ReadOnlyAdmin
from config.staff_lists import known_values

admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """Rows of procrastinate; its own page asks the database for each row and styles it against our policy."""

    change_list_template = "admin/procrastinate/procrastinatejob/change_list.html"
    list_display = ("task_name", "args", "status", "attempts", "scheduled_at", "queue_name")
    list_filter = (
        "status",
        known_values("task_name", lambda: app.tasks),
        known_values("queue_name", lambda: {task.queue for task in app.tasks.values()}),
    )
    ordering = ("-pk",)
    actions = ("run_again",)
    fields = ("task_name", "args", "status", "attempts", "scheduled_at", "queue_name", "lock", "queueing_lock")

    def has_again_permission(self, request):
        return request.user.has_perm("procrastinate.change_procrastinatejob")

    @admin.action(description="Run again those that failed", permissions=["again"])
    def run_again(self, request, chosen):
        failed = chosen.filter(status="failed").values_list("pk", flat=True)
        number = sum(jobs.retry(job, now=timezone.now()) for job in failed)
        said = f"{number} of {chosen.count()} will run again; the others had not failed."
        messages.success(request, said) if number else messages.warning(request, "None of these had failed.")

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "procrastinate_procrastinatejob_summary"
        return [path("summary/", view(self.summary), name=name), *super().get_urls()]

    def summary(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"title": "Jobs", "opts": self.opts}
        return render(request, "admin/procrastinate/procrastinatejob/summary.html", context | jobs_page(timezone.now()))
