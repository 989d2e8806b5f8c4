"""All that is wrong in one round: of two mistakes in a dataset none hides the other, and the two make no third.

Each mistake is made alone, then beside each other one. What may hide what is a table: where one cannot know.
"""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from clustergap.checks.run import RuleSelection
from clustergap.findings import Severity
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset

MAIN, FRAGMENT, SWOT = "instruments.yaml", "instruments/f.yaml", "swot.yaml"

GOOD: Mapping[str, str] = {
    MAIN: """\
schema: 1
title: Good
as_of: 2020-01-01
sources:
  deck: {title: Deck}
  law: {title: Law, url: "https://example.org"}
levels:
  - {id: eu, name: EU}
  - {id: region, name: Region, territories: [RO11, RO12]}
roles:
  - {id: green, name: Green}
  - {id: digital, name: Digital, aliases: [it]}
kinds: [{id: fund, name: Fund}]
targets: [{id: smes, name: SMEs}]
instruments:
  - id: act
    name: Act
    kind: fund
    targets: [smes]
    starts: 2019-01-01
    sources: [{ref: deck}]
    covers:
      green@eu: full
  - id: bank
    name: Bank
    sources: [{ref: law, locator: p. 3}, {ref: deck}]
    succeeded_by: [act]
    covers:
      digital@region: {extent: full, territories: [RO11, RO12]}
observations:
  digital@eu: {extent: partial, note: x}
assessed:
  region: [RO11]
accepted_gaps:
  green@region: {reason: why}
""",
    FRAGMENT: """\
instruments:
  - id: frag
    name: Fragment
    sources: [{ref: deck}]
    covers: {green@region: {extent: partial, note: x}}
""",
    SWOT: """\
schema: 1
strengths:
  - {id: s1, text: Strong, roles: [green], instruments: [act]}
weaknesses:
  - {id: w1, text: Weak, cells: [digital@eu], sources: [{ref: deck}]}
""",
}


class Mistake(NamedTuple):
    """What is written instead of what in which file, and which codes cannot be known while it stands there."""

    file: str
    right: str
    wrong: str
    hides: frozenset[str] = frozenset()


def _m(file: str, right: str, wrong: str, *hides: str) -> Mistake:
    return Mistake(file, right, wrong, frozenset(hides))


