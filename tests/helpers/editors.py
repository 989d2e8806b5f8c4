"""Data files as an editor holds them against a schema."""

import re
from functools import cache

import yaml
from jsonschema import Draft202012Validator

from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema


class EditorLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML is untyped
    """YAML 1.2 as editors resolve it: true and false, null, numbers; all else is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first)
    )
EditorLoader.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: (
        int(node.value, 0) if not re.match(r"[-+]?0\d", node.value) else int(node.value)
    ),
)
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def as_editors_read(text: str) -> object:
    """Return the value that an editor holds against a schema."""
    return _with_texts_for_keys(yaml.load(text, Loader=EditorLoader))  # noqa: S506 - a SafeLoader


def _with_texts_for_keys(value: object) -> object:
    # In JSON a key is a text, whatever YAML takes it for.
    if isinstance(value, dict):
        return {str(key): _with_texts_for_keys(one) for key, one in value.items()}
    return list(map(_with_texts_for_keys, value)) if isinstance(value, list) else value


@cache
def validator(name: SchemaName) -> Draft202012Validator:
    return Draft202012Validator(make_schema(name))


def errors(name: SchemaName, value: object) -> list[str]:
    return [f"{list(one.path)}: {one.message}" for one in validator(name).iter_errors(value)]
