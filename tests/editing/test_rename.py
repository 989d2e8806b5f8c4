"""Another id for a record: where it is written, what is refused, and what stays as it was."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from clustergap.editing.destination import Destination, read_destination
from clustergap.editing.rename import (
    ANY,
    CELLS,
    USES,
    RecordId,
    RecordKind,
    find_record,
    place_of,
    rename_record,
)
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FILE_LIMITS
from clustergap.model.record import CODE_PATTERN, ID_PATTERN, PLACE_PATTERN
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from spreadsheets import MAIN, target_of

HEAD = """\
schema: 1
title: T
sources: {deck: {title: A deck}}
levels: [{id: eu, name: EU}, {id: place, name: Place, territories: [{code: P1, name: One}, P2, RO]}]
roles: [{id: skills, name: Skills, aliases: [talent]}, {id: trade, name: Trade}]
groups: [{id: east, name: East, territories: [P2, RO]}]
"""

SWOT = Path("data/swot.yaml")


def renamed(target: Destination, old: str, new: str) -> dict[str, str]:
    """Rename, and return the files that change, by their stems."""
    assert target.loaded is not None
    record = find_record(target.loaded.dataset, old)
    written = rename_record(target, record, new).written
    return {path.stem: data.decode() for path, data in written.items()}


def refusal(target: Destination, old: str, new: str) -> str:
    """Return why nothing is renamed."""
    with pytest.raises(ClusterGapError) as error:
        renamed(target, old, new)
    return str(error.value)


def with_swot(main: str, swot: str) -> Destination:
    """A dataset of these two files."""
    data = {MAIN: main.encode(), SWOT: swot.encode()}
    return read_destination(DatasetFiles(MAIN, swot=SWOT, stored=data), FILE_LIMITS, None)


def test_a_role_is_renamed_in_cells_in_every_place_and_style_and_nothing_else_is() -> None:
    main = (
        HEAD
        + """\
instruments:
  - id: act   # skills
    name: skills
    covers:
      skills@eu: full    # skills@eu
      'skills@place': {extent: partial, territories: [RO], note: skills}
      trade@eu: partial
  - {id: skills, name: S, covers: {"skills@eu": full, trade@place: full}}
observations: {skills@place: {extent: partial, note: "skills@place"}}
assessed:
  skills@place: [RO]
  place: [RO]
accepted_gaps: {? skills@place : {reason: skills}}
"""
    )
    swot = """\
schema: 1
strengths:
  - id: skills
    text: skills
    roles:
      - skills  # the role
    levels: [eu]
    cells: ["skills@eu", trade@eu]
    meant: {roles: [trade, skills], instruments: [skills], cells: [skills@place]}
"""

    after = renamed(with_swot(main, swot), "role:skills", "talents")

    assert after["instruments"] == main.replace(
        "id: skills, name: Skills", "id: talents, name: Skills"
    ).replace("      skills@eu: full ", "      talents@eu: full ").replace(
        "'skills@place'", "'talents@place'"
    ).replace('"skills@eu"', '"talents@eu"').replace(
        "{skills@place: {", "{talents@place: {"
    ).replace("  skills@place: [RO]", "  talents@place: [RO]").replace("? skills@", "? talents@")
    assert after["swot"] == swot.replace("- skills ", "- talents ").replace(
        '"skills@eu"', '"talents@eu"'
    ).replace("trade, skills]", "trade, talents]").replace("[skills@place]", "[talents@place]")


def test_a_level_is_renamed_in_cells_and_where_somebody_has_looked() -> None:
    main = (
        HEAD
        + "instruments: [{id: eu, name: eu, covers: {skills@eu: full}}]\nassessed: {place: [RO]}\n"
    )

    assert renamed(target_of(main=main), "level:eu", "union")["instruments"] == main.replace(
        "[{id: eu, name: EU}", "[{id: union, name: EU}"
    ).replace("skills@eu", "skills@union")
    assert renamed(target_of(main=main), "place", "area")["instruments"] == main.replace(
        "id: place", "id: area"
    ).replace("{place: [RO]}", "{area: [RO]}")


def test_an_instrument_is_renamed_where_it_is_part_pays_and_follows_also_in_other_files() -> None:
    main = (
        HEAD
        + "instruments:\n  - {id: fund, name: fund, short: fund}\n  - {id: b, name: B, part_of: fund, funded_by: [c, fund]}\n"
    )
    ro = "instruments:\n- id: c\n  name: C\n  succeeded_by:\n  - 'fund'\n"
    bg = "instruments: [{id: d, name: D, note: fund}]\n"

    after = renamed(target_of(main=main, bg=bg, ro=ro), "fund", "cohesion-fund")

    assert after == {
        "instruments": main.replace("id: fund", "id: cohesion-fund")
        .replace("part_of: fund", "part_of: cohesion-fund")
        .replace("c, fund]", "c, cohesion-fund]"),
        "ro": ro.replace("'fund'", "'cohesion-fund'"),
    }


def test_kinds_and_targets_are_renamed_with_a_vocabulary_and_without() -> None:
    main = (
        HEAD
        + "kinds: [{id: forum, name: Forum}]\ninstruments: [{id: a, name: forum, kind: forum, targets: [smes]}]\n"
    )

    assert renamed(target_of(main=main), "forum", "network")["instruments"] == main.replace(
        "id: forum", "id: network"
    ).replace("kind: forum", "kind: network")
    assert renamed(target_of(main=main), "smes", "firms")["instruments"] == main.replace(
        "[smes]", "[firms]"
    )


def test_a_group_is_renamed_where_files_take_codes() -> None:
    main = (
        HEAD
        + """\