MISTAKES: Mapping[str, Mistake] = {
    "unknown key of the file": _m(MAIN, "title: Good\n", "title: Good\nextra: 1\n"),
    "unknown key of a role": _m(MAIN, "name: Green}", "name: Green, colour: x}"),
    "unknown key of a level": _m(MAIN, "name: EU}", "name: EU, colour: x}"),
    "unknown key of an instrument": _m(MAIN, "    name: Act\n", "    name: Act\n    colour: x\n"),
    "unknown key of a citation": _m(MAIN, "locator: p. 3", "pages: p. 3"),
    "unknown key of a SWOT item": _m(SWOT, "text: Strong", "colour: x, text: Strong"),
    "unknown key of a fragment": _m(FRAGMENT, "instruments:", "extra: x\ninstruments:"),
    "misspelt roles": _m(MAIN, "roles:\n", "rolez:\n"),
    "misspelt levels": _m(MAIN, "levels:\n", "level:\n"),
    "misspelt sources": _m(MAIN, "sources:\n  deck", "source:\n  deck"),
    "misspelt instruments": _m(MAIN, "instruments:\n", "instrumnts:\n"),
    "misspelt covers": _m(MAIN, "covers:\n      digital", "covrs:\n      digital"),
    "misspelt key of a fragment": _m(FRAGMENT, "instruments:", "instrument:"),
    "misspelt quadrant": _m(SWOT, "weaknesses", "weaknes"),
    "unknown role": _m(MAIN, "green@eu: full", "gren@eu: full"),
    "unknown level": _m(MAIN, "digital@eu: {", "digital@eux: {"),
    "unknown source": _m(MAIN, "3}, {ref: deck}", "3}, {ref: dek}"),
    "unknown kind": _m(MAIN, "kind: fund", "kind: fnd"),
    "unknown target": _m(MAIN, "targets: [smes]", "targets: [sme]"),
    "unknown territory": _m(MAIN, "territories: [RO11, RO12]}\nobs", "territories: [RO13]}\nobs"),
    "unknown successor": _m(MAIN, "succeeded_by: [act]", "succeeded_by: [akt]"),
    "bad date": _m(MAIN, "starts: 2019-01-01", "starts: 2019-13-01"),
    "bad date of the file": _m(MAIN, "as_of: 2020-01-01", "as_of: soon"),
    "bad address": _m(MAIN, "https://example.org", "ftp:/x"),
    "bad extent": _m(MAIN, "extent: partial", "extent: partal"),
    "role without id": _m(MAIN, "{id: green, name", "{name", "CG201"),
    "role without name": _m(MAIN, "{id: green, name: Green}", "{id: green}"),
    "no roles": _m(
        MAIN,
        "roles:\n  - {id: green, name: Green}\n  - {id: digital, name: Digital, aliases: [it]}\n",
        "",
        "CG201",
    ),
    "levels are a mapping": _m(
        MAIN,
        "levels:\n  - {id: eu, name: EU}\n  - {id: region, name: Region, territories: [RO11, RO12]}\n",
        "levels: {eu: EU}\n",
        *("CG202", "CG204"),
    ),
    "bad code of a level": _m(
        MAIN, "Region, territories: [RO11", "Region, territories: [ro11", "CG204"
    ),
    "source without title": _m(MAIN, "{title: Deck}", "{}"),
    "instrument without id": _m(
        MAIN, "  - id: act\n    name: Act", "  - name: Act", "CG203", "CG205"
    ),
    "instrument without name": _m(MAIN, "  - id: bank\n    name: Bank", "  - id: bank"),
    "instrument that is a text": _m(MAIN, "  - id: bank", "  - bonk\n  - id: bank", "CG203"),
    "wrong item of a list": _m(MAIN, "targets: [smes]", "targets: [S M, smes]"),
    "covers are a list": _m(MAIN, "covers:\n      green@eu: full", "covers: [green@eu]"),
    "key twice": _m(MAIN, "    name: Bank\n", "    name: Bank\n    name: Bonk\n"),
    "anchor": _m(MAIN, "    name: Bank\n", "    name: &x Bank\n"),
    "no schema": _m(MAIN, "schema: 1\ntitle", "title"),
    "other schema": _m(MAIN, "schema: 1\ntitle", "schema: 2\ntitle"),
    "unknown role of a fragment": _m(FRAGMENT, "green@region", "gren@region"),
    "id of a fragment that is taken": _m(FRAGMENT, "id: frag", "id: act"),
    "unknown role of the SWOT": _m(SWOT, "roles: [green]", "roles: [gren]"),
    "unknown instrument of the SWOT": _m(SWOT, "instruments: [act]", "instruments: [akt]"),
    "unknown source of the SWOT": _m(SWOT, "ref: deck", "ref: dek"),
    "SWOT item without id": _m(SWOT, "{id: s1, ", "{"),
    "SWOT item without text": _m(SWOT, "text: Strong, ", ""),
    "bad cell of the SWOT": _m(SWOT, "[digital@eu]", "[digital, digital@eu]"),
    "SWOT without schema": _m(SWOT, "schema: 1\n", ""),
}

Told = frozenset[tuple[str, str, str]]
"""The code, the file and the words of every error."""


def _told(*names: str) -> Told | None:
    files = dict(GOOD)
    for name in names:
        file, right, wrong, _ = MISTAKES[name]
        if right not in files[file]:
            return None  # the other one has changed the same words
        files[file] = files[file].replace(right, wrong, 1)
    with TemporaryDirectory() as folder:
        for file, text in files.items():
            path = Path(folder, file)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        dataset = find_files(Path(folder))._replace(shown_as="data")
        report = check_dataset(dataset, selection=RuleSelection(ignore=("CG3", "CG4")))
    return frozenset(
        (one.rule.code, one.location.path, one.message.partition(", first at")[0])
        for one in report.findings
        if one.rule.severity is Severity.ERROR
    )


@cache
def _alone(name: str) -> Told:
    told = _told(name)
    assert told is not None
    return told


def test_the_dataset_is_right_before_a_mistake_is_made() -> None:
    assert _told() == frozenset()


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_finding(name: str) -> None:
    assert len(_alone(name)) == 1


@pytest.mark.sampled(10)
@pytest.mark.parametrize("name", MISTAKES)
def test_no_mistake_hides_another_and_two_make_no_third(name: str) -> None:
    for one, other in combinations(MISTAKES, 2):
        told = _told(one, other) if name == one else None
        if told is None:
            continue
        hidden = MISTAKES[one].hides | MISTAKES[other].hides
        wanted = _alone(one) | _alone(other)

        assert told <= wanted, (one, other)
        assert {row for row in wanted if row[0] not in hidden} <= told, (one, other)
