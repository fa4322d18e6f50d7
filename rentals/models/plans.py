"""Plans: how many discs a membership may have at home, and at what price."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalogue.models import Medium
from catalogue.rules import filled, once, rule, slug_rule
from catalogue.wording import joined


class PlanQuerySet(models.QuerySet):
    def offered(self):
        """Plans somebody can join now, in the order they are printed."""
        return self.filter(withdrawn_on=None).order_by("position")

    def cheapest(self):
        """The offered plan with the lowest price, or None."""
        return self.filter(withdrawn_on=None).order_by("price_pence").first()


class Plan(models.Model):
    """What a member pays each month for: places at home and discs a month."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=100)
    note = models.CharField(max_length=120, blank=True, help_text="Whom it suits, in a line on the page of plans.")
    places_at_home = models.PositiveSmallIntegerField(help_text="Discs a member may have at home at once.")
    discs_a_month = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: unlimited.")
    media = ArrayField(models.CharField(max_length=7, choices=Medium))
    price_pence = models.PositiveIntegerField(help_text="A month, with VAT.")
    trial_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Free at first; empty: none.")
    position = models.PositiveSmallIntegerField()
    withdrawn_on = models.DateField(null=True, blank=True, help_text="Not sold to new members from this day.")
    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            filled("plan_name_filled", "name"),
            slug_rule("plan_slug"),
            once("plan_order", ["position"], "Two plans cannot have the same place."),
            rule("plan_places", Q(places_at_home__range=(1, 12)), "A plan has 1 to 12 places at home."),
            rule(
                "plan_discs_a_month",
                Q(discs_a_month=None) | Q(discs_a_month__gte=1),
                "A cap is at least one disc a month; leave it empty for unlimited.",
            ),
            rule(
                "plan_media",
                Q(media__contained_by=Medium.values) & Q(media__len__gte=1),
                "A plan has at least one medium: dvd, blu-ray, 4k.",
            ),
            rule(
                "plan_trial",
                Q(trial_days=None) | Q(trial_days__range=(1, 90)),
                "A trial has 1 to 90 days; leave it empty for none.",
            ),
            rule("plan_price", Q(price_pence__gte=1), "A plan costs at least a penny."),
        ]

    def __str__(self):
        return self.name

    @property
    def media_names(self):
        """ "DVD and Blu-ray"."""
        return joined([Medium(medium).label for medium in self.media])

    @property
    def all_media(self):
        """Whether it has every medium that we rent."""
        return set(self.media) >= set(Medium.values)
