"""When something was, on the staff's pages."""

from django import template

from catalogue.admin.overlaps import moment

register = template.Library()
register.filter("moment", moment)
