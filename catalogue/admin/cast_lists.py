"""A cast list pasted on the title's page becomes rows of its form: nothing is saved, and nothing typed is lost."""

from dataclasses import dataclass

from catalogue import casting
from catalogue.admin.credits import NEW, Names
from catalogue.models import Role
from catalogue.names import fold

MATCHED, SEVERAL, UNKNOWN, THERE, UNREAD = "matched", "several", "new", "there", "unread"
SELF = ("self", "himself", "herself", "themselves")
MOST_LINES, MOST_LETTERS = 500, 100_000
UNREAD_WORDS = "not read: no name is found in it. Correct the line in the box, or take it out."


@dataclass(frozen=True)
class Told:
    """What became of a line: its text, one of the words above, and a sentence."""

    text: str
    kind: str
    words: str


def add_rows(post, text, role):
    """([Told], text left) of a pasted list, for whose people `post`, the data of the form, gets rows of credits."""
    said = list(casting.read(text[:MOST_LETTERS], role))
    lines, rest = said[:MOST_LINES], said[MOST_LINES:]
    names = Names(name for line in lines for name, _ in line.sides)
    there = _credited(post, names)
    told = [_add(post, line, names, there) for line in lines]
    left = [one.text for one in told if one.kind == UNREAD] + [line.text for line in rest]
    return told, "\n".join(dict.fromkeys(left))


def _credited(post, names):
    """{(person's id or folded name, role)} of the rows there are."""
    found = set()
    for row in range(_total(post)):
        at = f"credits-{row}-"
        if not post.get(f"{at}DELETE"):
            who = post.get(f"{at}person") or fold(post.get(f"{at}by_name") or "")
            found.add((who, post.get(f"{at}role")))
    return found


def _total(post):
    total = post.get("credits-TOTAL_FORMS") or ""
    return int(total) if total.isdecimal() else 0


def _add(post, line, names, there):
    """Add a row for the line, if it names somebody who has none in that role. What became of it."""
    if not line.sides:
        return Told(line.text, UNREAD, UNREAD_WORDS)
    name, character = _likelier(line, names)
    role = Role.SELF if character.lower() in SELF else line.role
    exact, near = names.exact(name), names.near(name)
    who = str(exact[0]) if len(exact) == 1 else fold(name)
    if (who, role) in there:
        return Told(line.text, THERE, f"{name} is credited as {role} already: no row is added.")
    there.add((who, role))
    row = {"role": role, "character": "" if role == Role.SELF else character, "printed_name": line.printed}
    row |= {mark: "on" for mark in ("voice", "uncredited") if getattr(line, mark)}
    if len(exact) == 1:
        row |= {"person": who, "printed_name": line.printed or name}
        told = Told(line.text, MATCHED, names.choices(name)[0][1])
    elif exact:
        row["by_name"] = name
        told = Told(line.text, SEVERAL, f"{len(exact)} people are called {name}: say in the row which.")
    else:
        row |= {"by_name": name, "which": NEW}
        told = Told(line.text, UNKNOWN, _new(name, names.choices(name) if near else ()))
    _append(post, row)
    return told


def _likelier(line, names):
    """The (name, character) of which the name is somebody's: exactly, else nearly, else as such lines are written."""
    for known in (names.exact, names.near):
        for side in line.sides:
            if known(side[0]):
                return side
    return line.sides[0]


def _new(name, near):
    said = f"nobody is called {name} yet: a new person, made when you save."
    return f"{said} Did you mean {near[0][1]}? Then say so in the row." if near else said


def _append(post, row):
    number = _total(post)
    post["credits-TOTAL_FORMS"] = str(number + 1)
    for field, value in row.items():
        if value:
            post[f"credits-{number}-{field}"] = str(value)
