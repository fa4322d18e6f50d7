import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def sample(tmp_path):
    """Writes a file of the given name and content; the name says nothing to the readers."""

    def write(content, name="sample.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def shared():
    """The folder of real data beside the repository; without it the test is skipped."""
    folder = Path(os.environ.get("KINOPOST_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real data is not here")
    return folder
