"""What a person's page prints: life, who they worked with, the films by role and year, and what those won.

Five queries whatever the number of credits: aliases, credits, titles, awards, and who else is in the same titles.
"""

from itertools import groupby

from django.db import connection

from catalogue import wording
from catalogue.cards import address, card
from catalogue.lifeline import lifeline
from catalogue.models import Award, Role
from catalogue.models.announced import announced
from catalogue.names import fold
from catalogue.names import slug as slug_of
from catalogue.portraits import portrait
from catalogue.rows import counted_kinds, known_first, names, rows

OFTEN, LEAST_SHARED = 5, 2
SHOWN, TRADES = 6, 3
LONG = 28  # letters of a name from which it is set smaller
TRADE = {  # role: what somebody is who has it; who only appeared or helped has no trade
    "director": "director",
    "creator": "creator",
    "writer": "writer",
    "actor": "actor",
    "presenter": "presenter",
    "cinematographer": "cinematographer",
    "composer": "composer",
    "editor": "editor",
    "producer": "producer",
    "executive producer": "producer",
    "production designer": "production designer",
    "art director": "art director",
    "costume designer": "costume designer",
    "make-up": "make-up artist",
    "visual effects": "visual effects artist",
    "sound": "sound artist",
    "songwriter": "songwriter",
    "original author": "author",
}
PART = {  # role: the heading of a list of films, where it is not the role's own name
    "cinematographer": "Photography",
    "composer": "Music",
    "editor": "Editing",
    "original author": "From their work",
    "self": "As themselves",
    "make-up": "Make-up",
    "other": "Other work",
}
ON_SCREEN = ("actor", "presenter", "self")
MAKERS = ("director", "creator")

# Who is in at least two of the same titles, with the part they have in most of them.
OFTEN_WITH = """
SELECT p.name, p.slug, p.has_page, s.shared, s.role
FROM (
  SELECT c.person_id, count(DISTINCT c.title_id) AS shared, mode() WITHIN GROUP (ORDER BY c.role) AS role
  FROM (SELECT DISTINCT title_id FROM catalogue_credit c JOIN catalogue_title t ON t.id = c.title_id
    WHERE c.person_id = %(person)s AND t.hidden_until IS NULL) mine
  JOIN catalogue_credit c USING (title_id)
  WHERE c.person_id <> %(person)s
  GROUP BY c.person_id HAVING count(DISTINCT c.title_id) >= %(least)s
  ORDER BY shared DESC, array_position(%(roles)s, mode() WITHIN GROUP (ORDER BY c.role)::text), c.person_id
  LIMIT %(most)s) s
JOIN catalogue_person p ON p.id = s.person_id
ORDER BY s.shared DESC, array_position(%(roles)s, s.role::text), p.sort_key
"""


def person_page(person):
    """The context of `catalogue/person.html`."""
    aliases = list(person.aliases.order_by("position", "pk"))
    credits = list(person.credits.filter(announced("title")).order_by("role", "position", "pk"))
    titles = rows({credit.title_id for credit in credits})
    awards = _won(titles, {fold(person.name), *(alias.folded for alias in aliases)})
    parts = _parts(person, credits, titles, _first_prizes(awards))
    return {
        "person": person,
        "name_length": "long" if len(person.name) > LONG else "",
        "portrait": portrait(person),
        "trades": _trades(parts),
        "life": _life(person),
        "aliases": [_alias(alias) for alias in aliases],
        "biography": wording.paragraphs(person.biography),
        "often_with": _often_with(person),
        "parts": parts,
        "line": lifeline(titles.values()),
        "known": [card(row["title"]) for row in known_first(titles.values())[:SHOWN]],
        "to_rent": [row["key"] for row in _in_year_order(titles.values()) if row["held"]],
        "awards": _awards(awards, titles),
    }


def _alias(alias):
    return {"name": alias.name, "lang": wording.language(alias.language_id, alias.script)}


def _in_year_order(rows):
    return sorted(rows, key=lambda row: (row["year"] or 9999, row["key"]))


# ------------------------------------------------------------------ life
def _trades(parts):
    """ "Director, writer": what the person mostly did."""
    trades = dict.fromkeys(TRADE[part["role"]] for part in parts if part["role"] in TRADE)
    return ", ".join(list(trades)[:TRADES]).capitalize()


