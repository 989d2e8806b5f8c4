"""Every rule of ``check``: its code, name and severity, why it matters, how to mend it.

``CG0xx`` file and YAML, ``CG1xx`` shape, ``CG2xx`` references and consistency. A published code is never
given to another rule.
"""

from clustergap.findings import Rule, Severity


def _error(code: str, name: str, why: str, fix: str) -> Rule:
    return Rule(code, name, Severity.ERROR, why, fix)


UNREADABLE_FILE = _error(
    "CG001",
    "unreadable-file",
    "The file cannot be read, or is no regular file of the dataset's own folder: a pipe, a device, a "
    "folder or a link that leads out of the dataset could hang the reader or let a stranger's pull "
    "request read other files.",
    "Put a regular file there, and make sure that you may read it.",
)
NOT_UTF_8 = _error(
    "CG002",
    "not-utf-8",
    "Data files are UTF-8. In any other encoding, names would silently turn into other names.",
    "Save the file as UTF-8 (editors and spreadsheets offer it in the save dialogue).",
)
YAML_SYNTAX = _error(
    "CG003",
    "yaml-syntax",
    "The file is not YAML, so nothing behind this place can be read.",
    "Look at the indentation, brackets, quotes and colons at and just before the place.",
)
DUPLICATE_KEY = _error(
    "CG004",
    "duplicate-key",
    "A mapping has the same key twice. Most YAML readers keep the last one and drop the first without a word.",
    "Keep one of the two, or join them.",
)
FORBIDDEN_YAML = _error(
    "CG005",
    "forbidden-yaml",
    "Anchors, aliases, tags, merge keys, directives but %YAML, a second document and keys that are no text "
    "make YAML hard to review and read differently from program to program.",
    "Write the value out where it is needed.",
)
FORBIDDEN_CHARACTER = _error(
    "CG006",
    "forbidden-character",
    "A character that nobody sees but that changes what others see or read: controls, text-direction "
    "overrides, zero-width spaces, odd line ends. It could hide a line from a reviewer.",
    "Delete the character, or type the text again.",
)
TOO_LARGE = _error(
    "CG007",
    "too-large",
    "The file is larger than 64 MiB, or nested deeper than 16 levels: more than any dataset of this kind, "
    "and enough to exhaust a machine.",
    "Split the file into fragments in instruments/, or raise CLUSTERGAP_MAX_MIB; flatten what is nested.",
)
EMPTY_FILE = _error(
    "CG008",
    "empty-file",
    "The file holds nothing, or only comments.",
    "Write the data, or delete the file.",
)
MISSING_KEY = _error(
    "CG101",
    "missing-key",
    "The record lacks a key that every record of its kind must have.",
    "Add the key.",
)
UNKNOWN_KEY = _error(
    "CG102",
    "unknown-key",
    "No record of this kind has such a key; ignoring it would silently lose what was meant.",
    "Correct the key, or put the remark into a note.",
)
WRONG_TYPE = _error(
    "CG103",
    "wrong-type",
    "A value is of another kind than the key wants: a list for a text, a text for true or false, nothing at all.",
    "Write the value as the message says.",
)
WRONG_VALUE = _error(
    "CG104",
    "wrong-value",
    "A value is of the right kind, but not one that the key can have: an id, date, address, cell, choice, "
    "length or list of territories that is not right.",
    "Write the value as the message says.",
)
UNSUPPORTED_SCHEMA = _error(
    "CG105",
    "unsupported-schema",
    "The file says that it is written in a data format that this version does not read.",
    "Write schema: 1, or use a newer clustergap.",
)
UNKNOWN_ROLE = _error(
    "CG201",
    "unknown-role",
    "A cell or link names a role that the dataset does not declare, so it would count for nothing.",
    "Use the id of a declared role, or declare the role under roles.",
)
UNKNOWN_LEVEL = _error(
    "CG202",
    "unknown-level",
    "A cell or link names a level that the dataset does not declare. Files name levels by id, never by alias.",
    "Use the id of a declared level, or declare the level under levels.",
)
UNKNOWN_INSTRUMENT = _error(
    "CG203",
    "unknown-instrument",
    "A successor or a SWOT item names an instrument that the dataset does not hold.",
    "Use the id of an instrument of the dataset, or add the instrument.",
)
UNKNOWN_TERRITORY = _error(
    "CG204",
    "unknown-territory",
    "A code is neither a territory of the level nor an ancestor of one, so it would apply nowhere. Eurostat's "
    "code for Greece is EL.",
    "Use a code of the level's list: a country where it lists countries, a region or a part of its code where "
    "it lists regions.",
)
DUPLICATE = _error(
    "CG205",
    "duplicate",
    "An id, alias, observation or source key stands twice, in one file or in two; which one is meant depends "
    "on the order of reading.",
    "Keep one of the two, or give the second another id.",
)
UNKNOWN_SOURCE = _error(
    "CG206",
    "unknown-source",
    "A citation names a source that the dataset does not declare, so nobody can look it up.",
    "Use the key of a declared source, or declare it under sources.",
)
UNKNOWN_KIND = _error(
    "CG207",
    "unknown-kind-or-target",
    "An instrument's kind or target is not in the dataset's own vocabulary.",
    "Use an id of kinds or targets, or add the word there.",
)
LOOK_ALIKE = Rule(
    "CG208",
    "look-alike",
    Severity.WARNING,
    "Two ids of one kind differ only in 0 and o or in 1 and l, or two names only in case or form: people will "
    "take the one for the other.",
    "Give one of them another id or name.",
)
ENDS_BEFORE_STARTS = _error(
    "CG209",
    "ends-before-starts",
    "An instrument or statement ends before it starts, so it is never in force.",
    "Correct one of the two dates.",
)

CATALOGUE = {
    rule.code: rule
    for rule in (
        UNREADABLE_FILE,
        NOT_UTF_8,
        YAML_SYNTAX,
        DUPLICATE_KEY,
        FORBIDDEN_YAML,
        FORBIDDEN_CHARACTER,
        TOO_LARGE,
        EMPTY_FILE,
        MISSING_KEY,
        UNKNOWN_KEY,
        WRONG_TYPE,
        WRONG_VALUE,
        UNSUPPORTED_SCHEMA,
        UNKNOWN_ROLE,
        UNKNOWN_LEVEL,
        UNKNOWN_INSTRUMENT,
        UNKNOWN_TERRITORY,
        DUPLICATE,
        UNKNOWN_SOURCE,
        UNKNOWN_KIND,
        LOOK_ALIKE,
        ENDS_BEFORE_STARTS,
    )
}
"""All rules by code, in the order of their codes."""
