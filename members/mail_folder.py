"""E-mails as files: where they go while no mail server is set up (EMAIL_URL)."""

import email
import re
from email import policy
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[\w-]+\.log")
MOST = 200
HEAD = ("To", "From", "Date", "Message-ID", "List-Unsubscribe")


def letters():
    """The newest letters: {"name", "to", "subject", "date"}, without their bodies. None where mail goes to a server."""
    folder = _folder()
    if folder is None:
        return None
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_line(file) for file in files[:MOST]]


def letter(name):
    """A letter: {"subject", "head": [(name, value)], "text", "html"}; None if there is none of that name."""
    folder = _folder()
    if folder is None or not NAME.fullmatch(name) or not (folder / name).is_file():
        return None
    read = _read(folder / name)
    head = [(field, read[field]) for field in HEAD if read[field]]
    return {"subject": read["Subject"], "head": head, "text": _part(read, "plain"), "html": _part(read, "html")}


def _folder():
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path else None


def _line(file):
    read = _read(file)
    return {"name": file.name, "to": read["To"], "subject": read["Subject"], "date": read["Date"]}


def _read(file):
    return email.message_from_bytes(file.read_bytes(), policy=policy.default)


def _part(read, kind):
    part = read.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
