"""Make the pictures of this folder anew from a running site.

bin/serve &
.venv/bin/python docs/screenshots/make.py [http://127.0.0.1:8000]
"""

import io
import shutil
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
LONGEST = {"fold": 900}  # pixels of height that are kept; at most 16383, which is what WebP can hold


def shoot(browser, site, name, path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + path, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    picture.crop((0, 0, picture.width, min(picture.height, LONGEST.get(name, 16383)))).save(
        FOLDER / f"{name}-{width}-{scheme}.webp", quality=45, method=6
    )
    context.close()


def main(site="http://127.0.0.1:8000"):
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            shoot(browser, site, *shot)


main(*sys.argv[1:])
