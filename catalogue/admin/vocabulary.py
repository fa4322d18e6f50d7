"""The staff's pages of the words that titles and releases are described with."""

from django.contrib import admin

from catalogue.admin.announcing import AnnouncedFilter, AnnouncedForm
from catalogue.admin.helps import Helped
from catalogue.admin.kept import KeptAdmin
from catalogue.admin.naming import FoldedSearch, UniqueNameForm
from catalogue.admin.pictures import PictureForm, shown
from catalogue.models import AwardBody, Certificate, Collection, Company, Country, Genre, Language, Provider
from catalogue.pictures import store_banner
from catalogue.portraits import banner


class NamedAdmin(FoldedSearch, Helped, KeptAdmin):
    form = UniqueNameForm
    list_display = ("name", "slug")
    ordering = ("folded",)
    fields = ("name", "slug")


@admin.register(Provider)
class ProviderAdmin(NamedAdmin):
    pass


@admin.register(Company)
class CompanyAdmin(NamedAdmin):
    pass


@admin.register(Genre)
class GenreAdmin(NamedAdmin):
    fields = ("name", "slug", "text")


@admin.register(AwardBody)
class AwardBodyAdmin(NamedAdmin):
    fields = ("name", "slug", "website", "text")


class CollectionForm(AnnouncedForm, PictureForm, UniqueNameForm):
    column, shape, store = "picture", "banner", store_banner


@admin.register(Collection)
class CollectionAdmin(NamedAdmin):
    """A title's place in a collection that has an order of its own is given on the title's page."""

    form = CollectionForm
    list_filter = (AnnouncedFilter,)
    ordering = ("sort_key", "pk")
    fields = ("name", "slug", "hidden_until", "text", "order", "now_shown", "chosen", "upload", "without_picture")
    readonly_fields = ("now_shown",)

    @admin.display(description="now shown")
    def now_shown(self, collection):
        return shown(banner(collection), "The covers of its first three titles.")


class CodeAdmin(Helped, KeptAdmin):
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
    """A country without titles has no page."""

    list_display = ("name", "code", "ended")
    list_filter = ("ended",)

    def view_on_site(self, country):
        return country.get_absolute_url() if country.country_titles.exists() else None


@admin.register(Certificate)
class CertificateAdmin(Helped, KeptAdmin):
    list_display = ("value", "system")
    list_filter = ("system",)
    search_fields = ("value", "system")
    ordering = ("system", "value")
