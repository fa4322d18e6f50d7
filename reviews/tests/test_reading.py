"""Pages of reviews through their addresses: what they show, to whom, in which order, with how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import pages
from catalogue.templatetags.sharing import SUFFIX
from reviews.models import ReaderChoices, Review
from reviews.models.said import LONG
from tests import factories as make
from tests.pages import by_id, get, links, meta, of_class, structured_data, text, tree

DAY = make.DAY
LISTED = "/titles/ikiru/reviews/"


@pytest.fixture
def title(db):
    return make.make_title(name="Ikiru", slug="ikiru", year=1952)


@pytest.fixture
def member(db):
    return make.make_member(shown_as="Nadia", handle="nadia")


def said(title, headline, *, half_stars=None, votes=(), days=0, **fields):
    """A review with the stars its author gives and votes, True or False."""
    review = make.make_review(title=title, headline=headline, written_on=DAY + timedelta(days), **fields)
    if half_stars:
        make.make_rating(title=title, member=review.author, half_stars=half_stars)
    for helpful in votes:
        make.make_vote(review=review, helpful=helpful)
    return review


def withhold(review, verb, reason=""):
    step = make.make_step(review=review, verb=verb, reason=reason, rule="links" if verb == "hold" else "")
    Review.objects.filter(pk=review.pk).update(withheld_by=step)


def shown(page):
    return [text(review.find("./*[1]")) for review in of_class(page, "review")]


def heading(page):
    return text(page.find(".//h1"))


def robots(page):
    return [m.get("content") for m in page.iter("meta") if m.get("name") == "robots"]


def address(review):
    return reverse("reviews:review", args=[review.pk])


# ------------------------------------------------------------------ orders and stars
@pytest.fixture
def five(title):
    said(title, "Loved, helpful", half_stars=10, votes=[True] * 4)
    said(title, "Hated, helpful", half_stars=1, votes=[True] * 3, days=1)
    said(title, "Rented", half_stars=7, days=3, verified=True)
    said(title, "Helped none of 11", half_stars=9, votes=[False] * 11, days=2)
    said(title, "Without stars", days=4)
    return title


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("helpful", ["Loved, helpful", "Hated, helpful", "Without stars", "Rented", "Helped none of 11"]),
        ("newest", ["Without stars", "Rented", "Helped none of 11", "Hated, helpful", "Loved, helpful"]),
        ("highest", ["Loved, helpful", "Helped none of 11", "Rented", "Hated, helpful", "Without stars"]),
        ("lowest", ["Hated, helpful", "Rented", "Helped none of 11", "Loved, helpful", "Without stars"]),
        ("verified", ["Rented", "Loved, helpful", "Hated, helpful", "Without stars", "Helped none of 11"]),
        ("nonsense", ["Loved, helpful", "Hated, helpful", "Without stars", "Rented", "Helped none of 11"]),
    ],
)
def test_reviews_stand_in_the_order_asked_for(client, five, sort, order):
    page = get(client, f"{LISTED}?sort={sort}")
    assert shown(page) == order
    chosen = [o.get("value") for o in page.iter("option") if "selected" in o.attrib]
    assert chosen == [sort if sort != "nonsense" else "helpful"]


@pytest.mark.parametrize(
    ("stars", "headlines"),
    [
        ("5", ["Loved, helpful", "Helped none of 11"]),
        ("4.5", ["Loved, helpful", "Helped none of 11"]),
        ("4", ["Rented"]),
        ("1", ["Hated, helpful"]),
        ("0.5", ["Hated, helpful"]),
        ("none", ["Without stars"]),
    ],
)
def test_a_bar_picks_the_reviews_of_its_stars(client, five, stars, headlines):
    page = get(client, f"{LISTED}?stars={stars}")
    assert sorted(shown(page)) == sorted(headlines)
    assert heading(page) == f"Reviews ({len(headlines)}) of Ikiru"
    assert links(of_class(page, "chips")[0]) == [LISTED + "?" * ("?" in links(of_class(page, "chips")[0])[0])]


@pytest.mark.parametrize("stars", ["5.5", "0", "NaN", "", "-1", "6", "5'--", "\u0665", "nan", "1e0"])
def test_stars_that_are_none_pick_nothing(client, five, stars):
    page = get(client, LISTED, data={"stars": stars})
    assert heading(page) == "Reviews (5) of Ikiru" and not of_class(page, "chips")


def test_bars_are_links_with_counts_and_the_chosen_one_is_marked(client, five):
    page = get(client, f"{LISTED}?sort=newest&stars=5")
    (bars,) = of_class(page, "by-stars")
    assert [text(li) for li in bars.iter("li")] == [
        "4½ and 5 stars5★ : 2 reviews",
        "3½ and 4 stars4★ : 1 review",
        "2½ and 3 stars3★ : 0 reviews",
        "1½ and 2 stars2★ : 0 reviews",
        "½ and 1 star1★ : 1 review",
        "No stars : 1 review",
    ]
    assert [a.get("aria-current") for a in bars.iter("a")] == ["true", None, None, None]
    assert links(bars)[1] == f"{LISTED}?sort=newest&stars=4"
    hidden = {i.get("name"): i.get("value") for i in page.iter("input") if i.get("type") == "hidden"}
    assert hidden["stars"] == "5"


def test_a_bar_without_reviews_says_so_and_leads_back(client, five):
    page = get(client, f"{LISTED}?stars=3")
    (empty,) = of_class(page, "empty")
    assert text(empty) == "No review with 2½ and 3 stars There are 5 reviews with other ratings. All reviews"
    assert links(empty) == [LISTED]


def test_a_title_that_nobody_reviewed_leads_to_writing(client, title):
    page = get(client, LISTED)
    assert heading(page) == "Reviews (0) of Ikiru"
    assert links(of_class(page, "empty")[0]) == ["/titles/ikiru/review/"]
    assert not of_class(page, "by-stars")


def test_pages_of_twenty_keep_order_and_stars(client, title):
    for number in range(45):
        said(title, f"Number {number}", half_stars=10, days=number)
    said(title, "Other", half_stars=2, days=-1)
    page = get(client, f"{LISTED}?sort=newest&stars=5&page=3")
    assert shown(page) == [f"Number {number}" for number in range(4, -1, -1)]
    assert heading(page) == "Reviews (45) of Ikiru"
    assert "?sort=newest&stars=5&page=2" in links(of_class(page, "pager")[0])
    assert shown(get(client, f"{LISTED}?page=99"))[-1] == "Other"
    assert len(shown(get(client, f"{LISTED}?page=x"))) == 20


def test_as_many_queries_for_twenty_as_for_two(client, title, sign_in, member):
    reader = sign_in(member)

    def queries(url=LISTED):
        with CaptureQueriesContext(connection) as captured:
            reader.get(url)
        return len(captured)

    for number in range(2):
        said(title, f"Number {number}", half_stars=10, votes=[True])
    few = queries()
    for number in range(30):
        make.make_reply(review=said(title, f"Number {number}", half_stars=8, votes=[True, False]))
    assert queries() == queries(f"{LISTED}?sort=verified&page=2") == few
    mine = queries("/reviewers/nadia/"), queries("/account/reviews/")
    for _ in range(12):
        said(make.make_title_on_disc(), "Mine", author=member)
    more = queries("/reviewers/nadia/"), queries("/account/reviews/")
    for _ in range(6):
        said(make.make_title_on_disc(), "Mine", author=member)
    assert (queries("/reviewers/nadia/"), queries("/account/reviews/")) == more
    assert more[1] <= mine[1] + 1


# ------------------------------------------------------------------ what is shown, and to whom
HIDDEN = {
    "held": lambda review: withhold(review, "hold"),
    "rejected": lambda review: withhold(review, "reject", "Not about the film."),
    "banned": lambda review: make.make_ban(member=review.author),
    "closed": lambda review: type(review.author).objects.filter(pk=review.author_id).update(is_active=False),
}


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_review_is_nowhere(client, sign_in, title, hide):
    review = said(title, "Hidden words", half_stars=8, author=make.make_member(handle="hider"))
    other = said(title, "Plain words", half_stars=8)
    everywhere = ["/", "/titles/ikiru/", LISTED, f"{LISTED}?stars=4", f"{LISTED}feed/", address(other)]
    before = "".join(client.get(url).content.decode() for url in everywhere)
    assert before.count("Hidden words") >= 5
    hide(review)
    pages.forget()
    for reader in (client, sign_in(make.make_member())):
        for url in [*everywhere, "/reviewers/hider/", "/reviewers/hider/feed/"]:
            assert "Hidden words" not in reader.get(url).content.decode(), url
        assert reader.get(address(review)).status_code == 404
        assert heading(get(reader, LISTED)) == "Reviews (1) of Ikiru"
    assert "Plain words" in client.get("/").content.decode()


@pytest.mark.django_db
def test_many_hidden_ones_do_not_empty_the_front_page(client):
    said(make.make_title(), "Plain words")
    banned = [said(make.make_title(), "Hidden words", days=1) for _ in range(30)]
    for review in banned:
        make.make_ban(member=review.author)
    assert "Plain words" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("hide", "what", "why"),
    [
        (HIDDEN["held"], "A moderator looks at it before others see it.", "It has links"),
        (HIDDEN["rejected"], "We took it off the pages.", "Not about the film."),
        (lambda review: withhold(review, "ask", "Name no names."), "We asked for a change.", "Name no names."),
        (HIDDEN["banned"], "Your reviews are not shown for now.", "Not honest."),
    ],
    ids=["held", "rejected", "asked", "banned"],
)
def test_an_author_sees_what_was_decided_and_why(sign_in, title, hide, what, why):
    review = said(title, "Hidden words")
    hide(review)
    author = sign_in(review.author)
    page = get(author, address(review))
    notice = text(of_class(page, "say-so")[-1])
    assert "Only you see this review." in notice and what in notice and f"Why: {why}" in notice
    assert robots(page) == ["noindex"] and not page.findall(".//script[@type='application/ld+json']")
    listed = text(of_class(get(author, "/account/reviews/"), "mine-list")[-1])
    assert "Hidden words" in listed and what in listed and why in listed


def test_a_review_on_its_own_page(client, sign_in, title):
    review = said(title, "A <b>masterpiece</b>", half_stars=9, votes=[True], body="One.\n\n</script>Two.")
    page = get(client, address(review))
    assert heading(page) == "A <b>masterpiece</b>" and not links(page.find(".//h1"))
    assert robots(page) == ["noindex"] and meta(page, "og:url") == f"http://testserver{address(review)}"
    assert {"/titles/ikiru/", LISTED} <= set(links(page))
    data = structured_data(page)
    assert data["@type"] == "Review" and data["reviewRating"]["ratingValue"] == "4.5"
    assert data["itemReviewed"] == {"@type": "Movie", "name": "Ikiru", "url": "http://testserver/titles/ikiru/"}
    assert data["reviewBody"] == review.body and data["url"] == meta(page, "og:url")
    assert text(page.find(".//title")).endswith(SUFFIX)
    assert "/titles/ikiru/review/" in links(get(sign_in(review.author), address(review)))
    assert "/titles/ikiru/review/" not in links(page)


@pytest.mark.parametrize("key", [0, 99999999, 9999999999999999999999])
def test_a_review_that_is_none_is_not_found(client, db, key):
    assert client.get(f"/reviews/{key}/").status_code == 404
    assert client.get(f"/reviews/{key}/", {"x": 1}).status_code == 404


def test_the_parts_of_a_review(client, title):
    review = said(title, "Rented", half_stars=8, verified=True, edited_on=DAY + timedelta(3))
    make.make_reply(review=review, body="Thank you.\n\nWe agree.", written_on=date(2026, 2, 1))
    (printed,) = of_class(get(client, LISTED), "review")
    assert text(of_class(printed, "rented")[0]) == "Rented here: the member had the disc from us and sent it back"
    assert "edited 8 January 2026" in text(printed)
    assert text(of_class(printed, "reply")[0]) == "Reply from Kinopost1 February 2026 Thank you. We agree."
    assert "0 out of 0 members found this review helpful." in text(printed)
    assert links(printed.find("h2")) == [address(review)]


# ------------------------------------------------------------------ spoilers, long texts
def gate(client, url=LISTED):
    return "open" in of_class(get(client, url), "gate")[0].attrib


def test_spoilers_open_by_themselves_for_whom_they_should(client, sign_in, title):
    review = said(title, "He dies", contains_spoilers=True)
    everywhere = [LISTED, address(review)]
    plain, brave, renter, rater = (make.make_member() for _ in range(4))
    ReaderChoices.objects.create(member=brave, always_show_spoilers=True)
    back = datetime(2026, 1, 9, tzinfo=UTC)
    times = {"posted_at": make.NOON, "checked_in_at": back}
    make.make_rental(title=title, member=renter, **times)
    make.make_rating(title=title, member=rater, verified=True)
    for reader, opens in ((plain, False), (brave, True), (renter, True), (rater, True)):
        assert [gate(sign_in(reader), url) for url in everywhere] == [opens] * 2
    assert not gate(client) and not gate(client, address(review))
    reviewer = f"/reviewers/{review.author.handle}/"
    assert gate(sign_in(renter), reviewer) and not gate(sign_in(plain), reviewer)


@pytest.mark.parametrize(
    ("body", "opening", "rest"),
    [
        ("Short.\n\nTwo.", ["Short.", "Two."], []),
        ("a" * LONG, ["a" * LONG], []),
        ("a" * 800 + "\n\n" + "b" * 200, ["a" * 800], ["b" * 200]),
        ("a" * 700 + ". " + "b" * 700, ["a" * 700 + "."], ["b" * 700]),
        ("a " * 700, [("a " * 450).strip()], [("a " * 250).strip()]),
        ("a" * 1900, ["a" * LONG], ["a" * 1000]),
    ],
)
def test_a_long_review_folds(client, title, body, opening, rest):
    review = said(title, "Long", body=body)
    (prose,) = of_class(get(client, address(review)), "prose")
    assert [text(p) for p in prose.findall("p")] == opening
    folds = of_class(prose, "fold")
    assert [text(p) for fold in folds for p in fold.findall("p")] == rest
    assert len(folds) == bool(rest)


# ------------------------------------------------------------------ reviewers
def test_a_reviewers_page(client, sign_in, member, title):
    said(title, "Mine", author=member, votes=[True, True, False], half_stars=8)
    said(make.make_title_on_disc(name="Ran"), "Later", author=member, days=1)
    make.make_rating(member=member, title=make.make_title(name="Only rated"), half_stars=3)
    type(member).objects.filter(pk=member.pk).update(joined_at=datetime(2024, 5, 3, tzinfo=UTC))
    page = get(client, "/reviewers/nadia/")
    assert heading(page) == "Reviews by Nadia" and robots(page) == ["noindex"]
    assert "A member since May 2024. 2 reviews, found helpful 2 times." in text(page)
    assert shown(page) == ["Later", "Mine"]
    assert "Only rated" not in text(get(client, "/reviewers/nadia/?show=ratings"))
    ReaderChoices.objects.create(member=member, shows_ratings=True)
    rated = get(client, "/reviewers/nadia/?show=ratings")
    assert "Only rated (1957)" in text(of_class(rated, "titles")[0]) and not of_class(rated, "review")
    assert "/account/reviews/" in links(by_id(get(sign_in(member), "/reviewers/nadia/"), "main"))


@pytest.mark.parametrize("hide", [HIDDEN["banned"], HIDDEN["closed"]], ids=["banned", "closed"])
def test_who_is_not_heard_has_no_page(client, title, hide):
    review = said(title, "Mine", author=make.make_member(handle="gone"))
    hide(review)
    assert client.get("/reviewers/gone/").status_code == client.get("/reviewers/gone/feed/").status_code == 404
    assert client.get("/reviewers/nobody/").status_code == 404


def test_who_wants_no_page_has_none_and_no_link_leads_there(client, title, member):
    review = said(title, "Mine", author=member)

    def linked():
        pages.forget()
        return {"/reviewers/nadia/" in links(get(client, url)) for url in ("/titles/ikiru/", LISTED, address(review))}

    assert linked() == {True}
    ReaderChoices.objects.create(member=member, has_page=False)
    assert linked() == {False}
    assert client.get("/reviewers/nadia/").status_code == 404
    ReaderChoices.objects.update(has_page=True)
    assert linked() == {True}


# ------------------------------------------------------------------ choices
def test_a_member_chooses(sign_in, member):
    reader = sign_in(member)
    page = get(reader, "/account/reviews/")
    assert [i.get("name") for i in page.iter("input") if "checked" in i.attrib and i.get("type") == "checkbox"] == [
        "has_page"
    ]
    assert not ReaderChoices.objects.exists()
    response = reader.post("/account/reviews/", {"always_show_spoilers": "on", "shares_taste": "on"}, follow=True)
    chosen = ReaderChoices.objects.get(member=member)
    assert (chosen.always_show_spoilers, chosen.has_page, chosen.shows_ratings, chosen.shares_taste) == (
        *(True, False),
        *(False, True),
    )
    assert "That is kept." in text(by_id(tree(response), "messages"))


def test_ones_own_reviews_and_drafts_are_listed(sign_in, member, title):
    said(title, "Mine", author=member, votes=[True])
    make.make_draft(author=member, headline="Half written", title=make.make_title(slug="half"))
    make.make_draft(headline="Another's")
    page = get(sign_in(member), "/account/reviews/")
    drafts, own = of_class(page, "mine-list")
    assert "Half written" in text(drafts) and links(drafts) == ["/titles/half/review/"]
    assert "1 out of 1 members found this review helpful." in text(own)
    assert "Another's" not in text(page)
    (here,) = (a for a in of_class(page, "account-nav")[0].iter("a") if a.get("aria-current"))
    assert text(here) == "Reviews"


def test_choices_are_for_members(client):
    assert client.get("/account/reviews/")["Location"] == "/sign-in/?next=/account/reviews/"
