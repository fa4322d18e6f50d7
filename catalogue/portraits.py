"""Addresses of the pictures of people and of collections."""

from catalogue.cards import address
from catalogue.pictures import WIDTHS, Banner, Portrait


def portrait(person):
    """A person's portrait: {"src", "srcset", "large", "drawn"}."""
    picture = Portrait(person.name, person.portrait)
    return _addresses("catalogue:portrait", person.slug, picture) | {"drawn": not person.portrait}


def banner(collection):
    """A collection's uploaded picture, as `portrait`; None without one."""
    if not collection.picture:
        return None
    return _addresses("catalogue:banner", collection.slug, Banner(collection.picture))


def _addresses(view, slug, picture):
    base = address(view, slug, picture.key, "SIZE")
    return {
        "src": base.replace("SIZE", "360.webp"),
        "srcset": ", ".join(f"{base.replace('SIZE', f'{width}.webp')} {width}w" for width in WIDTHS),
        "large": base.replace("SIZE", f"{max(WIDTHS)}.webp"),
    }
