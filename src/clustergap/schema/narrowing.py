"""A data file's schema narrowed to one dataset, so that an editor completes and checks its real names.

It knows the dataset as it was: after a new role, source or territory, make it again.
"""

from collections.abc import Iterable

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.schema.generate import Schema


def narrow(schema: Schema, dataset: Dataset) -> Schema:
    """Let only the names of *dataset* stand where *schema* of a data file wants a name.

    Args:
        schema: A data file's schema; it is changed.
        dataset: Whose roles, levels, cells, kinds, targets, sources, instruments and territories are known.
    """
    definitions, properties = schema["$defs"], schema["properties"]
    if "Statement" in definitions:
        for level in dataset.levels:
            definitions[f"Territory@{level.id}"] = _territory(level)
            definitions[f"Statement@{level.id}"] = _statement_at(level, definitions["Statement"])
    for mapping in (
        definitions.get("Instrument", {}).get("properties", {}).get("covers"),
        properties.get("observations"),
    ):
        _name_cells(mapping, dataset, at_level=True)
    _name_cells(properties.get("accepted_gaps"), dataset, at_level=False)
    _name_assessed(properties.get("assessed"), dataset)
    for record, key, known in _names(dataset):
        value = definitions.get(record, {}).get("properties", {}).get(key)
        if value and known:
            value.update(_one_of(value, known))
    return schema


def _names(dataset: Dataset) -> list[tuple[str, str, list[str]]]:
    roles = [role.id for role in dataset.roles]
    levels = [level.id for level in dataset.levels]
    instruments = [instrument.id for instrument in dataset.instruments]
    cells = [str(Cell(role, level)) for role in roles for level in levels]
    return [
        ("Instrument", "kind", [kind.id for kind in dataset.kinds]),
        ("Instrument", "targets", [target.id for target in dataset.targets]),
        ("Instrument", "succeeded_by", instruments),
        ("SourceRef", "ref", list(dataset.sources)),
        ("SwotItem", "levels", levels),
        ("SwotItem", "roles", roles),
        ("SwotItem", "instruments", instruments),
        ("SwotItem", "cells", cells),
    ]


def _one_of(value: Schema, known: Iterable[str]) -> Schema:
    # Of a list its items; null stays where it was possible.
    choice: Schema = {"enum": [value for word in known for value in _as_read(word)]}
    if value.get("type") == "array":
        return {"items": choice}
    if "null" in value["type"]:
        choice["enum"].append(None)
    return choice


def _as_read(word: str) -> list[object]:
    # YAML makes a number of an unquoted 2020 before a schema sees it.
    is_number = word == "0" or (word.isdecimal() and not word.startswith("0"))
    return [word, int(word)] if is_number else [word]


def _name_cells(mapping: Schema | None, dataset: Dataset, *, at_level: bool) -> None:
    if mapping is None:
        return
    (any_cell,) = mapping.pop("patternProperties").values()
    mapping["properties"] = {
        str(Cell(role.id, level.id)): {
            **(_cover_at(level) if at_level else any_cell),
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
        place: {**codes, "items": {"$ref": f"#/$defs/Territory@{level.id}"}, "description": what}
        for level in dataset.levels
        for place, what in [
            (level.id, level.name),
            *((f"{role.id}@{level.id}", f"{role.name} @ {level.name}") for role in dataset.roles),
        ]
    }
    mapping["additionalProperties"] = False


def _cover_at(level: Level) -> Schema:
    statement = [{"$ref": "#/$defs/Extent"}, {"$ref": f"#/$defs/Statement@{level.id}"}]
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


def _territory(level: Level) -> Schema:
    # A unit, or what begins a unit's code: a country for its regions.
    codes = {
        unit.code[:length]: None for unit in level.units for length in range(2, len(unit.code) + 1)
    }
    return {"enum": list(codes)} if codes else {"not": {}}
