"""Deleting an account.

`close` ends at once, in one transaction, all that may end. What must stay (`members.fates` says what, and why) stays
on an empty shell of the account, which nobody can sign in to and which names nobody; `finish` is tried on it every day
until nothing is left.
"""

from django.db import transaction

from members import fates
from members.mail import write
from members.models import Member

FORMER = "A former member"


def close(member, *, now):
    """Delete the account of `member`, and confirm it to the e-mail address it had.

    True if nothing of it is left, False if a shell stays. Holds the member's row until commit; its key is left alone,
    so that somebody who waits for a row of ours is not waited for.
    """
    with transaction.atomic():
        member = Member.objects.lock(member.pk)
        old_address = member.email
        _make_shell(member, now)
        for step in fates.steps():
            step(member, now)
        shell = member.handle
        stays = [] if finish(member, now=now) else staying(member, now)
        write("closed", f"closed-{shell}", to=old_address, now=now, staying=stays)
        return not stays


def finish(member, *, now):
    """End what may end of a closed account, and the account if nothing is left. True if it is gone."""
    with transaction.atomic():
        for fate in fates.own_fates():
            fate.carry_out(member, now)
        if any(fate.rows(member).exists() for fate in fates.own_fates()):
            return False
        member.delete()
        return True


def _make_shell(member, now):
    """Nothing on the row of `member` says who it was, and nobody signs in to it."""
    fates.forget_in_log(Member.objects.filter(pk=member.pk))
    member.handle = Member().handle
    member.email = f"closed-{member.handle}@closed.invalid"
    member.shown_as = FORMER
    member.is_active = member.is_staff = member.is_superuser = member.keeps_history = False
    member.last_login, member.closed_at = None, now
    member.set_unusable_password()
    member.save()


def ending(member, now):
    """[(name, number, what happens, why)] of what ends when `member` deletes the account now."""
    rows = ((fate, fate.split(member, now)[0].count()) for fate in fates.own_fates())
    return [(fate.name, number, fate.ends, fate.why_unlinked) for fate, number in rows if number]


def staying(member, now):
    """[(name, number, why)] of what must stay for now."""
    rows = ((fate, fate.split(member, now)[1].count()) for fate in fates.own_fates())
    return [(fate.name, number, fate.kept_because) for fate, number in rows if number]
