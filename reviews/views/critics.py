"""Pages of what critics say: of a title, all who do, one of them, and where they write."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue import structured_data
from catalogue.cards import card
from catalogue.models import Title
from catalogue.title_page import CRITICS_SHOWN
from catalogue.views.paging import context
from reviews import critics_page
from reviews.models import Critic, Publication


@require_safe
def critics(request, slug):
    """What critics say of a title."""
    title = get_object_or_404(Title.objects.for_page(), slug=slug)
    page = {"title": title, "card": card(title), "scores": title.score_summary.words()}
    page |= {"on_the_title_page": title.score_summary.critic_reviews <= CRITICS_SHOWN}
    return render(request, "reviews/critics.html", page | critics_page.critics_of_title(request, title))


@require_safe
def all_critics(request):
    member = request.user if request.user.is_authenticated else None
    page = critics_page.all_critics(member, request.GET.get("page"))
    return render(request, "reviews/all_critics.html", context(request, page))


@require_safe
def critic(request, slug):
    page = critics_page.critic_page(request, get_object_or_404(Critic, slug=slug))
    return render(request, "reviews/critic.html", context(request, page, structured_data.critic))


@require_safe
def publication(request, slug):
    page = critics_page.publication_page(request, get_object_or_404(Publication, slug=slug))
    return render(request, "reviews/publication.html", context(request, page, structured_data.publication))
