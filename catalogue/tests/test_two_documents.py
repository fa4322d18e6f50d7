"""Each element of the two title pages this catalogue began from, and what our page of the same film prints for it.

D1 has 41 elements and D2 26, numbered in page order. Prose (synopses, reviews, quotes, long extras) is our own, so what
is compared there is its place, number and form. Where our wording differs by design the name of the case says so.

Left out openly: D2's 4th element has a "List" button, which saves a film to a list. It comes with members' lists.
"""

import re

import pytest
from django.test import Client

from members.models import Member
from tests.databases import connected_to
from tests.factories import make_member
from tests.pages import CRANES, by_id, discs, facts, get, links, of_class, text, tree

NAME = "The Cranes Are Flying"
# Line 9 of D1, byte for byte: twenty places, of which eleven were links that are gone.
CAST_WITHOUT_LINKS = (
    ", , , Aleksandr Shvorin, , Konstantin Kadochnikov, , , , Ekaterina Kupriyanova, , , Olga Dzisko, "
    "Leonid Knyazev, Georgiy Kulikov, , Aleksandr Popov, Irina Preys, , Galina Stepanova"
)
LINKED_PLACES = {1, 2, 3, 5, 7, 8, 9, 11, 12, 16, 19}
DVD_EXTRAS = ["Interview with Alexei Batalov", "Tatiana Samoilava documentary", "Chronicle", "Filmographies"]
BLU_RAY, DVD = 0, 1  # columns: the best medium first


@pytest.fixture(scope="module")
def page(demo_database, django_db_blocker):
    with django_db_blocker.unblock(), connected_to(demo_database):
        return get(Client(), CRANES)


# ------------------------------------------------------------------ places on the page
def head(page):
    return page.find("head/title").text


def heading(page):
    return text(page.find(".//h1"))


def section(key):
    return lambda page: text(by_id(page, key))


def part(name, number=0):
    """The text of the element with the class `name` that comes `number`th."""
    return lambda page: text(of_class(page, name)[number])


def record(label):
    return lambda page: " | ".join(facts(page)[label])


def cell(label, column):
    return lambda page: discs(page)[label][column]


def row_labels(page):
    return " | ".join(discs(page))


def review(number):
    return lambda page: text(of_class(page, "review")[number])


def paragraphs_of_review(number):
    return lambda page: str(len(of_class(of_class(page, "review")[number], "prose")[0].findall("p")))


def extras(column):
    """The extras of an edition, one below the other."""

    def lines(page):
        cells = [row for row in of_class(page, "discs")[0].iter("tr") if text(row[0]) == "Extras"][0].findall("td")
        return "\n".join(text(line) for line in cells[column].iter("li"))

    return lines


def cast(page):
    """Twenty places: the billed in their list, the others in a sentence."""
    billed = [row for row in of_class(page, "cast")[0].findall("li") if "crew" not in row.get("class", "")]
    names = [("" if row.find("a") is not None else row.text.strip()) for row in billed]
    also = of_class(page, "also")[0]
    rest = re.sub(r"\s+", " ", text(also, links=False)).removeprefix("Also with").removesuffix(".")
    return names + [name.strip() for name in rest.split(",")]


def cast_line(page):
    return ", ".join(cast(page))


def navigation(page):
    (nav,) = (nav for nav in page.iter("nav") if nav.get("aria-label") == "Main")
    return text(nav)


def critics(page):
    return "\n".join(text(quote) for quote in by_id(page, "critics").iter("li"))


def voices(page):
    items = of_class(page, "brief")[0].findall("li")
    return "\n".join(f"{of_class(item, 'stars')[0].get('data-n')} {text(of_class(item, 'by')[0])}" for item in items)


def internal_links(page):
    return " ".join(links(page))


