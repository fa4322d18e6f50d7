"""What is sent of a file: the file, and what was chosen of what we found in it."""

from django import forms

from catalogue.film_files.reading import MOST_BYTES, TOO_LARGE, Unreadable
from catalogue.sent import key_of


class FileForm(forms.Form):
    """A file with films in it."""

    file = forms.FileField(
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty.",
            "missing": "Choose a file first.",
        },
    )

    def found(self, look):
        """What `look(data)` finds in the file; None if the form says why that cannot be told."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Unreadable(TOO_LARGE)
            return look(file.read())
        except Unreadable as why:
            return self.add_error("file", str(why))


def picked(sent):
    """{number of a film: key of the title chosen for it}, of fields called pick-1, pick-2."""
    chosen = {key_of(name.removeprefix("pick-")): key_of(sent[name]) for name in sent if name.startswith("pick-")}
    return {number: key for number, key in chosen.items() if None not in (number, key)}
