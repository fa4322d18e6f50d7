"""Pictures that staff upload for people and collections: kept when the form is checked, for digests name them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from catalogue.uploads import BadPicture
from config.staff import RulesForm

NOT_KEPT = "The picture could not be kept: the server's folder of pictures is full or not writable. Tell its operator."


class PictureForm(RulesForm):
    """A form of something with a picture: `column` holds its digest, `store` keeps an upload and returns that."""

    column, store = None, None

    upload = forms.FileField(
        label="New picture",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP, at most 8 MB; cut around its middle.",
    )
    without_picture = forms.BooleanField(
        label="Remove the picture", required=False, help_text="The page goes back to the drawn one."
    )

    def clean_upload(self):
        """The digest of the picture uploaded, or ""."""
        upload = self.cleaned_data["upload"]
        if not upload:
            return ""
        upload.seek(0)
        try:
            return type(self).store(upload)
        except BadPicture as error:
            raise ValidationError(str(error)) from None
        except OSError:
            raise ValidationError(NOT_KEPT) from None

    def clean(self):
        cleaned = super().clean()
        uploaded, without = cleaned.get("upload"), cleaned.get("without_picture")
        if uploaded and without:
            self.add_error("without_picture", "Upload a new picture or remove the one there is, not both.")
        elif uploaded or without:
            setattr(self.instance, self.column, uploaded or "")
        return cleaned


def shown(picture, words):
    """The picture at `picture`'s address as the form shows it; `words` where there is none yet."""
    return format_html('<img src="{}" width="180" alt="">', picture["src"]) if picture else words