# ------------------------------------------------------------------ the elements
# fmt: off
D1 = {
    1: ("heading: our <title> says it", head, ["Rent The Cranes Are Flying (1957)"]),
    2: ("rating line", part("tally"), ["4.1 of 5 from 116 ratings"]),
    3: ("run time", part("quick"), ["1h 36min"]),
    4: ("rental line with the formats held", part("rent"), [
        f"Rent {NAME} (aka Letyat zhuravli): online DVD & Blu-ray rental."]),
    5: ("tabs: links to parts of the page", part("local"), ["General info", "Available formats 2"]),
    6: ("synopsis: our own words", section("info"), ["Synopsis Just before the war, two young Muscovites walk by"]),
    7: ("cast line, byte for byte once links are gone", cast_line, [CAST_WITHOUT_LINKS]),
    8: ("director", record("Director"), ["Mikhail Kalatozov"]),
    9: ("writer", record("Writer"), ["Viktor Rozov, screenplay"]),
    10: ("aka: each in its script", part("aka"), ["Also known as Летят журавли, Letyat zhuravli"]),
    11: ("studio: whose DVD it is", cell("Studio", DVD), ["Nouveaux Pictures"]),
    12: ("genres: both documents' in one list", record("Genres"), ["Romance, Drama, War, Classics"]),
    13: ("collections", record("Collections"), ["Soviet Union, Classics, Drama, Romance"]),
    14: ("award: the prize first", record("Awards"), ["Palme d'Or, Cannes 1958"]),
    15: ("release date of the DVD: empty, so no label", row_labels, [" | Run time | "]),
    16: ("run time of the DVD", cell("Run time", DVD), ["97 minutes"]),
    17: ("sound of the DVD: dubbed is said of its track", cell("Audio", DVD), [
        "English, Dolby Digital 1.0 (dubbed)", "Russian, Dolby Digital 1.0"]),
    18: ("region of the DVD", cell("Regions", DVD), ["Region 2"]),
    19: ("aspect ratio of the DVD", cell("Aspect ratio", DVD), ["Full Screen 1.33:1 / 4:3"]),
    20: ("colour of the DVD: B & W in words", cell("Colour", DVD), ["Black and white"]),
    21: ("extras of the DVD, as printed", extras(DVD), ["\n".join(DVD_EXTRAS)]),
    22: ("release date of the Blu-ray: empty, so no label", row_labels, [" | Run time | "]),
    23: ("run time of the Blu-ray", cell("Run time", BLU_RAY), ["96 minutes"]),
    24: ("sound of the Blu-ray", cell("Audio", BLU_RAY), ["Russian, LPCM Mono"]),
    25: ("aspect ratio of the Blu-ray", cell("Aspect ratio", BLU_RAY), ["Full Screen 1.37:1"]),
    26: ("colour of the Blu-ray", cell("Colour", BLU_RAY), ["Black and white"]),
    27: ("regions of the Blu-ray: empty, and beside a DVD's said to be", cell("Regions", BLU_RAY), ["Not recorded"]),
    28: ("extras of the Blu-ray: our own words", extras(BLU_RAY), [
        "Ian Christie", "1961", "Hurricane Kalatozov", "2008 programme", "Claude Lelouch"]),
    29: ("other films", section("like"), [f"Rent other films like {NAME}"]),
    30: ("reviews heading with the count of all", section("reviews"), [f"Reviews (5) of {NAME}", "3 of 5 shown"]),
    31: ("review 1: headline and initials", review(0), [
        "I went back for the staircase and stayed for her", f"{NAME} review by NC"]),
    32: ("review 1: spoiler alert", review(0), ["Spoiler alert."]),
    33: ("review 1: four paragraphs", paragraphs_of_review(0), ["4"]),
    34: ("review 1: votes", review(0), ["4 out of 4 members found this review helpful."]),
    35: ("review 2: headline and initials", review(1), ["It rhymes", f"{NAME} review by TE"]),
    36: ("review 2: spoiler alert and four paragraphs", paragraphs_of_review(1), ["4"]),
    37: ("review 2: votes", review(1), ["Spoiler alert.", "3 out of 3 members found this review helpful."]),
    38: ("review 3: headline and initials", review(2), ["A sad love story from Moscow", f"{NAME} review by NO"]),
    39: ("review 3: spoiler alert and one paragraph", paragraphs_of_review(2), ["1"]),
    40: ("review 3: no votes, and that is said", review(2), [
        "Spoiler alert.", "0 out of 0 members found this review helpful."]),
    41: ("join call with the cheapest plan's price", part("pitch"), [
        "Unlimited films sent to your door, starting at £9.99 a month."]),
}
D2 = {
    1: ("name of the site: ours", part("brand"), ["Kinopost"]),
    2: ("navigation: ours", navigation, ["Films TV series New Collections Plans"]),
    3: ("heading", heading, [NAME]),
    4: ("year, run time and genres; no List button yet", part("film", 0), [
        "1957", "1h 36min", "Romance, Drama, War"]),
    5: ("scores", part("scores"), ["96% for 26 of 27 reviews", "93% liked it 2,500+ ratings"]),
    6: ("short synopsis: our lead", part("lead"), ["Veronika and Boris have made plans for the summer of 1941."]),
    7: ("call to watch it elsewhere", part("elsewhere"), ["Max", "Stream now"]),
    8: ("where to watch, with kind and country", section("formats"), [
        "Where else to watch", "Included with a subscription, United States", "Checked 12 November 2026"]),
    9: ("critics: heading and link with the count of all", section("critics"), [
        "Critics", "26 of 27 reviews are for it", "All 27 critics’ reviews"]),
    10: ("six critics", critics, [
        "For Rated 6/6 Dilys Farrant, The Evening Reel 18 January 2008", "Against Handsome enough", "Rated 4.5/5"]),
    11: ("link to all critics", internal_links, [f"{CRANES}critics/"]),
    12: ("audience elsewhere: heading and count of all", section("reviews"), [
        "What other audiences said", "All 255 audience reviews on Popcornmeter"]),
    13: ("six voices with stars and dates", voices, [
        "3 Elena P, The Back Row, 2 October 2023", "3.5 Dana G, The Back Row, 6 September 2023",
        "4.5 Steven R, The Back Row, 21 July 2023", "5 bill w, The Back Row, 30 March 2023",
        "4 spence p, The Back Row, 30 March 2023", "4 s k, The Back Row, 31 March 2023"]),
    14: ("link to all members' reviews", internal_links, [f"{CRANES}reviews/"]),
    15: ("my rating, for a visitor; long text folds", section("my-rating"), [
        "My rating", "Sign in to post a rating, write a review or edit it."]),
    16: ("cast and crew", section("info"), ["Cast and crew Tatyana Samoylova Veronika Aleksey Batalov Boris"]),
    17: ("movie info with the synopsis", section("info"), ["General info Synopsis", "The record"]),
    18: ("director", record("Director"), ["Mikhail Kalatozov"]),
    19: ("screenwriter", record("Writer"), ["Viktor Rozov, screenplay"]),
    20: ("production company", record("Production company"), ["Mosfilm"]),
    21: ("genres", record("Genres"), ["Romance, Drama, War"]),
    22: ("original language", record("Original language"), ["Russian"]),
    23: ("streaming date", record("Streaming since"), ["21 November 2016, United States"]),
    24: ("box office", record("Box office, USA"), ["$17.0K gross"]),
    25: ("run time: one of the title's own, and the editions'", record("Run time"), ["1h 36min"]),
    26: ("most popular", lambda page: text(page.find(".//main")), ["Most popular at home now"]),
}
# fmt: on
ELEMENTS = [
    pytest.param(where, expected, id=f"{document}-{number} {what}")
    for document, elements in (("D1", D1), ("D2", D2))
    for number, (what, where, expected) in elements.items()
]


