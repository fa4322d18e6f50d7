"""Make the pictures of this folder anew from a running site.

bin/serve &
.venv/bin/python docs/screenshots/make.py http://127.0.0.1:8000 PASSWORD_OF_STAFF

Without the password, which bin/serve prints, those of the admin stay as they are.
"""

import io
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
SHOTS = [
    ("title", "/titles/the-cranes-are-flying-1957/", width, scheme)
    for width in (390, 1440)
    for scheme in ("light", "dark")
] + [("fold", "/titles/the-cranes-are-flying-1957/", 1440, "light"), ("home", "/", 1440, "light")]
CRANES = "/admin/catalogue/title/?q=cranes"
OF_STAFF = [
    ("staff-home", lambda page: page.goto("/admin/")),
    ("staff-form", lambda page: _beside(page, "h1")),
    ("staff-credits", lambda page: _beside(page, "#credits-group")),
]
LONGEST = {"fold": 900}  # pixels of height that are kept; at most 16383, which is what WebP can hold


def shoot(browser, site, name, path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + path, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    keep(page.screenshot(full_page=True), f"{name}-{width}-{scheme}", LONGEST.get(name, 16383))
    context.close()


def shoot_staff(browser, site, password):
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_login", "staff@kinopost.example")
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    code = subprocess.run(["bin/manage", "staff_code"], cwd=FOLDER.parents[1], capture_output=True, text=True)
    page.fill("[name=code]", code.stdout.strip())
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/admin/")
    for name, open_ in OF_STAFF:
        open_(page)
        page.wait_for_load_state("networkidle")
        keep(page.screenshot(), f"{name}-1440-light")
    context.close()


def _beside(page, place):
    """The form with its page beside it, scrolled to `place`."""
    page.goto(CRANES)
    page.click("#result_list tbody th a")
    if not page.is_checked("#beside"):
        page.check("#beside")
    page.wait_for_timeout(3000)
    page.locator(place).first.scroll_into_view_if_needed()


def keep(png, name, longest=16383):
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.crop((0, 0, picture.width, min(picture.height, longest))).save(
        FOLDER / f"{name}.webp", quality=45, method=6
    )


def main(site="http://127.0.0.1:8000", password=None):
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            shoot(browser, site, *shot)
        if password:
            shoot_staff(browser, site, password)


main(*sys.argv[1:])
