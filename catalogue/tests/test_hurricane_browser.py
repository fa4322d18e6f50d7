""" "Hurricane Kalatozov", a documentary, from nothing to a full page: in at most 60 actions, and by keys alone."""

import pytest
from PIL import Image

from catalogue import models
from catalogue.tests.test_admin_browser import media, page, server, sign_in, site  # noqa: F401

pytestmark = pytest.mark.browser
MOST = 60
TABS = 400  # more than the form has controls
LEAD = "A Georgian who taught the Soviet camera to fly, told by those who flew with him."
SYNOPSIS = """Patrick Cazals follows Mikhail Kalatozov from a Tbilisi projection room to Cannes and Havana.

Friends and pupils remember how the famous shots were made, and what they cost."""
CAST = """Directed by Patrick Cazals
Tatiana Samoilova
Claude Lelouch
Aleksei Batalov
"""
EARLIER = "node => !!(document.activeElement.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)"
IN_FOCUS = "node => node === document.activeElement || node.contains(document.activeElement)"


class Hands:
    """Somebody at a mouse. `actions` counts clicks, fields filled in and choices."""

    paper = "teal"  # each their own poster: the folder of pictures is another one for each test

    def __init__(self, page):  # noqa: F811
        self.page, self.actions = page, 0

    def at(self, what):
        return self.page.locator(what).first

    def press(self, what):
        self.actions += 1
        self.at(what).click()

    def fill(self, what, words):
        self.actions += 1
        self.at(what).fill(words)

    def select(self, what, label):
        self.actions += 1
        self.at(what).select_option(label=label)

    def send(self, what, path):
        self.actions += 1
        self.at(what).set_input_files(path)

    def complete(self, field, words):
        """An autocomplete: opened, typed into, and what it finds taken."""
        self.actions += 3
        self.open(f"#id_{field} + .select2 .select2-selection")
        self.page.locator(".select2-search__field").fill(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
        self.page.keyboard.press("Enter")

    def open(self, what):
        self.at(what).click()


class Keys(Hands):
    """Somebody without a mouse: everything is reached by Tab."""

    paper = "maroon"

    def reach(self, what):
        node = self.at(what)
        for _ in range(TABS):
            if node.evaluate(IN_FOCUS):
                return
            self.page.keyboard.press("Shift+Tab" if node.evaluate(EARLIER) else "Tab")
        raise AssertionError(f"{what} is not reached by Tab")

    def press(self, what):
        self.reach(what)
        self.page.keyboard.press("Enter")

    def fill(self, what, words):
        self.reach(what)
        self.page.keyboard.insert_text(words)

    def select(self, what, label):
        self.reach(what)
        self.page.keyboard.type(label)

    def send(self, what, path):
        chosen = []
        self.page.once("filechooser", lambda chooser: (chosen.append(chooser), chooser.set_files(path)))
        for _ in range(5):  # a key that comes while the page beside the form arrives may be lost
            self.reach(what)
            self.page.keyboard.press("Space")
            self.page.wait_for_timeout(1000)
            if chosen:
                return
        raise AssertionError("No file could be chosen.")

    def open(self, what):
        self.press(what)


@pytest.fixture
def hands(request, page, tmp_path):  # noqa: F811
    for name in ("Tatiana Samoilova", "Claude Lelouch"):
        models.Person.objects.create(slug=name.lower().replace(" ", "-"), name=name)
    models.Genre.objects.get_or_create(slug="documentary", defaults={"name": "Documentary"})
    Image.new("RGB", (400, 600), request.param.paper).save(tmp_path / "poster.png")
    sign_in(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    return request.param(page)


def words_and_cast(hands):
    hands.press(".model-title .addlink")
    hands.fill("#id_name", "Hurricane Kalatozov")
    hands.fill("#id_year", "2009")
    hands.fill("#id_runtime_minutes", "74")
    hands.fill("#id_lead", LEAD)
    hands.fill("#id_synopsis", SYNOPSIS)
    hands.fill("[name=cast_list]", CAST)
    hands.select("[name=cast_role]", "Self")
    hands.press("[name=_match]")
    hands.page.locator("#cast-told").wait_for()


def editions(hands):
    edition = "#id_releases-{}-"
    dvd, blu_ray = edition.format(0), edition.format(1)
    hands.press("#releases-0 summary")
    hands.select(f"{dvd}medium", "DVD")
    hands.fill(f"{dvd}released_on", "2010-05-04")
    hands.fill(f"{dvd}runtime_minutes", "71")
    hands.fill(f"{dvd}regions", "2")
    hands.select(f"{dvd}video_standard", "PAL")
    hands.fill(f"{dvd}audio_tracks", "French | Dolby Digital | 2.0")
    hands.fill(f"{dvd}subtitle_tracks", "English, Russian")
    hands.fill(f"{dvd}identifiers", "5050582415876")
    hands.fill(f"{dvd}extras", "The camera of Urusevsky | featurette | 2009 | 18 min")
    hands.press("#releases-group .add-row a")
    hands.select(f"{blu_ray}medium", "Blu-ray")
    hands.fill(f"{blu_ray}released_on", "2012")
    hands.fill(f"{blu_ray}runtime_minutes", "74")
    hands.fill(f"{blu_ray}regions", "A, B")
    hands.fill(f"{blu_ray}audio_tracks", "French | LPCM | 2.0")
    hands.fill(f"{blu_ray}subtitle_tracks", "English (hard of hearing)")


def names_and_words(hands):
    hands.press("#names-group .add-row a")
    hands.fill("#id_names-0-name", "Ouragan Kalatozov")
    hands.complete("names-0-language", "French")
    hands.select("#id_names-0-kind", "Original")
    hands.press("#title_countries-group .add-row a")
    hands.complete("title_countries-0-country", "France")
    hands.press("#title_genres-group .add-row a")
    hands.complete("title_genres-0-genre", "Documentary")
    hands.press("#title_languages-group .add-row a")
    hands.complete("title_languages-0-language", "French")
    hands.press("#events-group .add-row a")
    hands.select("#id_events-0-kind", "Premiere")
    hands.fill("#id_events-0-date", "2009")
    hands.press("#identifiers-group .add-row a")
    hands.fill("#id_identifiers-0-scheme", "imdb")
    hands.fill("#id_identifiers-0-value", "tt1543922")


@pytest.mark.parametrize("hands", [Hands, Keys], indirect=True, ids=["mouse", "keys"])
def test_a_documentary_from_nothing_to_a_full_page(hands, tmp_path):
    hands.page.goto("/admin/")
    words_and_cast(hands)
    hands.send("#id_upload", tmp_path / "poster.png")
    editions(hands)
    names_and_words(hands)
    hands.press("[name=_continue]:visible")
    hands.page.get_by_text("was added successfully").wait_for()
    assert "100 of 100" in hands.page.locator(".field-lacks").text_content()
    hands.press(".viewsitelink")
    shows_all_of_it(hands.page)
    assert hands.actions <= MOST
    assert hands.page.complaints == []


def shows_all_of_it(page):  # noqa: F811
    page.get_by_role("heading", level=1, name="Hurricane Kalatozov").wait_for()
    said = page.locator("main").inner_text()
    for words in ("Ouragan Kalatozov", LEAD, "Patrick Cazals", "Claude Lelouch", "France", "Documentary", "1h 14min"):
        assert words in said
    title = models.Title.objects.get(name="Hurricane Kalatozov")
    assert title.poster and title.synopsis.replace("\r", "") == SYNOPSIS
    assert [release.medium for release in title.releases.order_by("position")] == ["dvd", "blu-ray"]
    assert title.releases.first().extras.get().minutes == 18
    cast = title.credits.filter(role="self").order_by("position")
    assert [credit.person.name for credit in cast] == ["Tatiana Samoilova", "Claude Lelouch", "Aleksei Batalov"]
    assert models.Person.objects.count() == 4  # two were known
