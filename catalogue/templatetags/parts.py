"""The fields of the admin's lists, written without a template for each: a title's form has a thousand of them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
CONTROL = '<div class="part part--{}"><label class="part__label" for="{}">{}</label>{}{}</div>'
BOX = '<div><label for="{}">{}:</label>{}{}<div class="help" id="{}_helptext">{}</div></div>'
READ = '<div>{}<div class="readonly">{}</div></div>'


@register.simple_tag
def cell(line):
    """The cell of a table with the fields of one line of the admin's (`Fieldline`)."""
    fields = list(line)
    classes = " ".join(f"field-{_name(field)}" for field in fields)
    return format_html('<td class="{}">{}</td>', classes, mark_safe("".join(map(_control, fields))))


@register.simple_tag
def boxes(line):
    """The fields of one line, each in a box with its label and its help."""
    return mark_safe("".join(map(_box, line)))


def _name(field):
    return field.field["name"] if field.is_readonly else field.field.name


def _control(field):
    bound = field.field
    if field.is_readonly:
        return format_html("<p>{}</p>", field.contents())
    if bound.is_hidden:
        return str(bound)
    return format_html(CONTROL, bound.name, bound.id_for_label, _label(bound), bound.errors or "", bound)


def _box(field):
    bound = field.field
    if field.is_readonly:
        return format_html(READ, field.label_tag(), field.contents())
    errors = bound.errors or ""
    return format_html(BOX, bound.id_for_label, _label(bound), errors, bound, bound.auto_id, bound.help_text)


def _label(bound):
    return bound.label[:1].upper() + bound.label[1:]
