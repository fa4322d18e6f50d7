"""The fields in which two titles, people or editions differ, and which of the two stands."""

from dataclasses import dataclass

from catalogue.models import Person, Release, Title

GONE, STAYS = "gone", "stays"
FIELDS = {
    Title: (
        "kind year runtime_minutes certificate lead synopsis poster cover_short_name cover_palette cover_motif"
    ).split(),
    Person: "born_on died_on birthplace biography has_page portrait".split(),
    Release: (
        "edition released_on runtime_minutes distributor certificate regions colour video_standard box_set"
    ).split(),
}


@dataclass(frozen=True)
class Differing:
    """A field that both have filled in, and not alike; `gone` and `stays` are what they say, for people to read."""

    name: str
    label: str
    gone: str
    stays: str


def differing(gone, stays):
    """What the cataloguer may choose."""
    fields = (stays._meta.get_field(name) for name in FIELDS[type(stays)])
    return [
        Differing(field.name, str(field.verbose_name).capitalize(), _said(gone, field), _said(stays, field))
        for field in fields
        if not _is_empty(gone, field) and not _is_empty(stays, field) and _value(gone, field) != _value(stays, field)
    ]


def chosen(gone, stays, picks):
    """{field: value} that the one that stays takes over: of the `picks`, and where it says nothing itself."""
    fields = [stays._meta.get_field(name) for name in FIELDS[type(stays)]]
    taken = [field for field in fields if not _is_empty(gone, field)]
    return {f.attname: _value(gone, f) for f in taken if f.name in picks or _is_empty(stays, f)}


def filled_in(gone, stays):
    """What the one that stays says nothing of and takes over: their names."""
    taken = chosen(gone, stays, ())
    return [str(f.verbose_name) for f in stays._meta.concrete_fields if f.attname in taken]


def _value(row, field):
    return getattr(row, field.attname)


def _is_empty(row, field):
    return _value(row, field) in (None, "", [])


def _said(row, field):
    value = getattr(row, field.name)
    if field.name in ("poster", "portrait"):
        return "an uploaded picture"
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
