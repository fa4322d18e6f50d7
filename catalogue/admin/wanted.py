"""The staff's list of what visitors searched for in vain, and what may be done about each."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from catalogue import names
from catalogue.admin.parts import ChosenSelect
from catalogue.models import TitleName, WantedSearch
from config.staff import ReadOnlyAdmin, RulesForm

LIST = "admin:catalogue_wantedsearch_changelist"


class FoundFilter(admin.SimpleListFilter):
    title, parameter_name = "what was found", "found"

    def lookups(self, request, model_admin):
        return [("nothing", "Nothing"), ("title", "A film that is not here to rent")]

    def queryset(self, request, searches):
        wanted = {"nothing": True, "title": False}.get(self.value())
        return searches if wanted is None else searches.filter(title__isnull=wanted)


class OtherNameForm(RulesForm):
    """The title that the words are another name of."""

    class Meta:
        model = TitleName
        fields = ("title",)

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["title"]
        field.widget = ChosenSelect(TitleName._meta.get_field("title"), site)
        field.widget.choices, field.help_text = field.choices, "Type how its name begins, and choose it."


@admin.register(WantedSearch)
class WantedSearchAdmin(ReadOnlyAdmin):
    """Who may add titles, or reads what was done to the catalogue, sees what is missed; nobody sees who searched."""

    list_display = ("typed", "visitors", "what_to_do", "found", "last_on")
    list_display_links = None
    list_filter = (FoundFilter,)
    list_select_related = ("title",)
    ordering = ("-visitors", "pk")
    search_fields = ("folded",)
    actions = ("put_aside",)
    sorts_well = ("visitors",)
    change_list_template = "admin/catalogue/wantedsearch/change_list.html"

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return any(request.user.has_perm(f"catalogue.{right}") for right in ("add_title", "view_deed"))

    def has_answer_permission(self, request):
        return request.user.has_perm("catalogue.add_title")

    def get_queryset(self, request):
        return super().get_queryset(request).shown()

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(folded__contains=names.fold(search_term)), False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Searched for, not found"} | (extra_context or {}))

    @admin.display(ordering="title__sort_key")
    def found(self, search):
        if not search.title:
            return "Nothing"
        page = reverse("admin:catalogue_title_change", args=[search.title_id])
        return format_html('<a href="{}">{}</a>, not here to rent', page, search.title)

    @admin.display(description="what to do")
    def what_to_do(self, search):
        if search.title:
            return format_html('<a href="{}">Add a release</a>', _add("release", title=search.title_id))
        name = search.typed if search.typed != search.typed.lower() else search.typed.title()
        other = reverse("admin:catalogue_wantedsearch_other_name", args=[search.pk])
        ways = ((_add("title", name=name), "Add a title"), (other, "It is another name of …"))
        return format_html_join(" · ", '<a href="{}">{}</a>', ways)

    @admin.action(description="Not for us: put aside", permissions=["answer"])
    def put_aside(self, request, searches):
        number = WantedSearch.objects.filter(pk__in=searches.values("pk")).update(put_aside_at=timezone.now())
        messages.success(request, f"Put aside: {number}. They come back to no list.")

    # ---------------------------------------------------------------- another name of a title
    def get_urls(self):
        view = self.admin_site.admin_view(self.other_name)
        return [path("<int:key>/other-name/", view, name="catalogue_wantedsearch_other_name"), *super().get_urls()]

    def other_name(self, request, key):
        """Give a title the words as another name, so that it is found by them from now on."""
        if not request.user.has_perm("catalogue.add_titlename"):
            raise PermissionDenied
        search = get_object_or_404(WantedSearch.objects.shown(), pk=key)
        named = TitleName(name=search.typed)
        form = OtherNameForm(request.POST or None, instance=named, site=self.admin_site)
        if request.method == "POST" and form.is_valid():
            _give_name(form.instance, search)
            messages.success(request, f"“{search.typed}” is another name of {named.title} now, and finds it.")
            return redirect(LIST)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "search": search, "form": form}
        context |= {"title": f"What is “{search.typed}” another name of?", "media": self.media + form.media}
        return render(request, "admin/catalogue/wantedsearch/other_name.html", context)


@transaction.atomic
def _give_name(named, search):
    """Put the name after the title's others, and the search off the list. A name that it has already does no harm."""
    others = TitleName.objects.filter(title=named.title)
    if not others.filter(name=named.name).exists():
        last = others.order_by("-position").first()
        named.position = last.position + 1 if last else 1
        named.save()
    WantedSearch.objects.filter(pk=search.pk).delete()


def _add(page, **fields):
    return f"{reverse(f'admin:catalogue_{page}_add')}?{urlencode(fields)}"
