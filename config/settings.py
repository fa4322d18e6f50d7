"""The one settings file. It reads the environment and is safe with none of it set.

DATABASE_URL       postgresql://…; unset: the embedded PostgreSQL of embedded_postgres.py, started when needed
SECRET_KEY         unset: one made for this machine, kept in the state folder
KINOPOST_STATE     folder for what this machine makes (secret, pictures, hashed static files); default ./var
ALLOWED_HOSTS      comma list; default: this machine's own names
KINOPOST_BILLING   how members pay: a module of rentals/billing; default: invoice, confirmed by staff
KINOPOST_SORT_CODE, KINOPOST_ACCOUNT_NUMBER   where members send the money
KINOPOST_HTTPS     1 behind TLS: secure cookies, HSTS, redirect
KINOPOST_ROUNDS    comma list of the hours at which discs are shared out; default 10:00,15:00
EMAIL_URL          smtp://user:password@host:587, see mail_url.py; unset: files in the state folder, under mail
KINOPOST_MAIL_FROM who our mail is from: "Kinopost <post@…>"
KINOPOST_CONTACT   address at which somebody reads what members answer; unset: nothing of ours asks for an answer
KINOPOST_RETURN_ADDRESS  one line, on labels of envelopes: where what cannot be delivered goes back to
KINOPOST_SITE      https://… as members reach the site: links in mail begin so
KINOPOST_DEMO      1: whoever likes signs in as a made-up member; never with KINOPOST_HTTPS=1. bin/serve sets it
DEBUG              1 for Django's own error pages; never on a public site
"""

import logging
import os
import sys
from pathlib import Path

import dj_database_url
import pghistory
import structlog
from csp.constants import NONE, SELF

from config import embedded_postgres, mail_url, redact, secret

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(os.environ.get("KINOPOST_STATE") or BASE_DIR / "var").resolve()
TESTING = "pytest" in sys.modules
HTTPS = os.environ.get("KINOPOST_HTTPS") == "1"

DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or secret.machine_key(STATE_DIR)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{os.environ.get('HOST', '')}").split(",")

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_structlog",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "catalogue",
    "members",
    "reviews",
    "rentals",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "catalogue.former_addresses.FormerAddresses",
    "members.once.OneEffect",
    "catalogue.history.deeds.staff_deeds",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["catalogue.templatetags.addresses"],
        },
    }
]

# ------------------------------------------------------------------ database
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or embedded_postgres.database_url(BASE_DIR),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # It counts what is limited (signing in, sending mail): a limit pushed out by strangers' entries would be none.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
SEARCH_MILLISECONDS = 200  # after which a search shows what it has found so far (catalogue/search)
KEPT_PAGES = 500  # visitors' title pages that a process keeps, about 60 KB each (catalogue/pages.py)

# ------------------------------------------------------------------ mail
SITE = (
    os.environ.get("KINOPOST_SITE")
    or f"http://{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or 8000}"
)
DEFAULT_FROM_EMAIL = os.environ.get("KINOPOST_MAIL_FROM") or "Kinopost <post@kinopost.example>"
CONTACT = os.environ.get("KINOPOST_CONTACT") or ""
RETURN_ADDRESS = os.environ.get("KINOPOST_RETURN_ADDRESS") or ""
globals().update(mail_url.settings(os.environ.get("EMAIL_URL"), STATE_DIR / "mail"))

# ------------------------------------------------------------------ jobs
PROCRASTINATE_ON_APP_READY = "config.schedule.register"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "shutdown_graceful_timeout": 10}

# ------------------------------------------------------------------ money
BILLING = os.environ.get("KINOPOST_BILLING") or "invoice"  # the module of rentals/billing that charges
BANK_ACCOUNT = {  # printed on invoices
    "Account name": "Kinopost Limited",
    "Sort code": os.environ.get("KINOPOST_SORT_CODE") or "00-00-00",
    "Account number": os.environ.get("KINOPOST_ACCOUNT_NUMBER") or "00000000",
}

