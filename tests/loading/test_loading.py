"""Loading a dataset: one run tells all that is wrong, each where it stands, and nothing that is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clustergap.checks.references import DeclaredIds
from clustergap.checks.run import CATALOGUE, RuleSelection
from clustergap.findings import DataError, Finding, Severity
from clustergap.loading.discovery import find_files
from clustergap.loading.files import FILE_LIMITS, MIB, FileLimits
from clustergap.loading.loader import Loaded, check_dataset, load_dataset
from clustergap.model.cell import Cell
from paths import ROOT
from work import calls

HEAD = """\
schema: 1
title: A dataset
sources: {deck: {title: Slides}}
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: eu27}
  - {id: region, name: Region, territories: nuts2-2024}
roles:
  - {id: social-economy, name: Social economy}
  - {id: tourism, name: Tourism}
"""
NEXT = HEAD.count("\n") + 1
"""The line behind the head."""

GOOD = f"{HEAD}instruments:\n  - {{id: act, name: Act}}\n"

Place = tuple[str, int, str]
"""A file of the dataset, a line, a code."""


class Dataset:
    """Data files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, main: str, **others: str) -> None:
        """Write ``instruments.yaml``, and ``swot`` and fragments by their names."""
        texts = {"instruments.yaml": main} | {
            "swot.yaml" if name == "swot" else f"instruments/{name}.yaml": text
            for name, text in others.items()
        }
        for name, text in texts.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode("utf-8"))

    def load(self) -> Loaded:
        return load_dataset(find_files(self.folder))

    def findings(self, limits: FileLimits = FILE_LIMITS) -> list[Finding]:
        """Say what no command can work with; what is worth a look is another test's matter."""
        without_upkeep = RuleSelection(ignore=("CG3", "CG4"))
        files = find_files(self.folder)
        return list(check_dataset(files, selection=without_upkeep, limits=limits).findings)

    def told(self, main: str, **others: str) -> list[Place]:
        """Say what is found in which file on which line."""
        self.write(main, **others)
        return [
            (Path(f.location.path).stem, f.location.line, f.rule.code) for f in self.findings()
        ]

    def marked(self, main: str, **others: str) -> list[tuple[str, str]]:
        """Say what is found, and what the caret points at."""
        self.write(main, **others)
        return [
            (f.rule.code, f.excerpt.text[f.excerpt.column :][: f.excerpt.length])
            for f in self.findings()
            if f.excerpt
        ]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return Dataset(tmp_path)


# All that is wrong, in one run


def test_no_broken_file_hides_what_is_wrong_in_another(dataset: Dataset) -> None:
    told = dataset.told(
        HEAD + "instruments:\n  - {id: act, nam: Act}\n",
        a="instruments: [\n",
        b="instruments:\n  - {id: B}\n",
        c="instruments: \x01\n",
        d="",
        e="- a\n",
        swot="schema: 2\nstrengths: [{id: s1, text: x}]\nweaknesses: [{text: x}]\n",
    )

    assert [(stem, code) for stem, _, code in told] == [
        ("instruments", "CG102"),  # the name is not missing as well: it is misspelt
        ("a", "CG003"),
        ("b", "CG101"),
        ("b", "CG104"),
        ("c", "CG006"),
        ("d", "CG008"),
        ("e", "CG103"),
        ("swot", "CG105"),
        ("swot", "CG101"),
    ]


def test_a_broken_main_file_does_not_hide_what_is_wrong_in_the_others(dataset: Dataset) -> None:
    told = dataset.told("title: [\n", a="instruments: x\n", swot="schema: 1\nx: 1\n")

    assert [(stem, code) for stem, _, code in told] == [
        ("instruments", "CG003"),
        ("a", "CG103"),
        ("swot", "CG102"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "nam: x",
        "starts: soon",
        "note: []",
        "targets: [X]",
        "covers_: {}",
        "url: x",
        "short: &a x",
        "short: !!str x",
        "kind: *a",
        "legal_basis: 1\n    legal_basis: 2",
    ],
)
def test_a_record_with_one_wrong_key_still_has_its_references_checked(
    dataset: Dataset, wrong: str
) -> None:
    record = f"  - id: act\n    name: Act\n    {wrong}\n    covers: {{tourism@town: full}}\n"

    told = dataset.told(f"{HEAD}instruments:\n{record}")

    assert len(told) == 2
    assert told[-1][2] == "CG202"


def test_a_record_without_a_name_still_has_its_references_checked(dataset: Dataset) -> None:
    told = dataset.told(
        HEAD + "instruments:\n  - {id: act, covers: {tourism@town: full}, sources: [{ref: x}]}\n"
    )

    assert [code for _, _, code in told] == ["CG101", "CG202", "CG206"]


@pytest.mark.parametrize("wrong", ["nam: x", "description: []", "aliases: x"])
def test_the_only_level_and_role_with_one_wrong_key_are_still_known(
    dataset: Dataset, wrong: str
) -> None:
    main = (
        f"schema: 1\ntitle: T\nlevels: [{{id: eu, name: EU, {wrong}}}]\n"
        f"roles: [{{id: tourism, name: Tourism, {wrong}}}]\n"
        "instruments:\n  - {id: act, name: Act, covers: {tourism@eu: full, travel@eu: full}}\n"
    )

    codes = [code for _, _, code in dataset.told(main)]

    assert codes[-1] == "CG201"
    assert len(codes) == 3


