"""The staff's page of a person."""

from django.contrib import admin

from catalogue.admin.kept import KeptAdmin
from catalogue.admin.merging import Merging
from catalogue.admin.naming import FoldedSearch, MovesPage, SlugForm
from catalogue.admin.parts import Parts
from catalogue.admin.pictures import PictureForm, shown
from catalogue.models import FormerPersonSlug, Person, PersonAlias, PersonIdentifier
from catalogue.pictures import store_portrait
from catalogue.portraits import portrait


class Aliases(Parts):
    model = PersonAlias
    autocomplete_fields = ("language",)


class Identifiers(Parts):
    model = PersonIdentifier
    ordering = ("scheme",)


class FormerAddresses(Parts):
    model = FormerPersonSlug
    verbose_name_plural = "former addresses"
    ordering = ("slug",)


class PersonForm(PictureForm, SlugForm):
    column, store = "portrait", store_portrait


@admin.register(Person)
class PersonAdmin(Merging, MovesPage, FoldedSearch, KeptAdmin):
    form = PersonForm
    list_display = ("name", "born_on", "died_on", "slug")
    ordering = ("sort_key", "pk")
    search_in = ("folded__contains", "aliases__folded__contains")
    inlines = (Aliases, Identifiers, FormerAddresses)
    fieldsets = (
        (None, {"fields": ("name", "slug", "has_page")}),
        ("Life", {"fields": ("born_on", "died_on", "birthplace", "biography")}),
        ("Portrait", {"fields": ("picture", "upload", "without_picture")}),
    )
    readonly_fields = ("picture",)

    @admin.display(description="now shown")
    def picture(self, person):
        return shown(person.pk and portrait(person), "A portrait is drawn until there is a picture.")

    def view_on_site(self, person):
        """The person's page, or None if the public sees none. A form with a mistake may have emptied the address."""
        paged = Person.objects.with_page().filter(pk=person.pk, paged=True).first()
        return paged.get_absolute_url() if paged else None
