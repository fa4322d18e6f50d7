"""What the frame around every page asks for."""

from django import template

from catalogue import pages

register = template.Library()


@register.simple_tag(takes_context=True)
def theme(context):
    """The colours the reader asked us to remember: "light", "dark" or ""."""
    request = context.get("request")
    return pages.theme_of(request) if request else ""


@register.filter
def elided(paginator, page):
    """Page numbers around `page`, with "…" for those left out."""
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