def test_a_wrong_key_of_the_file_hides_nothing(dataset: Dataset) -> None:
    main = GOOD.replace("title: A", "titel: A").replace("name: Act", "name: Act, sources: [{}]")

    told = dataset.told(f"{main}observations: {{travel@eu: full}}\n")

    assert [code for _, _, code in told] == ["CG102", "CG101", "CG201"]


@pytest.mark.parametrize("key", ["!!str nothing", '"\\e"', "<<", "? [a]\n", "~"])
def test_a_refused_key_hides_nothing_of_its_neighbours(dataset: Dataset, key: str) -> None:
    codes = [code for _, _, code in dataset.told(f"{GOOD.replace('Act', '[]')}{key}: {{}}\n")]

    assert "CG103" in codes


def test_kinds_are_checked_even_if_a_target_is_broken(dataset: Dataset) -> None:
    told = dataset.told(
        GOOD.replace("name: Act", "name: Act, kind: fond, targets: [x]")
        + "kinds: [{id: fund, name: Fund}]\ntargets: [{name: Y}]\n"
    )

    assert [code for _, _, code in told] == ["CG207", "CG101"]


# Nothing that is not wrong


@pytest.mark.parametrize(
    "fragment",
    ["instruments: [\n", "\x01", "", "- a\n", "instruments: {}\n", "instruments: [{name: B}]\n"],
)
def test_a_broken_fragment_makes_no_instrument_unknown(dataset: Dataset, fragment: str) -> None:
    told = dataset.told(
        HEAD + "instruments:\n  - {id: act, name: Act, succeeded_by: [bg-act]}\n",
        bg=fragment,
        swot="schema: 1\nthreats: [{id: t1, text: x, instruments: [bg-act]}]\n",
    )

    assert {stem for stem, _, _ in told} == {"bg"}


@pytest.mark.parametrize(
    "fragment", ["instruments: [\n", "\x01", "", "- a\n", "instruments: {}\n"]
)
def test_a_broken_fragment_may_be_the_one_that_holds_the_instruments(
    dataset: Dataset, fragment: str
) -> None:
    told = dataset.told(HEAD, bg=fragment)

    assert {stem for stem, _, _ in told} == {"bg"}


@pytest.mark.parametrize(
    "sources",
    ["sources: [law]\n", "sources: {law: {title: Law}\n", "sources: {Law: {title: Law}}\n"],
)
@pytest.mark.parametrize("holder", ["main", "swot"])
def test_a_broken_sources_section_makes_no_source_unknown(
    dataset: Dataset, sources: str, holder: str
) -> None:
    head = HEAD.replace("sources: {deck: {title: Slides}}\n", sources if holder == "main" else "")
    main = head + "instruments:\n  - {id: act, name: Act, sources: [{ref: law}]}\n"
    swot = f"{sources if holder == 'swot' else ''}schema: 1\n"

    told = dataset.told(main, swot=swot)

    assert told
    assert "CG206" not in {code for _, _, code in told}


@pytest.mark.parametrize(
    ("section", "citing"),
    [
        ("sources: {law: {title: Law}}\n", "sources: [{ref: law}]"),
        ("levels: [{id: town, name: Town}]\n", "covers: {tourism@town: full}"),
        ("roles: [{id: travel, name: Travel}]\n", "covers: {travel@eu: full}"),
        ("instruments: [{id: act-2, name: Act 2}]\n", "succeeded_by: [act-2]"),
    ],
)
def test_a_section_that_stands_twice_makes_nothing_unknown(
    dataset: Dataset, section: str, citing: str
) -> None:
    main = GOOD.replace("name: Act", f"name: Act, {citing}") + section

    assert [code for _, _, code in dataset.told(main)] == ["CG004"]


@pytest.mark.parametrize(
    "level",
    [
        "{id: country, name: Country, territories: eu28}",
        "{id: country, name: Country, territories: [RO, x]}",
        "{id: country, name: Country, territories: [RO, RO]}",
        "{id: country, name: Country, territories: *eu}",
        "{id: Country, name: Country, territories: eu27}",
        "{name: Country, territories: eu27}",
    ],
)
def test_a_broken_level_makes_no_territory_unknown(dataset: Dataset, level: str) -> None:
    main = GOOD.replace("{id: country, name: Country, territories: eu27}", level).replace(
        "name: Act", "name: Act, covers: {tourism@country: {territories: [AT]}}"
    )

    assert len(dataset.told(main)) == 1


def test_records_without_names_do_not_look_alike(dataset: Dataset) -> None:
    main = HEAD.replace("name: EU", "description: x").replace("name: Region, ", "")

    told = dataset.told(main + "instruments:\n  - {id: a}\n  - {id: b, name: []}\n  - {id: c}\n")

    assert {code for _, _, code in told} == {"CG101", "CG103"}
    assert len(told) == 5


def test_a_second_list_of_instruments_is_not_taken_for_the_first(dataset: Dataset) -> None:
    first = "instruments:\n  - {id: a, name: A}\n  - {id: b, name: B}\n  - {id: c, name: B}\n"

    told = dataset.told(f"{HEAD}{first}instruments:\n  - {{name: D}}\n")

    # What is wrong in the second list may be told, where it stands.
    assert [place for place in told if place != ("instruments", NEXT + 5, "CG101")] == [
        ("instruments", NEXT + 3, "CG208"),
        ("instruments", NEXT + 4, "CG004"),
    ]


