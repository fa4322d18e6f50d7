"""What the title page prints, worked out before the template: words, addresses, and no empty values.

The page is where the apps meet: what members and critics say comes by reverse relations, plans by an inclusion tag.
"""

from itertools import groupby

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from catalogue import awards, beside, viewings, wording
from catalogue.cards import address, card, cover
from catalogue.compiled import compiled
from catalogue.first_day import is_out
from catalogue.models import Credit, Medium, Release, SimilarTitle, Title
from catalogue.sharing import address_of_title
from catalogue.similar import sources

BILLED = 10  # cast printed with their parts; the rest follow in a sentence
CREW = {  # role: label in the cast list and the record
    "director": "Director",
    "creator": "Creator",
    "writer": "Writer",
    "cinematographer": "Photography",
    "composer": "Music",
    "editor": "Editing",
    "producer": "Producer",
    "production designer": "Production design",
    "original author": "From the work of",
}
CAST = ("actor", "presenter", "self")
EVENTS = {
    "premiere": "First shown",
    "festival": "Festival",
    "theatrical": "In cinemas",
    "streaming": "Streaming since",
    "television": "First broadcast",
    "physical": "On disc since",
}
OFFERS = {"subscription": "Included with a subscription", "free": "Free", "rent": "To rent", "buy": "To buy"}
SHAPES = (1.33, 1.37, 1.66, 1.78, 1.85, 2.39)
LONG, VERY_LONG = 28, 60  # letters of a name from which it is set smaller
TABLE_MOST = 4  # editions that stand side by side; more are listed one below the other
SIMILAR_SHOWN, POPULAR_SHOWN = 6, 10
REVIEWS_SHOWN, CRITICS_SHOWN, VOICES_SHOWN = 3, 6, 6


@compiled
def _title(key):
    return Title.every.for_page().filter(pk=key)  # who may see it is decided before


@compiled
def _releases(key):
    return Release.objects.for_page().filter(title=key)


@compiled
def _credits(key):
    return (
        Credit.objects.for_page()
        .filter(title=key)
        .values("role", "printed_name", "character", "detail", "voice", "uncredited", "person_slug", "paged")
    )


@compiled
def _similar_titles(key):
    return _like(key)[:SIMILAR_SHOWN]


@compiled
def _similar_titles_not_had(key, member):
    return _like(key).exclude(sources.had(OuterRef("pk"), member))[:SIMILAR_SHOWN]


def _like(key):
    """Titles like one that can be had, the most like first."""
    titles = Title.objects.for_cards().filter(sources.rentable(), similar_to__title=key)
    return titles.order_by("similar_to__position")


@compiled
def _popular_titles():
    return Title.objects.for_cards().filter(popular__isnull=False).order_by("popular__position")[:POPULAR_SHOWN]


@compiled
def _reviews(key, voter):
    return _said("reviews").for_page(voter).filter(title=key)[:REVIEWS_SHOWN]


