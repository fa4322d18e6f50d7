"""The staff's pages of the words that titles and releases are described with."""

from django.contrib import admin
from django.urls import reverse

from catalogue.admin.naming import FoldedSearch, UniqueNameForm
from catalogue.models import AwardBody, Certificate, Collection, Company, Country, Genre, Language, Provider
from config.staff import StaffAdmin


@admin.register(Genre, Company, AwardBody, Provider)
class NamedAdmin(FoldedSearch, StaffAdmin):
    form = UniqueNameForm
    list_display = ("name", "slug")
    ordering = ("folded",)
    fields = ("name", "slug")


@admin.register(Collection)
class CollectionAdmin(NamedAdmin):
    ordering = ("sort_key", "pk")
    fields = ("name", "slug", "text")

    def view_on_site(self, collection):
        return reverse("catalogue:collection", args=[collection.slug])


class CodeAdmin(StaffAdmin):
    """A code is what rows refer to: it is chosen once."""

    list_display = ("name", "code")
    search_fields = ("name", "=code")
    ordering = ("name",)

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()


@admin.register(Language)
class LanguageAdmin(CodeAdmin):
    pass


@admin.register(Country)
class CountryAdmin(CodeAdmin):
    list_display = ("name", "code", "ended")
    list_filter = ("ended",)


@admin.register(Certificate)
class CertificateAdmin(StaffAdmin):
    list_display = ("value", "system")
    list_filter = ("system",)
    search_fields = ("value", "system")
    ordering = ("system", "value")
