"""A search in vain is counted by the page that shows it, under our policy, and only when it has been seen."""

import pytest
from playwright.sync_api import expect

from catalogue.models import WantedSearch

pytestmark = pytest.mark.browser
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"  # a headless one is no visitor


def test_a_page_without_a_film_tells_that_it_was_seen_once(open_page):
    page = open_page("/search/?q=zzqa+kalatozov", user_agent=AGENT)
    for _ in range(2):
        with page.expect_response("**/search/in-vain/") as told:
            page.reload()
        assert told.value.status == 204
    expect(page.get_by_role("heading", name="We do not have")).to_be_visible()
    assert list(WantedSearch.objects.values_list("typed", "visitors")) == [("zzqa kalatozov", 1)]


def test_who_goes_on_at_once_is_not_counted(open_page):
    page = open_page("/search/?q=zzqb+kalatozov", user_agent=AGENT)
    page.goto(page.url.split("/search")[0] + "/search/?q=cranes+flying")
    page.wait_for_timeout(2500)
    assert not WantedSearch.objects.filter(typed__startswith="zzqb").exists()