def test_the_key_instruments_may_stand_in_any_of_the_files(dataset: Dataset) -> None:
    assert dataset.told(HEAD, a="assessed: {}\n", b="instruments: []\n") == []
    assert dataset.told(HEAD + "instruments: []\n") == []


def test_the_key_instruments_stands_in_one_of_the_files(dataset: Dataset) -> None:
    assert dataset.told("# a\n" + HEAD, a="assessed: {}\n") == [("instruments", 2, "CG101")]


def test_instruments_in_the_swot_are_none(dataset: Dataset) -> None:
    told = dataset.told(HEAD, swot="schema: 1\ninstruments: []\n")

    assert told == [("instruments", 1, "CG101"), ("swot", 2, "CG102")]


def test_an_empty_fragment_of_braces_is_right(dataset: Dataset) -> None:
    assert dataset.told(GOOD, a="{}\n") == []


@pytest.mark.parametrize("item", ["text", "null", "[]"])
def test_an_instrument_that_is_no_mapping_is_not_called_the_file(
    dataset: Dataset, item: str
) -> None:
    dataset.write(f"{HEAD}instruments:\n  - {item}\n")

    (finding,) = dataset.findings()

    assert (finding.rule.code, finding.where) == ("CG103", "instruments[0]")
    assert "the file" not in finding.message


def test_two_items_of_the_swot_with_one_id_are_not_named_by_nothing(dataset: Dataset) -> None:
    dataset.write(GOOD, swot="schema: 1\nthreats: [{id: t1, text: x}, {id: t1, text: y}]\n")

    (finding,) = dataset.findings()

    assert finding.rule.code == "CG205"
    assert "''" not in finding.message


# Where it stands


def test_paths_lead_to_the_right_line_after_an_item_was_dropped(dataset: Dataset) -> None:
    main = (
        HEAD.replace("  - {id: eu, name: EU}\n", "  - {name: EU}\n  - {id: eu, name: EU}\n")
        + "instruments:\n"
        + "  - {id: a, name: A}\n"
        + "  - {name: Without an id}\n"
        + "  - a text\n"
        + "  - {id: b, name: B, succeeded_by: [a], starts: 2020, ends: 2019}\n"
    )
    fragment = "instruments:\n  - {id: NO}\n  - {id: c, name: C, sources: [{ref: law}]}\n"
    swot = (
        "schema: 1\nstrengths:\n  - {text: x}\n  - {id: s1, text: x, roles: [travel]}\n"
        "threats:\n  - {id: s1, text: x}\n"
    )

    told = dataset.told(main, ro=fragment, swot=swot)

    assert told == [
        ("instruments", 5, "CG101"),
        ("instruments", 14, "CG101"),
        ("instruments", 15, "CG103"),
        ("instruments", 16, "CG209"),
        ("ro", 2, "CG101"),
        ("ro", 2, "CG104"),
        ("ro", 3, "CG206"),
        ("swot", 3, "CG101"),
        ("swot", 4, "CG201"),
        ("swot", 6, "CG205"),
    ]


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("targets", ["start-ups", "Wrong", "fims"]),
        ("succeeded_by", ["act", "Wrong", "cat"]),
        ("sources", ["{ref: deck}", "{}", "{ref: law}"]),
        ("sources", ["{ref: deck}", "deck", "{ref: law}"]),
        ("sources", ["{ref: deck}", "{ref: Deck}", "{ref: law}"]),
        ("sources", ["{ref: deck}", "{ref: deck, page: 3}", "{ref: law}"]),
    ],
)
def test_no_line_is_wrong_after_an_item_of_an_instruments_list_was_dropped(
    dataset: Dataset, key: str, items: list[str]
) -> None:
    lines = "".join(f"      - {item}\n" for item in items)

    dataset.write(
        f"{HEAD}targets: [{{id: start-ups, name: Start-ups}}]\n"
        f"instruments:\n  - id: act\n    name: Act\n    {key}:\n{lines}"
    )

    wrong, unknown = NEXT + 6, NEXT + 7
    places = {(f.location.line, f.rule.code < "CG200") for f in dataset.findings()}
    assert (wrong, True) in places
    assert places <= {(wrong, True), (unknown, False)}


def test_no_line_is_wrong_after_something_was_dropped_inside_an_item_of_the_swot(
    dataset: Dataset,
) -> None:
    told = dataset.told(
        GOOD,
        swot=(
            "schema: 1\nstrengths:\n"
            "  - {id: s1, text: x, sources: [{ref: deck}, {}]}\n"
            "  - {id: s2, text: x, roles: [travel]}\n"
            "  - {id: s3, text: x, roles: [travel]}\n"
        ),
    )

    assert told == [("swot", 3, "CG101"), ("swot", 4, "CG201"), ("swot", 5, "CG201")]


def test_an_item_of_the_swot_that_is_wrong_all_over_is_told_and_no_defect(
    dataset: Dataset,
) -> None:
    told = dataset.told(GOOD, swot="schema: 1\nstrengths:\n  - {sources: [{}], note: x}\n")

    assert {code for _, _, code in told} == {"CG101", "CG102"}


