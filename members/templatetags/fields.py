"""Fields of forms that are not ours to write, in our design."""

from django import template

register = template.Library()


@register.filter
def as_input(field):
    """The field's widget as our sheet styles it, without the placeholders that some forms have for labels."""
    classes = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": classes or "input", "placeholder": False})
