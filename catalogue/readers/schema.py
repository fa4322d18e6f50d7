"""Checks records against docs/import-format.schema.json, the one statement of the rules."""

import json
from functools import cache
from pathlib import Path

import fastjsonschema

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "import-format.schema.json"
LONGEST_SENTENCE = 300


def problem_in(record):
    """Why `record` is not as docs/import-format.md says, as a sentence; None if it is."""
    if not isinstance(record, dict):
        return "The line is not a record: a record is a JSON object in braces."
    if not isinstance(kind := record.get("record"), str) or kind not in _checks():
        return f'"record" must be one of {", ".join(_checks())}.'
    return _broken_rule(_checks()[kind], record, kind)


def _broken_rule(check, record, kind):
    try:
        check(record, name_prefix=kind)
    except fastjsonschema.JsonSchemaValueException as error:
        return shortened(error.message) + "."


def shortened(text):
    """`text`, cut where a stranger's key or value would fill the screen."""
    return text if len(text) <= LONGEST_SENTENCE else text[:LONGEST_SENTENCE] + "…"


@cache
def _checks():
    """A check per kind of record: the `oneOf` over all of them could only say that none matched."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    branches = [_without_references(branch, schema["definitions"]) for branch in schema["oneOf"]]
    return {branch["properties"]["record"]["const"]: fastjsonschema.compile(branch) for branch in branches}


def _without_references(part, definitions):
    # fastjsonschema spells out the path of a `$ref` before it checks it: without, it is nine times as fast.
    if isinstance(part, list):
        return [_without_references(value, definitions) for value in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        part = definitions[part["$ref"].removeprefix("#/definitions/")]
    return {key: _without_references(value, definitions) for key, value in part.items()}
