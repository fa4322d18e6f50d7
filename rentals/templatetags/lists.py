"""What a title's page prints of its reader's lists."""

from django import template
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject, Lower

from catalogue.compiled import compiled
from members.models import Member
from rentals.models import ListEntry, MemberList, Seen

register = template.Library()


@register.inclusion_tag("rentals/_save_to_list.html", takes_context=True)
def save_to_list(context, title):
    """The member's lists, which of them have the title, and whether the member has seen it. One query."""
    lists, seen = _own(context["user"].pk, title.pk)[0]
    return {
        "title": title,
        "lists": lists,
        "saved": sum(each["has"] for each in lists),
        "seen": seen,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


@compiled
def _own(member, title):
    has = Exists(ListEntry.objects.filter(list=OuterRef("pk"), title=title))
    lists = MemberList.objects.filter(member=OuterRef("pk")).order_by(Lower("name"), "pk")
    seen = Exists(Seen.objects.filter(member=OuterRef("pk"), title=title))
    rows = ArraySubquery(lists.values(row=JSONObject(key="pk", name="name", has=has)))
    return Member.objects.filter(pk=member).values_list(rows, seen)
