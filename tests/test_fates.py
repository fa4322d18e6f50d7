"""Nothing that names a member is without a declared fate."""

import pytest
from django.apps import apps
from django.db import models

from members import fates
from members.models import Member
from tests.factories import make_member
from tests.pages import get, text


def relations_to_member():
    """(model, field) of every foreign key, one-to-one and many-to-many of the installed models that leads to Member."""
    tables = (model for model in apps.get_models(include_auto_created=True) if model._meta.concrete_model._meta.managed)
    for model in tables:
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and not field.auto_created and field.related_model is Member:
                yield model, field.name


def undeclared(relations):
    declared = {fate.key for fate in fates.all_fates()}
    return [(model._meta.label, name) for model, name in relations if (model, name) not in declared]


def test_every_relation_to_a_member_has_a_declared_fate():
    relations = list(relations_to_member())
    assert len(relations) > 20
    assert undeclared(relations) == []


def test_libraries_are_looked_at_too():
    labels = {model._meta.label for model, _ in relations_to_member()}
    assert {"account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "admin.LogEntry"} <= labels
    assert "members.Member_groups" in labels  # a many-to-many has a table of its own


def test_a_relation_without_a_fate_is_found():
    class Diary(models.Model):
        writer = models.ForeignKey(Member, on_delete=models.CASCADE)

        class Meta:
            app_label = "members"

    try:
        assert undeclared(relations_to_member()) == [("members.Diary", "writer")]
    finally:
        del apps.all_models["members"]["diary"]
        apps.clear_cache()


@pytest.mark.parametrize("fate", fates.all_fates(), ids=lambda fate: fate.name)
def test_a_declaration_says_all_there_is_to_say(fate):
    assert fate.name and fate.what_for[-1] == fate.how_long[-1] == "."
    assert bool(fate.columns) != bool(fate.hidden)
    if fate.ends == fates.UNLINKED:
        assert fate.why_unlinked[-1] == "."
    if fate.keeps is not fates.nothing:
        assert fate.kept_because[-1] == "."


@pytest.mark.django_db
@pytest.mark.parametrize("fate", fates.all_fates(), ids=lambda fate: fate.name)
def test_a_declaration_fits_its_table(fate):
    rows = list(fate.table(make_member()))
    assert all(len(row) == len(fate.columns) for row in rows)
    assert fate.model._meta.pk.name not in fate.columns.values() or fate.name.startswith(("Invoice", "Payment"))


@pytest.mark.django_db
def test_the_public_page_tells_of_every_table_that_concerns_members(client):
    said = text(get(client, "/privacy/").find(".//main"))
    for fate in fates.all_fates():
        assert (fate.name in said) != fate.of_staff


def test_names_of_tables_are_told_apart():
    names = [fate.name for fate in fates.all_fates()]
    assert len(names) == len(set(names))
