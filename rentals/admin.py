"""The staff's page of a plan."""

from django import forms
from django.contrib import admin

from catalogue.admin.naming import SlugForm
from catalogue.models import Medium
from config.staff import StaffAdmin
from rentals.models import Plan


class PlanForm(SlugForm):
    media = forms.MultipleChoiceField(choices=Medium, widget=forms.CheckboxSelectMultiple)


@admin.register(Plan)
class PlanAdmin(StaffAdmin):
    form = PlanForm
    list_display = ("name", "places_at_home", "discs_a_month", "media_names", "price_pence", "withdrawn_on")
    list_filter = (("withdrawn_on", admin.EmptyFieldListFilter),)
    ordering = ("position",)
    fields = (
        "name",
        "slug",
        "places_at_home",
        "discs_a_month",
        "media",
        "price_pence",
        "position",
        "withdrawn_on",
    )
