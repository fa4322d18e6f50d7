"""Opens foreign files and hands out their text in pieces of bounded size."""

import codecs
from contextlib import contextmanager

from .rows import BrokenFile

CHUNK = 1 << 16
LONGEST_VALUE = 1 << 20
RESAVE = "save it as UTF-8 text and import it again."


@contextmanager
def opened(path):
    """The file for reading bytes; raises BrokenFile if it cannot be opened."""
    try:
        file = open(path, "rb")
    except OSError as error:
        raise BrokenFile(
            path, "", f"cannot be opened ({error.strerror}); check the name and the permissions."
        ) from None
    with file:
        yield file


def lines(path, longest):
    """Number and text of each line, at most `longest` bytes of it. A byte order mark is left out."""
    with opened(path) as file:
        number = 0
        while raw := file.readline(longest + 1):
            number += 1
            _refuse_long(path, number, raw, longest)
            yield number, _decoded(path, raw, number)


def _refuse_long(path, number, raw, longest):
    if len(raw) > longest:
        reason = f"the line is longer than {longest >> 20} MB; check that this is the right file."
        raise BrokenFile(path, f"line {number}", reason)


def _decoded(path, raw, number):
    _refuse_nul(path, raw, number)
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, f"line {number}, byte {error.start + 1}") from None


def chunks(path):
    """The text of the file in chunks. A byte order mark is left out."""
    decoder, line, offset = codecs.getincrementaldecoder("utf-8-sig")(), 1, 0
    with opened(path) as file:
        while raw := file.read(CHUNK):
            _refuse_nul(path, raw, line, offset)
            yield _next_text(path, decoder, raw, line, offset)
            line, offset = line + raw.count(b"\n"), offset + len(raw)
    _next_text(path, decoder, b"", line, offset)


def _next_text(path, decoder, raw, line, offset):
    waiting = len(decoder.getstate()[0])
    try:
        return decoder.decode(raw, final=not raw)
    except UnicodeDecodeError as error:
        start = max(error.start - waiting, 0)
        raise _not_utf8(path, f"line {line + raw.count(10, 0, start)}, byte {offset + start + 1}") from None


def _refuse_nul(path, raw, line, offset=0):
    if (at := raw.find(0)) >= 0:
        place = f"line {line + raw.count(10, 0, at)}, byte {offset + at + 1}"
        raise BrokenFile(path, place, f"there is a NUL byte; {RESAVE}")


def _not_utf8(path, place):
    return BrokenFile(path, place, f"this is not UTF-8; {RESAVE}")
