"""Members: who signs in, and the name others see."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

DEMO_ADDRESSES = "@kinopost.example"


def _new_handle():
    return secrets.token_hex(6)


class MemberQuerySet(models.QuerySet):
    def with_address(self, email):
        """The member, if any, who signs in with `email`; capitals make no difference."""
        return self.alias(small_email=Lower("email")).filter(small_email=email.lower())

    def lock(self, key):
        """The member with that key, whose row nobody else locks until commit: the lock of all that is the member's.

        The row's key is left alone, so that a new row may name the member meanwhile.
        """
        return self.select_for_update(no_key=True).get(pk=key)

    def in_charge(self):
        """Who may give roles, and take a lost second step off."""
        return self.filter(is_active=True, is_staff=True, is_superuser=True)

    def is_last_in_charge(self, member):
        """Whether nobody would be in charge without `member`. Holds the rows of all who are, until commit."""
        keys = self.in_charge().order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
        return list(keys) == [member.pk]

    def of_the_demo(self):
        """Made-up members with whom anybody may try the site."""
        made_up = self.filter(email__endswith=DEMO_ADDRESSES, is_active=True)
        return made_up.filter(is_staff=False, is_superuser=False)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    @transaction.atomic
    def create_user(self, email, password=None, **fields):
        """Make a member. The e-mail address, which we take as confirmed, is the name to sign in with; without a
        password nobody can."""
        member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        member.confirm_email()
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Member(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Other members see `shown_as` and never the e-mail address."""

    email = models.EmailField(unique=True)
    handle = models.SlugField(max_length=40, unique=True, default=_new_handle)
    shown_as = models.CharField(max_length=40, default="A member", help_text="Name or initials others see.")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    keeps_history = models.BooleanField(
        default=False, help_text="Rentals stay in the member's history after a year; otherwise they are unlinked."
    )
    closed_at = models.DateTimeField(null=True, blank=True, help_text="The account was deleted: nobody signs in to it.")
    objects = MemberManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            UniqueConstraint(
                Lower("email"),
                name="member_email_once",
                violation_error_message="There is an account with this e-mail address; sign in instead.",
            ),
            CheckConstraint(
                condition=~Q(shown_as=""),
                name="member_shown_as_filled",
                violation_error_message="Others need something to call you: a name or initials.",
            ),
            CheckConstraint(
                condition=Q(handle__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="member_handle",
                violation_error_message="A handle has small letters, digits and single hyphens only.",
            ),
            CheckConstraint(
                condition=Q(closed_at=None) | Q(is_active=False),
                name="member_closed_is_not_active",
                violation_error_message="Nobody signs in to a closed account.",
            ),
        ]

    def __str__(self):
        return self.shown_as

    @transaction.atomic
    def confirm_email(self):
        """Make `email` the one address of the account and take it as confirmed; others go."""
        self.emailaddress_set.all().delete()
        self.emailaddress_set.create(email=self.email.lower(), verified=True, primary=True)
