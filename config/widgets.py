"""The plain controls of a form, written without a template for each: a title's form has 1,700 of them.

What is written is what Django's templates write, to the letter (tests/test_widgets.py); other widgets go their way.
"""

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import mark_safe

FOLDER = "django/forms/widgets/"


class QuickWidgets(DjangoTemplates):
    def render(self, template_name, context, request=None):
        write = WRITTEN.get(template_name)
        return mark_safe(write(context["widget"])) if write else super().render(template_name, context, request)


def _attributes(widget):
    """The attributes of a widget: escaped, those that are False left out, those that are True without a value."""
    named = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in named)


def _input(widget):
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget):
    value = escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget):
    groups = "".join(map(_group, widget["optgroups"]))
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(group):
    name, options, _ = group
    written = "".join(f"\n  {_option(option)}\n" for option in options)
    return f'\n  <optgroup label="{escape(name)}">{written}\n  </optgroup>' if name else written


def _option(option):
    return f'<option value="{escape(option["value"])}"{_attributes(option)}>{escape(option["label"])}</option>'


INPUTS = {f"{FOLDER}{kind}.html": _input for kind in ("text", "number", "hidden", "checkbox", "url")}
WRITTEN = INPUTS | {f"{FOLDER}textarea.html": _textarea, f"{FOLDER}select.html": _select}
