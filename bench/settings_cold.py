"""The site's settings without its kept pages: every page is built for every request."""

from config.settings import *  # noqa: F403

KEPT_PAGES = 0
