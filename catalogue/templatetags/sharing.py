"""What a page's head says to those who find and share it."""

import re

from django import template
from django.core.exceptions import DisallowedHost
from django.template.loader_tags import BlockNode
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from catalogue.structured_data import site

register = template.Library()

PARAMETER = re.compile(r"(?:^|&)([^&=]+)")
TRACKER = re.compile(r"utm_\w+|fbclid|gclid|msclkid")  # what others add to links to us: the page stays the same
SUFFIX = " – Kinopost"


@register.simple_tag(takes_context=True)
def here(context):
    """The page's address: {"origin", "url", "indexed"}; {} outside a request, or in one for a host that is not ours.

    A page whose address has a query is a selection, an order or a further part of another page: search engines should
    not list it, for what it shows is listed already. Its `url` keeps the query, for people share what they see.
    """
    try:
        request = context["request"]
        origin = f"{request.scheme}://{request.get_host()}"
    except (KeyError, DisallowedHost):
        return {}
    address = request.get_full_path()
    indexed = all(TRACKER.fullmatch(name) for name in PARAMETER.findall(request.META.get("QUERY_STRING", "")))
    return {"origin": origin, "url": origin + (address.partition("?")[0] if indexed else address), "indexed": indexed}


@register.simple_tag(takes_context=True)
def again(context, block):
    """What `block` holds on this page, once more; of a title, without the name of the site."""
    words = BlockNode(block, template.NodeList()).render(context)
    return mark_safe(words.strip().removesuffix(SUFFIX))  # noqa: S308 - it is the block, which is HTML already


@register.simple_tag
def outside(url, words, spoken="", classes=""):
    """A link to another site, marked for the eye and for the ear; just the words if there is no address.

    `spoken` is said after the words, not printed.
    """
    if not url:
        return words
    return format_html(
        '<a{} href="{}" rel="external noopener noreferrer">{}<span class="vh">{}, opens another site</span>'
        '\u2060<svg class="ico" aria-hidden="true"><use href="#i-out"/></svg></a>',
        format_html(' class="{}"', classes) if classes else "",
        url,
        words,
        f" {spoken}" if spoken else "",
    )


@register.simple_tag(takes_context=True)
def website(context):
    """JSON-LD of the site, for its front page: its name and how it is searched."""
    place = here(context)
    return site(place["origin"]) if place else ""