def test_no_line_is_wrong_after_something_was_dropped_inside_a_level(dataset: Dataset) -> None:
    told = dataset.told(
        HEAD.replace("nuts2-2024", "[{code: RO}, {name: x}]").replace("name: Tourism", "nam: x")
        + "  - {id: t0urism, name: Travel}\n"
        + "instruments: []\n"
    )

    assert told == [
        ("instruments", 7, "CG101"),
        ("instruments", 10, "CG102"),
        ("instruments", 11, "CG208"),
    ]


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("travel@eu: full", [("CG201", "travel")]),
        ("tourism@town: full", [("CG202", "town")]),
        ("travel@town: full", [("CG201", "travel"), ("CG202", "town")]),
        ("'travel@eu': full", [("CG201", "travel")]),
        ('"tourism@town" : full', [("CG202", "town")]),
        ('"trav\\x65l@eu": full', [("CG201", '"trav\\x65l@eu"')]),
        ('"trav\\x65l@eu": {note: travel}', [("CG201", '"trav\\x65l@eu"')]),
        ("eu@eu: full", [("CG201", "eu")]),
        ("tourism@tourism: full", [("CG202", "tourism")]),
        ("? travel@eu\n      : full", [("CG201", "travel")]),
        ("tourism@eu: Full", [("CG104", "Full")]),
        ("tourism: full", [("CG104", "tourism")]),
        ("tourism@eu: {notes: x}", [("CG102", "notes")]),
        ("tourism@country: {territories: [RO, 'XX']}", [("CG204", "'XX'")]),
        ("tourism@eu: {sources: [{ref: law}]}", [("CG206", "law")]),
        ("tourism@eu: {ends: 2019, starts: 2020}", [("CG209", "2019")]),
        ("tourism@country: {territories: [RO, AT, RO]}", [("CG104", "RO")]),
    ],
)
def test_the_caret_stands_under_the_part_that_is_wrong(
    dataset: Dataset, statement: str, marked: list[tuple[str, str]]
) -> None:
    main = f"{HEAD}instruments:\n  - id: act\n    name: Act\n    covers:\n      {statement}\n"

    assert dataset.marked(main) == marked


def test_the_caret_of_a_code_that_stands_twice_is_under_the_second(dataset: Dataset) -> None:
    dataset.write(f"{GOOD}observations:\n  tourism@country: {{territories: [RO, AT, RO, AT]}}\n")

    (finding,) = dataset.findings()

    assert (finding.location.line, finding.location.column) == (NEXT + 3, 43)


def test_the_caret_of_a_role_that_is_called_as_a_level_stands_under_the_role(
    dataset: Dataset,
) -> None:
    dataset.write(f"{HEAD}instruments: []\nobservations:\n  eu@eu: full\n")

    (finding,) = dataset.findings()

    assert (finding.location.line, finding.location.column) == (NEXT + 2, 3)


def test_the_first_thousand_findings_show_their_lines_and_the_rest_are_counted(
    dataset: Dataset,
) -> None:
    items = "".join(f"  - {{id: i{n}, name: N{n}, nam: x}}\n" for n in range(1_002))
    dataset.write(f"{HEAD}instruments:\n{items}")

    findings = dataset.findings()

    assert [finding.excerpt is not None for finding in findings] == [True] * 1_000 + [False] * 2


def test_where_too_much_is_wrong_with_instruments_no_more_of_them_are_read(
    dataset: Dataset,
) -> None:
    dataset.write(f"{HEAD}instruments:\n" + "  - {id: a, name: A, nam: x}\n" * 4)

    findings = dataset.findings(FileLimits(refused=2))

    assert [(finding.location.line, finding.rule.code) for finding in findings] == [
        (NEXT + 1, "CG102"),
        (NEXT + 2, "CG102"),
        (NEXT + 3, "CG007"),
    ]


def test_the_limits_of_a_file_hold_for_each_of_a_dataset(dataset: Dataset) -> None:
    deep = "instruments: [{id: a, name: A, covers: {tourism@eu: {extent: full}}}]\n"
    dataset.write(GOOD, ro=deep)

    assert dataset.findings(FileLimits(levels=5)) == []
    (finding,) = dataset.findings(FileLimits(levels=4))

    assert (Path(finding.location.path).stem, finding.location.column) == ("ro", 53)
    assert finding.message == "nested deeper than 4 levels"


def test_what_the_documents_say_of_the_limits_is_so() -> None:
    said = ROOT.joinpath("docs/reference/data-model.md").read_text(encoding="utf-8")
    words = " ".join(said.split())

    assert f"{FILE_LIMITS.size // MIB} MiB a file and {FILE_LIMITS.levels} levels deep" in words


def test_instruments_before_a_syntax_error_are_told_as_well_but_for_the_last(
    dataset: Dataset,
) -> None:
    main = f"{HEAD}instruments:\n  - {{id: a, name: A, nam: x}}\n  - id: b\n   name: B\n"

    assert dataset.told(main) == [
        ("instruments", NEXT + 1, "CG102"),
        ("instruments", NEXT + 3, "CG003"),
    ]


