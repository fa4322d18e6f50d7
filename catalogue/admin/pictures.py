"""Pictures that staff upload: kept when the form is checked, for digests name them.

A browser sends a file once. So a form that comes back unsaved (a mistake elsewhere, a draft, a preview of what is
typed) names the picture that was kept, signed, and shows it: nobody chooses it a second time.
"""

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html

from catalogue.pictures import UPLOADED, WIDTHS
from catalogue.uploads import BadPicture
from config.staff import RulesForm

NOT_KEPT = "The {} could not be kept: the server's folder of pictures is full or not writable. Tell its operator."
NOT_BOTH = "Upload a new {} or remove the one there is, not both."
CHOSEN = "Chosen, and not lost until the form is saved. Another file takes its place."
SALT = "catalogue.admin.pictures"


class UploadForm(RulesForm):
    """A form with a picture: `shape` is its key in `pictures.UPLOADED`, `noun` what staff call it.

    `store` keeps an upload and returns its digest.
    """

    shape, store, noun = "", None, "picture"
    needed_by_upload = ("chosen",)

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "upload" in self.fields:
            self.fields["upload"].label = f"New {self.noun}"

    def full_clean(self):
        super().full_clean()
        if self.unjudged:
            self._keep_upload()

    def _keep_upload(self):
        """A file is sent once: it is kept though nothing is judged."""
        self.cleaned_data = {field: self.data.get(field, "") for field in self.needed_by_upload}
        self.cleaned_data["upload"] = self.files.get("upload")
        try:
            self.clean_upload()
        except ValidationError as error:
            self.add_error("upload", error)

    def clean_upload(self):
        """The digest of the picture uploaded, now or before the form came back; or ""."""
        upload = self.cleaned_data["upload"]
        shape, digest = (self.shape, self.kept(upload)) if upload else named_by(self.cleaned_data["chosen"])
        digest = digest if shape == self.shape else ""
        if digest:
            self._show(digest)
        return digest

    def kept(self, upload):
        """The digest of an uploaded file, which is kept. Raises ValidationError, in words."""
        upload.seek(0)
        try:
            return self.stored(upload)
        except BadPicture as error:
            raise ValidationError(str(error)) from None
        except OSError:
            raise ValidationError(NOT_KEPT.format(self.noun)) from None

    def stored(self, upload):
        return type(self).store(upload)

    def take_over(self, column, without):
        """Give the row its new picture, or none if the field `without` is ticked."""
        digest, removed = self.cleaned_data.get("upload"), self.cleaned_data.get(without)
        if removed and self.files.get(self.add_prefix("upload")):
            self.add_error(without, NOT_BOTH.format(self.noun))
        elif digest or removed:
            setattr(self.instance, column, "" if removed else digest)

    def _show(self, digest):
        self.data = self.data.copy()
        self.data[self.add_prefix("chosen")] = token = token_of(self.shape, digest)
        picture = format_html('<img src="{}" width="90" alt="">', reverse("admin:catalogue_title_chosen", args=[token]))
        self["upload"].help_text = format_html('<span class="chosen">{} {}</span>', picture, CHOSEN)


class PictureForm(UploadForm):
    """A form of something with a picture besides; `column` holds its digest."""

    column = ""

    without_picture = forms.BooleanField(label="Remove the picture", required=False)

    def clean(self):
        cleaned = super().clean()
        self.take_over(self.column, "without_picture")
        return cleaned


class ChosenPictures:
    """An admin that hands out the pictures that were chosen and are in no row yet, of all kinds."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.chosen_view)
        return [path("chosen/<str:token>/", view, name="catalogue_title_chosen"), *super().get_urls()]

    def chosen_view(self, request, token):
        if not self.has_add_permission(request):
            raise PermissionDenied
        shape, digest = named_by(token)
        file = UPLOADED[shape](digest).path(f"{WIDTHS[0]}.webp") if digest else None
        if not file or not file.exists():
            raise Http404
        return FileResponse(file.open("rb"), headers={"Cache-Control": "private, max-age=86400"})


def token_of(shape, digest):
    """What a form carries of a picture: only what was kept here can be named."""
    return signing.dumps([shape, digest], salt=SALT)


def named_by(token):
    """(shape, digest) of the picture that `token` names; two empty texts if it names none."""
    try:
        return tuple(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return "", ""


def shown(picture, words):
    """The picture at `picture`'s address as the form shows it; `words` where there is none yet."""
    return format_html('<img src="{}" width="180" alt="">', picture["src"]) if picture else words
