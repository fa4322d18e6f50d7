"""What members' data is deleted by the clock. Each may run at any time and does nothing twice."""

from members.closing import finish
from members.models import Download, Member, Message
from members.models.download import FOLDER, KEPT

PARTS = ("*.zip", "*.part")


def finish_closed(*, now):
    """End what had to stay of deleted accounts and need not stay any more. How many accounts are gone for good."""
    return sum(finish(member, now=now) for member in Member.objects.filter(closed_at__isnull=False).order_by("pk"))


def forget_farewells(*, now):
    """Delete the confirmations of deleted accounts that have left: they are the last rows with the address."""
    return Message.objects.filter(kind="closed", member=None, sent_at__lte=now).delete()[0]


def delete_downloads(*, now):
    """Delete downloads that are a week old, and files that no download names. How many downloads that were."""
    number = Download.objects.filter(asked_at__lt=now - KEPT).delete()[0]
    named = {str(key) for key in Download.objects.values_list("key", flat=True)}
    for part in PARTS:
        for file in FOLDER.glob(part):
            if file.stem not in named:
                file.unlink(missing_ok=True)
    return number