@compiled
def _critics(key):
    """Half of the places are for the newest reviews by top critics, half for the newest others, while there are any."""
    place = Window(RowNumber(), partition_by="critic__is_top", order_by=("-added_on", "-pk"))
    over = GreaterThan(place, CRITICS_SHOWN // 2)
    reviews = _said("critic_reviews").for_page().filter(title=key)
    return reviews.order_by(over, "-is_top", "-added_on", "-pk")[:CRITICS_SHOWN]


@compiled
def _voices(key):
    return _said("outside_reviews").filter(title=key).select_related("source").order_by("pk")[:VOICES_SHOWN]


@compiled
def _elsewhere(key):
    return _said("outside_scores").filter(title=key).select_related("source").order_by("source__name")


@compiled
def _own(key, member):
    of_member, by_member = {"title": OuterRef("pk"), "member": member}, {"title": OuterRef("pk"), "author": member}
    place = _said("queue_entries").filter(**of_member).placed().values("position")
    had = SimilarTitle.objects.filter(sources.had(OuterRef("other"), member), title=OuterRef("pk"))
    return Title.every.filter(pk=key).values(
        half_stars=Subquery(_said("ratings").filter(**of_member).values("half_stars")),
        reviewed=Exists(_said("reviews").filter(**by_member)),
        drafted=Exists(_said("review_drafts").filter(**by_member)),
        wants=Exists(_said("wanted_by").filter(**of_member)),
        place=Subquery(place[:1]),
        since=Subquery(_at_home(member)[:1]),
        had_some=Exists(had),
        open_spoilers=_knows_the_plot(member),
    )


def _knows_the_plot(member):
    """Expression: the member always sees what gives away a plot, or sent a disc of the outer title back."""
    choices = get_user_model()._meta.get_field("reader_choices").related_model.objects.filter(pk=member)
    back = Q(Exists(_said("ratings").filter(title=OuterRef("pk"), member=member, verified=True)))
    for rows in viewings.returns():
        back |= Q(Exists(rows.filter(viewer=member, viewed=OuterRef("pk"))))
    always = Coalesce(Subquery(choices.values("always_show_spoilers")), Value(False))
    return Case(When(back, then=Value(True)), default=always, output_field=BooleanField())


def _at_home(member):
    """Since when a copy of the outer title is with `member` or on the way."""
    rental = "releases__discs__copies__rentals"
    mine = {"member": member, "checked_in_at": None, "cancelled_at": None}
    titles = Title.objects.filter(pk=OuterRef("pk"), **{f"{rental}__{name}": value for name, value in mine.items()})
    return titles.order_by(f"{rental}__allocated_at").values(f"{rental}__allocated_at")


def _said(name):
    """What another app says of titles, by the name under which it hangs on them."""
    return Title._meta.get_field(name).related_model.objects


def load(key):
    """The title with all that its page prints, or None."""
    return next(iter(_title(key)), None)


def title_page(title):
    """The context of `catalogue/title.html` for a title that `load` gave."""
    people = _people(title)
    releases = list(_releases(title.pk))
    media = [label for value, label in Medium.choices if any(r.medium == value for r in releases)]
    return {
        "title": title,
        "name_length": "very" if len(title.name) > VERY_LONG else "long" if len(title.name) > LONG else "",
        "cover": cover(title),
        "preview": address_of_title(title, [person["name"] for person in _makers(people)]),
        "names": _names(title),
        "original_name": _aka(title),
        "runtime": wording.run_time(title.runtime_minutes),
        "certificate": str(title.certificate or ""),
        "countries": _listed(title.page_countries, "country", "code"),
        "genres": _listed(title.page_genres, "genre", "slug"),
        "directors": _makers(people),
        "makers": "director" if "director" in people else "creator",
        "makers_word": "Directed by" if "director" in people else "Created by",
        "synopsis": wording.paragraphs(title.synopsis),
        **_cast(people),
        "record": _record(title, people, releases),
        "media": media,
        "rental_words": " & ".join(media),
        "availability": title.stock.words(title.page_released),
        "out": is_out(title.page_first_day, timezone.localdate()),
        "due": wording.loose_date(title.page_first_day),
        "editions": formats(releases),
        "offers": [_offer(offer) for offer in title.page_offers],
        "similar": _cards(_similar_titles(title.pk)),
    }


def _makers(people):
    return people.get("director") or people.get("creator") or []


def readers(title):
    """What members, critics and audiences elsewhere say of a title: words and scores."""
    scores = title.score_summary.words()
    reviews = _words(_reviews(title.pk, 0)) if scores["reviews"] else []
    return {
        "scores": scores,
        "reviews": reviews,
        "more_reviews": scores["reviews"] - len(reviews),
        "critics": _words(_top_first(_critics(title.pk))) if scores["critic_reviews"] else [],
        "elsewhere": _words(_elsewhere(title.pk)),
        "voices": _words(_voices(title.pk)),
    }


def wanted(title):
    """How many members want to see a title that is not out."""
    return _said("wanted_by").filter(title=title.pk, member__is_active=True).count()


def _top_first(reviews):
    return sorted(reviews, key=lambda review: not review.is_top)


def _words(rows):
    return [row.words() for row in rows]


def of_viewer(title, viewer):
    """What is the viewer's own on a title's page: votes on its reviews, rating, review, place in the queue, disc.

    Whether spoilers are shown open, and similar titles, if there are others for one who has had some of them.
    """
    mine = _own(title.pk, viewer.pk)[0]
    since = mine.pop("since")
    mine["at_home"] = since and wording.day_and_month(timezone.localdate(since))
    own = {"mine": mine, "open_spoilers": mine.pop("open_spoilers")}
    others = {"similar": _cards(_similar_titles_not_had(title.pk, viewer.pk))} if mine.pop("had_some") else {}
    return {"reviews": beside.put(viewer, _words(_reviews(title.pk, viewer.pk)))} | own | others


def popular():
    """Cards of the titles most popular now."""
    return _cards(_popular_titles())


def _cards(titles):
    return [card(title) for title in titles]


def _names(title):
    return [_entry(n["name"], lang=wording.language(n["language"], n["script"])) for n in title.page_names]


def _aka(title):
    """The original name in Latin letters, as the rental line says it; "" if it is the name itself."""
    latin = [n["name"] for n in title.page_names if n["kind"] == "original" and n["script"] in ("", "Latn")]
    return latin[0] if latin else ""


def _listed(rows, facet, key):
    return [_entry(row["name"], f"{address('catalogue:browse')}?{facet}={row[key]}") for row in rows]


def _entry(name, url="", lang=None, after=""):
    """A name in a list of names; `lang` is given, if only as "", for a name in another language.

    All keys are there: one that is missing costs a template an exception.
    """
    return {"name": name, "url": url, "lang": lang, "after": after}


def _people(title):
    """{role: credits in billing order}."""
    rows = _credits(title.pk)
    return {role: [_person(row) for row in credits] for role, credits in groupby(rows, lambda row: row["role"])}


def _person(row):
    notes = [row["detail"], "voice" if row["voice"] else "", "uncredited" if row["uncredited"] else ""]
    url = address("catalogue:person", row["person_slug"]) if row["paged"] else ""
    return _entry(row["printed_name"], url) | {
        "character": row["character"],
        "note": ", ".join(filter(None, notes)),
    }


def _cast(people):
    cast = [person for role in CAST for person in people.get(role, ())]
    crew = [{**person, "part": label} for role, label in CREW.items() for person in people.get(role, ())]
    return {
        "stars": cast[:3],
        "billed": [{**person, "part": person["character"]} for person in cast[:BILLED]],
        "crew": crew[:BILLED],
        "also": cast[BILLED:],
    }


# ------------------------------------------------------------------ the record
def _record(title, people, releases):
    """[(label, [values])]: what is known and nothing else."""
    rows = [
        *((label, [_credited(p) for p in people.get(role, ())]) for role, label in CREW.items()),
        ("Awards", [_award(award) for award in title.page_awards]),
        *_companies(title, releases),
        ("Genres", _listed(title.page_genres, "genre", "slug")),
        ("Collections", [_collection(row) for row in title.page_collections]),
        (
            "Country" if len(title.page_countries) == 1 else "Countries",
            _listed(title.page_countries, "country", "code"),
        ),
        ("Original language", [_entry(row["name"]) for row in title.page_languages]),
        ("Year", [_entry(str(title.year))] if title.year else []),
        ("Run time", [_entry(wording.run_time(title.runtime_minutes))] if title.runtime_minutes else []),
        ("Certificate", [_entry(str(title.certificate))] if title.certificate else []),
        ("Also known as", _names(title)),
        *((EVENTS[event["kind"]], [_entry(_event(event))]) for event in title.page_events),
        *((f"Box office, {_territory(b)}", [_entry(_takings(b))]) for b in title.page_box_office),
    ]
    return [{"label": label, "entries": entries, "lines": _in_lines(entries)} for label, entries in rows if entries]


def _in_lines(entries):
    """Entries with commas of their own stand one below the other."""
    return len(entries) > 1 and any(entry["after"] or ", " in entry["name"] for entry in entries)


def _credited(person):
    return person | {"after": f", {person['note']}" if person["note"] else ""}


def _award(award):
    words = f"{award['prize']}, {award['body_name']} {award['year']}"
    url = awards.address_of(award["body_slug"], award["prize"])
    after = "" if award["won"] else ", nominated"
    return _entry(words, url, after=f", {award['recipient']}{after}" if award["recipient"] else after)


def _companies(title, releases):
    makers = [_company(row["name"], row["slug"]) for row in title.page_companies if row["role"] == "production"]
    studios = dict.fromkeys((r.distributor.name, r.distributor.slug) for r in releases if r.distributor)
    yield ("Production company" if len(makers) == 1 else "Production companies", makers)
    yield ("Studio" if len(studios) == 1 else "Studios", [_company(*studio) for studio in studios])


def _company(name, slug):
    return _entry(name, address("catalogue:company", slug))


def _collection(row):
    return _entry(row["name"], address("catalogue:collection", row["slug"]))


def _event(event):
    words = " ".join(filter(None, [wording.loose_date(event["date"]), f"({event['note']})" if event["note"] else ""]))
    return f"{words}, {event['place']}" if event["place"] else words


def _territory(row):
    return {"United States": "USA", "United Kingdom": "UK"}.get(row["place"], row["place"]) or "worldwide"


def _takings(row):
    return f"{wording.money(row['amount'], row['currency'])} gross"


def _offer(offer):
    return {
        "provider": offer["provider_name"],
        "kind": OFFERS[offer["kind"]],
        "where": offer["place"],
        "label": offer["label"] or f"Go to {offer['provider_name']}",
        "spoken": f"on {offer['provider_name']}",
        "url": offer["url"],
        "checked": wording.day(offer["checked_on"]),
    }


# ------------------------------------------------------------------ editions
def formats(releases):
    """The table of editions: {"columns": [heading], "rows": [{label, cells}], "stacked": whether they are too many}.

    A row is printed if at least one edition has a value in it.
    """
    columns = [_heading(release, releases) for release in releases]
    rows = [{"label": label, "kind": kind, "cells": [_cell(r, read) for r in releases]} for label, kind, read in ROWS]
    rows = [row for row in rows if any(cell["values"] for cell in row["cells"])]
    for row in rows:
        for cell, column in zip(row["cells"], columns, strict=True):
            cell["on"] = column["on"]
    return {"columns": columns, "rows": rows, "stacked": len(releases) > TABLE_MOST}


def _heading(release, releases):
    note = ", ".join(filter(None, [release.edition, f"in {release.box_set}" if release.box_set else ""]))
    alone = [other.medium for other in releases].count(release.medium) == 1
    facts = [f"{release.runtime_minutes} minutes" if release.runtime_minutes else "", *_regions(release)]
    if len(release.page_discs) > 1:
        facts.append(f"{len(release.page_discs)} discs")
    if not alone:
        facts.insert(0, note)
    return {
        "name": release.get_medium_display(),
        "on": release.get_medium_display() if alone or not note else f"{release.get_medium_display()}, {note}",
        "note": note,
        "line": ", ".join(filter(None, facts)) or release.edition or "On disc",
    }


def _cell(release, read):
    return {"values": [value for value in read(release) if value]}


def _audio(release):
    for track in release.page_audio:
        sound = " ".join(filter(None, [track["codec"], track["channels"]]))
        said = {"dub": "dubbed", "original": ""}.get(track["kind"], track["kind"])
        notes = ", ".join(filter(None, [said, track["note"]]))
        words = ", ".join(filter(None, [track["language_name"], sound])) or track["kind"]
        yield f"{words} ({notes})" if notes and notes != words else words


def _subtitles(release):
    for subtitle in release.page_subtitles:
        yield subtitle["language_name"] + (" for the hard of hearing" if subtitle["hard_of_hearing"] else "")


def _regions(release):
    if release.regions:
        yield (
            f"Region {', '.join(release.regions)}"
            if len(release.regions) == 1
            else f"Regions {', '.join(release.regions)}"
        )


def _ratios(release):
    for row in release.page_ratios:
        yield {"printed": row["printed"], "shape": _shape(row["ratio"])}


def _shape(ratio):
    """Class of the little frame drawn beside a ratio, or ""."""
    if not ratio:
        return ""
    nearest = min(SHAPES, key=lambda shape: abs(shape - float(ratio)))
    return f"r{round(nearest * 100)}"


def _discs(release):
    discs = release.page_discs
    if len(discs) > 1:
        yield from (
            f"{disc['number']}: {disc['label']}" if disc["label"] else f"Disc {disc['number']}" for disc in discs
        )


def _extras(release):
    for extra in release.page_extras:
        minutes = f"{extra['minutes']} minutes" if extra["minutes"] else ""
        year = str(extra["year"]) if extra["year"] and str(extra["year"]) not in extra["name"] else ""
        notes = ", ".join(filter(None, [year, minutes]))
        yield f"{extra['name']} ({notes})" if notes else extra["name"]


ROWS = (
    ("Release date", "", lambda r: [wording.loose_date(r.released_on)]),
    ("Run time", "", lambda r: [f"{r.runtime_minutes} minutes" if r.runtime_minutes else ""]),
    ("Audio", "", _audio),
    ("Subtitles", "", _subtitles),
    ("Regions", "", _regions),
    ("Aspect ratio", "ratios", _ratios),
    ("Colour", "", lambda r: [r.get_colour_display()]),
    ("Picture standard", "", lambda r: [r.video_standard]),
    ("Certificate", "", lambda r: [str(r.certificate or "")]),
    ("Studio", "", lambda r: [r.distributor and r.distributor.name]),
    ("Discs", "", _discs),
    ("Extras", "extras", _extras),
)
