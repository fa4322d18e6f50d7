"""What visitors can ask the list of all titles for."""

from django import forms

from catalogue.models import Country, Genre, Kind, Medium, Title


class BrowseForm(forms.Form):
    """Filters of the list of titles; what is not understood is left out."""

    genre = forms.ModelChoiceField(Genre.objects.order_by("name"), required=False, to_field_name="slug")
    country = forms.ModelChoiceField(Country.objects.none(), required=False)
    format = forms.ChoiceField(choices=[("", "---------"), *Medium.choices], required=False)
    kind = forms.ChoiceField(choices=[("", "---------"), *Kind.choices], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = Country.objects.filter(country_titles__isnull=False).distinct().order_by("name")
        self.fields["country"].queryset = held
        for field in self.fields.values():
            field.widget.attrs["class"] = "pick"

    def titles(self):
        """The titles that fit, in no order."""
        self.is_valid()
        asked = self.cleaned_data
        titles = Title.objects.all()
        filters = {
            "title_genres__genre": asked.get("genre"),
            "title_countries__country": asked.get("country"),
            "kind": asked.get("kind"),
        }
        titles = titles.filter(**{path: value for path, value in filters.items() if value})
        if medium := asked.get("format"):
            titles = titles.filter(releases__medium=medium).distinct()
        return titles
