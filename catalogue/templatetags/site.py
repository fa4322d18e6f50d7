"""What the frame around every page asks for."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from catalogue import pages

register = template.Library()


@register.simple_tag(takes_context=True)
def theme(context):
    """The colours the reader asked us to remember: "light", "dark" or ""."""
    request = context.get("request")
    return pages.theme_of(request) if request else ""


@register.filter
def linked(entries, between=", "):
    """Names (`title_page._entry`) one after the other, each a link if it has an address, in its language if we say so.

    A filter and not a part, because a page has thirty of these lists and a part costs ten times as much; and Python's
    own `escape`, because `format_html` costs five times as much. What it is given is text, never HTML.
    """
    return mark_safe(between.join(_named(entry) + escape(entry["after"]) for entry in entries))  # noqa: S308


def _named(entry):
    name = escape(entry["name"])
    if entry["url"]:
        return f'<a href="{escape(entry["url"])}">{name}</a>'
    if entry["lang"] is None:
        return name
    language = f' lang="{escape(entry["lang"])}"' if entry["lang"] else ""
    return f"<bdi{language}>{name}</bdi>"  # it may run from right to left


@register.filter
def listed(values, kind):
    """What a table's cell holds: one value by itself, several as a list, ratios as a list with their shapes.

    A filter for the same reason as `linked`: a film of twelve editions has 200 cells.
    """
    items = [_shaped(value) if kind == "ratios" else escape(str(value)) for value in values]
    if len(items) == 1 and kind != "ratios":
        return mark_safe(items[0])  # noqa: S308
    of_kind = f' class="{escape(kind)}"' if kind and kind != "ratios" else ""
    return mark_safe(f"<ul{of_kind}>{''.join(f'<li>{item}</li>' for item in items)}</ul>")  # noqa: S308


def _shaped(ratio):
    shape = f'<span class="shape {escape(ratio["shape"])}"></span>' if ratio["shape"] else ""
    return shape + escape(ratio["printed"])


@register.filter
def elided(paginator, page):
    """Page numbers around `page`, with "…" for those left out."""
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
