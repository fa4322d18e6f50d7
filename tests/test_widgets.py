"""Controls written without a template are what Django's templates write."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from config.widgets import WRITTEN, QuickWidgets

ODD = "a < b & 'c' \"d\"\n é"
ATTRIBUTES = {"id": "id_x", "class": ODD, "required": True, "disabled": False, "maxlength": 30}
CHOICES = [("", "—"), ("a", ODD), (ODD, "b"), ("Group & more", [("c", "C"), (4, "D")])]


@pytest.mark.parametrize("value", [None, "", ODD, "a", 0, 4, True, False])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(ATTRIBUTES),
        forms.NumberInput(),
        forms.HiddenInput(),
        forms.URLInput(ATTRIBUTES),
        forms.CheckboxInput(ATTRIBUTES),
        forms.Textarea(ATTRIBUTES),
        forms.Select(ATTRIBUTES, CHOICES),
        forms.Select(choices=[]),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_control_is_written_as_django_does(widget, value):
    assert widget.template_name in WRITTEN
    ours, theirs = (widget.render("a&b", value, renderer=renderer()) for renderer in (QuickWidgets, DjangoTemplates))
    assert ours == theirs


def test_other_widgets_go_their_way():
    widget = forms.RadioSelect(choices=CHOICES)
    assert widget.render("x", "a", renderer=QuickWidgets()) == widget.render("x", "a", renderer=DjangoTemplates())
