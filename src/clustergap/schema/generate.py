"""The JSON Schemas (2020-12) of the data files and of the JSON documents, from the models that read and write them.

A record is described by the first paragraph of its docstring, a key by the docstring below it. The schema of a data file can
be narrowed to one dataset, so that an editor completes and checks its names; it must be made again when these change.
"""

import ast
import inspect
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, get_type_hints

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core.core_schema import (
    DataclassSchema,
    DateSchema,
    DictSchema,
    LiteralSchema,
    ModelSchema,
    NullableSchema,
    StringSchema,
    TaggedUnionSchema,
    WithDefaultSchema,
)

from clustergap.list_format.list_layout import BY_NAME
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, FragmentFile, InstrumentsFile, Level
from clustergap.model.mapping import KEYS, MappingFile
from clustergap.model.places import Group
from clustergap.model.record import OF_FILE, key_in_file
from clustergap.model.swot import SwotFile
from clustergap.reference.territories import ancestors
from clustergap.schema import SchemaName

Schema = dict[str, Any]

_FILES: Mapping[SchemaName, type[BaseModel]] = {
    SchemaName.INSTRUMENTS: InstrumentsFile,
    SchemaName.FRAGMENT: FragmentFile,
    SchemaName.SWOT: SwotFile,
}


# The SWOT may also have pairs.
_MODULES = {SchemaName.SWOT_OUTPUT: "tows"}
_MODULES |= {one: f"{one.value}_record" for one in (SchemaName.COMPARE, SchemaName.TIMELINE)}


def make_schema(name: SchemaName) -> Schema:
    """Describe a data file, a mapping file or a JSON document."""
    if name is SchemaName.MAPPING:
        return _mapping_schema()
    if name in _FILES:
        return _file_schema(_FILES[name], name)
    return _answer_schema(_record_of(name))


def _record_of(name: SchemaName) -> type[BaseModel]:
    # The return type of ``record`` in the question's module, or in one of its own.
    module = import_module(f"clustergap.answers.{_MODULES.get(name) or name.replace('-', '_')}")
    record: type[BaseModel] = get_type_hints(module.record)["return"]
    return record


def _head(urn: str, name: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:clustergap:{urn}",
        "title": f"clustergap {name}",
    }


# Words


class _Generator(GenerateJsonSchema):
    """pydantic's generator, without titles and defaults, and with descriptions from docstrings."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's own signature
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        return _in_words(schema["cls"], super().model_schema(schema))

    def dataclass_schema(self, schema: DataclassSchema) -> JsonSchemaValue:
        return _in_words(schema["cls"], super().dataclass_schema(schema))


def _schema_of(
    record: type[BaseModel], mode: JsonSchemaMode, generator: type[_Generator]
) -> tuple[Schema, dict[str, Schema]]:
    """Return the schema of a record, and those of the records to which it refers, by name."""
    schema = record.model_json_schema(mode=mode, schema_generator=generator)
    definitions = schema.pop("$defs", {})
    for described in (schema, *definitions.values()):
        described.pop("title")
        described["description"] = _one_line(described["description"].partition("\n\n")[0])
    return schema, definitions


def _in_words(described: type, schema: Schema) -> Schema:
    for attribute, words in attribute_docstrings(described).items():
        field = described.__pydantic_fields__[attribute]  # type: ignore[attr-defined]  # pydantic's own
        schema["properties"][field.serialization_alias or attribute]["description"] = words
    return schema


def attribute_docstrings(described: type) -> dict[str, str]:
    """Return the docstrings below a class's own and inherited attributes, each on one line."""
    return {
        attribute: words
        for base in reversed(described.__mro__)
        if base.__module__.startswith("clustergap.")
        for attribute, words in _docstrings_in(base.__module__).get(base.__name__, {}).items()
    }


