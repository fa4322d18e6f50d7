"""The floors: `static40`, a page rendered from one string; `floor.sql`, 100 rows of one query in a template's loop."""

from functools import lru_cache

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path


class Line(models.Model):
    """A row of lines.sql."""

    author = models.TextField()
    headline = models.TextField()
    body = models.TextField()
    stars = models.IntegerField()
    helpful = models.IntegerField()
    votes = models.IntegerField()
    written_on = models.DateField()

    class Meta:
        app_label = "floor"
        db_table = 'bench_floor"."line'  # Django puts quotes around it
        managed = False

    def __str__(self):
        return self.headline


def static40(request, size):
    """`size` bytes of plain text from a template that has nothing else in it."""
    return HttpResponse(_text(size).render({}, request))


@lru_cache
def _text(size):
    """The template, compiled once, as Django keeps those that are files."""
    line = "Plain text that stands in a template and goes out as it came in.\n"
    return engines["django"].from_string((line * (size // len(line) + 1))[:size])


def floor_sql(request):
    return render(request, "floor_sql.html", {"lines": Line.objects.order_by("pk")})


def line(request, number):
    """Where the links of floor.sql lead."""
    return HttpResponse(f"{number}\n", content_type="text/plain")


urlpatterns = [
    path("static/<int:size>", static40),
    path("sql", floor_sql),
    path("lines/<int:number>/", line, name="line"),
]
