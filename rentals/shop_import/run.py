"""A shop, whole or not at all: one transaction, whose steps are titles, copies, members, plans and rentals."""

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from catalogue import viewings
from catalogue.importers.run import wait_for_turn
from members import mail
from members.models import Member
from rentals.models import Copy, ImportedRow
from rentals.shop_import import csv_folder, plans, sql_dump, titles
from rentals.shop_import.copies import Copies
from rentals.shop_import.members import Members
from rentals.shop_import.rentals import Rentals, first_days
from rentals.shop_import.report import Report
from rentals.shop_import.rows import KINDS

FORMATS = {"csv": csv_folder.read, "sakila": sql_dump.read, "pagila": sql_dump.read}


def nothing(what, number):
    """Nobody watches."""


def import_shop(path, *, format, shop, now, dry_run=False, progress=nothing):
    """Bring in what the files at `path` say; the Report. `shop` names it, so that ids of two shops are kept apart.

    Good rows come in, bad ones are noted; what came in before is left as it is. Nobody is written to. Raises BrokenFile
    if a file cannot be read: then, as when the process is killed, nothing changes. With `dry_run` all is done and
    undone. `progress(kind, rows)` is called as rows are done. Waits for other imports; holds the rows of all
    members and copies of the shop that are here until commit.
    """
    rows = {kind: [] for kind in KINDS}
    for row in FORMATS[format](path):
        rows[row.kind].append(row)
    with transaction.atomic():
        wait_for_turn()
        _hold(rows["member"], shop)
        with mail.unsaid(), viewings.told_at_the_end():
            report = _brought_in(rows, shop, now, progress)
        _analyze()
        transaction.set_rollback(dry_run)
    return report


def _hold(rows, shop):
    """Members, then copies, before stock and titles are written: as whoever lends does, so that nobody waits in a ring.

    What a member has at home and where a copy is stays as it is read from now on.
    """
    before = ImportedRow.objects.filter(shop=shop)
    emails = [row.cell("email").lower() for row in rows]
    accounts = Member.objects.alias(small=Lower("email")).filter(small__in=emails)
    members = Member.objects.filter(Q(pk__in=accounts) | Q(pk__in=before.values("member")))
    for queryset in (members, Copy.objects.filter(pk__in=before.values("copy"))):
        list(queryset.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _analyze():
    """Postgres plans by what it last knew of a table, and these have just grown a lot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE rentals_rental, rentals_copy, rentals_copyevent, rentals_importedrow, rentals_stock, "
            "catalogue_title, catalogue_release, catalogue_disc, members_member, members_address"
        )


def _brought_in(rows, shop, now, progress):
    report = Report()

    def of(kind):
        return lambda number: progress(kind, number)

    here, editions = titles.bring_in(rows["title"], shop, report, of("title"))
    step = Copies(shop, here, editions, first_days(rows["rental"], now), now, report)
    copies = step.bring_in(rows["copy"], of("copy"))
    members = Members(shop, now, report)
    keys = members.bring_in(rows["member"], of("member"))
    plans.bring_in(rows["member"], keys, now, report)
    Rentals(shop, copies, keys, members.born, now, report).bring_in(rows["rental"], of("rental"))
    return report