@cache
def _docstrings_in(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the docstrings of the annotated attributes of a module's classes.

    pydantic can read them too (``useattribute_docstrings``), but does so whenever a class is made: at every start.
    """
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        node.name: dict(_described_attributes(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _described_attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for attribute, below in pairwise(node.body):
        match attribute, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, _one_line(words)
            case _:
                pass


def _one_line(words: str) -> str:
    return " ".join(words.split())


# The JSON documents


class _AnswerGenerator(_Generator):
    """The generator for records of answers: every key is present, except those that may be left out, which are never null."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ANN401, ARG002 - pydantic's own signature
        return "serialization_exclude_if" not in field

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        inner = schema["schema"]
        return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)

    def literal_schema(self, schema: LiteralSchema) -> JsonSchemaValue:
        (const,) = schema["expected"]
        return {"const": const}

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        described = super().model_schema(schema)
        del described["additionalProperties"]  # more keys may be added
        return described


_ORDER = (
    "description", "const", "type", "enum", "examples", "format", "minimum", "maximum", "items", "properties", "required", "anyOf",
)  # fmt: skip


def _answer_schema(record: type[BaseModel]) -> Schema:
    """Describe a document; each form of an answer with several forms is a subclass of its record."""
    name, _, version = (
        record.model_fields["schema_"].default.removeprefix("clustergap/").partition("@")
    )
    whole = _record_schema(record)
    forms = [_without(_record_schema(form), whole["required"]) for form in record.__subclasses__()]
    choice = {"oneOf": forms} if forms else {}
    return {**_head(f"output:{name}:{version}", name), **whole, **choice}


def _record_schema(record: type[BaseModel]) -> Schema:
    return _inline(*_schema_of(record, "serialization", _AnswerGenerator))


def _without(schema: Schema, keys: Collection[str]) -> Schema:
    properties = {key: value for key, value in schema["properties"].items() if key not in keys}
    required = [key for key in schema["required"] if key not in keys]
    return {**schema, "properties": properties, "required": required}


