"""What becomes of everything that names a member.

Every app declares each of its relations to Member when it is ready: what it is kept for and how long, what of it a
download holds, and what happens to it when the account is deleted. The pages on privacy, the download and the deletion
all read these declarations, so none of them can leave a table out; a test walks the relations of all models and fails
on one that has no fate.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

ERASED, UNLINKED = "erased", "unlinked"
GONE = "(deleted)"  # what the staff's log says of a row that was erased

_fates = {}
_steps = []


def nothing(rows, now):
    """No row must stay."""
    return rows.none()


def everything(rows, now):
    """Every row must stay."""
    return rows


@dataclass(frozen=True)
class Fate:
    """What becomes of the rows of `model` that `path` leads to from a member.

    `columns` are what a download holds: heading: where it is read; without any, `hidden` says why. Rows `of_staff`
    are not of members who do not work here. When the account is
    deleted, the rows that `keeps(rows, now)` gives stay for now, and `kept_because` says why; the others are `ends`, by
    `end` if that is more than one statement. A path over another row ("list__member") goes where that row goes.
    """

    model: type
    path: str
    name: str
    what_for: str
    how_long: str
    columns: dict = field(default_factory=dict)
    hidden: str = ""
    of_staff: bool = False
    ends: str = ERASED
    why_unlinked: str = ""
    keeps: Callable = nothing
    kept_because: str = ""
    end: Callable | None = None

    @property
    def key(self):
        return self.model, self.path

    @property
    def hangs_on_another(self):
        return "__" in self.path

    def rows(self, member):
        return self.model._base_manager.filter(**{self.path: member})

    def table(self, member):
        """The rows of a download as tuples, in the order of `columns`."""
        rows = self.rows(member).order_by("pk").values_list(*self.columns.values())
        return rows.iterator(chunk_size=2000)

    def split(self, member, now):
        """The rows that end with the account, and those that must stay for now."""
        rows = self.rows(member)
        staying = self.keeps(rows, now)
        return rows.exclude(pk__in=staying.values("pk")), staying

    def carry_out(self, member, now):
        """End what may end."""
        going, _ = self.split(member, now)
        (self.end or self._end)(going)

    def _end(self, rows):
        if self.ends == UNLINKED:
            rows.update(**{self.path: None})
        else:
            erase(rows)


def declare(model, path, name, **fate):
    """Say what becomes of the rows of `model` that name a member by `path`."""
    _fates[model, path] = Fate(model, path, name, **fate)


def hold(model, path, keeps, because):
    """Another app's reason for which rows must stay when the account is deleted."""
    _fates[model, path] = replace(_fates[model, path], keeps=keeps, kept_because=because)


def before_the_end(step):
    """`step(member, now)` is done when an account is deleted, before the rows end."""
    _steps.append(step)


def all_fates():
    """Every declaration, in the order they were made."""
    return list(_fates.values())


def own_fates():
    """Those that end by themselves: the others go with the row they hang on."""
    return [fate for fate in all_fates() if not fate.hangs_on_another]


def steps():
    return list(_steps)


def erase(rows):
    """Delete `rows`, and what the staff's log calls them."""
    forget_in_log(rows)
    rows.delete()


def forget_in_log(rows):
    """The staff's log goes on saying that a row was changed, and no longer what it was called."""
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    if keys:
        kind = ContentType.objects.get_for_model(rows.model)
        LogEntry.objects.filter(content_type=kind, object_id__in=keys).update(object_repr=GONE, change_message="")
