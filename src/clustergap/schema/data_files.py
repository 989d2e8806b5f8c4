"""The schemas of the data files and of a mapping file, made from the model that also reads them.

YAML resolves scalars before a schema sees them: 2014 is an integer then, true a boolean. To clustergap both are text
where the model wants text, so the schemas let them pass there.
"""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import (
    DateSchema,
    DictSchema,
    NullableSchema,
    StringSchema,
    TaggedUnionSchema,
    WithDefaultSchema,
)

from clustergap.list_format.list_layout import BY_NAME
from clustergap.model.dataset import FragmentFile, InstrumentsFile, SwotFile
from clustergap.model.mapping import KEYS as COLUMNS
from clustergap.model.mapping import MappingFile
from clustergap.schema.descriptions import KEYS, RECORDS
from clustergap.schema.notation import DIALECT

_SCALARS = ["string", "number", "boolean"]
_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def instruments_schema() -> dict[str, Any]:
    """Describe ``instruments.yaml``."""
    return _schema_of(InstrumentsFile, "instruments")


def fragment_schema() -> dict[str, Any]:
    """Describe a file in ``instruments/``."""
    return _schema_of(FragmentFile, "fragment")


def swot_schema() -> dict[str, Any]:
    """Describe ``swot.yaml``."""
    return _schema_of(SwotFile, "swot")


def mapping_schema() -> dict[str, Any]:
    """Describe a mapping file."""
    schema = _schema_of(MappingFile, "mapping", _MappingGenerator)
    columns = schema["properties"]["columns"]
    rules = columns.pop("additionalProperties")
    schema["$defs"]["Column"] = {"description": RECORDS["Column"], **rules}
    columns["properties"] = {
        key: {"$ref": "#/$defs/Column", "description": _meaning(key)} for key in COLUMNS
    }
    columns["additionalProperties"] = False
    schema["properties"]["fill_down"]["items"] = {"enum": list(COLUMNS)}
    places = [{"required": [key]} for key in ("from", "first", "is")]
    schema["$defs"]["ColumnRule"]["oneOf"] = places
    return schema


def _meaning(key: str) -> str:
    column = BY_NAME.get(key)
    return f"{column.meaning}: {column.holds.value}" if column else "the cell: role@level"


def _schema_of(
    record_type: type[BaseModel], name: str, generator: type[GenerateJsonSchema] | None = None
) -> dict[str, Any]:
    schema = TypeAdapter(record_type).json_schema(schema_generator=generator or _Generator)
    records = {**schema.pop("$defs"), record_type.__name__: schema}
    for record, definition in records.items():
        definition.pop("title", None)
        definition["description"] = RECORDS[record]
        for key, value in definition.get("properties", {}).items():
            value["description"] = KEYS[record][key]
    definitions = {key: value for key, value in records.items() if value is not schema}
    head = {"$schema": DIALECT, "$id": f"urn:clustergap:{name}:1", "title": f"clustergap {name}"}
    return {**head, **schema, "$defs": definitions}


class _Generator(GenerateJsonSchema):
    """pydantic's own, but for titles, defaults, and what YAML makes of a scalar."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's own signature
        return False

    def str_schema(self, schema: StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": _SCALARS}

    def date_schema(self, schema: DateSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's own signature
        years = {"minimum": 1, "maximum": 9999}  # a bare year is an integer
        return {"type": ["string", "integer"], "pattern": _DATE, **years}

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return {**inner, "type": [*types, "null"]}

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        # A key that fits no pattern is wrong.
        mapping = super().dict_schema(schema)
        return {**mapping, "additionalProperties": mapping.get("additionalProperties", False)}


class _MappingGenerator(_Generator):
    """That of a mapping file, some forms of which may be taken for each other: a list of headers is a list of rules too."""

    def tagged_union_schema(self, schema: TaggedUnionSchema) -> JsonSchemaValue:
        forms = super().tagged_union_schema(schema)
        return {"anyOf" if key == "oneOf" else key: value for key, value in forms.items()}

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        # pydantic leaves out how long a key must be.
        mapping = super().dict_schema(schema)
        least = schema.get("keys_schema", {}).get("min_length")
        return {**mapping, "propertyNames": {"minLength": least}} if least else mapping
