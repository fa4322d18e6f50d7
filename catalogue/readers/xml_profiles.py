"""Streams the profiles out of a DVD Profiler export, building only the elements that are asked for."""

from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .files import CHUNK, LONGEST_VALUE, opened
from .rows import BrokenFile

DEEPEST = 30
LARGEST_PROFILE = 8 << 20
ELEMENT_SIZE = 200  # bytes that an element takes, its tag and text apart
TOO_LARGE = "one value is larger than 1 MB; this is not an export of DVD Profiler."


def profiles(path, wanted):
    """Yields each <DVD> element with those of its children whose tags are in `wanted`.

    What is not wanted is never kept: that is how an owner's prices, loans and notes stay out.
    """
    collector = _Collector(wanted)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    fed = 0
    for chunk in _chunks(path):
        fed += len(chunk)
        _feed(path, parser, chunk, fed)
        yield from collector.take()
    _close(path, parser)


def _chunks(path):
    with opened(path) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _feed(path, parser, chunk, fed):
    with _Guard(path, parser):
        parser.feed(chunk)
        # expat keeps a tag, with all its attributes, until it has the whole of it.
        if fed - parser.parser.CurrentByteIndex > LONGEST_VALUE:
            raise _Refused(TOO_LARGE)


def _close(path, parser):
    with _Guard(path, parser):
        parser.close()


class _Refused(Exception):
    """Well-formed, but nothing that DVD Profiler would write."""


class _Guard:
    """Turns what the parser raises into a BrokenFile that says where."""

    def __init__(self, path, parser):
        self.path, self.expat = path, parser.parser

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if reason := _reason(error):
            place = f"line {self.expat.CurrentLineNumber}, column {self.expat.CurrentColumnNumber + 1}"
            raise BrokenFile(self.path, place, reason) from None


def _reason(error):
    if isinstance(error, _Refused):
        return str(error)
    if isinstance(error, DefusedXmlException):
        return "a document type or entity is declared; an export has none, remove the declaration."
    if isinstance(error, ParseError):
        return f"{str(error).partition(':')[0]}; correct the file, or export it again if it is cut short."
    if isinstance(error, LookupError | ValueError):
        return f"the encoding cannot be read ({error}); export again as UTF-8 or windows-1252."


class _Collector:
    """Receives the events of the parser; its depth is 1 in <Collection>, 2 in <DVD>, 3 in a child of it."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.done, self.builder = [], None
        self.depth, self.length, self.size = 0, 0, 0
        self.keeps = False

    def take(self):
        """The profiles completed since the last call."""
        done, self.done = self.done, []
        return done

    def start(self, tag, attributes):
        self.depth, self.length = self.depth + 1, 0
        self._refuse_strange(tag)
        if self.depth == 2:
            self.builder, self.size, self.keeps = TreeBuilder() if tag == "DVD" else None, 0, False
        elif self.depth == 3:
            self.keeps = tag in self.wanted
        if self._is_kept():
            self._weigh(ELEMENT_SIZE + sum(map(len, attributes.values())))
            self.builder.start(tag, attributes)

    def end(self, tag):
        self.length = 0
        if self._is_kept():
            self.builder.end(tag)
        if self.depth == 2 and self.builder:
            self.done.append(self.builder.close())
            self.builder = None
        self.depth -= 1

    def data(self, text):
        self.length += len(text)
        if self.length > LONGEST_VALUE:
            raise _Refused(TOO_LARGE)
        if self._is_kept():
            self._weigh(len(text))
            self.builder.data(text)

    def close(self):
        """Nothing is left over at the end."""

    def _is_kept(self):
        return self.builder and (self.depth == 2 or (self.depth > 2 and self.keeps))

    def _refuse_strange(self, tag):
        if self.depth == 1 and tag != "Collection":
            raise _Refused(f"the outermost element is <{tag[:40]}>, not <Collection>; export from DVD Profiler.")
        if self.depth > DEEPEST:
            raise _Refused("elements are nested too deep; this is not an export of DVD Profiler.")

    def _weigh(self, size):
        self.size += size
        if self.size > LARGEST_PROFILE:
            raise _Refused("one profile is larger than 8 MB; this is not an export of DVD Profiler.")
