"""Atom feeds of members' public lists."""

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from catalogue.feeds import Titles, clean, lasting_id
from catalogue.models import Title
from rentals.models import ListEntry, MemberList


class OfList(Titles):
    """What was put on a public list last."""

    arrived = "listed_at"

    def get_object(self, request, handle, slug):
        lists = MemberList.objects.public().select_related("member")
        return get_object_or_404(lists, member__handle=handle, slug=slug)

    def title(self, member_list):
        return clean(f"Kinopost: {member_list.name}, by {member_list.member.shown_as}")

    def subtitle(self, member_list):
        return clean(member_list.text)

    def link(self, member_list):
        return member_list.get_absolute_url()

    def feed_guid(self, member_list):
        return lasting_id("list", member_list.pk)

    def feed_url(self, member_list):
        return reverse("rentals:feed_of_list", args=[member_list.member.handle, member_list.slug])

    def rows(self, member_list):
        entries = ListEntry.objects.filter(list=member_list)
        listed_at = Subquery(entries.filter(title=OuterRef("pk")).values("added_at"))
        return Title.objects.filter(pk__in=entries.values("title")).annotate(listed_at=listed_at)
