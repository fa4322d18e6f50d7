"""Two people on one title: who saves second sees what the first has changed, and nobody's work is lost.

The form carries what it was opened with and the number of the newest change of the title at that moment
(`catalogue.history.latest`). Saving locks the title's row, reads the number again, and only if it is the same goes on
to save in that transaction. Else nothing is saved: the form comes back with everything that was typed, with what only
others changed put in, and with a mark where both did.
"""

import copy
from contextlib import suppress
from dataclasses import dataclass, field

from django.contrib.admin.utils import unquote
from django.core import signing
from django.db import transaction
from django.http import QueryDict

from catalogue import history
from catalogue.admin.bringing_together import bring_together, take
from catalogue.admin.overlaps import Overlap, without_mistakes
from catalogue.admin.preview import is_preview
from catalogue.admin.told import told
from catalogue.admin.typed import Typed, contents, is_going, of_page, of_post
from catalogue.models import Title

SALT = "the form of a title"
NOT_TYPED = ("opened", "take", "form_key")
UNKNOWN = "This form does not say how the title stood when you opened it. Look it through and save again."


@dataclass
class Opened:
    """How a title stood when its form was opened. `removed` is what others removed since and stands as a new row."""

    number: int
    base: Typed
    removed: dict = field(default_factory=dict)

    def sealed(self):
        """As text that only we can make, for a hidden field of the form."""
        removed = [[list(path), row] for path, row in self.removed.items()]
        return signing.dumps([self.number, self.base.fields, self.base.lists, removed], salt=SALT, compress=True)

    @classmethod
    def of(cls, text):
        """What `sealed` gave. Raises signing.BadSignature."""
        number, fields, lists, removed = signing.loads(text, salt=SALT)
        return cls(number, Typed(fields, lists), {tuple(path): row for path, row in removed})


def number_of(post):
    """The number a form that was sent carries; 0 if it has none."""
    with suppress(signing.BadSignature):
        return Opened.of(post.get("opened", "")).number
    return 0


class Conflicts:
    """An admin of titles that saves over nobody. Stands in the class line before the preview."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def view(request):
            return super(Conflicts, self).changeform_view(request, object_id, form_url, extra_context)

        title = object_id and self.get_object(request, unquote(object_id))
        if not title or not self.has_change_permission(request, title):
            return view(request)
        if request.method != "POST":
            request.number = history.latest(title)  # before the form is read: what comes between is found on saving
            return view(request)
        return _saved(request, title, view)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if hasattr(request, "number"):
            context["opened"] = Opened(request.number, of_page(context)).sealed()
        elif change:
            context["opened"] = getattr(request, "opened", request.POST.get("opened", ""))
        context["overlap"] = getattr(request, "overlap", None)
        if context["overlap"]:
            without_mistakes(context)
            context["overlap"].mark(context)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _saved(request, title, view):
    """The answer to a form that was sent. Locks the title until what it leads to is committed."""
    if "opened" not in request.POST:
        return view(request)  # it was not made by a page of ours that could say
    try:
        opened = Opened.of(request.POST["opened"])
    except signing.BadSignature:
        return _come_back(request, title, None, view)
    _take_theirs(request, opened)
    if is_preview(request):
        return view(request)
    with transaction.atomic():
        _lock(title)
        if history.latest(title) == opened.number:
            return view(request)
        return _come_back(request, title, opened, view)


def _lock(title):
    """From here on, whoever else saves the form of this title waits for us. Ratings and releases of it do not."""
    Title.every.select_for_update(no_key=True).filter(pk=title.pk).first()


def _take_theirs(request, opened):
    """Put theirs where the form says so."""
    paths = [tuple(path.split(":")) for path in request.POST.getlist("take") if path.count(":") == 2]
    if paths:
        mine = of_post(request.POST)
        take(mine, opened.base, paths, opened.removed)
        request.POST = mine.post()


def _come_back(request, title, opened, view):
    """The form as it was sent, with what only others changed; and with a new number, so that it can be saved next."""
    number = history.latest(title)
    theirs, mine = of_page(_as_saved(request, view).context_data), of_post(request.POST)
    merged, differences = bring_together(opened.base if opened else theirs, theirs, mine)
    request.POST = _typed(merged).post()
    request.opened = Opened(number, theirs, _removed(differences)).sealed()
    changes = history.changes(title, since=opened.number) if opened else []
    request.overlap = Overlap(differences, told(changes), "" if opened else UNKNOWN)
    request.refusal = request.overlap.headline
    return view(request)


def _removed(differences):
    gone = (one for one in differences if one.both and one.now is None and not is_going(one.mine or {}))
    return {one.path: contents(one.mine) for one in gone if not one.path[2]}


def _typed(form):
    """Without what belongs to one sending of the form only."""
    return Typed({name: values for name, values in form.fields.items() if name not in NOT_TYPED}, form.lists)


def _as_saved(request, view):
    """The page as it would open now."""
    asked = copy.copy(request)
    asked.method, asked.GET = "GET", QueryDict()
    return view(asked)
