"""What every record of a data file has in common."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from clustergap.model.text import wrong_type
from clustergap.text import quote

STRICT = ConfigDict(extra="forbid")
"""A key that a record does not know is a finding."""


class Record(BaseModel):
    """One mapping of a data file, which cannot be changed; its validator is built when it is first needed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


_INTEGER = re.compile(r"-?[1-9][0-9]*|0", re.ASCII)

SCHEMA = 1
"""The data format that this version reads."""


def _read_schema(value: object) -> int:
    # A number in quotes is a text; so is 01, which YAML 1.1 would read as octal.
    if type(value) is not str or _INTEGER.fullmatch(value) is None:
        raise wrong_type(f"{quote(value)} is not an integer", f"write schema: {SCHEMA}, unquoted")
    if value != str(SCHEMA):
        raise PydanticCustomError(
            "unsupported_schema",
            "{message}",
            {
                "message": f"data format {quote(value)} is not one that this version reads",
                "hint": f"write schema: {SCHEMA}, or use a newer clustergap",
            },
        )
    return SCHEMA


SchemaVersion = Annotated[
    int, BeforeValidator(_read_schema, json_schema_input_type=Literal[SCHEMA])
]
