"""Adding to the queue from any page: the panel of a title's page, and small buttons on cards and rows."""

from django import template
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from rentals.asking import State, states_of
from rentals.rent_panel import rent_panel as panel_of

register = template.Library()
NOTHING = State("none")


@register.inclusion_tag("rentals/_rent_panel.html", takes_context=True)
def rent_panel(context):
    """The form of a title's page. Needs `title`, `mine` and the request of a member."""
    request, title = context["request"], context["title"]
    names = ("title", "mine", "user", "messages", "csrf_token")
    return {name: context.get(name) for name in names} | {"here": request.path} | panel_of(title, request.user)


@register.simple_tag(takes_context=True)
def add_button(context, key, name, availability):
    """For a member: what they have of the title, or a button that puts it into the queue. For a visitor nothing.

    `availability`: the words of its stock; None for what is not out yet.
    """
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return ""
    state = _states(request).get(key, NOTHING)
    if state.kind in ("queued", "home"):
        return in_queue(state)
    if availability and availability.get("is", "none") == "none":
        return ""
    request.has_add_buttons = True
    word = "Reserve" if availability is None else "Rent again" if state.kind == "had" else "Add to queue"
    return button(key, name, word)


def in_queue(state):
    """A link that says where the title is."""
    words = "At home" if state.kind == "home" else f"In your queue, number {state.place}"
    link = '<p class="own"><a href="{}">{}</a></p>'
    return format_html(link, reverse("rentals:queue"), words)


def button(key, name, word, said=""):
    """A button of the page's one form (`add_form`); htmx sends it without the page."""
    return format_html(
        '<p class="own"><button class="own__add" type="submit" form="adding" name="title" value="{key}"'
        ' hx-post="{url}" hx-target="closest .own" hx-swap="outerHTML" hx-select="unset"'
        ' hx-vals=\'{{"next": "{next}"}}\'>{word}'
        '<span class="vh">: {name}</span></button>{said}</p>',
        key=key,
        url=reverse("rentals:add"),
        next=reverse("rentals:added", args=[key]),
        word=word,
        name=name,
        said=said,
    )


@register.simple_tag
def own(title, state, messages):
    """What stands in place of a button that was pressed: where the title is, or the button again and why."""
    refused = [str(message) for message in messages if message.level_tag == "warning"]
    if state and state.kind in ("queued", "home"):
        return in_queue(state)
    said = format_html('<span class="own__said" role="status">{}</span>', " ".join(refused))
    return button(title.pk, title.name, "Add to queue", said)


def _states(request):
    """What the member has of which titles, read once for a page."""
    if not hasattr(request, "own_states"):
        request.own_states = SimpleLazyObject(lambda: states_of(request.user))
    return request.own_states


@register.inclusion_tag("rentals/_add_form.html", takes_context=True)
def add_form(context):
    """The form that all add buttons of the page belong to, if there are any. Stands behind them."""
    request = context.get("request")
    needed = getattr(request, "has_add_buttons", False)
    return {"needed": needed, "here": needed and request.get_full_path(), "csrf_token": context.get("csrf_token")}
