"""What members send about their lists."""

from django import forms

from rentals.models import MemberList


class ListForm(forms.ModelForm):
    """A list's name, text and readers."""

    class Meta:
        model = MemberList
        fields = ["name", "text", "public"]
        labels = {"name": "Name", "text": "About it", "public": "Public: everybody may see it, with the name you show"}
        widgets = {
            "name": forms.TextInput({"class": "input"}),
            "text": forms.Textarea({"class": "input", "rows": 4}),
        }
        error_messages = {"name": {"required": "A list needs a name."}}
        help_texts = {"text": "What belongs here and why. You can leave it empty."}

    def refuse(self, words):
        """Say beside the name why it cannot be saved."""
        self.add_error("name", words)