def test_a_file_of_which_something_was_refused_may_have_lost_its_instruments(
    dataset: Dataset,
) -> None:
    assert dataset.told(f"{HEAD}? [instruments]\n: []\n") == [("instruments", NEXT, "CG005")]


def test_of_a_file_that_is_no_yaml_only_what_comes_before_was_judged(dataset: Dataset) -> None:
    dataset.write("instruments: [\n")

    unjudged = check_dataset(find_files(dataset.folder)).skipped

    judged = set(CATALOGUE) - {rule.code for rule, _ in unjudged}
    assert judged == {"CG001", "CG002"}


def test_the_caret_stands_under_a_cell_of_the_swot(dataset: Dataset) -> None:
    swot = 'schema: 1\nthreats:\n  - {id: t1, text: x, cells: [tourism@town, "travel@eu"]}\n'

    assert dataset.marked(GOOD, swot=swot) == [("CG202", "town"), ("CG201", "travel")]


# The words, in full

ACT = "instruments:\n  - {id: act, name: Act"
"""An instrument, to which more keys may be added behind a comma."""
ALL = "there are: eu, country, region"
COUNTRIES = "it lists 27 territories"


@pytest.mark.parametrize(
    ("text", "swot", "told"),
    [
        # A key of an instrument
        (f"{ACT}, nam: x}}", "", ("nam", "'nam' is not a key here", "did you mean 'name'?")),
        # Roles and levels
        (
            f"{ACT}, covers: {{social-econmy@eu: full}}}}",
            "",
            ("social-econmy", "'social-econmy' is not a role", "did you mean 'social-economy'?"),
        ),
        (
            f"{ACT}}}\naccepted_gaps: {{sports@eu: {{reason: x}}}}",
            "",
            ("sports", "'sports' is not a role", "there are: social-economy, tourism"),
        ),
        (f"{ACT}, covers: {{tourism@town: full}}}}", "", ("town", "'town' is not a level", ALL)),
        (
            f"{ACT}, covers: {{tourism@countri: full}}}}",
            "",
            ("countri", "'countri' is not a level", "did you mean 'country'?"),
        ),
        (f"{ACT}}}\nassessed: {{city: [RO]}}", "", ("city", "'city' is not a level", ALL)),
        (
            f"{ACT}}}",
            "cells: [travel@eu]",
            ("travel", "'travel' is not a role", "there are: social-economy, tourism"),
        ),
        (
            f"{ACT}}}",
            "roles: [tourism, tourisme]",
            ("tourisme", "'tourisme' is not a role", "did you mean 'tourism'?"),
        ),
        (f"{ACT}}}", "cells: [tourism@land]", ("land", "'land' is not a level", ALL)),
        (f"{ACT}}}", "levels: [eu, land]", ("land", "'land' is not a level", ALL)),
        # Instruments, sources, kinds, targets
        (
            f"{ACT}, succeeded_by: [atc]}}",
            "",
            ("atc", "'atc' is not an instrument", "did you mean 'act'?"),
        ),
        (
            f"{ACT}}}",
            "instruments: [law]",
            ("law", "'law' is not an instrument", "there are: act"),
        ),
        (
            f"{ACT}, sources: [{{ref: deck}}, {{ref: decks}}]}}",
            "",
            ("decks", "'decks' is not a source", "did you mean 'deck'?"),
        ),
        (
            f"{ACT}, kind: fond}}\nkinds: [{{id: fund, name: Fund}}]",
            "",
            ("fond", "'fond' is not a kind", "did you mean 'fund'?"),
        ),
        (
            f"{ACT}, targets: [frims]}}\ntargets: [{{id: firms, name: Firms}}]",
            "",
            ("frims", "'frims' is not a target", "did you mean 'firms'?"),
        ),
        # Territories
        (
            f"{ACT}, covers: {{tourism@eu: {{territories: [RO]}}}}}}",
            "",
            (
                "RO",
                "the level 'EU' has no territories, so 'RO' cannot be one",
                "leave them out, or give 'eu' its territories",
            ),
        ),
        (
            f"{ACT}, covers: {{tourism@country: {{territories: [AT, GR]}}}}}}",
            "",
            (
                "GR",
                "'GR' is not a territory of the level 'Country'",
                "Eurostat writes EL for GR: did you mean 'EL' (Greece)?",
            ),
        ),
        (
            f"{ACT}, covers: {{tourism@region: {{territories: {{except: [GR30]}}}}}}}}",
            "",
            (
                "GR30",
                "'GR30' is not a territory of the level 'Region'",
                "GR30 is a code of NUTS 2006; in 2024 it is EL30 (Aττική)",
            ),
        ),
        (
            f"{ACT}}}\nassessed: {{country: [AT, RO-CLUJ]}}",
            "",
            (
                "RO-CLUJ",
                "'RO-CLUJ' is not a territory of the level 'Country'",
                "it lists 27 territories; those of RO: RO",
            ),
        ),
        (
            f"{ACT}}}\nassessed: {{tourism@country: [XX]}}",
            "",
            ("XX", "'XX' is not a territory of the level 'Country'", COUNTRIES),
        ),
        (
            f"{ACT}}}\nassessed: {{region: [RO-11]}}",
            "",
            (
                "RO-11",
                "'RO-11' is not a territory of the level 'Region'",
                "did you mean 'RO11' (Nord-Vest)?",
            ),
        ),
        # What stands twice, looks alike, ends too early
        (
            f"{ACT}}}\n  - {{id: act, name: Law}}",
            "",
            ("act", "the id 'act' is taken already, by 'Act'", "give one of the two another id"),
        ),
        (
            f"{ACT}}}",
            "levels: [eu]}\n  - {id: t1, text: y",
            ("t1", "the id 't1' is taken already, by 't1'", "give one of the two another id"),
        ),
        (
            f"{ACT}}}\n  - {{id: actl, name: Law}}\n  - {{id: act1, name: Code}}",
            "",
            ("act1", "'act1' looks like 'actl' of 'actl'", "give one of the two another id"),
        ),
        (
            f"{ACT}}}\n  - {{id: law, name: ACT}}",
            "",
            ("ACT", "'ACT' looks like 'Act' of 'act'", "give one of the two another name"),
        ),
        (
            f"{ACT}, starts: 2020, ends: 2019}}",
            "",
            (
                "2019",
                "it ends on 2019-12-31, before it starts on 2020-01-01",
                "correct one of the two dates",
            ),
        ),
        (
            f"{ACT}}}\nobservations: {{tourism@eu: {{starts: 2020-03, ends: 2020-02-29}}}}",
            "",
            (
                "2020-02-29",
                "it ends on 2020-02-29, before it starts on 2020-03-01",
                "correct one of the two dates",
            ),
        ),
        # What is nowhere
        (
            "assessed: {}",
            "",
            (
                "schema: 1",
                "the key 'instruments' is missing, and no fragment has it",
                "add instruments: []",
            ),
        ),
    ],
)
def test_a_finding_says_what_is_wrong_and_what_to_write(
    dataset: Dataset, text: str, swot: str, told: tuple[str, str, str]
) -> None:
    threats = f"schema: 1\nthreats:\n  - {{id: t1, text: x, {swot}}}\n"

    marked = dataset.marked(f"{HEAD}{text}\n", **({"swot": threats} if swot else {}))

    (finding,), ((_, under),) = dataset.findings(), marked
    assert (under, finding.message, finding.hint) == told


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("{id: nation, name: Land, aliases: [Federal, National]}", "'national' is not a level"),
        ("{id: nation, name: National}", "'national' is not a level"),
    ],
    ids=["alias", "name"],
)
def test_an_alias_or_a_name_of_a_level_is_no_id_but_says_which_is_meant(
    dataset: Dataset, level: str, message: str
) -> None:
    main = HEAD.replace("levels:\n", f"levels:\n  - {level}\n")
    dataset.write(f"{main}{ACT}, covers: {{tourism@national: full}}}}\n")

    (finding,) = dataset.findings()

    assert finding.message == message
    assert finding.hint == "did you mean 'nation'? Files name levels by id"