def test_no_element_is_forgotten():
    assert list(D1) == list(range(1, 42)) and list(D2) == list(range(1, 27))


@pytest.mark.parametrize("where, expected", ELEMENTS)
def test_the_page_prints(page, where, expected):
    printed = where(page)
    for words in expected:
        assert words in printed


def test_the_cast_line_is_the_first_documents_to_the_byte(page):
    assert cast_line(page) == CAST_WITHOUT_LINKS
    assert {place for place, name in enumerate(cast(page), 1) if not name} == LINKED_PLACES


def test_linked_cast_lead_to_their_pages(page):
    rows = [row for row in of_class(page, "cast")[0].findall("li") if "crew" not in row.get("class", "")]
    addresses = [url for row in [*rows, of_class(page, "also")[0]] for url in links(row)]
    assert len(addresses) == len(LINKED_PLACES)
    assert all(url.startswith("/people/") for url in addresses)


def test_editions_stand_side_by_side_the_blu_ray_first(page):
    assert discs(page)[""] == ["Blu-ray", "DVD"]
    assert "Release date" not in discs(page)


def test_extras_are_four_and_five(page):
    assert extras(DVD)(page).splitlines() == DVD_EXTRAS
    assert len(extras(BLU_RAY)(page).splitlines()) == 5


def test_votes_stand_in_the_order_of_the_document(page):
    votes = [text(of_class(one, "foot")[0].find("span")) for one in of_class(page, "review")]
    assert votes == [f"{n} out of {n} members found this review helpful." for n in (4, 3, 0)]


def test_scores_are_the_documents(page):
    assert part("tally")(page).startswith("Members 4.1 of 5 from 116 ratings ")
    assert text(of_class(page, "scores")[0]) == (
        "Critics 96% for 26 of 27 reviews Fresh: 60% or more Audience elsewhere 93% liked it "
        "2,500+ ratings, Popcornmeter, opens another site\u2060"
    )


def test_six_of_27_critics_and_six_of_255_voices_are_shown(page):
    assert len(of_class(page, "quote")) == 6
    assert len(of_class(page, "brief")[0].findall("li")) == 6


def test_empty_values_leave_no_label(page):
    assert "Release date" not in text(page)
    assert not [row for row in page.iter() if row.tag in ("dd", "dt", "th", "td", "li", "p") and not visible(row)]


def visible(element):
    """Something to see: text, a picture, a drawing, a control; or the corner of a table."""
    drawn = any(inner.tag in ("img", "svg", "input", "use") or inner.get("role") == "img" for inner in element.iter())
    return drawn or text(element) or (element.tag == "td" and not element.attrib)


def test_my_rating_has_all_states_of_the_second_document(demo, sign_in):
    """Post rating, write a review, edit review: each when it is its turn."""
    member = make_member()
    author = Member.objects.get(reviews__title__slug="the-cranes-are-flying-1957", shown_as="NC")
    fresh = text(by_id(get(sign_in(member), CRANES), "my-rating"))
    rated = text(by_id(tree(sign_in(member).post(f"{CRANES}rate/", {"half_stars": 9}, follow=True)), "my-rating"))
    known = text(by_id(get(sign_in(author), CRANES), "my-rating"))
    assert "My rating" in fresh and "Post rating" in fresh and "review" not in fresh
    assert "Write a review" in rated and "Edit review" in known


def test_long_voices_fold(page):
    (fold,) = of_class(page, "brief")[0].findall(".//details")
    assert text(fold.find("summary")) == "Read more Read less"
