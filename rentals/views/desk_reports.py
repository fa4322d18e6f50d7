"""What the desk looks up: where the post loses and breaks discs."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rentals.desk import patterns
from rentals.desk.access import desk_page


@require_safe
@desk_page("rentals.view_rental")
def post(request):
    """Trouble by postcode area and week."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    weeks = [monday - timedelta(weeks=number) for number in range(patterns.WEEKS - 1, -1, -1)]
    since = timezone.make_aware(datetime.combine(weeks[0], time()))
    areas = patterns.by_area(weeks, since=since, zone=settings.TIME_ZONE)
    return render(request, "desk/post.html", {"weeks": weeks, "areas": areas, "many": patterns.MANY})
