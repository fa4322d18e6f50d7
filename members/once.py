"""One effect for each form, however often it is sent: a double click, a retry after a cut line, the back button.

A form that changes something carries a key of its own (`{% form_key %}`). The first time it comes, the key is written
in the transaction of what the form does, with where it led and what was said. When it comes again, also at the same
time, the answer is the same and nothing is done. The same key with other contents is refused.
"""

import hashlib
import json
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from members.models import SentForm

FIELD = "form_key"
NOT_CONTENTS = (FIELD, "csrfmiddlewaretoken")
NAMES_NOTHING = "23503"  # of Postgres: a row that names one which is gone
GONE = "What you did this with has been deleted or merged at the same moment. Nothing was changed: try again."
KEEP_FORMS = timedelta(hours=72)  # nobody comes back to a page that old and sends its form


class OneEffect:
    """Middleware. Stands after those that check the token and know the member and the messages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Carry out a form with a key, or answer as the first time. None, which lets Django go on, for all else."""
        key = None if getattr(view, "keeps_its_keys", False) else _key(request)
        if key is None:
            return None
        try:
            with transaction.atomic():
                form = _begun(request, key)
                return _again(request, key) if form is None else _carried_out(request, form, view, args, kwargs)
        except IntegrityError as error:
            if getattr(error.__cause__, "sqlstate", "") != NAMES_NOTHING:
                raise
            return _gone(request)


def keeps_its_keys(view):
    """A view whose own rows are one for each key and contents: nothing is written of its forms beside them."""
    view.keeps_its_keys = True
    return view


def _key(request):
    with suppress(ValueError):
        return UUID(request.POST.get(FIELD, "")) if request.method == "POST" else None
    return None


def _gone(request):
    """What the form named went before it was settled: to the page it is sent from, which knows where it is now."""
    messages.error(request, GONE)
    return HttpResponseRedirect(request.path)


def _begun(request, key):
    """A new row for the form; None if it was carried out before. Waits while another request carries it out."""
    row = SentForm(member=_member(request), key=key, digest=_digest(request), answer={}, sent_at=timezone.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _member(request):
    return request.user if request.user.is_authenticated else None


def _carried_out(request, form, view, args, kwargs):
    """The view's answer. What only shows the form again, with its mistakes, had no effect and may be sent again."""
    response = view(request, *args, **kwargs)
    mine = SentForm.objects.filter(pk=form.pk)  # gone already if the form closed the account
    if 300 <= response.status_code < 400:
        mine.update(answer={"location": response["Location"], "messages": _said(request)})
    else:
        mine.delete()
    return response


def _said(request):
    return [[said.level, str(said.message)] for said in messages.get_messages(request)._queued_messages]


def _again(request, key):
    form = SentForm.objects.get(member=_member(request), key=key)
    if form.digest != _digest(request):
        return render(request, "422.html", status=422)
    for level, words in form.answer["messages"]:
        messages.add_message(request, level, words)
    return HttpResponseRedirect(form.answer["location"])


def _digest(request):
    """SHA-256 of the address and all that was sent."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENTS)
    digest = hashlib.sha256(json.dumps([request.get_full_path(), fields]).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name} {file.name} {file.size}".encode())
            digest.update(b"".join(file.chunks()))
            file.seek(0)
    return digest.hexdigest()


def forget_forms(*, now):
    """Delete what is kept of forms that were sent 72 hours ago."""
    return SentForm.objects.filter(sent_at__lt=now - KEEP_FORMS).delete()[0]
