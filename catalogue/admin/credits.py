"""Credits on the title's page: of people chosen, or written by name; who is not here yet is made on saving."""

from functools import cached_property

from django import forms
from django.db.models import Case, Value, When

from catalogue import models
from catalogue.admin import whois
from catalogue.admin.parts import PartForm, Parts, PartsFormSet
from catalogue.importers.words import unique_slugs
from catalogue.names import fold, slug

NEW = "new"
WHO = "There is somebody of that name: say below who it is."
NOBODY = "Choose a person, or write the name of one."
MAY_NOT = "Nobody here is called “{}”, and you may not add people: ask a cataloguer to."


class Names:
    """The people meant by names, looked up together: a list of 100 new credits asks three times."""

    def __init__(self, names):
        self.names = {name.strip() for name in names if name.strip()}
        self.made = {}

    def exact(self, name):
        """Ids of those called so."""
        return self._named.get(fold(name), [])

    def near(self, name):
        """Ids of those called nearly so; empty if somebody is called so."""
        return [] if self.exact(name) else self._alike.get(name.strip(), [])

    def choices(self, name):
        """[(id, who it is)] of everybody who may be meant."""
        return [(str(pk), self._lives[pk]) for pk in (*self.exact(name), *self.near(name)) if pk in self._lives]

    def make(self, name):
        """The new person called `name`: one, however many rows name it."""
        key = fold(name)
        if key not in self.made:
            (free,) = unique_slugs(models.Person, [slug(name)])
            self.made[key] = models.Person.objects.create(slug=free, name=name)
        return self.made[key]

    @cached_property
    def _named(self):
        return whois.named(self.names)

    @cached_property
    def _alike(self):
        return whois.alike(name for name in self.names if fold(name) not in self._named)

    @cached_property
    def _lives(self):
        return whois.described({pk for found in (self._named, self._alike) for ids in found.values() for pk in ids})


class CreditForm(PartForm):
    """A credit; the printed name, left empty, is the person's. `names` are those of all rows without a person."""

    by_name = forms.CharField(label="or by name", required=False, max_length=300)
    which = forms.CharField(label="Who is it?", required=False, widget=forms.HiddenInput)
    may_make = True

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.new = names, ""
        if "printed_name" in self.fields:
            self.fields["person"].required = self.fields["printed_name"].required = False
            self.fields["by_name"].widget.attrs["placeholder"] = "or a name, also of somebody new"
            self.fields["printed_name"].widget.attrs["placeholder"] = "printed as the person is called"
            self.fields["detail"].widget.attrs["placeholder"] = "detail"
            if self.choices:
                self.fields["which"].widget = forms.RadioSelect(choices=[*self.choices, self._somebody_else()])

    @property
    def choices(self):
        """Those who may be meant by the name that was written instead of choosing a person."""
        name = self._sent("by_name")
        return self.names().choices(name) if name and not self._sent("person") else []

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("person") and "person" not in self.errors:
            self._find(cleaned)
        if not cleaned.get("printed_name"):
            cleaned["printed_name"] = cleaned["person"].name if cleaned.get("person") else self.new
        return cleaned

    def save(self, commit=True):
        if self.new:
            self.instance.person = self.names().make(self.new)
        return super().save(commit)

    def _find(self, cleaned):
        name, which = (cleaned.get("by_name") or "").strip(), cleaned.get("which")
        if not name:
            self.add_error("person", NOBODY)
        elif which in dict(self.choices):
            cleaned["person"] = models.Person.objects.get(pk=which)
        elif which != NEW and self.names().exact(name):
            self.add_error("by_name", WHO)
        elif not self.may_make:
            self.add_error("by_name", MAY_NOT.format(name))
        else:
            self.new = name

    def _sent(self, field):
        return (self.data.get(self.add_prefix(field)) or "").strip() if self.is_bound else ""

    def _somebody_else(self):
        return NEW, f"Somebody else: a new person called {self._sent('by_name')}"


class CreditFormSet(PartsFormSet):
    may_make = True

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"names": lambda: self.names}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.may_make = self.may_make

    @cached_property
    def names(self):
        """The names written in rows where nobody is chosen."""
        rows = range(self.total_form_count() if self.is_bound else 0)
        prefixes = [self.add_prefix(row) for row in rows]
        return Names(self.data.get(f"{p}-by_name") or "" for p in prefixes if not self.data.get(f"{p}-person"))

    @property
    def nearly_known(self):
        """[(name, who it may be)] of the people this list adds although somebody is called nearly so."""
        added = {form.new: self.names.choices(form.new) for form in self.forms if getattr(form, "new", "")}
        return [(name, choices[0][1]) for name, choices in added.items() if choices and not self.names.exact(name)]


class Credits(Parts):
    model = models.Credit
    form = CreditForm
    formset = CreditFormSet
    autocomplete_fields = ("person",)
    added_otherwise = ("person",)
    fields = (
        ("person", "by_name", "which", "printed_name"),
        "role",
        "position",
        ("character", "detail"),
        ("voice", "uncredited"),
    )

    def get_fields(self, request, obj=None):
        """Who may not change credits need not see where a name is typed."""
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):
            return self.fields
        return (("person", "printed_name"), *self.fields[1:])

    def get_queryset(self, request):
        """In the order of roles on the page, not of their letters."""
        place = Case(*(When(role=role, then=Value(at)) for at, role in enumerate(models.Role.values)))
        return super().get_queryset(request).order_by(place, "position")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.may_make = request.user.has_perm("catalogue.add_person")
        return formset