def _inline(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Replace references to records by their schemas, and write null as a further type."""
    schema = dict(schema)
    if "$ref" in schema:
        schema = {**definitions[schema.pop("$ref").rpartition("/")[2]], **schema}
    if schema.pop("open", False):  # a mark of the answers' records
        schema["examples"] = schema.pop("enum")
    if "properties" in schema:
        schema["properties"] = {
            key: _inline(value, definitions) for key, value in schema["properties"].items()
        }
    if "items" in schema:
        schema["items"] = _inline(schema["items"], definitions)
    if "anyOf" in schema:
        schema["anyOf"] = [_inline(value, definitions) for value in schema["anyOf"]]
        if len(schema["anyOf"]) == 2:  # noqa: PLR2004 - a value or null
            value, _ = schema.pop("anyOf")
            schema = {**_or_null(value), **schema}
    return {key: schema[key] for key in sorted(schema, key=_ORDER.index)}


def _or_null(schema: Schema) -> Schema:
    nullable = {**schema, "type": [schema["type"], "null"]}
    return {**nullable, "enum": [*schema["enum"], None]} if "enum" in schema else nullable


# The data files


class _FileGenerator(_Generator):
    """The generator for data files.

    YAML resolves scalars before a schema sees them: 2014 is an integer then, true a boolean. For clustergap both are
    text if the model expects text, so the schemas accept them there.
    """

    def str_schema(self, schema: StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def date_schema(self, schema: DateSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's own signature
        years = {"minimum": 1, "maximum": 9999}  # a bare year is an integer
        pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        return {"type": ["string", "integer"], "pattern": pattern, **years}

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return {**inner, "type": [*types, "null"]}

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        # A key that matches no pattern is an error.
        mapping = super().dict_schema(schema)
        return {**mapping, "additionalProperties": mapping.get("additionalProperties", False)}


class _MappingGenerator(_FileGenerator):
    """The generator for mapping files, in which forms overlap: a list of headers is also a list of rules."""

    def tagged_union_schema(self, schema: TaggedUnionSchema) -> JsonSchemaValue:
        forms = super().tagged_union_schema(schema)
        return {"anyOf" if key == "oneOf" else key: value for key, value in forms.items()}

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        # pydantic leaves out the length of a key.
        mapping = super().dict_schema(schema)
        least = schema.get("keys_schema", {}).get("min_length")
        return {**mapping, "propertyNames": {"minLength": least}} if least else mapping


def _file_schema(
    record: type[BaseModel], name: str, generator: type[_FileGenerator] = _FileGenerator
) -> Schema:
    schema, definitions = _schema_of(record, "validation", generator)
    for described in (schema, *definitions.values()):
        for value in described.get("properties", {}).values():
            value["description"] = value.pop("description")  # below what it may be
    return {**_head(f"{name}:1", name), **schema, "$defs": definitions}


def _mapping_schema() -> Schema:
    schema = _file_schema(MappingFile, SchemaName.MAPPING, _MappingGenerator)
    columns, definitions = schema["properties"]["columns"], schema["$defs"]
    column = "Where a key stands: a header, several that are one value, a rule, or a list of which the first that says something holds."
    definitions["Column"] = {"description": column, **columns.pop("additionalProperties")}
    columns["properties"] = {
        key: {"$ref": "#/$defs/Column", "description": _meaning(key)} for key in KEYS
    }
    columns["additionalProperties"] = False
    schema["properties"]["fill_down"]["items"] = {"enum": list(KEYS)}
    places = [{"required": [key]} for key in ("from", "first", "is")]
    definitions["ColumnRule"]["oneOf"] = places
    return schema


def _meaning(key: str) -> str:
    column = BY_NAME.get(key)
    return f"{column.meaning}: {column.holds.value}" if column else "the cell: role@level"


# A data file's, for one dataset


def narrow(schema: Schema, dataset: Dataset) -> Schema:
    """Allow only the names of *dataset* where the *schema* of a data file expects a name.

    Args:
        schema: The schema of a data file; it is changed.
        dataset: The dataset whose roles, levels, cells, kinds, targets, sources, instruments and territories are allowed.
    """
    definitions, properties = schema["$defs"], schema["properties"]
    if "Statement" in definitions:
        for level in dataset.levels:
            definitions[f"Territory@{level.id}"] = _territory(level, dataset.groups)
            for record in ("Statement", "Observation"):
                definitions[f"{record}@{level.id}"] = _statement_at(level, definitions[record])
    covers = definitions.get("Instrument", {}).get("properties", {}).get("covers")
    _name_cells(covers, dataset, "Statement")
    _name_cells(properties.get("observations"), dataset, "Observation")
    _name_cells(properties.get("accepted_gaps"), dataset)
    _name_assessed(properties.get("assessed"), dataset)
    _name_territories(properties.get("territories"), dataset)
    for record, key, known in _names(dataset, is_fragment="territories" in properties):
        value = definitions.get(record, {}).get("properties", {}).get(key)
        if value and known:
            value.update(_one_of(value, known))
    return schema


def _names(dataset: Dataset, *, is_fragment: bool) -> list[tuple[str, str, list[str]]]:
    roles = [role.id for role in dataset.roles]
    levels = [level.id for level in dataset.levels]
    instruments = [instrument.id for instrument in dataset.instruments]
    cells = [str(Cell(role, level)) for role in roles for level in levels]
    links = {"levels": levels, "roles": roles, "instruments": instruments, "cells": cells}
    return [
        ("Instrument", "kind", [kind.id for kind in dataset.kinds]),
        ("Instrument", "targets", [target.id for target in dataset.targets]),
        *(("Instrument", key, instruments) for key in ("part_of", "funded_by", "succeeded_by")),
        ("SourceRef", "ref", _source_keys(dataset, is_fragment=is_fragment)),
        *(
            (record, key, known)
            for record in ("SwotItem", "MeantLinks")
            for key, known in links.items()
        ),
    ]


def _source_keys(dataset: Dataset, *, is_fragment: bool) -> list[str]:
    # One schema serves all fragments, so each may cite what another declares; only check knows whose a key is.
    keys = ((key_in_file(key), OF_FILE in key) for key in dataset.sources)
    return list(dict.fromkeys(key for key, of_fragment in keys if is_fragment or not of_fragment))


def _one_of(value: Schema, known: Iterable[str]) -> Schema:
    # For a list, its items; null stays allowed if it was.
    choice: Schema = {"enum": [value for word in known for value in _as_read(word)]}
    if value.get("type") == "array":
        return {"items": choice}
    if "null" in value["type"]:
        choice["enum"].append(None)
    return choice


def _as_read(word: str) -> list[object]:
    # YAML reads an unquoted 2020 as a number before a schema sees it.
    is_number = word == "0" or (word.isdecimal() and not word.startswith("0"))
    return [word, int(word)] if is_number else [word]


def _name_cells(mapping: Schema | None, dataset: Dataset, record: str = "") -> None:
    # With a record that says something of a cell, in which territories are those of the cell's level.
    if mapping is None:
        return
    (any_cell,) = mapping.pop("patternProperties").values()
    mapping["properties"] = {
        str(Cell(role.id, level.id)): {
            **(_stated_at(level, record, any_cell) if record else any_cell),
            "description": f"{role.name} @ {level.name}",
        }
        for role in dataset.roles
        for level in dataset.levels
    }
    mapping["additionalProperties"] = False


def _name_assessed(mapping: Schema | None, dataset: Dataset) -> None:
    if mapping is None:
        return
    codes = mapping["additionalProperties"]
    mapping["properties"] = {
        place: {**codes, "items": {"$ref": f"#/$defs/Territory@{level.id}"}, "description": name}
        for level in dataset.levels
        for place, name in [
            (level.id, level.name),
            *((f"{role.id}@{level.id}", f"{role.name} @ {level.name}") for role in dataset.roles),
        ]
    }
    mapping["additionalProperties"] = False


def _name_territories(mapping: Schema | None, dataset: Dataset) -> None:
    # A file may also speak of what no level lists, such as a region where there are countries only.
    if mapping is not None:
        known = [{"$ref": f"#/$defs/Territory@{level.id}"} for level in dataset.levels]
        mapping["items"] = {"anyOf": [*known, mapping["items"]]}


def _stated_at(level: Level, record: str, anywhere: Schema) -> Schema:
    extent = anywhere["anyOf"][0]
    statement = [extent, {"$ref": f"#/$defs/{record}@{level.id}"}]
    return {"anyOf": [*statement, {"type": "array", "minItems": 1, "items": {"anyOf": statement}}]}


def _statement_at(level: Level, statement: Schema) -> Schema:
    properties = dict(statement["properties"])
    description = properties["territories"]["description"]
    codes = {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"$ref": f"#/$defs/Territory@{level.id}"},
    }
    all_but = {
        "type": "object",
        "properties": {"except": {**codes, "description": "Codes that are left out."}},
        "required": ["except"],
        "additionalProperties": False,
    }
    properties["territories"] = {
        "description": description,
        "anyOf": [codes, all_but, {"type": "null"}],
    }
    return {**statement, "properties": properties}


def _territory(level: Level, groups: Iterable[Group]) -> Schema:
    # A unit, what a unit lies in, such as a country for its regions, or a group with a unit.
    codes = dict.fromkeys(
        code for unit in level.units for code in (*reversed(ancestors(unit.code)), unit.code)
    )
    held = [group.id for group in groups if not codes.keys().isdisjoint(group.territories)]
    words = [word for code in (*codes, *held) for word in _as_read(code)]
    return {"enum": words} if words else {"not": {}}
