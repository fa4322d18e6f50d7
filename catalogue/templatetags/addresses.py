"""Django's own `{% url %}`, which looks up an address that is always the same once. Every template has it."""

from django import template
from django.template import defaulttags

from catalogue.cards import address

register = template.Library()


@register.tag
def url(parser, token):
    """As Django's. The frame of a page has thirty addresses without arguments: a tenth of what a page costs.

    What is put into a variable (`as`) is left to Django: there a view that does not exist is no error.
    """
    node = defaulttags.url(parser, token)
    fixed = not (node.args or node.kwargs or node.asvar or node.view_name.is_var)
    return FixedAddress(node.view_name.var) if fixed else node


class FixedAddress(template.Node):
    """The address of a view without arguments. No namespace of ours has two instances to choose from."""

    def __init__(self, view):
        self.view = view

    def render(self, context):
        return address(self.view)
