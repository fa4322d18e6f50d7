"""Rendered pages as trees, and the text that readers see in them."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = set("area base br col embed hr img input link meta source track wbr".split())
SILENT = {"head", "script", "style", "template"}
INLINE = set("a abbr b bdi button em i label small span strong summary time cite code svg text use tspan".split())
CRANES = "/titles/the-cranes-are-flying-1957/"


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.builder = ElementTree.TreeBuilder()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1:]}>"
        self.builder.end(self.open.pop())

    def handle_data(self, data):
        if self.open:
            self.builder.data(data)


def tree(response):
    """The root element of a page; a tag that closes another is an error."""
    parser = _Tree()
    parser.feed(response if isinstance(response, str) else response.content.decode())
    parser.close()
    assert not parser.open
    return parser.builder.close()


def get(client, url, status=200, **options):
    """The page at `url` as a tree."""
    response = client.get(url, **options)
    assert response.status_code == status, f"{url}: {response.status_code}"
    return tree(response)


def text(element, links=True):
    """What a reader sees of `element`, white space folded (no-break spaces stay). `links=False` leaves links out."""
    return re.sub(r"[ \n\t\r]+", " ", "".join(_words(element, links))).strip()


def _words(element, links):
    if element.tag not in SILENT and "hidden" not in element.attrib and (links or element.tag != "a"):
        gap = "" if element.tag in INLINE else " "
        yield gap + (element.text or "")
        for child in element:
            yield from _words(child, links)
            yield child.tail or ""
        yield gap


def by_id(page, key):
    found = page.findall(f".//*[@id='{key}']")
    assert len(found) == 1, f"{len(found)} elements have the id {key}"
    return found[0]


def of_class(page, name):
    return [element for element in page.iter() if name in element.get("class", "").split()]


def links(element):
    return [link.get("href") for link in element.iter("a") if link.get("href")]


def facts(page):
    """{label: [values]} of "The record"."""
    rows = page.findall(".//dl[@class='facts']/div")
    return {text(row.find("dt")): [text(value) for value in row.findall("dd")] for row in rows}


def discs(page):
    """{label: [cell of each edition]} of the table of formats; its headings under ""."""
    table = of_class(page, "discs")[0]
    rows = {}
    rows[""] = [text(head) for head in table.findall("./thead/tr/th")]
    for row in table.findall("./tbody/tr"):
        rows[text(row.find("th"))] = [text(cell) for cell in row.findall("td")]
    return rows


def structured_data(page):
    """The JSON-LD of a title's page."""
    (script,) = page.findall(".//script[@type='application/ld+json']")
    return json.loads(script.text)


def meta(page, name):
    """The content of <meta name=…> or <meta property=…>."""
    (element,) = (m for m in page.iter("meta") if name in (m.get("name"), m.get("property")))
    return element.get("content")
