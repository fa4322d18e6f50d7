"""A disc, named by its release and its number."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from catalogue.models import Disc, Release


class ReleaseSelect(AutocompleteSelect):
    """Django's, but for what is no key: Django's own breaks on it when the form comes back."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if key.isdecimal() and len(key) < 19], attr)


class ReleaseField(forms.ModelChoiceField):
    """Says which film the release is of, once it is chosen."""

    def label_from_instance(self, release):
        return f"{release.title}, {release}"


class OfADisc(forms.Form):
    """Staff name a disc by its release and its number; checked, it is `disc`."""

    release = ReleaseField(
        Release.objects.select_related("title"),
        widget=ReleaseSelect(Disc._meta.get_field("release"), admin.site),
    )
    disc_number = forms.IntegerField(min_value=1, max_value=200, initial=1)
    disc = None

    def clean(self):
        cleaned = super().clean()
        release, number = cleaned.get("release"), cleaned.get("disc_number")
        if release and number:
            self.disc = release.discs.filter(number=number).first()
            if self.disc is None:
                self.add_error("disc_number", f"This release has no disc {number}.")
        return cleaned
