"""JSON that may come from anybody: one value at a time, and nothing in it that we could not store."""

import json
import re
from collections import Counter

from .files import LONGEST_VALUE, chunks
from .rows import BrokenFile
from .schema import shortened

SPACE = re.compile(r"[ \t\r\n]*")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class StrictDecoder:
    """Decodes values and notes what JSON lets pass but a catalogue cannot hold."""

    def __init__(self):
        self._faults = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_float=_number
        )

    def decode(self, text, at=0):
        """The value that begins at `at`, where it ends, and its fault as a sentence or None.

        Raises JSONDecodeError, also for a depth or a number that Python refuses.
        """
        self._faults.clear()
        value, end = self._decode(text, at)
        if text.find("\\u", at, end) >= 0:
            self._faults += _unstorable(value)
        return value, end, self._faults[0] if self._faults else None

    def _decode(self, text, at):
        try:
            return self._decoder.raw_decode(text, at)
        except RecursionError:
            raise json.JSONDecodeError("Brackets are nested too deep", text, at) from None
        except json.JSONDecodeError:
            raise
        except ValueError:
            raise json.JSONDecodeError("A number has too many digits", text, at) from None

    def _object(self, pairs):
        value = dict(pairs)
        if len(value) < len(pairs):
            self._faults.append(_twice([key for key, _ in pairs]))
        return value

    def _constant(self, name):
        self._faults.append(f"{name} is not a number that can be stored; leave the key out.")


def _number(text):
    """JSON does not tell 1957 from 1957.0; we do."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _twice(keys):
    [(key, _)] = Counter(keys).most_common(1)
    return f'The key "{shortened(key)}" stands twice in one object; keep the one that is meant.'


def _unstorable(value):
    for text in texts_in(value):
        if "\0" in text:
            yield "A value holds the character NUL (\\u0000); take it out."
        if LONE_SURROGATE.search(text):
            yield "A value holds half a character (a lone surrogate such as \\ud800); write the whole one."


def texts_in(value):
    """Every key and text in `value`, however deep."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list):
            waiting += part


class ArrayOfObjects:
    """Walks a JSON array of objects of any length, holding no more than one object and one chunk."""

    def __init__(self, path):
        self.path = path
        self._chunks = chunks(path)
        self._decoder = StrictDecoder()
        self._text, self._at = "", 0
        self._line, self._column = 1, 0  # of the first character of _text

    def __iter__(self):
        """Yields (object, fault or None); raises BrokenFile where the array is not well-formed."""
        self._take("[")
        if self._peek() != "]":
            yield self._object()
            while self._take(",]") == ",":
                yield self._object()
        else:
            self._take("]")
        if self._peek():
            raise self._broken("there is more after the end of the list; take it out.")

    def _take(self, signs):
        sign = self._peek()
        if not sign:
            raise self._broken("the list ends here without a closing bracket; the file is cut short, fetch it again.")
        if sign not in signs:
            raise self._broken(f'here should be {" or ".join(signs)}, not "{sign}"; correct the file.')
        self._at += 1
        return sign

    def _peek(self):
        """The next character that is not space; "" at the end."""
        self._at = SPACE.match(self._text, self._at).end()
        while self._at == len(self._text) and self._read_on():
            self._at = SPACE.match(self._text, self._at).end()
        return self._text[self._at : self._at + 1]

    def _object(self):
        if self._peek() not in ("{", ""):
            raise self._broken("each film must be an object in braces; correct the file.")
        while True:
            try:
                value, self._at, fault = self._decoder.decode(self._text, self._at)
                return value, fault
            except json.JSONDecodeError as error:
                self._need_more(error)

    def _need_more(self, error):
        if len(self._text) - self._at > LONGEST_VALUE:
            raise self._broken(f"{error.msg}, or this film is larger than 1 MB; correct the file.", error.pos)
        if not self._read_on():
            raise self._broken(f"{error.msg}; correct the file, or fetch it again if it is cut short.", error.pos)

    def _read_on(self):
        """Drop what is done with and append the next chunk; False at the end of the file."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._line, self._column = self._place(self._at)
        self._text, self._at = self._text[self._at :] + chunk, 0
        return True

    def _place(self, at):
        line_start = self._text.rfind("\n", 0, at)
        column = at - line_start - 1 if line_start >= 0 else self._column + at
        return self._line + self._text.count("\n", 0, at), column

    def _broken(self, reason, at=None):
        line, column = self._place(self._at if at is None else at)
        return BrokenFile(self.path, f"line {line}, column {column + 1}", reason)
