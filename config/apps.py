"""The admin, with a site of our own (`config.staff_site`)."""

from django.contrib.admin.apps import AdminConfig as DjangosAdminConfig


class AdminConfig(DjangosAdminConfig):
    default_site = "config.staff_site.StaffSite"
