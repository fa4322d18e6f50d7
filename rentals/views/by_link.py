"""What a link in an e-mail does to a queue."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from members import links
from rentals.queue import move


@links.through(links.RATING)
def send_first(request, token, member, facts, entry):
    """Move an entry of that member to the top; then the page again that lists what comes next."""
    mine = get_object_or_404(member.queue.live().select_related("title"), pk=entry)
    if request.method == "POST":
        place = move(mine, 1)
        messages.success(request, f"{mine.title.name} goes first." if place else f"{mine.title.name} has left already.")
    return redirect("reviews:rated_by_link", token)
