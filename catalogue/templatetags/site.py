"""What the frame around every page asks for."""

from django import template
from django.utils.html import format_html, format_html_join
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

    A filter and not a part, because a page has thirty of these lists and a part costs ten times as much.
    """
    return format_html_join(mark_safe(between), "{}{}", ((_named(e), e["after"]) for e in entries))  # noqa: S308


def _named(entry):
    if entry["url"]:
        return format_html('<a href="{}">{}</a>', entry["url"], entry["name"])
    if entry["lang"] is None:
        return entry["name"]
    language = format_html(' lang="{}"', entry["lang"]) if entry["lang"] else ""
    return format_html("<bdi{}>{}</bdi>", language, entry["name"])  # it may run from right to left


@register.filter
def elided(paginator, page):
    """Page numbers around `page`, with "…" for those left out."""
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
