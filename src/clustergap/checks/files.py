"""CG001 to CG008: files and YAML. CG101 to CG105: what records a file holds and what their keys are."""

from clustergap.findings import Rule, Severity

UNREADABLE_FILE = Rule(
    code="CG001",
    name="unreadable-file",
    severity=Severity.ERROR,
    why="The file cannot be read, or is no regular file of the dataset's own folder. A pipe or a device could hang "
    "the reader for ever, and a link that leads out of the dataset would let a stranger's pull request read other "
    "files of the machine.",
    fix="Put a regular file there, and make sure that you may read it.",
    bad="""\
data/instruments/ro.yaml -> /etc/passwd
""",
    good="""\
data/instruments/ro.yaml
""",
)
NOT_UTF_8 = Rule(
    code="CG002",
    name="not-utf-8",
    severity=Severity.ERROR,
    why="Data files are UTF-8, with or without a byte-order mark. Read as any other encoding, names would silently "
    "turn into other names.",
    fix="Save the file as UTF-8; editors and spreadsheets offer it in the save dialogue.",
    bad="""\
name: F\\xF6rderprogramm    # saved as Latin-1: the letter is the one byte F6
""",
    good="""\
name: Förderprogramm       # saved as UTF-8: the letter is the two bytes C3 B6
""",
)
YAML_SYNTAX = Rule(
    code="CG003",
    name="yaml-syntax",
    severity=Severity.ERROR,
    why="The text is not YAML from here on, so nothing behind this place can be read. What stands wrong is often on "
    "the line above: an open quote or bracket, a tab, a colon in a text without quotes. Or two people changed the same "
    "lines, and what git wrote between the two sides was left there.",
    fix="Look at the indentation, brackets, quotes and colons at and just before the place. Of a merge conflict keep what "
    "is right of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>.",
    bad="""\
title: Cluster policy: what is missing
""",
    good="""\
title: "Cluster policy: what is missing"
""",
)
DUPLICATE_KEY = Rule(
    code="CG004",
    name="duplicate-key",
    severity=Severity.ERROR,
    why="A mapping has the same key twice. Most YAML readers keep the last one and drop the first without a word, "
    "so that what a reviewer read is not what counts.",
    fix="Keep one of the two, or join them.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
    covers: {industry-4-0@country: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full, industry-4-0@country: full}
""",
)
FORBIDDEN_YAML = Rule(
    code="CG005",
    name="forbidden-yaml",
    severity=Severity.ERROR,
    why="Anchors, aliases, tags, merge keys, directives but %YAML, a second document and keys that are no text make "
    "YAML hard to review, and programs read them differently.",
    fix="Write the value out where it is needed. Where a program has written the file, switch off there that it makes "
    "anchors and tags (PyYAML: Dumper.ignore_aliases, safe_dump), or let it write JSON.",
    bad="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: &same {industry-4-0@eu: full}}
  - {id: edih, name: European Digital Innovation Hubs, covers: *same}
""",
    good="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
  - {id: edih, name: European Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
""",
)
FORBIDDEN_CHARACTER = Rule(
    code="CG006",
    name="forbidden-character",
    severity=Severity.ERROR,
    why="A character that nobody sees but that changes what others see or read: controls, text-direction overrides, "
    "zero-width spaces, odd line ends. It could hide a line from a reviewer or make two names look the same.",
    fix="Delete the character, or type the text again.",
    bad="""\
instruments:
  - {id: dih, name: "Digital\\u200bInnovation Hubs", covers: {industry-4-0@eu: full}}
""",
    good="""\
instruments:
  - {id: dih, name: "Digital Innovation Hubs", covers: {industry-4-0@eu: full}}
""",
)
TOO_LARGE = Rule(
    code="CG007",
    name="too-large",
    severity=Severity.ERROR,
    why="The file is larger than 64 MiB, or nested deeper than 16 levels: more than any dataset of this kind, and "
    "enough to exhaust a machine.",
    fix="Split the file into fragments in instruments/, or raise CLUSTERGAP_MAX_MIB; flatten what is nested.",
    bad="""\
title: [[[[[[[[[[[[[[[[[Cluster policy]]]]]]]]]]]]]]]]]
""",
    good="""\
title: Cluster policy
""",
)
EMPTY_FILE = Rule(
    code="CG008",
    name="empty-file",
    severity=Severity.ERROR,
    why="The file holds nothing, or only comments. A gate that took it for a dataset without gaps would be green on "
    "nothing.",
    fix="Write the data, or delete the file.",
    bad="""\
# instruments of Romania: to be written
""",
    good="""\
instruments: []
""",
)
MISSING_KEY = Rule(
    code="CG101",
    name="missing-key",
    severity=Severity.ERROR,
    why="The record lacks a key that every record of its kind must have. The finding stands at the record's first "
    "line.",
    fix="Add the key.",
    bad="""\
instruments:
  - id: dih
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)
UNKNOWN_KEY = Rule(
    code="CG102",
    name="unknown-key",
    severity=Severity.ERROR,
    why="No record of this kind has such a key. Ignoring it would silently lose what was meant, such as a last day.",
    fix="Correct the key, or put the remark into a note.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    end: 2020
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    ends: 2020
    covers: {industry-4-0@eu: full}
""",
)
WRONG_TYPE = Rule(
    code="CG103",
    name="wrong-type",
    severity=Severity.ERROR,
    why="A value is of another kind than the key wants: a text for a list, a list for a text, a text for true or "
    "false, nothing at all.",
    fix="Write the value as the message says.",
    bad="""\
targets:
  - {id: excellent-clusters, name: Excellent clusters}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    targets: excellent-clusters
    covers: {industry-4-0@eu: full}
""",
    good="""\
targets:
  - {id: excellent-clusters, name: Excellent clusters}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    targets: [excellent-clusters]
    covers: {industry-4-0@eu: full}
""",
)
WRONG_VALUE = Rule(
    code="CG104",
    name="wrong-value",
    severity=Severity.ERROR,
    why="A value is of the right kind, but not one that the key can have: an id, date, web address, cell, choice, "
    "length or list of territories that is not right.",
    fix="Write the value as the message says.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    starts: April 2016
    covers: {industry-4-0@eu: fully}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    starts: 2016-04
    covers: {industry-4-0@eu: full}
""",
)
UNSUPPORTED_SCHEMA = Rule(
    code="CG105",
    name="unsupported-schema",
    severity=Severity.ERROR,
    why="The file says that it is written in a data format that this version does not read, so that it could be "
    "misread.",
    fix="Write schema: 1, or use a newer clustergap.",
    bad="""\
schema: 2
""",
    good="""\
schema: 1
""",
)

RULES = (
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
)
"""All of them: they are found in reading a file."""
