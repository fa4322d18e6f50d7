"""What of a member is kept in the tables of accounts, of the staff's log and of the library that signs people in."""

from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction

from members import fates
from members.models import Address, Download, Look, Member, Message, MutedMail, SentForm

UNTIL_CLOSED = "Until you delete your account."
UNTIL_CHANGED = "Until you change it, or delete your account."
SIGNING_IN = "So that you can sign in, and nobody else as you."
POWERS = "What staff may do. Other members have none."
STAFF_LOG = "What staff changed stays on record under “A former member”, so that the catalogue can be put right."
ACCOUNT = {
    "e-mail": "email",
    "handle": "handle",
    "shown as": "shown_as",
    "joined at": "joined_at",
    "signed in at": "last_login",
    "keeps history": "keeps_history",
}


def declare():
    """Say what becomes of each."""
    _who_you_are()
    _signing_in()
    _mail()
    _looks()
    _staff()
    _passing()


def _who_you_are():
    fates.declare(
        Address,
        "member",
        "Delivery address",
        what_for="To post your discs.",
        how_long=UNTIL_CHANGED,
        columns={
            "name on the envelope": "name",
            "address": "line_1",
            "second line": "line_2",
            "town": "town",
            "postcode": "postcode",
            "changed at": "changed_at",
        },
    )


def _signing_in():
    fates.declare(
        EmailAddress,
        "user",
        "E-mail addresses",
        what_for="To sign in, and to write to you.",
        how_long=UNTIL_CHANGED,
        columns={"e-mail": "email", "confirmed": "verified", "main": "primary"},
    )
    fates.declare(
        EmailConfirmation,
        "email_address__user",
        "E-mail addresses to be confirmed",
        what_for="To see that an address is yours.",
        how_long="Until it is confirmed.",
        columns={"e-mail": "email_address__email", "asked at": "created"},
    )
    fates.declare(
        Authenticator,
        "user",
        "Two-factor and passkeys",
        what_for=SIGNING_IN,
        how_long="Until you turn it off, or delete your account.",
        columns={"kind": "type", "added at": "created_at", "used at": "last_used_at"},
    )
    fates.declare(
        UserSession,
        "user",
        "Where you are signed in",
        what_for="So that you can see who uses your account, and end it.",
        how_long="Until you sign out.",
        columns={"address": "ip", "browser": "user_agent", "since": "created_at", "seen at": "last_seen_at"},
        end=_end_sessions,
    )


def _end_sessions(rows):
    """The sessions too, which name their member in no column. Others end by `members.retention.end_sessions`."""
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    fates.erase(rows)


def _mail():
    fates.declare(
        Message,
        "member",
        "E-mails to you",
        what_for="To tell you what leaves, what is back and what your account needs.",
        how_long="30 days after they were sent.",
        columns={
            "to": "to",
            "kind": "kind",
            "subject": "subject",
            "text": "text",
            "written at": "written_at",
            "sent at": "sent_at",
        },
    )
    fates.declare(
        MutedMail,
        "member",
        "E-mails you turned off",
        what_for="To leave you in peace.",
        how_long=UNTIL_CHANGED,
        columns={"kind": "kind", "off since": "muted_at"},
    )


def _looks():
    fates.declare(
        Look,
        "whose",
        "When staff looked at your rentals",
        what_for="So that you can see who of us looked, and why.",
        how_long="Until you delete your account.",
        columns={"at": "at", "reason": "reason", "in a sentence": "sentence", "page": "page"},
        ends=fates.UNLINKED,
        why_unlinked="That staff looked stays on record; at whose rentals, and what was said, does not.",
        end=_unlink_looks,
    )
    fates.declare(
        Look,
        "by",
        "Looks you took at members’ rentals",
        what_for="So that nobody looks without a reason.",
        how_long="For good.",
        columns={"at": "at", "reason": "reason", "in a sentence": "sentence", "page": "page"},
        of_staff=True,
        ends=fates.UNLINKED,
        why_unlinked="That somebody of the staff looked stays on record; who it was does not.",
    )


def _unlink_looks(rows):
    rows.update(whose=None, sentence="")


def _staff():
    for model in (Member.groups.through, Member.user_permissions.through):
        name = "Groups" if model is Member.groups.through else "Permissions"
        column = "group__name" if name == "Groups" else "permission__name"
        fates.declare(
            model,
            "member",
            name,
            what_for=POWERS,
            how_long="While you work here.",
            columns={"name": column},
            of_staff=True,
        )
    fates.declare(
        LogEntry,
        "user",
        "Changes made as staff",
        what_for="To see who changed what in the catalogue, and put it right.",
        how_long="For good.",
        columns={
            "at": "action_time",
            "what": "object_repr",
            "kind": "content_type__model",
            "change": "change_message",
        },
        of_staff=True,
        keeps=fates.everything,
        kept_because=STAFF_LOG,
    )


def _passing():
    fates.declare(
        SentForm,
        "member",
        "Forms just sent",
        what_for="So that a double click does a thing once.",
        how_long="Three days.",
        columns={"sent at": "sent_at", "answer": "answer"},
    )
    fates.declare(
        Download,
        "member",
        "Downloads",
        what_for="So that you can fetch what you asked for.",
        how_long="Seven days.",
        columns={"asked at": "asked_at", "made at": "made_at", "bytes": "size"},
        end=_erase_downloads,
    )


def _erase_downloads(rows):
    """With their files, once that is settled; a file that is gone already is fine."""
    for download in rows:
        transaction.on_commit(partial(download.path.unlink, missing_ok=True))
    fates.erase(rows)
