"""What a browser calls itself, in words for people."""

import re

from django import template

register = template.Library()
# Most of them name others too, to be taken for them: the first that fits is the right one.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "an iPhone", "iPad": "an iPad", "Windows": "Windows", "Mac OS": "a Mac"}
SYSTEMS |= {"Linux": "Linux"}


@register.filter
def browser(agent):
    """ "Firefox on Windows"; what it calls itself if we do not know it."""
    program, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if not program:
        return re.sub(r"[/ ].*", "", agent) or "A browser that does not say its name"
    return f"{program} on {system}" if system else program


def _first(names, agent):
    return next((name for mark, name in names.items() if mark in agent), "")
