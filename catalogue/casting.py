"""Cast lists as people paste them: who is named on each line, in which part.

    Tatiana Samoilova as Veronica          Veronica ..... Tatiana Samoilova        1. Tatiana Samoilova - Veronica
    Directed by Mikhail Kalatozov          • Aleksei Batalov (voice) (uncredited)  Cast:

Nothing is looked up here. Where a line has two names, both may be the person's: `Line.sides` gives them, the likelier
first.
"""

import re
from dataclasses import dataclass

from catalogue.models import Role

START = re.compile(r"^\s*(?:[•·▪◦*–—-]\s*|\(?\d{1,3}[.)]\s+)*")
TABS = re.compile(r"\s*\t[\s.…]*")
LEADERS = re.compile(r"\s*(?:\.{2,}|…+|(?:\.\s){2,}\.?|_{2,})\s*")
AS = re.compile(r"\s+(?:as|plays)\s+", re.IGNORECASE)
DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")
COLON = re.compile(r"\s*:\s+")
REMARK = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
PRINTED_AS = re.compile(r"as\s+(.+)", re.IGNORECASE)
AND = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*")
LONGEST, MOST_WORDS = 100, 8
VOICE, UNCREDITED = ("voice", "voices", "voice over", "voice-over"), ("uncredited", "not credited")
BY = {
    "directed": Role.DIRECTOR,
    "created": Role.CREATOR,
    "written": Role.WRITER,
    "screenplay": Role.WRITER,
    "script": Role.WRITER,
    "story": Role.WRITER,
    "produced": Role.PRODUCER,
    "edited": Role.EDITOR,
    "music": Role.COMPOSER,
    "original music": Role.COMPOSER,
    "score": Role.COMPOSER,
    "cinematography": Role.CINEMATOGRAPHER,
    "photography": Role.CINEMATOGRAPHER,
    "photographed": Role.CINEMATOGRAPHER,
    "film editing": Role.EDITOR,
    "editing": Role.EDITOR,
    "production design": Role.PRODUCTION_DESIGNER,
    "art direction": Role.ART_DIRECTOR,
    "costume design": Role.COSTUME_DESIGNER,
    "costumes": Role.COSTUME_DESIGNER,
    "make-up": Role.MAKE_UP,
    "visual effects": Role.VISUAL_EFFECTS,
    "sound": Role.SOUND,
    "presented": Role.PRESENTER,
    "based on a novel": Role.ORIGINAL_AUTHOR,
}
CALLED = {role.value: role for role in Role if role != Role.OTHER} | {
    "screenwriter": Role.WRITER,
    "director of photography": Role.CINEMATOGRAPHER,
    "camera": Role.CINEMATOGRAPHER,
    "music": Role.COMPOSER,
    "cast": Role.ACTOR,
    "starring": Role.ACTOR,
    "stars": Role.ACTOR,
    "with": Role.ACTOR,
    "full cast": Role.ACTOR,
    "voices": Role.ACTOR,
    "actress": Role.ACTOR,
    "in order of appearance": Role.ACTOR,
}
BY_LINE = re.compile(rf"({'|'.join(map(re.escape, BY))})\s+by\b[\s:]*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """What a line says. `sides` are (name, character) pairs, the likelier first; none: it could not be read."""

    text: str
    role: str = ""
    sides: tuple = ()
    printed: str = ""
    voice: bool = False
    uncredited: bool = False


def read(text, role):
    """The lines of a list that name somebody or cannot be read. `role` is what they are without a heading."""
    for raw in text.splitlines():
        said = START.sub("", raw, count=1).strip()
        if not said:
            continue
        heading = _role(said.rstrip(": "))
        if heading:
            role = heading
        else:
            yield from _lines(raw.strip(), said, role)


def _lines(raw, said, role):
    by, colon = BY_LINE.fullmatch(said), COLON.split(said, 1)
    if by and by[2]:
        yield from _several(raw, by[2], BY[by[1].lower()])
    elif len(colon) == 2 and (called := _role(colon[0])):
        yield from _several(raw, colon[1], called)
    else:
        yield _line(raw, said, role)


def _several(raw, names, role):
    """Those named after a role: "Directed by A and B"."""
    for name in filter(None, AND.split(names)):
        yield _line(raw, name, role)


def _role(words):
    """The role that a heading names, in the singular or plural; None if it is no heading."""
    words = words.lower()
    by = BY_LINE.fullmatch(words)
    if by and not by[2]:
        return BY[by[1]]
    return next((role for said in (words, words.removesuffix("s")) if (role := CALLED.get(said))), None)


def _line(raw, said, role):
    remarks = [remark.strip() for remark in REMARK.findall(said)]
    plain = [remark.lower() for remark in remarks]
    printed = next((as_[1] for remark in remarks if (as_ := PRINTED_AS.fullmatch(remark))), "")
    sides = tuple(side for side in _sides(REMARK.sub("", said).strip(), role) if _is_name(side[0]))
    voice, uncredited = (any(remark in words for remark in plain) for words in (VOICE, UNCREDITED))
    return Line(raw, role, sides, printed, voice, uncredited)


def _sides(said, role):
    """Pairs of a name and a character, the likelier first. Only who acts has a character."""
    for mark, character_first in ((TABS, False), (AS, False), (LEADERS, True), (DASH, False), (COLON, True)):
        parts = [part.strip() for part in mark.split(said, maxsplit=1)]
        if len(parts) == 2 and all(parts):
            pairs = [(parts[0], parts[1]), (parts[1], parts[0])]
            if role not in (Role.ACTOR, Role.SELF):
                return [(name, "") for name, _ in pairs]
            return pairs[::-1] if character_first and mark is not AS and not _three_dots(said) else pairs
    return [(said.strip(" .,:;-"), "")]


def _three_dots(said):
    """As one site prints it: "Tatyana Samoylova ... Veronika"; others lead from the character with more."""
    found = LEADERS.search(said)
    return bool(found) and found[0].strip() in ("...", "…")


def _is_name(name):
    return (
        any(sign.isalpha() for sign in name)
        and len(name) <= LONGEST
        and len(name.split()) <= MOST_WORDS
        and "http" not in name
        and "@" not in name
    )