@pytest.mark.parametrize("key", ["levels", "roles"])
@pytest.mark.parametrize(
    ("records", "alias", "owner"),
    [
        ("{id: a, name: First, aliases: [x, X]}", "X", "First"),
        ("{id: a, name: First, aliases: [x]}, {id: b, name: B, aliases: [y, X]}", "X", "First"),
        ("{id: a, name: A, aliases: [B]}, {id: b, name: Second}", "B", "Second"),
        ("{id: a, name: A, aliases: [second]}, {id: b, name: Second}", "second", "Second"),
    ],
)
def test_an_alias_that_means_something_already_is_told_with_its_owner(
    dataset: Dataset, key: str, records: str, alias: str, owner: str
) -> None:
    other = "levels" if key == "roles" else "roles"
    one = "{id: one, name: One, aliases: [x]}"
    dataset.write(f"schema: 1\ntitle: T\n{other}: [{one}]\n{key}: [{records}]\ninstruments: []\n")

    (finding,) = dataset.findings()

    assert finding.rule.code == "CG205"
    assert finding.message == f"the alias '{alias}' means '{owner}' already"
    assert finding.hint == "take another alias, or none"


def test_wrong_names_are_compared_with_the_known_ones_until_it_would_be_felt(
    dataset: Dataset,
) -> None:
    # A thousand known ones, and a budget of 50,000 comparisons: the first fifty wrong ones get a suggestion.
    items = "".join(f"  - {{id: i{n}, name: N{n}}}\n" for n in range(999))
    wrong = ", ".join(f"actx{n}" for n in range(60))
    dataset.write(
        f"{HEAD}instruments:\n{items}  - {{id: act, name: Act, succeeded_by: [{wrong}]}}\n"
    )

    hints = [finding.hint for finding in dataset.findings()]

    assert [hint.startswith("did you mean 'act'?") for hint in hints] == [True] * 50 + [False] * 10
    assert all(hint.startswith("there are: i0, i1, ") for hint in hints[50:])


# The data path


