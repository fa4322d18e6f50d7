"""The key that makes a form have its effect once."""

import uuid

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def form_key():
    """A hidden field that stands beside `{% csrf_token %}` in every form that changes something (`members.once`)."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid.uuid4())
