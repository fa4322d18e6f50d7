"""Django's secret key, made once per machine and kept out of the repository."""

import contextlib
import os
import secrets
from pathlib import Path


def machine_key(folder: Path) -> str:
    """The key in `folder`/secret-key; made, readable by its owner only, if there is none.

    Safe when several processes start at once: the first to create the file wins, the others read it.
    """
    path = folder / "secret-key"
    with contextlib.suppress(FileNotFoundError):
        if key := path.read_text().strip():
            return key
    return _make(path)


def _make(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret-key.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text().strip()
