"""The staff's page of a person."""

from django.contrib import admin

from catalogue.admin import whois
from catalogue.admin.helps import Helped
from catalogue.admin.kept import KeptAdmin
from catalogue.admin.merging import Merging
from catalogue.admin.naming import HintedForm, Hints, MovesPage, NameSearch, SlugForm
from catalogue.admin.parts import Parts
from catalogue.admin.pictures import PictureForm, shown
from catalogue.admin.sheets import SheetPages
from catalogue.models import FormerPersonSlug, Person, PersonAlias, PersonIdentifier, SearchKind
from catalogue.pictures import store_portrait
from catalogue.portraits import portrait
from catalogue.sheets.people import PEOPLE


class Aliases(Parts):
    model = PersonAlias
    verbose_name = "alias"
    verbose_name_plural = "aliases"
    autocomplete_fields = ("language",)


class Identifiers(Parts):
    model = PersonIdentifier
    verbose_name = "identifier"
    verbose_name_plural = "identifiers"
    ordering = ("scheme",)


class FormerAddresses(Parts):
    model = FormerPersonSlug
    verbose_name_plural = "former addresses"
    ordering = ("slug",)


class PersonForm(HintedForm, PictureForm, SlugForm):
    column, shape, store = "portrait", "portrait", store_portrait


@admin.register(Person)
class PersonAdmin(SheetPages, Merging, Hints, MovesPage, NameSearch, Helped, KeptAdmin):
    sheets = (PEOPLE,)
    actions = (*SheetPages.actions, *Merging.actions)
    form = PersonForm
    list_display = ("listed", "born_on", "died_on", "slug")
    ordering = ("sort_key", "pk")
    search_kind = SearchKind.PERSON
    sorts_well = ("listed",)
    inlines = (Aliases, Identifiers, FormerAddresses)
    fieldsets = (
        (None, {"fields": ("name", "slug", "has_page")}),
        ("Life", {"fields": ("born_on", "died_on", "birthplace", "biography")}),
        ("Portrait", {"fields": ("picture", "chosen", "upload", "without_picture")}),
    )
    readonly_fields = ("picture",)

    @admin.display(description="name", ordering="sort_key")
    def listed(self, person):
        return person.name

    def find_choices(self, term, first, number):
        """Who an autocomplete offers, told so that two of one name can be told apart (config/choices.py)."""
        ids = whois.search(term, first, number)
        told = whois.described(ids)
        return [(pk, told[pk]) for pk in ids if pk in told]

    @admin.display(description="now shown")
    def picture(self, person):
        return shown(person.pk and portrait(person), "A portrait is drawn until there is a picture.")

    def view_on_site(self, person):
        """The person's page, or None if the public sees none. A form with a mistake may have emptied the address."""
        paged = Person.objects.with_page().filter(pk=person.pk, paged=True).first()
        return paged.get_absolute_url() if paged else None
