"""What the staff's admin answers to whom: every page of every model, every action, and every address besides.

    python -m tests.admin_roles | diff tests/admin_roles.tsv -     the admin as it is now, beside the table agreed on

A row of the table is a thing of the admin ("catalogue/title change"), a method, and a word for each role:
"edits" is a page with a button to save, "reads" one without; "offered" is an action in the list's menu, "-" one that is
not; else the status code, or where a redirect leads (tests/roles.py). A "+" says that rows were written. Every method
is tried on every page, so who may only look is seen to change nothing; an action is posted by who is not offered it.
"""

import logging
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import django
from django.contrib import admin
from django.db import transaction
from django.test import override_settings
from django.test.utils import setup_test_environment

from tests import roles
from tests.roles import METHODS, STAFF, Asker, as_text

TABLE = Path(__file__).with_name("admin_roles.tsv")
ROLES = ("anonymous", "member", "no second step", *STAFF, "auditor", "superuser")
PAGES = {"list": "", "add": "add/", "change": "{}/change/", "delete": "{}/delete/", "history": "{}/history/"}
SAVE = b'name="_save"'


# ------------------------------------------------------------------ who and what
@contextmanager
def a_site(folder):
    """The things of tests/role_things.py, its people and more; files go into `folder`."""
    from tests import role_things  # it imports models

    with override_settings(MEDIA_ROOT=folder / "media", STATE_DIR=folder, EMAIL_FILE_PATH=folder / "mail"):
        people = role_things.make_people() | more_people()
        askers = {role: Asker(people.get(role), role_things.PASSWORD) for role in {*ROLES, *roles.ROLES}}
        things = role_things.make_things(people["member"])
        logging.disable(logging.WARNING)  # each refusal is one
        yield SimpleNamespace(people=people, askers=askers, addresses=roles.addresses(things), keys=things.rows)
        logging.disable(logging.NOTSET)


def more_people():
    """An auditor, a superuser, and staff of every role who took off their second step."""
    from django.contrib.auth.models import Group

    from tests import factories as make
    from tests.role_things import PASSWORD

    people = {
        "auditor": make.make_staff(email="auditor@example.org", password=PASSWORD),
        "superuser": make.make_staff(email="boss@example.org", password=PASSWORD, is_superuser=True),
        "no second step": make.make_member(email="careless@example.org", password=PASSWORD, is_staff=True),
    }
    people["auditor"].groups.add(Group.objects.get(name="auditor"))
    people["no second step"].groups.set(Group.objects.all())
    return people


# ------------------------------------------------------------------ addresses
def pages(keys):
    """{"catalogue/title change": address} of the pages that every model of the admin has."""
    return {f"{name} {page}": _address(name, page, keys) for name in models() for page in PAGES}


def models():
    """{"catalogue/title": its ModelAdmin}"""
    return {model._meta.label_lower.replace(".", "/"): each for model, each in admin.site._registry.items()}


def _address(name, page, keys):
    if name not in keys:
        raise LookupError(f"Nothing says which row of {name} to ask for: tests/role_things.py.")
    return f"/admin/{name}/{PAGES[page].format(keys[name])}"


def besides(site):
    """{"besides catalogue/title/appears/": address} of all addresses of the admin that are no page of the above."""
    of_models = {address for address in pages(site.keys).values()} | {f"/admin/{n}/{k}/" for n, k in site.keys.items()}
    found = {f"{route.removeprefix('admin/')} {whose}".strip(): a for (route, whose), a in site.addresses.items()
             if route.startswith("admin/")}  # fmt: skip
    return {f"besides {name or '(first page)'}": a for name, a in found.items() if a not in of_models} | completions()


def completions():
    """The lists from which each field of a form is completed."""
    ask = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}"
    rows = {(each.model._meta, field) for each in _with_inlines() for field in each.autocomplete_fields}
    return {
        f"completes {meta.app_label}/{meta.model_name} {field}": ask.format(meta.app_label, meta.model_name, field)
        for meta, field in sorted(rows, key=lambda row: (row[0].label_lower, row[1]))
    }


def _with_inlines():
    for each in models().values():
        yield each
        yield from (SimpleNamespace(model=i.model, autocomplete_fields=i.autocomplete_fields) for i in each.inlines)


def actions():
    """[(model's name, action)] of all there are, to delete among them."""
    return [(name, action) for name, each in models().items() for action in [*each.actions, "delete_selected"]]


# ------------------------------------------------------------------ words
def page_word(asker, method, address):
    return look_word(asker, address) if method == "GET" else asker.gets(method, address, {"post": "yes"})


def look_word(asker, address):
    """What a GET gets: whether the page can be saved, if it is one."""
    with transaction.atomic():
        response = asker.ask("GET", address)
        word = asker._word(response)
        transaction.set_rollback(True)
    if word != "200" or not address.endswith(("/add/", "/change/")):
        return word
    return "edits" if SAVE in response.content else "reads"


def action_word(asker, method, name, action, key):
    address = f"/admin/{name}/"
    if method == "POST":
        return asker.gets("POST", address, {"action": action, "_selected_action": key})
    response = asker.ask("GET", address)
    if response.status_code != 200:
        return asker._word(response)
    form = response.context.get("action_form")
    return "offered" if form and action in dict(form.fields["action"].choices) else "-"


# ------------------------------------------------------------------ the table
def read_table():
    """{(thing, method): {role: word}}"""
    _, *rows = (line.split("\t") for line in TABLE.read_text().splitlines())
    return {tuple(row[:2]): dict(zip(ROLES, row[2:], strict=True)) for row in rows}


def things_of(site):
    """{(thing, method): how to ask for it, given the Asker}"""
    found = {}
    for method in METHODS:
        for thing, address in (pages(site.keys) | besides(site)).items():
            found[thing, method] = lambda asker, m=method, a=address: page_word(asker, m, a)
        for name, action in actions():
            found[f"{name} action {action}", method] = lambda asker, m=method, n=name, act=action: action_word(
                asker, m, n, act, site.keys[n]
            )
    return dict(sorted(found.items()))


def row_now(site, ask):
    return {role: ask(site.askers[role]) for role in ROLES}


def main():
    django.setup()
    from tests.databases import connected_to, copy_of, the_test_database  # they import models

    setup_test_environment()
    with (
        the_test_database() as empty,
        copy_of(empty) as name,
        connected_to(name),
        tempfile.TemporaryDirectory() as folder,
        a_site(Path(folder)) as site,
    ):
        head = "\t".join(("thing", "method", *ROLES)) + "\n"
        rows = as_text({key: row_now(site, ask) for key, ask in things_of(site).items()}).splitlines(keepends=True)[1:]
        print(head + "".join(rows), end="")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    main()
