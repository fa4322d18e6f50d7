"""A reason before staff see what a member rented or asked for (docs/staff.md).

Pages that show a list of it ask `opened` of each row, and print whose it is only where it is true. `ask_why` is the
address of the page that takes the reason: it names the member in a sealed word, so that nobody learns from the address,
or from the page, whose row it was.
"""

from django.core import signing
from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from members.models import Look

SALT = "members.look"
DAY = 24 * 3600
PAGE = Look._meta.get_field("page").max_length


def opened(by, path):
    """Condition: `by` may now see whose row it is. `path` leads from the row to the member."""
    return Look.objects.opened(by, OuterRef(path), timezone.now())


def is_open(by, member):
    return Look.objects.still_good(by, timezone.now()).filter(whose=member).exists()


def give_reason(by, member, *, reason, sentence, page, now):
    """Write down that `by` looks at the rentals of `member`, and why. The Look."""
    return Look.objects.create(by=by, whose=member, at=now, reason=reason, sentence=sentence.strip(), page=page[:PAGE])


def ask_why(member_key, to):
    """Where to give a reason, and then go on `to` a page of ours."""
    return f"{reverse('admin:members_look_why', args=[sealed(member_key)])}?{urlencode({'next': to})}"


def sealed(member_key):
    return signing.dumps(member_key, salt=SALT, compress=True)


def unsealed(word):
    """The key of a member, or None."""
    try:
        return signing.loads(word, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return None


def way_on(asked):
    """`asked` if it is an address of ours, or the first page of the admin."""
    return asked if url_has_allowed_host_and_scheme(asked, None) else reverse("admin:index")
