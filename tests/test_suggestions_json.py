"""What browsers ask while somebody types in their own search field."""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.pages import CRANES, get

ORIGIN = "http://testserver"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def ask(client, query):
    response = client.get(f"/search/suggest.json?q={query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/x-suggestions+json")
    said, names, descriptions, addresses = json.loads(response.content)
    assert len(names) == len(descriptions) == len(addresses)
    return said, dict(zip(addresses, zip(names, descriptions, strict=True), strict=True))


def test_names_with_year_and_director_and_where_they_lead(demo, client):
    said, found = ask(client, "the cranes are f")
    assert said == "the cranes are f"
    assert found[ORIGIN + CRANES] == ("The Cranes Are Flying", "1957, Mikhail Kalatozov")
    assert all(client.get(url.removeprefix(ORIGIN)).status_code == 200 for url in found)


@pytest.mark.parametrize("query", ["", "%00", "x" * 10_000, "%ff%fe", "'&|!()", quote("\U0010ffff")])
def test_whatever_is_typed_is_answered(demo, client, query):
    ask(client, query)


def test_the_description_says_how_we_are_asked(demo, client):
    (link,) = [link for link in get(client, "/").iter("link") if link.get("rel") == "search"]
    response = client.get(link.get("href"))
    assert response["Content-Type"] == link.get("type") == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16
    for url in root.findall(f"{OPENSEARCH}Url"):
        assert url.get("template").startswith(f"{ORIGIN}/")
        asked = url.get("template").removeprefix(ORIGIN).replace("{searchTerms}", "cranes")
        assert client.get(asked)["Content-Type"].startswith(url.get("type"))
