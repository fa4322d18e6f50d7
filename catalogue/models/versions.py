"""Versions of what pages show. Triggers keep them (migrations 0004 to 0006); nothing else writes them."""

from django.db import models

from catalogue.models.titles import Title


class PageVersion(models.Model):
    """The transaction that last changed anything a title's own page shows.

    A cached page is kept under this number, so it is never stale and needs no purging: whoever changes a credit,
    a review or a name anywhere changes the number in the same transaction.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, primary_key=True, related_name="page_version")
    version = models.BigIntegerField(db_index=True)
    changed_at = models.DateTimeField(null=True)  # of changes before migration 0009 we do not know


class SiteVersion(models.Model):
    """One row: the transaction that last changed what every page shares (plans, popular titles, vocabulary)."""

    version = models.BigIntegerField()


class BrowseVersion(models.Model):
    """The transaction that last changed what a title is found by but its page does not show: its rentals, its end.

    No foreign key: the row of a title that is gone is how others hear of it.
    """

    title_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(db_index=True)
