"""EMAIL_URL: where mail goes.

smtp://user:password@host:587      a mail server; what is said is enciphered (STARTTLS)
smtp+plain://host:25               a mail server on this machine or in this room: nothing is enciphered
smtps://user:password@host:465     a mail server that enciphers from the first word (TLS)
file:///a/folder                   no server: every e-mail is a file in that folder
"""

from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 587, "smtp+plain": 25, "smtps": 465}
SECONDS = 20  # that a mail server may keep us waiting
NOT_UNDERSTOOD = "EMAIL_URL is not understood: write smtp://user:password@host:587 or file:///a/folder."


def settings(url, folder):
    """Django's settings for `url`; without one, every e-mail is a file in `folder`. Raises ValueError."""
    if not url:
        return _of_folder(str(folder))
    try:
        parts = urlsplit(url)
        return _of_folder(unquote(parts.path)) if parts.scheme == "file" else _of_server(parts)
    except (KeyError, ValueError):
        raise ValueError(NOT_UNDERSTOOD) from None  # the cause would print the password


def _of_folder(path):
    if not path.startswith("/"):
        raise ValueError(NOT_UNDERSTOOD)
    return {"EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": path}


def _of_server(parts):
    usual = PORTS[parts.scheme]
    if not parts.hostname:
        raise ValueError
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SECONDS,
    }
