"""Every rule that a model states is there in the database, is tested, and speaks to people in a sentence of ours."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models
from django.db.models.constraints import BaseConstraint

from catalogue.models.history import Change
from catalogue.tests import test_constraints as catalogue
from members.tests import test_constraints as members
from rentals.tests import test_constraints as rentals
from reviews.tests import test_constraints as reviews
from tests.refusals import check_now

TABLES = {"catalogue": catalogue, "members": members, "rentals": rentals, "reviews": reviews}
BROKEN = {name: broken for table in TABLES.values() for name, broken in table.BROKEN.items()}
MODELS = [model for label in TABLES for model in apps.get_app_config(label).get_models()]
RULES = {rule.name: (model, rule) for model in MODELS for rule in model._meta.constraints}
# A release of no known medium has no regions that would suit it, so two rules refuse it.
ALSO_REFUSED_BY = {"release_medium": "release_regions"}


def in_database(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(cursor.fetchall())


def unique_fields(model):
    return [
        field
        for field in model._meta.local_concrete_fields
        if (field.unique or field.primary_key) and not isinstance(field, models.AutoField)
    ]


def index_of(model, field):
    return f"{model._meta.db_table}_pkey" if field.primary_key else f"{model._meta.db_table}_{field.column}_key"


@pytest.mark.parametrize("label", TABLES)
def test_every_rule_has_a_case_that_breaks_it(label):
    stated = {rule.name for model in apps.get_app_config(label).get_models() for rule in model._meta.constraints}
    assert TABLES[label].BROKEN.keys() == stated


@pytest.mark.parametrize("label", TABLES)
def test_every_unique_field_has_a_case_that_breaks_it(label):
    written = [model for model in apps.get_app_config(label).get_models() if not issubclass(model, Change)]
    stated = {index_of(model, field) for model in written for field in unique_fields(model)}
    assert TABLES[label].UNIQUE.keys() == stated


def test_the_models_have_rules():
    assert len(RULES) > 100  # the tests above would also pass over none


def test_no_two_rules_share_a_name():
    assert len(RULES) == sum(len(model._meta.constraints) for model in MODELS)


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_says_so_in_a_sentence_of_ours(name):
    message = str(RULES[name][1].violation_error_message)
    assert message != BaseConstraint.default_violation_error_message
    assert message[0].isupper() and message[-1] == "."


@pytest.mark.django_db
def test_every_rule_stands_in_the_database():
    constraints = in_database(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE convalidated AND contype IN ('c', 'u')"
    )
    indexes = in_database("SELECT tablename, indexname FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE %'")
    stated = {(model._meta.db_table, name) for name, (model, _) in RULES.items()}
    assert stated - constraints - indexes == set()


@pytest.mark.django_db
def test_the_database_has_no_rule_that_no_model_states():
    """Besides those that Django makes of a field: never negative."""
    checks = in_database(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint "
        "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    )
    ours = {name for table, name in checks if table.split("_")[0] in TABLES}
    negative = {f"{m._meta.db_table}_{f.column}_check" for m in MODELS for f in m._meta.local_concrete_fields}
    assert ours - negative - RULES.keys() == set()


def drop(name):
    model, rule = RULES[name]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, rule)


@pytest.mark.django_db
@pytest.mark.parametrize("name", RULES)
def test_nothing_but_the_rule_refuses_its_case(name):
    """The control of every case: without the rule the same rows are taken."""
    drop(name)
    if other := ALSO_REFUSED_BY.get(name):
        drop(other)
    try:
        BROKEN[name]()
        check_now()
    except IntegrityError as error:
        pytest.fail(f"without {name} this is refused still: {error}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "trigger"),
    [
        ("helpfulvote_not_own", "helpfulvote_not_own ON reviews_helpfulvote"),
        ("rating_not_before_release", "reviews_rating_given ON reviews_rating"),
    ],
)
def test_without_the_trigger_its_case_is_taken(rule, trigger):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}")
    reviews.TRIGGERS[rule]()
    check_now()
