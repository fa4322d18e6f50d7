"""The form of a title in a browser: rows dragged and moved by keys, a poster cut, a page made by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from catalogue import models
from catalogue.pictures import Picture
from catalogue.tests.test_admin_browser import (  # noqa: F401
    DJANGOS_OWN,
    choose,
    media,
    page,
    server,
    sign_in,
    site,
    title,
)

pytestmark = pytest.mark.browser
NAMES = ("Tatiana Samoilova", "Aleksei Batalov", "Vasili Merkuryev")


@pytest.fixture
def form(page, title):  # noqa: F811
    """The page of a title with three actors, a director and an edition."""
    title.credits.all().delete()
    for place, name in enumerate(NAMES, 1):
        person, _ = models.Person.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})
        title.credits.create(person=person, role="actor", position=place, printed_name=name)
    director = models.Person.objects.create(slug="mikhail-kalatozov", name="Mikhail Kalatozov")
    title.credits.create(person=director, role="director", position=1, printed_name="Mikhail Kalatozov")
    title.releases.create(slug="dvd", medium="dvd").discs.create(number=1)
    sign_in(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/admin/catalogue/title/{title.pk}/change/", wait_until="networkidle")
    return page


def save(page):  # noqa: F811
    page.get_by_role("button", name="Save and continue editing").last.click()
    page.get_by_text("was changed successfully").wait_for()


def cast(title):  # noqa: F811
    rows = title.credits.filter(role="actor").order_by("position")
    return list(rows.values_list("position", "printed_name"))


def row(page, name):  # noqa: F811
    return page.locator("#credits-group tr.has_original").filter(has=page.locator(f"input[value='{name}']"))


def test_a_row_is_dragged_to_another_place(form, title):  # noqa: F811
    handle = row(form, NAMES[2]).locator(".mover--drag")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), row(form, NAMES[0]).bounding_box()
    form.mouse.move(start["x"] + 5, start["y"] + 5)
    form.mouse.down()
    form.mouse.move(end["x"] + 20, end["y"] + 5, steps=8)
    form.mouse.up()
    assert form.locator(".moved").text_content() == "Vasili Merkuryev is now number 1 of 3 as actor."
    save(form)
    assert cast(title) == [(1, NAMES[2]), (2, NAMES[0]), (3, NAMES[1])]
    assert form.complaints == []


def test_a_row_is_moved_by_keys_within_its_role(form, title):  # noqa: F811
    field = row(form, NAMES[0]).locator("input[name$=printed_name]")
    field.focus()
    form.keyboard.press("Alt+ArrowUp")
    assert form.locator(".moved").text_content() == "Tatiana Samoilova is first already."
    form.keyboard.press("Alt+ArrowDown")
    assert form.locator(".moved").text_content() == "Tatiana Samoilova is now number 2 of 3 as actor."
    assert field.evaluate("field => field === document.activeElement")
    row(form, NAMES[0]).get_by_role("button", name="Move down").press("Enter")
    save(form)
    assert cast(title) == [(1, NAMES[1]), (2, NAMES[2]), (3, NAMES[0])]
    assert title.credits.get(role="director").position == 1


def test_a_new_row_may_be_moved_among_others_and_one_taken_away(form, title):  # noqa: F811
    for place, name in ((4, "Svetlana Kharitonova"), (5, "Nobody")):
        form.locator("#credits-group").get_by_text("Add another Credit").click()
        form.locator(f"#id_credits-{place}-by_name").fill(name)
        form.locator(f"#id_credits-{place}-role").select_option("actor")
    form.locator("#id_credits-4-by_name").press("Alt+ArrowUp")
    form.locator("#credits-5 .inline-deletelink").click()
    save(form)
    assert [name for _, name in cast(title)] == [NAMES[0], NAMES[1], "Svetlana Kharitonova", NAMES[2]]


def test_a_poster_is_cut_where_it_is_moved(form, title, tmp_path):  # noqa: F811
    picture = Image.new("RGB", (1200, 900), "red")
    picture.paste("blue", (600, 0, 1200, 900))
    picture.save(tmp_path / "wide.png")
    form.get_by_label("New poster").set_input_files(tmp_path / "wide.png")
    canvas = form.locator(".crop__canvas")
    canvas.wait_for()
    assert "50 % goes at the left" in form.locator(".crop__words").text_content()
    canvas.focus()
    for _ in range(4):
        form.keyboard.press("ArrowRight")
    assert "70 % goes at the left" in form.locator(".crop__words").text_content()
    box = canvas.bounding_box()
    form.mouse.move(box["x"] + 170, box["y"] + 100)
    form.mouse.down()
    form.mouse.move(box["x"] - 400, box["y"] + 100, steps=4)
    form.mouse.up()
    assert "100 % goes at the left" in form.locator(".crop__words").text_content()
    shown = canvas.evaluate("canvas => [...canvas.getContext('2d').getImageData(5, 5, 1, 1).data].slice(0, 3)")
    save(form)
    title.refresh_from_db()
    kept = Image.open(Picture("", None, (), (), poster=title.poster).path("180.webp")).convert("RGB").getpixel((5, 5))
    assert shown == [0, 0, 255]
    assert kept[2] > 200 > 50 > kept[0]
    assert form.complaints == []


def test_without_javascript_a_cast_list_is_matched_and_saved(form, title, chromium):  # noqa: F811
    context = chromium.new_context(base_url=form.url.split("/admin")[0], java_script_enabled=False)
    context.add_cookies(form.context.cookies())
    plain = context.new_page()
    plain.goto(form.url)
    plain.get_by_label("Lines", exact=True).fill("Aleksei Batalov as Boris\nSvetlana Kharitonova as Irina")
    plain.get_by_role("button", name="Match these lines").click()
    assert "Aleksei Batalov is credited as actor already" in plain.locator("#cast-told").text_content()
    plain.locator("#releases-1 summary").click()
    plain.locator("#id_releases-1-medium").select_option("blu-ray")
    plain.locator("#id_releases-1-audio_tracks").fill("Russian | LPCM | 1.0")
    plain.get_by_role("button", name="Save", exact=True).last.click()
    assert title.credits.get(printed_name="Svetlana Kharitonova").character == "Irina"
    assert title.releases.get(medium="blu-ray").audio_tracks.get().language_id == "ru"
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_goes_over_the_edge(form, width):
    form.set_viewport_size({"width": width, "height": 900})
    form.evaluate("document.querySelectorAll('details').forEach(block => (block.open = true))")
    found = Axe().run(form, options=DJANGOS_OWN).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []
    assert form.evaluate("document.documentElement.scrollWidth") <= width
