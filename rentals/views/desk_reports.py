"""What the desk looks up: what to buy, and where the post loses and breaks discs."""

import csv
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.spreadsheets import safe
from rentals.desk import buying, patterns
from rentals.desk.access import desk_page

COLUMNS = ("film", "year", "waiting", "passed over before", "copies", "days away", "to buy by ratio", "by forecast")


@require_safe
@desk_page("rentals.change_copy")
def what_to_buy(request):
    """Films that members wait too long for."""
    known = {"lines": buying.lines(), "goal": buying.GOAL_DAYS, "ratio": buying.RATIO}
    return render(request, "desk/buying.html", known)


@require_safe
@desk_page("rentals.change_copy")
def what_to_buy_csv(request):
    """The same for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="to-buy.csv"'
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    for line in buying.lines():
        told = (line.waiting, line.passed_over, line.copies, line.days_away, line.by_ratio, line.by_forecast)
        rows.writerow([safe(line.title.name), line.title.year or "", *told])
    return response


@require_safe
@desk_page("rentals.change_rental")
def post(request):
    """Trouble by postcode area and week."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    weeks = [monday - timedelta(weeks=number) for number in range(patterns.WEEKS - 1, -1, -1)]
    since = timezone.make_aware(datetime.combine(weeks[0], time()))
    areas = patterns.by_area(weeks, since=since, zone=settings.TIME_ZONE)
    return render(request, "desk/post.html", {"weeks": weeks, "areas": areas, "many": patterns.MANY})
