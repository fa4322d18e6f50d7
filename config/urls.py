"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", include("members.urls")),
    path("", include("members.allauth_urls")),
    path("", include("reviews.urls")),
    path("", include("rentals.urls")),
    path("", include("catalogue.urls")),
]

handler400 = "catalogue.views.bad_request"
handler404 = "catalogue.views.not_found"
