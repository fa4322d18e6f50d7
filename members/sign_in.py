"""Who an e-mail address and a password belong to."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password

from members.models import Member


class ByEmail(ModelBackend):
    """One look and one hash, whether there is such a member or not, so neither the answer nor the time tells."""

    def authenticate(self, request, email=None, password=None, **others):
        """The member, or None: also for an account that is closed, to which the password is as good as wrong."""
        if not email or not password:
            return None
        member = Member.objects.with_address(email).first()
        if member is None:
            make_password(password)
        elif member.check_password(password) and self.user_can_authenticate(member):
            return member
        return None