def test_a_finding_names_the_data_path_in_its_own_file(dataset: Dataset) -> None:
    dataset.write(
        GOOD,
        ro="instruments:\n  - x\n  - {id: b, name: B, covers: {tourism@town: full}}\n",
        swot="schema: 1\nthreats: [{id: t1, text: x, cells: [travel@eu]}]\n",
    )

    assert [finding.where for finding in dataset.findings()] == [
        "instruments[0]",
        "instruments[1].covers.tourism@town",
        "threats[0].cells[0]",
    ]


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_shift_nothing(
    dataset: Dataset, start: str, line_end: str
) -> None:
    covers = '    "covers": {😀: full, "travel@eu": full}'
    main = f"{HEAD}instruments:\n  - id: act\n    name: Act\n{covers}\n"

    dataset.write((start + main.replace("schema: 1", "schema: 2")).replace("\n", line_end))

    assert [
        (f.rule.code, f.location.line, f.location.column, f.excerpt and f.excerpt.text)
        for f in dataset.findings()
    ] == [
        ("CG105", 1, 9, "schema: 2"),
        ("CG104", NEXT + 3, 16, covers),
        ("CG201", NEXT + 3, 26, covers),
    ]


def test_the_excerpt_of_a_long_line_is_cut(dataset: Dataset) -> None:
    dataset.write(f"{GOOD}observations: {{travel@eu: {{note: {'x' * 6_000}}}}}\n")

    findings = dataset.findings()

    assert {finding.rule.code for finding in findings} == {"CG104"} | {"CG201"}
    assert all(f.excerpt and len(f.excerpt.text) <= 120 for f in findings)
    assert all(len(f.message) < 200 for f in findings)


# What is right


def test_a_dataset_is_read_as_it_was_written(dataset: Dataset) -> None:
    dataset.write(
        HEAD + "instruments:\n  - {id: 08, name: NO, note: 1e3, kind: yes, starts: '2016'}\n",
        b="instruments: [{id: b, name: yes}]\n",
        a="instruments: [{id: a, name: 2019-05-31}]\nobservations: {tourism@eu: partial}\n",
        swot="schema: 1\nthreats: [{id: 1e3, text: null point}]\n",
    )

    loaded = dataset.load().dataset

    assert [(i.id, i.name) for i in loaded.instruments] == [
        ("08", "NO"),
        ("a", "2019-05-31"),
        ("b", "yes"),
    ]
    assert (loaded.instruments[0].note, loaded.instruments[0].kind) == ("1e3", "yes")
    assert list(loaded.observations) == [Cell("tourism", "eu")]


def test_sources_say_where_every_entry_stands(dataset: Dataset) -> None:
    dataset.write(
        GOOD,
        ro="assessed: {region: [RO11]}\ninstruments:\n  - {id: b, name: B}\n",
        swot="schema: 1\nsources: {law: {title: Law}}\nthreats: [{id: t1, text: x}]\n",
    )

    places = dataset.load().sources.locate(
        [
            ("instruments", 0),
            ("instruments", 1, "name"),
            ("assessed", "region", 0),
            ("sources", "law"),
            ("swot", "threats", 0, "text"),
            ("levels", 1),
        ]
    )

    assert {
        path[0]: (Path(place.path).stem, place.line, place.column)
        for path, place in places.items()
        if path != ("instruments", 0)
    } == {
        "instruments": ("ro", 3, 13),
        "assessed": ("ro", 1, 21),
        "sources": ("swot", 2, 11),
        "swot": ("swot", 3, 20),
        "levels": ("instruments", 6, 5),
    }
    assert places["instruments", 0].line == NEXT + 1


def test_a_dataset_with_warnings_is_read_and_one_with_errors_is_not(dataset: Dataset) -> None:
    dataset.write(GOOD + "  - {id: act-2, name: ACT}\n")
    assert len(dataset.load().dataset.instruments) == len({"act", "act-2"})
    assert check_dataset(find_files(dataset.folder)).count(Severity.WARNING) > 0

    dataset.write(GOOD + "  - {id: act, name: Act 2}\n")
    with pytest.raises(DataError) as raised:
        dataset.load()
    codes = [finding.rule.code for finding in raised.value.report.findings]
    assert codes == ["CG301", "CG303", "CG301", "CG303", "CG205"]
    head, line = str(raised.value).splitlines()
    assert head == "1 error in the data files"
    assert line.startswith(f"{dataset.folder.as_posix()}/instruments.yaml:")
    assert ": error CG205 duplicate: the id 'act' " in line


def test_a_hundred_errors_are_counted_in_the_message_and_twenty_told(dataset: Dataset) -> None:
    dataset.write(GOOD + "".join(f"  - {{id: X{n}, name: N{n}}}\n" for n in range(100)))
    with pytest.raises(DataError) as raised:
        dataset.load()
    lines = str(raised.value).splitlines()
    assert (lines[0], lines[-1]) == ("100 errors in the data files", "… and 80 errors more")
    assert len(lines) == 22


@pytest.mark.parametrize("name", ["swot.yaml", "instruments/ro.yaml", "instruments.yaml", "."])
def test_a_file_of_a_dataset_means_all_of_it(dataset: Dataset, name: str) -> None:
    dataset.write(
        GOOD + "x: 1\n",
        ro="instruments: [{id: b}]\n",
        swot="schema: 1\nthreats: [{id: t1}]\n",
    )

    report = check_dataset(find_files(dataset.folder / name))

    names = ["instruments.yaml", "instruments/ro.yaml", "swot.yaml"]
    assert report.files == tuple(f"{dataset.folder.as_posix()}/{name}" for name in names)
    assert report.count(Severity.ERROR) == 3


