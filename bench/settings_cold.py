"""The site's settings without its kept pages: every page is built for every request."""

from config.settings import *  # noqa: F403
from config.settings import CACHES

CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
