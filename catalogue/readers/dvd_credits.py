"""Cast and crew of a DVD Profiler profile."""

import re

from catalogue.names import slug

from .rows import filled

# By CreditSubtype: our role, and the detail where the role alone would say less.
ROLES = {
    "Director": ("director", ""),
    "Co-Director": ("director", "co-director"),
    "Screenwriter": ("writer", "screenplay"),
    "Writer": ("writer", ""),
    "Story By": ("writer", "story"),
    "Original Material By": ("original author", ""),
    "Original Characters By": ("original author", "characters"),
    "Created By": ("creator", ""),
    "Producer": ("producer", ""),
    "Executive Producer": ("executive producer", ""),
    "Co-Producer": ("producer", "co-producer"),
    "Associate Producer": ("producer", "associate producer"),
    "Line Producer": ("producer", "line producer"),
    "Director of Photography": ("cinematographer", ""),
    "Cinematographer": ("cinematographer", ""),
    "Film Editor": ("editor", ""),
    "Composer": ("composer", ""),
    "Theme By": ("composer", "theme"),
    "Song Writer": ("songwriter", ""),
    "Sound": ("sound", ""),
    "Sound Designer": ("sound", "sound designer"),
    "Supervising Sound Editor": ("sound", "supervising sound editor"),
    "Sound Editor": ("sound", "sound editor"),
    "Sound Re-Recording Mixer": ("sound", "sound re-recording mixer"),
    "Production Sound Mixer": ("sound", "production sound mixer"),
    "Production Designer": ("production designer", ""),
    "Art Director": ("art director", ""),
    "Costume Designer": ("costume designer", ""),
    "Make-up Artist": ("make-up", ""),
    "Make-up Effects": ("make-up", "make-up effects"),
    "Visual Effects": ("visual effects", ""),
}
OWN_PERSON = re.compile(r"(?:him|her|it|them)sel(?:f|ves)\b(?: \([^()]*\))?", re.IGNORECASE)
NOTE = re.compile(r" ?\((uncred(?:ited)?|voice)\.?\)?$", re.IGNORECASE)
AFTER_APOSTROPHE = re.compile(r"(?<=\w['’])(?:S|T|D|M|Re|Ll|Ve)\b")
ACRONYM_LENGTH = 4


def credits_and_people(profile):
    """The credits, each once, and a `person` record for each who is credited under another name."""
    credits, people = {}, {}
    for element in [*profile.iterfind("Actors/Actor"), *profile.iterfind("Credits/Credit")]:
        if (credit := _credit(element)).get("name"):
            credits.setdefault(_essence(credit), credit)
            people |= _alias(element, credit)
    return list(credits.values()), list(people.values())


def _essence(credit):
    return tuple(credit.get(key) for key in ("role", "person", "name", "character", "detail"))


def _alias(element, credit):
    if person := credit.get("person"):
        return {person: {"record": "person", "slug": person, "name": _full_name(element)}}
    return {}


def _credit(element):
    full, printed = _full_name(element), _attribute(element, "CreditedAs")
    part = _acting(element) if element.tag == "Actor" else _crew(element)
    person = slug(full) if printed and printed != full else ""
    return filled(role=part.pop("role"), person=person, name=printed or full, **part)


def _full_name(element):
    parts = (_attribute(element, key) for key in ("FirstName", "MiddleName", "LastName"))
    return " ".join(filter(None, parts))


def _attribute(element, key):
    return " ".join(element.get(key, "").split())


def _is_set(element, key):
    return element.get(key, "").lower() == "true"


def _acting(element):
    character, voice, uncredited = (
        _attribute(element, "Role"),
        _is_set(element, "Voice"),
        _is_set(element, "Uncredited"),
    )
    while note := NOTE.search(character):
        character = character[: note.start()]
        voice, uncredited = voice or note[1].lower() == "voice", uncredited or note[1].lower() != "voice"
    own = OWN_PERSON.match(character)
    if own and own.end() == len(character):
        character = ""
    role = "self" if own else "actor"
    return {"role": role, "character": _quietly(character), "voice": voice, "uncredited": uncredited}


def _quietly(character):
    """Capitals only where they belong; a short word in capitals may be an acronym."""
    if not character.isupper() or len(character) <= ACRONYM_LENGTH:
        return character
    return AFTER_APOSTROPHE.sub(lambda end: end[0].lower(), character.title())


def _crew(element):
    kind = _attribute(element, "CreditSubtype")
    role, detail = ROLES.get(kind, ("other", kind))
    return {"role": role, "detail": (_attribute(element, "CustomRole") or detail)[:200]}
