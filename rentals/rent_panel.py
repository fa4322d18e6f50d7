"""What the panel "Rent it by post" prints for a member: editions to choose from, each with its wait."""

from django.utils import timezone

from catalogue.models import Medium
from catalogue.wording import counted
from rentals import editions, waits

ANY = "any"


def rent_panel(title, member):
    """{"choices": what can be asked for, "can_ask": whether any of them can be, "is_set": disc by disc}.

    A choice: {"value", "name", "facts", "wait", "warnings", "act" (add, reserve, anyway), "off", "on", "parts"}.
    """
    found = editions.editions(title.pk, member, timezone.localdate())
    media = list(dict.fromkeys(edition.medium for edition in found))
    asked = [waits.Asked(title.pk, member.pk, medium) for medium in ["", *media]] if found else []
    wait, *own = waits.waits(asked) or [None]
    choices = [
        _choice(title, [edition for edition in found if edition.medium == medium], wait_of)
        for medium, wait_of in zip(media, own, strict=True)
    ]
    if len(choices) > 1 and title.kind != "series" and wait.kind != "none":
        choices.insert(0, _any_choice(wait))
    best = editions.default(found)
    on = next((choice for choice in choices if _is_default(choice, best)), None)
    if on:
        on["on"] = True
    return {
        "choices": choices,
        "can_ask": any(not choice["off"] for choice in choices),
        "is_set": any(c["parts"] for c in choices),
    }


def _is_default(choice, best):
    """Any edition if it can be had, else the medium of the best."""
    return (
        not choice["off"] and choice["act"] != "anyway" and (choice["value"] == ANY or choice["value"] == best.medium)
    )


def _any_choice(wait):
    act = "reserve" if wait.kind == "reserved" else "add"
    return {"value": ANY, "name": "Any edition I can play", "wait": wait, "act": act, "off": False, "parts": []}


def _choice(title, found, wait):
    """The choice of one medium, in which there are the editions `found`."""
    best = editions.default(found) or found[0]
    off = wait.kind == "none" or not best.covered
    return {
        "value": best.medium,
        "name": Medium(best.medium).label,
        "facts": ", ".join(filter(None, map(_facts, found[:1]))),
        "wait": wait,
        "warnings": best.warnings if best.covered else ["Your plan does not have this medium."],
        "act": "anyway" if not best.plays else "reserve" if wait.kind == "reserved" else "add",
        "off": off,
        "parts": [] if off else list(_parts(title, found)),
    }


def _facts(edition):
    release, discs = edition.release, len(edition.discs)
    minutes = counted(release.runtime_minutes, "minute") if release.runtime_minutes else ""
    region = f"region {', '.join(release.regions)}" if release.regions else ""
    return ", ".join(filter(None, [release.edition, minutes, region, counted(discs, "disc") if discs > 1 else ""]))


def _parts(title, found):
    """What of sets can be asked for: all discs in order, or one. {"value", "name"}."""
    for edition in found:
        discs = edition.discs
        if len(discs) < 2:
            continue
        named = f", {edition.release.edition}" if len(found) > 1 and edition.release.edition else ""
        if title.kind != "series" and edition is found[0]:
            yield {"value": "", "name": f"The film: {_disc(discs[0])}"}
        yield {"value": f"release-{edition.release.pk}", "name": f"All {len(discs)} discs, in order{named}"}
        for disc in discs:
            yield {"value": f"disc-{disc['key']}", "name": f"{_disc(disc)}{named}"}


def _disc(disc):
    return f"Disc {disc['number']}{', ' if disc['label'] else ''}{disc['label']}"
