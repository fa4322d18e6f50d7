"""Lists of titles that members keep: private, or for everybody to see."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from catalogue.cards import address
from catalogue.models import Title
from catalogue.rules import filled, once, slug_rule
from members.models import Member

FAN = 3  # covers that stand for a list
FEWEST_LISTED = 3  # films from which search engines may list a list


class MemberListQuerySet(models.QuerySet):
    def public(self):
        """Lists that everybody may see."""
        return self.filter(public=True, member__is_active=True)

    def seen_by(self, member):
        """Lists that `member`, or a visitor, may see."""
        own = self.filter(member=member) if member.is_authenticated else self.none()
        return own | self.public()

    def listed(self):
        """Public lists with enough on them to be a page of its own."""
        entries = ListEntry.objects.filter(list=OuterRef("pk"))
        return self.public().filter(Exists(entries[FEWEST_LISTED - 1 : FEWEST_LISTED]))

    def for_shelves(self):
        """Lists with their member, `films` (how many) and `first` (keys of the first three)."""
        entries = ListEntry.objects.filter(list=OuterRef("pk"))
        films = entries.order_by().values("list").annotate(number=Count("pk")).values("number")
        return self.select_related("member").annotate(
            films=Coalesce(Subquery(films, output_field=IntegerField()), 0),
            first=ArraySubquery(entries.order_by("rank").values("title")[:FAN]),
        )


class MemberList(models.Model):
    """A named list of titles in an order, of one member."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="lists")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)
    text = models.TextField("about it", blank=True, max_length=2000)
    public = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    objects = MemberListQuerySet.as_manager()

    class Meta:
        verbose_name = "list"
        constraints = [
            filled("memberlist_name_filled", "name"),
            slug_rule("memberlist_slug"),
            once("memberlist_once", ["member", "slug"], "You have a list of that name already."),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("rentals:list", self.member.handle, self.slug)


class ListEntry(models.Model):
    """A title on a member's list. `rank` orders it, as in a queue."""

    list = models.ForeignKey(MemberList, on_delete=models.CASCADE, related_name="entries")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    rank = models.BigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "rank"],
                name="listentry_order",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two titles cannot have the same place on a list.",
            ),
            once("listentry_once", ["list", "title"], "This is on the list already."),
        ]


class Seen(models.Model):
    """A title that a member says they have seen, wherever it was."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="seen")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "seen"
        constraints = [once("seen_once", ["member", "title"], "You have marked this as seen already.")]
