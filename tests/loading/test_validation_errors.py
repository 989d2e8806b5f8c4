"""What pydantic found wrong, in a person's words: rule, place, message and hint in full."""

import copy

import pytest

from clustergap import __version__
from clustergap.findings import At, DataPath, Rule, Violation
from clustergap.loading.file_reader import RecordValidator
from clustergap.model.dataset import Instrument, InstrumentsFile
from clustergap.model.record import keys_at

NOTHING = ", or leave the key out; if you mean the word null, put it in quotes"


def _told(keys: dict[str, object]) -> tuple[Rule, Violation]:
    """Say what is wrong in an instrument with *keys*, or in a main file if they have a schema."""
    keys_at.cache_clear()  # what another test has asked for is looked for again
    record_type: type = InstrumentsFile if "schema" in keys else Instrument
    value = keys if "schema" in keys else {"id": "act", "name": "Act", **keys}
    (told,) = RecordValidator[object](record_type).recover(copy.deepcopy(value)).broken
    return told


def _file(**keys: object) -> dict[str, object]:
    return {
        "schema": "1",
        "title": "T",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "on", "name": "On"}],
        **keys,
    }


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        # Keys
        ({"sources": [{}]}, ("CG101", "the key 'ref' is missing", "add ref: …")),
        ({"nam": "x"}, ("CG102", "'nam' is not a key here", "did you mean 'name'?")),
        (
            {"sources": [{"ref": "a", "x": "x"}]},
            (
                "CG102",
                "'x' is not a key here",
                f"the keys here are ref, locator, quote; a clustergap newer than {__version__} may know more",
            ),
        ),
        (
            {"na\u200dme": "x"},
            (
                "CG006",
                "the character U+200D ZERO WIDTH JOINER may not stand in 'na\\u200dme'",
                "delete the character",
            ),
        ),
        # Kinds of value
        (
            {"name": ["x"]},
            ("CG103", "'name' must be text, not a list", "write it without brackets: x"),
        ),
        ({"name": ["x", "y"]}, ("CG103", "'name' must be text, not a list", "write text")),
        ({"name": None}, ("CG103", "'name' must be text, not nothing", f"write text{NOTHING}")),
        (
            {"targets": "x"},
            ("CG103", "'targets' must be a list, not text", "write it in brackets: [x]"),
        ),
        ({"targets": "x y"}, ("CG103", "'targets' must be a list, not text", "write a list")),
        ({"targets": [{}]}, ("CG103", "this must be text, not a mapping", "write text")),
        ({"covers": []}, ("CG103", "'covers' must be a mapping, not a list", "write a mapping")),
        ({"sources": ["x"]}, ("CG103", "this must be a mapping, not text", "write a mapping")),
        (
            {"covers": {"on@eu": None}},
            (
                "CG103",
                "'on@eu' must be full, partial or a mapping, not nothing",
                f"write full, partial or a mapping{NOTHING}",
            ),
        ),
        (
            {"covers": {"on@eu": {"territories": "RO"}}},
            (
                "CG103",
                "'territories' must be a list of codes, or {except: [codes]}, not text",
                "write it in brackets: [RO]",
            ),
        ),
        (
            _file(levels=[{"id": "eu", "name": "EU", "territories": [[]]}]),
            (
                "CG103",
                "this must be a code, or {code, name}, not a list",
                "write a code, or {code, name}",
            ),
        ),
        ({"targets": "a\nb"}, ("CG103", "'targets' must be a list, not text", "write a list")),
        (
            _file(levels=[{"id": "eu", "name": "EU", "unit": "country"}]),
            (
                "CG103",
                "'unit' must be a mapping {one, many}, not text",
                "write a mapping {one, many}",
            ),
        ),
        # Choices
        (
            {"status": "activ"},
            ("CG104", "'activ' is not one of active, planned", "did you mean 'active'?"),
        ),
        (
            {"status": "x"},
            ("CG104", "'x' is not one of active, planned", "write active or planned"),
        ),
        (
            {"status": []},
            ("CG104", "this is not one of active, planned", "write active or planned"),
        ),
        # Patterns
        (
            {"kind": "A  Bc_d"},
            (
                "CG104",
                "'A  Bc_d' is not an id: lower-case letters and digits, joined by single hyphens",
                "write 'a-bc-d'",
            ),
        ),
        (
            {"kind": "é"},
            (
                "CG104",
                "'é' is not an id: lower-case letters and digits, joined by single hyphens",
                "write a word or two in lower-case letters",
            ),
        ),
        (
            {"name": " "},
            ("CG104", "' ' is not a text on one line, without tabs", "correct it"),
        ),
        ({"note": " "}, ("CG104", "' ' is not a text", "correct it")),
        ({"note": "\n"}, ("CG104", "'\\n' is not a text", "correct it")),
        (
            {"covers": {"on@eu": {"territories": ["Ro"]}}},
            (
                "CG104",
                "'Ro' is not a territory's code or a group's id",
                "did you mean 'RO' (Romania)?",
            ),
        ),
        (
            {"covers": {"on@eu": {"territories": {"except": ["Lombrdia"]}}}},
            (
                "CG104",
                "'Lombrdia' is not a territory's code or a group's id",
                "did you mean 'ITC4' (Lombardia)?",
            ),
        ),
        (
            {"covers": {"on@eu": {"territories": ["Nowhere"]}}},
            (
                "CG104",
                "'Nowhere' is not a territory's code or a group's id",
                "write a code, in capitals (RO11), or a group's id, in small letters; a name is neither",
            ),
        ),
        (
            _file(levels=[{"id": "a", "name": "A", "territories": ["GREEN", "GR11"]}]),
            (
                "CG104",
                "'GR11' is not Eurostat's code",
                "GR11 is a code of NUTS 2006; in 2024 it is EL51 (Aνατολική Μακεδονία, Θράκη)",
            ),
        ),
        (
            _file(levels=[{"id": "a", "name": "A", "territories": [{"code": "GB"}]}]),
            (
                "CG104",
                "'GB' is not Eurostat's code",
                "Eurostat writes UK for GB: did you mean 'UK' (United Kingdom)?",
            ),
        ),
        # Lengths
        (
            {"short": "x" * 1_000},
            ("CG104", "'short' has 1,000 characters, at most 60 are read", "shorten it"),
        ),
        (
            _file(levels=[{"id": "eu", "name": "EU", "aliases": ["x" * 301]}]),
            ("CG104", "this has 301 characters, at most 300 are read", "shorten it"),
        ),
        (
            {"note": "x" * 5_001},
            ("CG104", "'note' has 5,001 characters, at most 5,000 are read", "shorten it"),
        ),
        (
            {"covers": {"on@eu": {"territories": []}}},
            (
                "CG104",
                "the list 'territories' is empty",
                "name at least one; without the key it would be everywhere",
            ),
        ),
        # What may not stand in a line
        (
            {"name": "a\tb"},
            (
                "CG006",
                "the character U+0009 control character may not stand in 'a\\tb'",
                "delete the character",
            ),
        ),
        (
            {"kind": "a\u200e"},
            (
                "CG006",
                "the character U+200E LEFT-TO-RIGHT MARK may not stand in 'a\\u200e'",
                "delete the character",
            ),
        ),
        (
            {"name": "a\nb" * 200},
            ("CG104", "'name' has 600 characters, at most 300 are read", "shorten it"),
        ),
    ],
)
def test_what_is_wrong_is_told_in_full(
    keys: dict[str, object], told: tuple[str, str, str]
) -> None:
    rule, violation = _told(keys)

    assert (rule.code, violation.message, violation.hint) == told


