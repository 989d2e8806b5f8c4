"""A short way to write a JSON Schema: one function a kind of value, the description always first."""

from typing import Any

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def text(description: str, *choices: str) -> Schema:
    """Describe a text, or one of some words."""
    schema: Schema = {"description": description, "type": "string"}
    return {**schema, "enum": list(choices)} if choices else schema


def number(description: str, least: int = 0) -> Schema:
    """Describe a count, at least *least*."""
    return {"description": description, "type": "integer", "minimum": least}


def flag(description: str) -> Schema:
    """Describe what is true or false."""
    return {"description": description, "type": "boolean"}


def date(description: str) -> Schema:
    """Describe a day, YYYY-MM-DD."""
    return {"description": description, "type": "string", "format": "date"}


def array(description: str, items: Schema) -> Schema:
    """Describe a list."""
    return {"description": description, "type": "array", "items": items}


def record(description: str, **keys: Schema) -> Schema:
    """Describe an object, of which every key is always there; more may be added."""
    return {
        "description": description,
        "type": "object",
        "properties": keys,
        "required": list(keys),
    }


def or_null(schema: Schema) -> Schema:
    """Describe what may be null."""
    if "type" not in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    nullable = {**schema, "type": [schema["type"], "null"]}
    return {**nullable, "enum": [*schema["enum"], None]} if "enum" in schema else nullable


def document(name: str, version: int, description: str, **keys: Schema) -> Schema:
    """Describe a whole output, ``clustergap/<name>@<version>``."""
    schema = {
        "description": "Which output this is, and its version.",
        "const": f"clustergap/{name}@{version}",
    }
    head = {
        "$schema": DIALECT,
        "$id": f"urn:clustergap:output:{name}:{version}",
        "title": f"clustergap {name}",
    }
    return {**head, **record(description, schema=schema, **keys)}
