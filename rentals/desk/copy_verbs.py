"""What the passport's forms do to a copy, and how each is taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from catalogue.wording import price
from rentals import copies, lending
from rentals.models import Condition, CopyEventKind, Farewell, Licence, Rental

INPUT, PICK = {"class": "input"}, {"class": "pick"}


def text(longest, **more):
    return forms.CharField(max_length=longest, widget=forms.TextInput(INPUT | {"autocomplete": "off"}), **more)


def choice(choices, **more):
    return forms.ChoiceField(choices=choices, widget=forms.Select(PICK), **more)


# ------------------------------------------------------------------ forms
class Plain(forms.Form):
    """A verb that needs no more than its button."""


class NoteForm(forms.Form):
    note = text(copies.NOTE_LENGTH, required=False, label="Why")


class MoveForm(forms.Form):
    shelf = text(40, required=False, label="New shelf place", help_text="As it is printed there: B-014.")


class PassForm(forms.Form):
    condition = choice(Condition.choices, label="Condition")


class LicenceForm(forms.Form):
    licence = choice(Licence.choices, label="Licence")


class WithdrawForm(forms.Form):
    farewell = choice([("", "Choose one"), *Farewell.choices], label="Why")
    price = forms.DecimalField(
        label="Sold for, in pounds",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        widget=forms.NumberInput(INPUT),
        help_text="Only if it is sold. A sold copy does not come back.",
    )
    note = text(150, required=False, label="Note")

    def clean(self):
        cleaned = super().clean()
        sold, pounds = cleaned.get("farewell") == Farewell.SOLD, cleaned.get("price")
        if sold and pounds is None and "price" not in self.errors:
            self.add_error("price", "Say for how much: 0 if it was given away.")
        if not sold and pounds is not None:
            self.add_error("price", "Only a copy that is sold has a price: choose Sold, or leave this empty.")
        return cleaned

    @property
    def said(self):
        pounds = self.cleaned_data["price"]
        sold = "" if pounds is None else f"Sold for {price(int(pounds * 100))}."
        return f"{sold} {self.cleaned_data['note']}".strip()


# ------------------------------------------------------------------ verbs
@dataclass(frozen=True)
class Verb:
    """A button, its form, what it does to (copy, what was sent, when), its event, what is said then, the verb back."""

    button: str
    form: type
    do: Callable
    event: str
    done: str
    back: str = ""


def lose(copy, *, at):
    """Mark a copy missing; one that was to be posted is not sent, and its member's request is back in its place."""
    rental = Rental.objects.to_post().filter(copy=copy).select_related("copy", "member", "entry").first()
    if rental:
        lending.cancel(rental, at=at, missing=True)
    else:
        copies.lose(copy, at=at)


VERBS = {
    "move": Verb(
        "Move it",
        MoveForm,
        lambda copy, sent, at: copies.move(copy, sent["shelf"]),
        CopyEventKind.MOVED,
        "has another shelf place.",
        "move",
    ),
    "hold": Verb(
        "Hold back",
        NoteForm,
        lambda copy, sent, at: copies.hold(copy, at=at),
        CopyEventKind.HELD,
        "is held back.",
        "pass",
    ),
    "pass": Verb(
        "Let it pass",
        PassForm,
        lambda copy, sent, at: copies.pass_inspection(copy, condition=sent["condition"]),
        CopyEventKind.PASSED,
        "may go out again.",
        "hold",
    ),
    "licence": Verb(
        "Note it",
        LicenceForm,
        lambda copy, sent, at: copies.note_licence(copy, sent["licence"], at=at),
        CopyEventKind.LICENCE,
        "has its licence noted.",
        "licence",
    ),
    "missing": Verb(
        "Mark missing",
        NoteForm,
        lambda copy, sent, at: lose(copy, at=at),
        CopyEventKind.MISSING,
        "is missing.",
        "found",
    ),
    "found": Verb(
        "Found it", Plain, lambda copy, sent, at: copies.find(copy), CopyEventKind.FOUND, "is found.", "missing"
    ),
    "withdraw": Verb(
        "Withdraw it",
        WithdrawForm,
        lambda copy, sent, at: copies.withdraw(copy, sent["farewell"], at=at),
        CopyEventKind.WITHDRAWN,
        "is withdrawn.",
        "restore",
    ),
    "restore": Verb(
        "Back into service",
        Plain,
        lambda copy, sent, at: copies.restore(copy),
        CopyEventKind.RESTORED,
        "is in service again.",
    ),
}
HEADINGS = {
    "move": "Another shelf place",
    "hold": "Hold back",
    "pass": "Passed inspection",
    "licence": "Licence",
    "missing": "Not in its place",
    "found": "It turned up",
    "withdraw": "Withdraw or sell",
    "restore": "Take back into service",
}


def carry_out(name, copy, form, *, by, at):
    """Do it, signed by `by` with the note that was sent. Raises Refused."""
    sent = form.cleaned_data
    with copies.acting(by, getattr(form, "said", sent.get("note", ""))):
        VERBS[name].do(copy, sent, at)


# ------------------------------------------------------------------ what can be done
def offered(copy):
    """The names of the verbs that make sense for a copy in its state (`stock_list.with_states`)."""
    state, _ = copy.state
    if state == "withdrawn":
        return [] if copy.withdrawn_for == Farewell.SOLD else ["restore"]
    if state == "missing":
        return ["found", "withdraw"]
    held = _of_inspection(copy)
    if state == "out":
        lost = [] if copy.rental.posted_at else ["missing"]
        return ["move", *held, "licence", *lost]
    return ["move", *held, "licence", "missing", "withdraw"]


def _of_inspection(copy):
    if not copy.in_inspection_since:
        return ["hold"]
    return ["pass"] if copy.licence == Licence.RENTAL else []


def forms_for(copy, wrong=None):
    """[(name, heading, button, form)] of what can be done; `wrong`: (name, form) that was sent with mistakes."""
    bound = dict([wrong]) if wrong else {}
    names = dict.fromkeys([*bound, *offered(copy)])
    return [
        {
            "name": name,
            "heading": HEADINGS[name],
            "button": VERBS[name].button,
            "form": bound.get(name) or _blank(name, copy),
        }
        for name in names
    ]


def _blank(name, copy):
    other = Licence.NONE if copy.licence == Licence.RENTAL else Licence.RENTAL
    usual = {"shelf": copy.shelf, "condition": copy.condition, "licence": other}
    return VERBS[name].form(initial=usual, auto_id=f"{name}-%s")


def undo_of(name, copy, events, viewer):
    """{"name", "said", "fields"} of the form that takes back what `viewer` did last; None if that was something else.

    Its name is "" if that cannot be taken back.
    """
    verb = VERBS.get(name)
    last = events[-2:] if name == "licence" else events[-1:]  # what is not for rental is held back as well
    if verb is None or (verb.event, viewer.pk) not in [(event.kind, event.by_id) for event in last]:
        return None
    back = verb.back if verb.back in offered(copy) else ""
    return {"name": back, "said": f"Copy {copy.barcode} {verb.done}", "fields": _before(back, copy, events)}


def _before(back, copy, events):
    """What the form that takes it back sends."""
    if back == "move":
        return {"shelf": _place_before(events)}
    if back == "licence":
        return {"licence": Licence.NONE if copy.licence == Licence.RENTAL else Licence.RENTAL}
    return {"condition": copy.condition} if back == "pass" else {}


def _place_before(events):
    places = [event.value for event in events if event.kind == CopyEventKind.MOVED]
    return places[-2] if len(places) > 1 else ""
