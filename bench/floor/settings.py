"""No middleware, no sessions, no apps but this one; the database of the site it is measured beside."""

import os
from pathlib import Path

import dj_database_url

ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = []
LANGUAGE_CODE = "en-gb"
MIDDLEWARE = []
ROOT_URLCONF = "bench.floor.views"
SECRET_KEY = "floor: signs nothing"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
TIME_ZONE = "Europe/London"
USE_TZ = True
