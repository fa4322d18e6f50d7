"""What templates may ask of every page: addresses, names one after the other, the cells of a table."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch

from catalogue.templatetags.site import linked, listed

HOSTILE = '<b>"&'
SAFE = "&lt;b&gt;&quot;&amp;"


def printed(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    "template",
    [
        "{% url 'catalogue:browse' %}",
        "{% url 'catalogue:browse' as browse %}{{ browse }}",
        "{% url view %}",
        "{% url view as browse %}{{ browse }}",
    ],
)
def test_an_address_is_the_same_however_it_is_asked_for(template):
    assert printed(template, view="catalogue:browse") == "/titles/"


def test_addresses_with_arguments_follow_them():
    template = Template("{% url 'catalogue:title' slug %}")
    assert [template.render(Context({"slug": slug})) for slug in ("kes", "gun")] == ["/titles/kes/", "/titles/gun/"]


def test_a_view_that_is_not_there_is_an_error():
    with pytest.raises(NoReverseMatch):
        printed("{% url 'catalogue:nowhere' %}")
    assert printed("{% url 'catalogue:nowhere' as nowhere %}[{{ nowhere }}]") == "[]"


def test_what_names_are_made_of_is_text():
    entry = {"name": HOSTILE, "url": "", "lang": None, "after": HOSTILE}
    assert linked([entry, entry]) == f"{SAFE}{SAFE}, {SAFE}{SAFE}"
    assert linked([entry | {"url": HOSTILE, "after": ""}]) == f'<a href="{SAFE}">{SAFE}</a>'
    assert linked([entry | {"lang": HOSTILE, "after": ""}]) == f'<bdi lang="{SAFE}">{SAFE}</bdi>'


def test_what_cells_are_made_of_is_text():
    ratio = {"printed": HOSTILE, "shape": ""}
    assert listed([HOSTILE], "") == SAFE
    assert listed([HOSTILE, 2], "extras") == f'<ul class="extras"><li>{SAFE}</li><li>2</li></ul>'
    assert listed([ratio], "ratios") == f"<ul><li>{SAFE}</li></ul>"
    shaped = f'<ul><li><span class="shape r{SAFE}"></span>1.33</li></ul>'
    assert listed([{"printed": "1.33", "shape": f"r{HOSTILE}"}], "ratios") == shaped