def test_progress_is_told_with_growing_numbers(dataset: Dataset) -> None:
    told: list[tuple[int, int]] = []
    items = "".join(f"  - {{id: i{n}, name: N{n}}}\n" for n in range(200))
    dataset.write(f"{HEAD}instruments:\n{items}", ro=f"instruments:\n{items.replace('i', 'j')}")

    check_dataset(find_files(dataset.folder), progress=lambda *args: told.append(args))

    lengths = [
        len((dataset.folder / name).read_text(encoding="utf-8"))
        for name in ("instruments.yaml", "instruments/ro.yaml")
    ]
    assert list(dict.fromkeys(total for _, total in told)) == lengths
    for length in lengths:
        numbers = [done for done, total in told if total == length]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == len([0, 64, 128, 192])
        assert all(0 < done < length for done in numbers)


# How much work it is

MANY = {
    "unknown roles": "id: i{0}, name: N{0}, covers: {{r{0}@eu: full}}",
    "unknown keys": "id: i{0}, name: N{0}, nam: x",
    "empty keys": "id: i{0}, name: N{0}, ~: x",
}
"""An instrument with one finding."""

FEW, ROUGHLY_AS_OFTEN = 60, 6
"""Entries, and how many times the work four times as many may be: it would be sixteen if each met each."""


def _items(number: int, keys: str) -> str:
    return "".join(f"  - {{{keys.format(n)}}}\n" for n in range(number))


def _grows_as_the_file(dataset: Dataset, main: Callable[[int], str], swot: str = "") -> bool:
    work = []
    for number in (FEW, FEW, 4 * FEW):  # the first time some things are made that stay
        others = {"swot": f"schema: 1\nthreats:\n{_items(number, swot)}"} if swot else {}
        dataset.write(main(number), **others)
        work.append(calls(dataset.findings))
    return work[2] < ROUGHLY_AS_OFTEN * work[1]


@pytest.mark.parametrize("keys", MANY.values(), ids=MANY)
def test_four_times_the_findings_are_about_four_times_the_work(
    dataset: Dataset, keys: str
) -> None:
    assert _grows_as_the_file(dataset, lambda n: f"{HEAD}instruments:\n{_items(n, keys)}")
    assert len(dataset.findings()) == 4 * FEW


def test_many_broken_items_of_the_swot_are_not_much_work(dataset: Dataset) -> None:
    assert _grows_as_the_file(dataset, lambda _: GOOD, "text: T{0}")


def test_many_broken_citations_of_one_instrument_are_not_much_work(dataset: Dataset) -> None:
    head = f"{HEAD}instruments:\n  - id: act\n    name: Act\n    sources:\n"

    assert _grows_as_the_file(
        dataset, lambda n: head + _items(n, "quote: x").replace("  -", "    -")
    )


def test_many_roles_are_not_much_work(dataset: Dataset) -> None:
    def main(number: int) -> str:
        instruments = _items(number, "id: i{0}, name: N{0}, covers: {{r{0}@eu: full}}")
        return f"{HEAD}{_items(number, 'id: r{0}, name: R{0}')}instruments:\n{instruments}"

    assert _grows_as_the_file(dataset, main)
    assert dataset.findings() == []


def test_an_unknown_word_is_compared_with_those_that_are_known_so_often_and_no_more() -> None:
    known = DeclaredIds("role", ["tourism", "energy"], most_compared=5)

    hints = [known.unknown((), "turism").hint for _ in range(3)]

    assert hints == ["did you mean 'tourism'?"] * 2 + ["there are: tourism, energy"]


def test_many_unknown_words_among_as_many_known_ones_are_compared_no_more_than_few() -> None:
    def work(number: int) -> int:
        known = DeclaredIds("source", [f"s{n}" for n in range(number)], most_compared=10 * FEW)
        return calls(lambda: [known.suggest(f"x{n}") for n in range(number)])

    assert work(4 * FEW) < ROUGHLY_AS_OFTEN * work(FEW)


def test_a_long_list_that_names_one_code_twice_is_not_much_work(dataset: Dataset) -> None:
    def main(number: int) -> str:
        codes = "".join(f"RO{n}, " for n in range(number))
        return (
            f"{GOOD}observations: {{tourism@region: {{territories: [{codes} RO{number - 1}]}}}}\n"
        )

    assert _grows_as_the_file(dataset, main)


def test_instruments_in_the_swot_s_file_are_no_instruments(dataset: Dataset) -> None:
    told = dataset.told(GOOD, swot="schema: 1\ninstruments: [{id: B}]\n")

    assert told == [("swot", 2, "CG102")]


def test_what_stands_in_two_files_is_told_with_the_first_of_them(dataset: Dataset) -> None:
    dataset.write(GOOD, swot="schema: 1\nsources: {deck: {title: Deck}}\n")

    (finding,) = [one for one in dataset.findings() if one.rule.code == "CG205"]

    main = (dataset.folder / "instruments.yaml").as_posix()
    assert finding.message == "'deck' stands in two files"
    assert finding.first is not None
    assert (finding.first.path, finding.first.line) == (
        main,
        GOOD.partition("sources:")[0].count("\n") + 1,
    )


def test_the_caret_of_an_alias_is_under_its_star(dataset: Dataset) -> None:
    assert dataset.marked(GOOD + "x: *act\n") == [("CG005", "*")]
