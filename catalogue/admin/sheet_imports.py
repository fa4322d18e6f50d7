"""The list of imports, and the page of each: what is in it, what became of it, and its undoing."""

from itertools import islice
from os.path import commonprefix

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from catalogue import history
from catalogue.admin import sheet_files
from catalogue.models import SheetImport
from catalogue.sheets import export, looking, runs, workbook
from catalogue.sheets.cells import escaped
from catalogue.sheets.headings import Problem
from catalogue.sheets.kinds import SHEETS
from config.staff import ReadOnlyAdmin

A_PAGE = 50
MOST_SHOWN = 1_000
SHORT = 80  # letters; longer texts are shown around what changes in them
AROUND, MOST_LETTERS = 60, 2_000
OUTCOMES = {"refused": "Refused", "changed": "Changed", "new": "New", "overtaken": "Changed meanwhile"}


class WaitFilter(admin.SimpleListFilter):
    title, parameter_name = "what waits for somebody", "wait"

    def lookups(self, request, model_admin):
        return [("yes", "Not imported, not dropped")]

    def queryset(self, request, imports):
        return imports.waiting() if self.value() == "yes" else imports


@admin.register(SheetImport)
class SheetImportAdmin(ReadOnlyAdmin):
    """What was imported and changed in bulk. Who may import a kind of sheet sees all imports of that kind.

    Who may read what was done to the catalogue (`view_deed`) sees all, and carries out nothing.
    """

    list_display = ("name", "kind", "sent_by", "sent_at", "state", "new", "changed", "refused")
    list_filter = (WaitFilter, "kind")
    list_select_related = ("by",)
    ordering = ("-sent_at", "-pk")

    def get_urls(self):
        view = self.admin_site.admin_view
        pages = {
            "look": self.look,
            "import": self.import_,
            "drop": self.drop,
            "undo": self.undo,
            "errors.csv": self.errors,
            "errors": self.with_errors,
        }
        own = [
            path(f"<int:pk>/{end}{'' if '.' in end else '/'}", view(page), name=f"catalogue_sheetimport_{_name(end)}")
            for end, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    @admin.display(description="sent by", ordering="by")
    def sent_by(self, run):
        return run.by.get_username() if run.by else "somebody who is gone"

    # -------------------------------------------------------------- who
    def has_module_permission(self, request):
        return bool(_seen(request))

    def has_view_permission(self, request, obj=None):
        return obj.kind in _seen(request) if obj else bool(_seen(request))

    def get_queryset(self, request):
        return super().get_queryset(request).filter(kind__in=_seen(request))

    def change_view(self, request, object_id, *args, **kwargs):
        return redirect(self._run(request, object_id))

    def _run(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("by"), pk=pk)

    def _own(self, request, pk):
        """An import that who asks may carry out, drop and undo."""
        run = self._run(request, pk)
        if run.kind not in _kinds(request):
            raise PermissionDenied
        return run

    # -------------------------------------------------------------- pages
    def look(self, request, pk):
        """How far it is; then what is in it, or what became of it."""
        run = self._run(request, pk)
        counts = {"refused": run.refused, "changed": run.changed, "new": run.new, "overtaken": run.overtaken}
        tabs = [(what, OUTCOMES[what], number) for what, number in counts.items() if number]
        shown = request.GET.get("show")
        there = [what for what, _, _ in tabs]
        shown = shown if shown in there else next(iter(there), "refused")
        after = request.GET.get("after", "")
        rows, more = _rows(run, shown, int(after) if after.isdecimal() and len(after) < 10 else 0)
        context = {"tabs": tabs, "shown": shown, "rows": rows, "more": more, "problems": _problems(run, shown)}
        return self._page(request, "look.html", run, **context)

    def import_(self, request, pk):
        run = self._own(request, pk)
        if request.method != "POST":
            return redirect(run)
        if run.refused and "without_refused" not in request.POST:
            messages.error(request, "Some rows are refused: tick that they are left out, or send the sheet again.")
        elif not runs.confirm(run, now=timezone.now()):
            messages.warning(request, "This was asked for already, or cannot be imported.")
        return redirect(run)

    def drop(self, request, pk):
        run = self._own(request, pk)
        if request.method != "POST":
            return redirect(run)
        runs.drop(run)
        messages.success(request, f"“{run}” was dropped; nothing was changed.")
        return redirect("admin:catalogue_sheetimport_changelist")

    def undo(self, request, pk):
        """What undoing does, and what stands in its way; and the undoing."""
        run, now = self._own(request, pk), timezone.now()
        if run.state != "imported":
            messages.warning(request, "There is nothing to undo.")
            return redirect(run)
        if request.method != "POST":
            in_the_way = runs.stands_in_the_way(run, request.user, now)
        else:
            try:
                undo(request, run, now=now)
            except history.Overtaken as why:
                in_the_way = why.args
            else:
                return redirect(run)
        return self._page(request, "undo.html", run, in_the_way=in_the_way)

    def errors(self, request, pk):
        """All that is wrong, as CSV."""
        run = self._run(request, pk)
        rows = ([str(p.row), p.column, escaped(p.heading), escaped(p.why)] for p in _all_problems(run))
        return sheet_files.csv(f"errors-{run.pk}", ["Row", "Column", "Heading", "What is wrong"], rows)

    def with_errors(self, request, pk):
        """The file as it came, with a column of what is wrong."""
        run = self._run(request, pk)
        try:
            headings, rows = looking.with_problems(run)
        except (OSError, workbook.Unusable):
            messages.error(request, "The file is not there any more.")
            return redirect(run)
        if run.name.lower().endswith(".xlsx"):
            rows = islice(rows, export.MOST_IN_WORKBOOK)
            return sheet_files.xlsx(f"errors-{run.pk}", headings, rows, {headings[-1]})
        return sheet_files.csv(f"errors-{run.pk}", headings, rows)

    def _page(self, request, template, run, **context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts, "run": run, "title": str(run)}
        context["may_carry_out"] = run.kind in _kinds(request)
        return render(request, f"admin/catalogue/sheetimport/{template}", context | {"sheet": SHEETS[run.kind]})


def undo(request, run, *, now):
    """Undo an import for who asks, and tell so; a large one's page tells itself. Raises history.Overtaken."""
    if runs.ask_to_undo(run, by=request.user, now=now) and not run.is_large:
        messages.success(request, f"“{run}” is undone: all is as it was before.")


def _name(end):
    return {"errors.csv": "errors", "errors": "with_errors"}.get(end, end)


def _kinds(request):
    """The kinds of sheets that who asks may import."""
    return [kind for kind, sheet in SHEETS.items() if request.user.has_perms(sheet.rights())]


def _seen(request):
    return list(SHEETS) if request.user.has_perm("catalogue.view_deed") else _kinds(request)


# ------------------------------------------------------------------ what the page prints
def _rows(run, outcome, after):
    """(a page of rows that change something, the number of the last one if there are more)."""
    found = list(run.rows.filter(outcome=outcome, number__gt=after).order_by("number")[: A_PAGE + 1])
    for row in found:
        row.cells = [(heading, *_excerpt(*both)) for heading, both in row.changes.items()]
    return found[:A_PAGE], found[A_PAGE - 1].number if len(found) > A_PAGE else None


def _excerpt(before, after):
    """(what both begin with, what was, what becomes of it, what both end with); of long texts, what is around."""
    if max(len(before), len(after)) <= SHORT or not before or not after:
        return "", before[:MOST_LETTERS], after[:MOST_LETTERS], ""
    head = commonprefix([before, after]).rfind(" ") + 1
    tail = commonprefix([before[head:][::-1], after[head:][::-1]]).rfind(" ") + 1
    was, becomes = before[head : len(before) - tail], after[head : len(after) - tail]
    start, end = max(0, head - AROUND), after[len(after) - tail :]
    around = ("…" if start else "") + before[start:head], end[:AROUND] + ("…" if len(end) > AROUND else "")
    return around[0], was[:MOST_LETTERS], becomes[:MOST_LETTERS], around[1]


def _problems(run, shown):
    return list(islice(_all_problems(run, shown), MOST_SHOWN)) if shown in ("refused", "overtaken") else []


def _all_problems(run, outcome="refused"):
    rows = run.rows.filter(outcome=outcome).order_by("number").values_list("problems", flat=True)
    for problems in rows.iterator():
        yield from (Problem(*problem) for problem in problems)
