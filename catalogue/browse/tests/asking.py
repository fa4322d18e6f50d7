"""Ask for the list as a reader does, and look at what it says."""


def page(client, **parameters):
    """The context of the page with these parameters; a list stands for several of a name."""
    response = client.get("/titles/", parameters)
    assert response.status_code == 200
    return response.context


def names(client, **parameters):
    """Names of the titles on the page, in order."""
    return [card["name"] for card in page(client, **parameters)["cards"]]


def counts(client, facet, **parameters):
    """{key: count} of a facet's values."""
    facets = {each["name"]: each for each in page(client, **{"more": facet, **parameters})["facets"]}
    return {value["key"]: int(value["count"].replace(",", "")) for value in facets[facet]["values"]} if facet in facets else {}
