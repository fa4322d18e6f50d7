"""Pages once more as schema.org JSON-LD: nothing that the page does not print."""

import json

from django.urls import reverse
from django.utils.safestring import mark_safe

KINDS = ("Movie", "TVSeries")
# Inside <script> only these could end the element or start a comment.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def movie(page, url, origin):
    """JSON-LD of a title from the context of its page."""
    title, scores = page["title"], page["scores"]
    data = {
        "@type": KINDS[title.kind == "series"],
        "name": title.name,
        "url": url,
        "image": origin + page["cover"]["large"],
        "alternateName": [name["name"] for name in page["names"]],
        "datePublished": str(title.year or ""),
        "description": title.lead or (page["synopsis"] or [""])[0],
        "duration": f"PT{title.runtime_minutes}M" if title.runtime_minutes else "",
        "contentRating": page["certificate"],
        "genre": [genre["name"] for genre in page["genres"]],
        "countryOfOrigin": [{"@type": "Country", "name": country["name"]} for country in page["countries"]],
        page["makers"]: [_person(person, origin) for person in page["directors"]],
        "actor": [_person(person, origin) for person in [*page["billed"], *page["also"]]],
        "aggregateRating": _rating(scores),
        "review": [_review(review, title) for review in page["reviews"]],
    }
    return _script(data)


def person(page, url, origin):
    """JSON-LD of a person from the context of the page."""
    row = page["person"]
    return _script(
        {
            "@type": "Person",
            "name": row.name,
            "url": url,
            "image": origin + page["portrait"]["large"],
            "alternateName": [alias["name"] for alias in page["aliases"]],
            "jobTitle": page["trades"],
            "birthDate": row.born_on,
            "birthPlace": row.birthplace,
            "deathDate": row.died_on,
            "description": (page["biography"] or [""])[0],
        }
    )


def collection(page, url, origin):
    """JSON-LD of a collection's page and the titles on it, from its context."""
    items = [
        {"@type": "ListItem", "position": place, "name": card["name"], "url": origin + card["url"]}
        for place, card in enumerate(page["cards"], page["page"].start_index() or 1)
    ]
    return _script(
        {
            "@type": "CollectionPage",
            "name": page["collection"].name,
            "url": url,
            "description": (page["text"] or [""])[0],
            "mainEntity": _filled(
                {"@type": "ItemList", "numberOfItems": page["page"].paginator.count, "itemListElement": items}
            ),
        }
    )


def review(page, url, origin):
    """JSON-LD of the page of one review, from its context."""
    title = page["title"]
    film = {"@type": KINDS[title.kind == "series"], "name": title.name, "url": origin + page["card"]["url"]}
    return _script(_review(page["review"], title) | {"url": url, "itemReviewed": film})


def critic(page, url, origin):
    """JSON-LD of a critic from the context of the page. What the critic said of films is not ours to mark up."""
    return _script({"@type": "Person", "name": page["critic"].name, "url": url, "jobTitle": "Film critic"})


def publication(page, url, origin):
    """JSON-LD of a publication from the context of its page."""
    row = page["publication"]
    return _script({"@type": "Organization", "name": row.name, "url": url, "sameAs": row.url})


def site(origin):
    """JSON-LD of the whole site, for the front page."""
    search = origin + reverse("catalogue:search")
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return _script({"@type": "WebSite", "name": "Kinopost", "url": f"{origin}/", "potentialAction": action})


def _script(data):
    data = {"@context": "https://schema.org", **_filled(data)}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def _person(person, origin):
    return _filled({"@type": "Person", "name": person["name"], "url": person["url"] and origin + person["url"]})


def _rating(scores):
    if not scores["enough"]:
        return None
    counts = {"ratingValue": scores["average"], "ratingCount": scores["ratings"]}
    return {"@type": "AggregateRating", "bestRating": 5, "worstRating": 0.5, **counts}


def _review(review, title):
    stars = {"@type": "Rating", "ratingValue": review["stars"], "bestRating": 5, "worstRating": 0.5}
    return _filled(
        {
            "@type": "Review",
            "name": review["headline"],
            "author": {"@type": "Person", "name": review["author"]},
            "datePublished": review["written_on"],
            "reviewBody": review["body"],
            "reviewRating": stars if review["stars"] else None,
        }
    )


def _filled(data):
    return {key: value for key, value in data.items() if value not in ("", None, [])}