instruments:
  - {id: east, name: east, covers: {skills@place: {territories: [P1, east]}}}
observations: {trade@place: {extent: none, territories: {except: [east]}}}
assessed: {place: [east, P1]}
"""
    )
    ro = "territories: [east]\ninstruments: []\n"

    after = renamed(target_of(main=main, ro=ro), "group:east", "orient")

    assert after["instruments"] == main.replace(
        "{id: east, name: East", "{id: orient, name: East"
    ).replace("[P1, east]", "[P1, orient]").replace("[east]", "[orient]").replace(
        "[east, P1]", "[orient, P1]"
    )
    assert after["ro"] == "territories: [orient]\ninstruments: []\n"


def test_a_place_of_the_data_s_own_is_renamed_with_what_lies_in_it() -> None:
    main = (
        HEAD.replace("{code: P1, name: One}", "{code: P1-A, name: P1}, P1-B, P10")
        + "instruments: [{id: a, name: P1, covers: {skills@place: [{territories: [P1]}, {extent: partial, territories: [P10]}]}}]\nassessed: {place: [P1-A, RO]}\n"
    )

    after = renamed(target_of(main=main), "P1", "Q")["instruments"]

    assert after == main.replace("code: P1-A", "code: Q-A").replace(" P1-B", " Q-B").replace(
        "[P1]", "[Q]"
    ).replace("[P1-A, RO]", "[Q-A, RO]")


def test_the_key_of_a_source_is_renamed_in_the_files_that_mean_this_source() -> None:
    main = HEAD + "instruments: [{id: a, name: A, sources: [{ref: deck, quote: deck}]}]\n"
    ro = "sources: {survey: {title: survey}}\ninstruments: [{id: b, name: B, sources: [{ref: survey}, {ref: deck}]}]\n"
    bg = "sources: {survey: {title: Other}}\ninstruments: [{id: c, name: C, sources: [{ref: survey}]}]\n"
    target = target_of(main=main, bg=bg, ro=ro)

    assert renamed(target, "ro/survey", "study") == {
        "ro": ro.replace("{survey:", "{study:").replace("ref: survey", "ref: study")
    }
    assert renamed(target, "deck", "slides") == {
        "instruments": main.replace("{deck:", "{slides:").replace("ref: deck", "ref: slides"),
        "ro": ro.replace("ref: deck", "ref: slides"),
    }
    assert "write source:bg/survey or source:ro/survey" in refusal(target, "survey", "study")
    assert "in use" not in refusal(target, "ro/survey", "deck")
    assert refusal(target, "deck", "survey") == "'survey' is already the id of another source"


def test_a_source_of_the_swot_stays_where_a_fragment_has_another_with_its_key() -> None:
    data = {
        MAIN: (HEAD + "instruments: [{id: a, name: A, sources: [{ref: note}]}]\n").encode(),
        (
            ro := MAIN.parent / "instruments/ro.yaml"
        ): b"sources: {note: {title: R}}\ninstruments: [{id: b, name: B, sources: [{ref: note}]}]\n",
        SWOT: b"schema: 1\nsources: {note: {title: N}}\nthreats: [{id: t1, text: T, sources: [{ref: note}]}]\n",
    }
    target = read_destination(DatasetFiles(MAIN, (ro,), SWOT, stored=data), FILE_LIMITS, None)

    after = renamed(target, "source:note", "memo")

    assert after.keys() == {"instruments", "swot"}
    assert after["swot"].count("memo") == 2
    assert "{ref: memo}" in after["instruments"]


def test_an_item_of_the_swot_is_renamed() -> None:
    swot = "schema: 1\nthreats:\n- {text: t1, id: t1}\n"

    after = renamed(with_swot(HEAD + "instruments: []\n", swot), "t1", "t9")

    assert after == {"swot": "schema: 1\nthreats:\n- {text: t1, id: t9}\n"}


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("act", "law"),
        ("'act'", "'law'"),
        ('"act"', '"law"'),
        ('"\\x61ct"', '"law"'),
        ('"a\\\n    ct"', '"law"'),
        (">-  # act\n    act", ">-  # act\n    law"),
        ("|-  # act\n    act", "|-  # act\n    law"),
    ],
)
def test_an_id_stays_in_its_quotes(written: str, after: str) -> None:
    main = HEAD + f"instruments:\n- id: {written}\n  name: A\n"

    changed = renamed(target_of(main=main), "act", "law")["instruments"]

    assert changed == main.replace(f"id: {written}", f"id: {after}")


def test_an_id_that_another_reader_of_yaml_would_misread_is_quoted() -> None:
    main = HEAD + "instruments: [{id: a, name: A, kind: forum}, {id: b, name: B, kind: 'forum'}]\n"

    after = renamed(target_of(main=main), "forum", "null")["instruments"]

    assert 'kind: "null"}' in after
    assert "kind: 'null'}" in after


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    main = "\ufeff" + (HEAD + "instruments:\n- id: act\n  name: A\n").replace("\n", "\r\n")

    after = renamed(target_of(main=main), "act", "law")["instruments"]

    assert after == main.replace("id: act", "id: law")


PLAIN = HEAD + "instruments: [{id: skills, name: S}, {id: act, name: An act}]\n"

REFUSED = {
    ("skills", "x"): "'skills' is several: write role:skills or instrument:skills",
    ("role:act", "x"): "no role has the id 'act'",
    ("atc", "x"): "no record of this dataset has the id 'atc': did you mean 'act'?",
    ("An act", "x"): "no record of this dataset has the id 'An act': it is the name of act",
    ("RO", "P3"): "no record of this dataset has the id 'RO': it is a code of the lists, which is nobody's to change",
    ("act", "Act"): "'Act' is not an id: lower-case letters and digits, joined by single hyphens, 64 characters at most",
    ("act", "a" * 65): f"'{'a' * 59}…' is not an id: lower-case letters and digits, joined by single hyphens, 64 characters at most",
    ("act", "act\n"): "'act\\n' is not an id: lower-case letters and digits, joined by single hyphens, 64 characters at most",
    ("act", "act"): "'act' is the id of this instrument already",
    ("act", "skills"): "'skills' is already the id of another instrument",
    ("P2", "p2"): "'p2' is not a territory code: 1 to 16 capitals and digits, with single hyphens within",
    ("P2", "P1"): "'P1' is already the id of another place",
    ("P2", "BG"): "'BG' is a code of the lists: Bulgaria",
    ("P2", "RO-2"): "'P2' lies in no other place by its code, and 'RO-2' does not: that would change what is asked of places",
    ("trade", "talent"): "nothing was written, as then the data would have an error: the alias 'talent' means 'Trade' already: take another alias, or none",
    ("east", "p1"): "nothing was written, as then the data would have an error",
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_what_cannot_be_renamed_is_refused_with_the_reason(old: str, new: str) -> None:
    assert refusal(target_of(main=PLAIN), old, new).startswith(REFUSED[old, new])


def test_an_id_with_its_kind_before_it_is_always_accepted() -> None:
    dataset = target_of(main=PLAIN).loaded
    assert dataset is not None

    assert find_record(dataset.dataset, "instrument:act") == RecordId(RecordKind.INSTRUMENT, "act")
    assert find_record(dataset.dataset, "act") == RecordId(RecordKind.INSTRUMENT, "act")


Schema = Mapping[str, Any]


def places_of_ids(
    root: Schema, schema: Schema, path: tuple[str | None, ...]
) -> Iterator[tuple[str | None, ...]]:
    """Walk through the places of a file at which its schema wants an id, a code or a cell."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    pattern = schema.get("pattern", "")
    if pattern in (ID_PATTERN, CODE_PATTERN, PLACE_PATTERN) or "@" in pattern:
        yield path
    for below, part in parts_of(schema):
        if below == (ANY,):
            yield (*path, None)
        yield from places_of_ids(root, part, (*path, *below))


def parts_of(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    for word in ("anyOf", "oneOf", "allOf"):
        yield from (((), part) for part in schema.get(word, ()))
    yield from (((key,), part) for key, part in schema.get("properties", {}).items())
    yield from (((ANY,), part) for part in schema.get("patternProperties", {}).values())
    for word, below in (("items", ()), ("additionalProperties", (ANY,))):
        if isinstance(schema.get(word), Mapping):
            yield below, schema[word]


def test_every_place_of_an_id_in_the_schemas_of_the_files_is_one_that_is_renamed() -> None:
    files = (SchemaName.INSTRUMENTS, SchemaName.FRAGMENT, SchemaName.SWOT)
    schemas = [make_schema(name) for name in files]

    wanted = {place_of(path) for schema in schemas for path in places_of_ids(schema, schema, ())}

    assert wanted == CELLS.union(*USES.values())
