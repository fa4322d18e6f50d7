"""What the admin's autocompletes answer: a page of choices and whether there are more, without counting them all."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse

PAGE = 20
LAST_PAGE = 50


class Choices(AutocompleteJsonView):
    """As Django's own. An admin with `find_choices(term, first, number)` says itself which rows come first, and how
    each is told: it returns [(key, words)]."""

    def get(self, request, *args, **kwargs):
        self.term, self.model_admin, self.source_field, self.key = self.process_request(request)
        if not self.has_perm(request):
            raise PermissionDenied
        first = (self._page() - 1) * PAGE
        found = self._found(first, PAGE + 1)
        results = [{"id": str(key), "text": words} for key, words in found[:PAGE]]
        return JsonResponse({"results": results, "pagination": {"more": len(found) > PAGE}})

    def _found(self, first, number):
        find = getattr(self.model_admin, "find_choices", None)
        if find and self.key == "id":
            return find(self.term, first, number)
        return [(getattr(row, self.key), str(row)) for row in self.get_queryset()[first : first + number]]

    def _page(self):
        said = self.request.GET.get("page", "1")
        return min(max(int(said), 1), LAST_PAGE) if said.isascii() and said.isdigit() else 1
