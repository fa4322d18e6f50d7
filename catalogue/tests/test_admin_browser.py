"""The admin in a browser: under our content security policy, and readable by tools that read pages aloud."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import IntegrityError
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from catalogue import models
from catalogue.pictures import Picture
from members import two_factor
from members.models import Member
from tests.databases import connected_to, copy_of
from tests.factories import SECRET, make_staff

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "staff@example.org", "a long enough password"
FADES = "ViewTransition opt-in disabled"  # our pages fade into each other, and into the admin's, which do not
WATCH = """addEventListener("securitypolicyviolation", broken =>
    console.error(`CSP ${broken.violatedDirective} ${broken.sourceFile} ${broken.sample}`))"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def site(empty_database, django_db_blocker):
    """The address of a server with an empty database of its own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def server(site):
    """The same server, with nothing left of the test before."""
    for model in (models.TitleDraft, models.Title, models.Person, Member):
        _empty(model)
    return site


def _empty(model):
    """Once more if the last page of the test before kept a draft meanwhile."""
    try:
        model._base_manager.all().delete()
    except IntegrityError:
        _empty(models.TitleDraft)
        model._base_manager.all().delete()


@pytest.fixture
def page(server, chromium):
    """A page whose `complaints` must stay empty: errors, broken policies, answers of 400 and more."""
    context = chromium.new_context(base_url=server)
    page = context.new_page()
    page.complaints = []
    page.add_init_script(WATCH)
    page.on(
        "console",
        lambda said: said.type in ("error", "warning") and page.complaints.append(f"{said.text} {said.location}"),
    )
    page.on("pageerror", lambda error: FADES not in str(error) and page.complaints.append(str(error)))
    page.on("response", lambda got: got.status >= 400 and page.complaints.append(f"{got.status} {got.url}"))
    yield page
    context.close()


@pytest.fixture
def title(server):
    title = models.Title.objects.create(slug="cranes", name="The Cranes Are Flying", year=1957)
    person = models.Person.objects.create(slug="tatiana-samoilova", name="Tatiana Samoilova")
    models.Person.objects.create(slug="aleksei-batalov", name="Aleksei Batalov")
    title.credits.create(person=person, role="actor", position=1, printed_name="T. Samoilova")
    title.names.create(name="Letiat zhuravli", position=1)
    return title


def sign_in(page):
    """As a superuser, by the whole way: password, six digits."""
    make_staff(email=EMAIL, password=PASSWORD, is_superuser=True)
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(two_factor.code_now(SECRET))
    page.get_by_role("button", name="Sign in", exact=True).click()


def choose(page, select, words):
    """Pick in the autocomplete `select` (its id) what `words` find."""
    page.locator(f"#{select} + .select2").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def test_staff_correct_a_title_and_give_it_a_poster(page, title, tmp_path):
    Image.new("RGB", (600, 900), "red").save(tmp_path / "poster.png")
    sign_in(page)
    page.goto("/admin/catalogue/title/?q=cranes")
    page.get_by_role("link", name="The Cranes Are Flying").click()
    page.locator("#credits-group").get_by_text("Add another Credit").click()
    choose(page, "id_credits-1-person", "Aleksei")
    page.locator("#id_credits-1-role").select_option("actor")
    page.get_by_label("New poster").set_input_files(tmp_path / "poster.png")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_text("was changed successfully").wait_for()
    assert page.locator("img[alt^='Poster of']").evaluate("image => image.complete && image.naturalWidth") == 360
    assert title.credits.get(position=2).printed_name == "Aleksei Batalov"
    page.get_by_role("link", name="View on site").click()
    shown = page.locator("main img").first.evaluate("image => image.decode().then(() => image.currentSrc)")
    assert Picture.of(models.Title.objects.for_cards().get(poster__gt="")).key in shown
    assert page.complaints == []


PAGES = (
    "/admin/",
    "/admin/catalogue/title/",
    "/admin/catalogue/title/add/",
    "/admin/catalogue/release/add/",
    "/admin/catalogue/person/",
    "/admin/reviews/rating/",
    "/admin/reviews/criticreview/add/",
    "/admin/rentals/plan/add/",
    "/admin/members/member/add/",
    "/admin/auth/group/add/",
)


def test_no_page_of_the_admin_breaks_the_policy(page, title):
    sign_in(page)
    for address in (*PAGES, f"/admin/catalogue/title/{title.pk}/change/", f"/admin/catalogue/title/{title.pk}/delete/"):
        page.goto(address, wait_until="networkidle")
    page.goto("/admin/reviews/criticreview/add/")
    page.locator(".datetimeshortcuts a").nth(1).click()
    page.locator("#add_id_critic").click()
    assert page.complaints == []


# Of Django's own templates: the column that names a row has no heading. Minor, and the template has no block for it.
DJANGOS_OWN = {"rules": {"empty-table-header": {"enabled": False}}}


def found(page):
    """What axe finds on the page: [(rule, impact, elements, the first)]."""
    violations = Axe().run(page, options=DJANGOS_OWN).response["violations"]
    return [(rule["id"], rule["impact"], len(rule["nodes"]), rule["nodes"][0]["html"][:200]) for rule in violations]


def test_axe_finds_nothing_on_the_sign_in_page(page):
    page.goto("/admin/")
    assert found(page) == []


@pytest.mark.parametrize("where", ["/admin/", "/admin/catalogue/title/", "/admin/catalogue/title/{}/change/"])
def test_axe_finds_nothing(page, title, where):
    sign_in(page)
    page.goto(where.format(title.pk), wait_until="networkidle")
    assert found(page) == []