@pytest.mark.parametrize(
    ("keys", "path", "at"),
    [
        ({"sources": [{}]}, ("sources", 0), At.VALUE),
        ({"nam": "x"}, ("nam",), At.KEY),
        ({"na\u200dme": "x"}, ("na\u200dme",), At.KEY),
        ({"covers": {"on": "full"}}, ("covers", "on"), At.KEY),
        ({"covers": {"on@\u200deu": "full"}}, ("covers", "on@\u200deu"), At.KEY),
        ({"covers": {"on@eu": "Full"}}, ("covers", "on@eu"), At.VALUE),
        ({"kind": "a\u200e"}, ("kind",), At.VALUE),
        (
            {"covers": {"on@eu": {"territories": ["RO", "AT", "AT"]}}},
            ("covers", "on@eu", "territories", 2),
            At.VALUE,
        ),
        (
            {"covers": {"on@eu": {"territories": {"except": ["RO", "RO"]}}}},
            ("covers", "on@eu", "territories", "except", 1),
            At.VALUE,
        ),
    ],
)
def test_the_key_or_the_value_is_pointed_at_whichever_is_wrong(
    keys: dict[str, object], path: DataPath, at: At
) -> None:
    _, violation = _told(keys)

    assert (violation.path, violation.at) == (path, at)