def _life(person):
    """ "Born in Tiflis on 28 December 1903, died on 3 March 1973, aged 69": as far as it is known."""
    place = f"in {person.birthplace}" if person.birthplace else ""
    born = " ".join(filter(None, [place, _on(person.born_on)]))
    died = _on(person.died_on)
    age = wording.age(person.born_on, person.died_on)
    said = [f"born {born}" if born else "", f"died {died}" if died else "", f"aged {age}" if age is not None else ""]
    words = ", ".join(filter(None, said))
    return words[:1].upper() + words[1:]


def _on(date):
    """ "on 28 December 1903", "in December 1903", "in 1903", ""."""
    return f"{'on' if len(date) == len('1903-12-28') else 'in'} {wording.loose_date(date)}" if date else ""


# ------------------------------------------------------------------ films
def _parts(person, credits, titles, prizes):
    """A list of films for each role, the longest first."""
    parts = [_part(person, role, list(own), titles, prizes) for role, own in groupby(credits, lambda c: c.role)]
    return sorted(parts, key=lambda part: (-len(part["rows"]), Role.values.index(part["role"])))


def _part(person, role, credits, titles, prizes):
    by_title = {}
    for credit in credits:
        by_title.setdefault(credit.title_id, []).append(credit)
    listed = [
        titles[key] | {"line": _line(person, role, own, titles[key], prizes.get(key))} for key, own in by_title.items()
    ]
    return {
        "role": role,
        "name": PART.get(role, Role(role).label),
        "id": slug_of(role),
        "rows": sorted(listed, key=lambda row: (-(row["year"] or 0), row["key"])),
        "count": counted_kinds(listed),
    }


def _line(person, role, credits, row, prize):
    """One line on a film: the part, its prize, or who else is in it."""
    said = _on_screen(credits) if role in ON_SCREEN else _behind(person, role, credits, row, prize)
    printed = dict.fromkeys(credit.printed_name for credit in credits if credit.printed_name != person.name)
    notes = [said, f"credited as {wording.joined(list(printed))}" if printed else ""]
    return ", ".join(filter(None, [*notes, "uncredited" if credits[0].uncredited else ""]))


def _on_screen(credits):
    characters = [credit.character for credit in credits if credit.character]
    words = f"as {wording.joined(characters)}" if characters else ""
    return f"{words} (voice)".strip() if credits[0].voice else words


def _behind(person, role, credits, row, prize):
    if details := [credit.detail for credit in credits if credit.detail]:
        return wording.joined(details)
    if role not in MAKERS and (makers := names(row["makers"], but=person.pk)):
        return f"directed by {wording.joined(makers)}"
    if prize:
        return f"{prize.prize}, {prize.body.name} {prize.year}"
    if cast := names(row["cast"], but=person.pk):
        return f"with {wording.joined(cast)}"
    return f"also known as {row['aka']}" if row["aka"] else ""


# ------------------------------------------------------------------ awards
def _won(titles, own_names):
    """Awards that the person took for these titles, and those that went to a title itself; in the titles' order."""
    won = Award.objects.filter(title__in=titles, won=True).select_related("body").order_by("position")
    return [award for award in won if not award.recipient or fold(award.recipient) in own_names]


def _first_prizes(awards):
    """{title key: its first award}."""
    return {award.title_id: award for award in reversed(awards)}


def _awards(awards, titles):
    """The awards as the page lists them, the latest first."""
    return [
        {
            "year": award.year,
            "prize": award.prize,
            "body": award.body.name,
            "url": address("catalogue:award_body", award.body.slug),
            "title": titles[award.title_id],
            "own": bool(award.recipient),
        }
        for award in sorted(awards, key=lambda award: (-award.year, not award.recipient, award.prize))
    ]


# ------------------------------------------------------------------ others
def _often_with(person):
    """Who was in at least two of the same titles: they have a page by that, unless staff say no."""
    asked = {"person": person.pk, "least": LEAST_SHARED, "most": OFTEN, "roles": Role.values}
    with connection.cursor() as cursor:
        cursor.execute(OFTEN_WITH, asked)
        return [
            {
                "name": name,
                "url": "" if has_page is False else address("catalogue:person", slug),
                "part": PART.get(role, Role(role).label).lower() if role != "self" else "",
                "shared": wording.counted(shared, "title"),
            }
            for name, slug, has_page, shared, role in cursor
        ]