# ------------------------------------------------------------------ people
AUTH_USER_MODEL = "members.Member"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["members.sign_in.ByEmail"]
LOGIN_URL = "members:sign_in"
LOGIN_REDIRECT_URL = "catalogue:home"
LOGOUT_REDIRECT_URL = "catalogue:home"

ACCOUNT_ADAPTER = "members.adapter.Accounts"
ACCOUNT_FORMS = {
    "login": "members.forms.SignInForm",
    "signup": "members.forms.SignUpForm",
    "reset_password": "members.forms.ResetForm",
    "reset_password_from_key": "members.forms.NewPasswordForm",
    "add_email": "members.forms.NewEmailForm",
    "change_password": "members.forms.ChangePasswordForm",
    "set_password": "members.forms.FirstPasswordForm",
    "reauthenticate": "members.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who has an account hears of what changes who may get in
ACCOUNT_CHANGE_EMAIL = True  # the new address replaces the old one once it is confirmed
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # as long as the e-mail says; so is the link that confirms an address
ACCOUNT_SIGNUP_REDIRECT_URL = "rentals:plans"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # whose word for the caller's address counts in the limits
MFA_ADAPTER = "members.adapter.TwoFactor"
MFA_FORMS = {
    "authenticate": "members.forms.CodeForm",
    "reauthenticate": "members.forms.CodeAgainForm",
    "activate_totp": "members.forms.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kinopost"
MFA_TOTP_TOLERANCE = 1  # a code is good for half a minute before and after: clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # http://localhost
DEMO = os.environ.get("KINOPOST_DEMO") == "1" and not HTTPS  # sign in as a made-up member with one click

# ------------------------------------------------------------------ language, time
LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True
ROUNDS = os.environ.get("KINOPOST_ROUNDS", "10:00,15:00").split(",")  # on business days (rentals/calendar.py)

# ------------------------------------------------------------------ files
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STATE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# A text of 1 MB in any script, written as %D0%B0, is read and comes back in its form with the reason.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a series of 500 credits is one form of the admin, 11 fields each
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ------------------------------------------------------------------ scores
# From when each figure is printed and what it is called (docs/scores.md); the pages print these beside it.
SCORES = {
    "liked_from_half_stars": 7,  # 3.5 stars: "liked it"
    "ratings_to_show": 5,
    "critics_to_show": 5,
    "fresh_from_percent": 60,
    "certified_from_percent": 75,
    "certified_from_reviews": 40,
    "certified_from_top_critics": 5,
    "chart_prior_ratings": 10,  # ratings of the mean of all titles that are added to each title's own, in charts only
    "chart_from_ratings": 5,
    "chart_from_votes": 5,  # on all reviews of a member together, to be among the most helpful reviewers
    "taste_in_common": 5,  # films that two must both have rated before we compare their taste
}

# ------------------------------------------------------------------ moderation (docs/reviews-policy.md prints these)
MODERATION = {
    "new_account_days": 7,  # an account made for one review rarely waits a week; who rents has a disc back by then
    "reports_to_hold": 3,  # one report may be a quarrel, two a couple
    "burst_votes": 5,  # on one author within the hours below: an evening's reading of many authors has fewer
    "burst_hours": 24,
    "ring_votes": 3,  # each way within the days below: friends thank each other once or twice
    "ring_days": 30,
    "decide_in_working_days": 2,  # what we tell the author
}

# ------------------------------------------------------------------ security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ------------------------------------------------------------------ history
# What a change names may be gone, so its keys bind nothing; a change is found by its own row and that row's owner.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"

# ------------------------------------------------------------------ logs
# One line of JSON per event with a request id; no names, addresses or bodies.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redact.without_tokens,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"propagate": False},
        "procrastinate": {"level": "WARNING"},  # it tells of every job; the staff's page does too
        "django.security.DisallowedHost": {"propagate": False},  # strangers' scans; the 400 is in the log anyway
    },
}

if TESTING:
    SEARCH_MILLISECONDS = 20_000  # no test depends on how busy the machine is
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    LOGGING["root"]["level"] = "CRITICAL"
