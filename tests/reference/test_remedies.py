"""What is said of a word that is no territory: successors, names, codes of the same country; never another country's."""

import csv
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from clustergap.reference.gazetteer import Remedies, bears
from clustergap.reference.territories import (
    LISTS,
    FormerCode,
    Territory,
    eurostat_code,
    former_codes,
    looks_like_nuts,
    names,
    territories,
    with_ancestors,
)
from paths import SHARED
from running import Outcome, run
from sampling import Sample

FACTS = SHARED / "facts"
LIST_OF_LENGTH = {
    LISTS[name].length: name for name in ("eu27", "nuts1-2024", "nuts2-2024", "nuts3-2024")
}
CODE = re.compile(r"\b[A-Z]{2}[A-Z0-9]{0,3}\b")

DATA = """\
schema: 1
title: Places
levels:
  - {id: eu, name: EU}
  - {id: country, name: Country, territories: eu27}
  - {id: region, name: Region, territories: nuts2-2024}
  - {id: ministry, name: Ministry, territories: [DEFENCE, {code: HEALTH, name: Health}, BM-KA]}
roles: [{id: social-economy, name: Social economy}]
instruments:
  - {id: act, name: Act, covers: {social-economy@region: {territories: [RO11]}}}
"""

GONE = [code for code, one in former_codes().items() if not one.is_reused]


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    return str(tmp_path)


@cache
def _remedies(units: tuple[Territory, ...]) -> Remedies:
    return Remedies(units, with_ancestors(units).__contains__)


def _remedy(word: str, units: tuple[Territory, ...]) -> str:
    return _remedies(units).find(word)


def _at_its_level(code: str) -> str:
    return _remedy(code, territories(LIST_OF_LENGTH[len(code)]))


def _codes_named(remedy: str) -> set[str]:
    """Find the codes in a remedy, beside the names of places in brackets."""
    for code in CODE.findall(remedy):
        remedy = remedy.replace(f"({names().get(code, '')})", "")
    return set(CODE.findall(remedy)) - {"NUTS"}


def _successors(former: FormerCode) -> set[str]:
    return {*former.successors, *former.rest}


# Codes of older versions of NUTS


def test_of_every_code_that_is_gone_the_remedy_names_its_successors_and_no_other_place() -> None:
    wrong = {}
    for code in GONE:
        others = _codes_named(_at_its_level(code)) - {code}
        if others != _successors(former_codes()[code]):
            wrong[code] = others

    # ISO's code for France is the one code that means something else, too.
    assert wrong == {"FRA": {"FR", "FRY"}}
    assert len(GONE) == 639


def test_no_remedy_of_a_code_that_is_gone_names_a_place_of_another_country(
    sample: Sample,
) -> None:
    for code in sample(GONE, 64):
        for name in LISTS:
            # A code around units of an older list is right, and nobody asks for a remedy.
            if code in with_ancestors(territories(name)):
                continue
            country = code[:2].replace("GR", "EL")
            named = _codes_named(_remedy(code, territories(name))) - {code}

            assert {one[:2] for one in named} == {country}, (code, name)


@pytest.mark.skipif(not FACTS.is_dir(), reason="no collected facts beside the checkout")
def test_no_remedy_of_a_code_in_the_table_of_changes_names_a_place_of_another_country(
    sample: Sample,
) -> None:
    lines = (FACTS / "nuts_changes.tsv").read_text(encoding="utf-8").splitlines()
    codes = {line.split("\t")[2] for line in lines if not line.startswith("#")} - {"code"}

    assert len(codes) > 600
    for name in LISTS:
        remedies = Remedies(territories(name), with_ancestors(territories(name)).__contains__)
        for code in sample(sorted(codes), 120):
            countries = {one[:2] for one in _codes_named(remedies.find(code)) - {code}}
            assert countries <= {code[:2].replace("GR", "EL")}, (code, name)


@given(st.data())
def test_no_remedy_of_a_mistyped_code_names_a_place_of_another_country(
    data: st.DataObject,
) -> None:
    code = data.draw(st.sampled_from(sorted(names())))
    place = data.draw(st.integers(2, max(len(code) - 1, 2)))
    length = data.draw(st.integers(0, 2))
    sign = data.draw(st.text(string.ascii_uppercase + string.digits, max_size=2))
    word = code[:place] + sign + code[place + length :]
    assume(looks_like_nuts(word))
    units = territories(data.draw(st.sampled_from(list(LISTS))))

    named = _codes_named(_remedy(word, units)) - {word}

    # A slip may make ISO's code of another country: of ES1 that of Estonia, EST.
    at_eurostat = eurostat_code(word) or code
    assert {one[:2] for one in named} <= {code[:2], at_eurostat[:2]}


@pytest.mark.parametrize(
    ("word", "list_name"),
    [
        ("FRG", "eu27"),
        ("Denmark 1)", "eu27"),
        ("TH", "nuts3-2024"),
        ("GRZ", "nuts3-2024"),
        ("Xx", "eu27"),
    ],
)
def test_a_code_is_no_part_of_the_name_of_another_country(word: str, list_name: str) -> None:
    assert "DE" not in _remedy(word, territories(list_name))
    assert "BE" not in _remedy(word, territories(list_name))
    assert "AT" not in _remedy(word, territories(list_name))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("PL11", "PL11 is a code of NUTS 2013; in 2024 it is PL71 (Łódzkie)"),
        (
            "PT17",
            "PT17 is a code of NUTS 2021; in 2024 it is PT1A (Grande Lisboa) and PT1B (Península de Setúbal)",
        ),
        ("FR24", "FR24 is a code of NUTS 2013; in 2024 it is FRB0 (Centre — Val de Loire)"),
        ("FR2", "FR2 is a code of NUTS 2013; in 2024 it is FRB, FRC, FRD, FRF and FRE"),
        (
            "ITE",
            "ITE is a code of NUTS 2006; in 2024 it is ITI (Centro (IT)) and a small part of ITH (Nord-Est)",
        ),
        (
            "FRA",
            "Eurostat writes FR for FRA: did you mean 'FR' (France)? FRA is a code of NUTS 2013; in 2024 it is FRY (RUP FR — Régions Ultrapériphériques Françaises)",
        ),
        # What it meant last
        ("NL33", "NL33 is a code of NUTS 2021; in 2024 it is NL36 (Zuid-Holland)"),
    ],
)
def test_a_code_of_an_older_nuts_is_told_with_what_it_is_now_the_largest_first(
    code: str, told: str
) -> None:
    assert _at_its_level(code) == told


@pytest.mark.parametrize(
    ("code", "list_name", "end"),
    [
        ("PT170", "nuts2-2024", ", which lie in PT1A and PT1B"),
        ("FR24", "eu27", ", which lies in FR"),
        ("PT17", "nuts3-2024", "(Península de Setúbal)"),
    ],
)
def test_successors_finer_than_the_level_are_told_with_its_units(
    code: str, list_name: str, end: str
) -> None:
    assert _remedy(code, territories(list_name)).endswith(end)


def test_a_level_without_the_country_of_an_older_code_is_told_its_successors_alone() -> None:
    assert _remedy("PL11", territories("eu27")[:2]).endswith("it is PL71 (Łódzkie)")


# Countries


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("ROU", "RO"),
        ("GRC", "EL"),
        ("GR", "EL"),
        ("GBR", "UK"),
        ("GB", "UK"),
        ("EST", "EE"),
        ("NOR", "NO"),
        ("GB-ENG", "UK-ENG"),
        ("GREEN", None),
        ("GBX", None),
        ("RO", None),
        ("UK", None),
    ],
)
def test_isos_codes_are_known_where_eurostat_has_another(code: str, meant: str | None) -> None:
    assert eurostat_code(code) == meant


@pytest.mark.skipif(not FACTS.is_dir(), reason="no collected facts beside the checkout")
def test_every_country_of_the_eu_is_known_by_its_code_of_three_letters() -> None:
    facts = yaml.safe_load((FACTS / "territories.yaml").read_text(encoding="utf-8"))["countries"]

    assert {one["iso3"]: eurostat_code(one["iso3"]) for one in facts} == {
        one["iso3"]: one["eurostat"] for one in facts
    }


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ROU", "Eurostat writes RO for ROU: did you mean 'RO' (Romania)?"),
        ("GR", "Eurostat writes EL for GR: did you mean 'EL' (Greece)?"),
        ("GR43", "GR43 is a code of NUTS 2006; in 2024 it is EL43 (Κρήτη)"),
        ("GR6", "Eurostat writes EL for GR: did you mean 'EL6' (Κεντρική Ελλάδα)?"),
        ("GBR", "Eurostat writes UK for GBR"),
        ("GB", "Eurostat writes UK for GB"),
    ],
)
def test_a_code_of_iso_is_told_with_eurostats_and_suggested_where_it_may_stand(
    code: str, told: str
) -> None:
    assert _remedy(code, territories("nuts2-2024")) == told


# Slips


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("ro11", "did you mean 'RO11' (Nord-Vest)?"),
        ("RO 11", "did you mean 'RO11' (Nord-Vest)?"),
        ("RO-11", "did you mean 'RO11' (Nord-Vest)?"),
        ("R011", "did you mean 'RO11' (Nord-Vest)?"),
        ("RO111", "did you mean 'RO11' (Nord-Vest)?"),
        ("RO1X", "did you mean 'RO11' (Nord-Vest) or 'RO12' (Centru)?"),
        ("RO99", "in RO there are RO11, RO12, RO21, RO22, RO31, RO32, RO41, RO42"),
        ("ATXYZ", "in AT there are AT11, AT12, AT13, AT21, AT22, AT31, AT32, AT33, AT34"),
        ("Lombardia", "did you mean 'ITC4' (Lombardia)?"),
        ("LOMBARDIA", "did you mean 'ITC4' (Lombardia)?"),
        ("Lombrdia", "did you mean 'ITC4' (Lombardia)?"),
        ("Lombardy", "did you mean 'ITC4' (Lombardia)?"),
        ("nord vest", "did you mean 'RO11' (Nord-Vest)?"),
        ("bucuresti-ilfov", "did you mean 'RO32' (Bucureşti-Ilfov)?"),
        ("Crete", ""),
        ("Kriti", "did you mean 'EL43' (Κρήτη)?"),
        ("Αττική", "did you mean 'EL30' (Aττική)?"),
        ("ΑΝΑΤΟΛΙΚΗ ΜΑΚΕΔΟΝΙΑ, ΘΡΑΚΗ", "did you mean 'EL51' (Aνατολική Μακεδονία, Θράκη)?"),
        ("Antwerpen", "did you mean 'BE21' (Prov. Antwerpen)?"),
        ("Romania", "did you mean 'RO' (Romania)?"),
        ("Roumania", "did you mean 'RO' (Romania)?"),
        ("UK", ""),
        ("XX", ""),
        ("R", ""),
        ("", ""),
    ],
)
def test_what_is_meant_is_found_by_code_within_the_country_and_by_name(
    word: str, told: str
) -> None:
    assert _remedy(word, territories("nuts2-2024")) == told


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("SUOTH", "did you mean 'SOUTH'?"),
        ("NORHT", "did you mean 'NORTH' (The north)?"),
        ("the north", "did you mean 'NORTH' (The north)?"),
        ("UKD2", "did you mean 'UKD1'?"),
        ("NO31", ""),
        ("NORTH-1", "did you mean 'NORTH' (The north)?"),
        ("EL31", ""),
    ],
)
def test_a_datasets_own_codes_are_suggested_but_not_for_a_code_of_nuts(
    word: str, told: str
) -> None:
    units = (Territory("NORTH", "The north"), Territory("SOUTH", "SOUTH"))

    assert _remedy(word, (*units, Territory("UKD1", "UKD1"))) == told


def test_of_codes_of_ones_own_that_lie_in_countries_only_those_of_the_same_are_meant() -> None:
    units = (Territory("DE-1", "One"), Territory("DK-2", "Two"))

    assert _remedy("DK-1", units) == "did you mean 'DK-2' (Two)?"
    assert _remedy("SE-1", units) == ""


def test_a_right_code_that_the_level_leaves_out_is_not_taken_for_another() -> None:
    units = (Territory("RO11", "Nord-Vest"), Territory("RO21", "Nord-Est"))

    assert _remedy("RO12", units) == "in RO there are RO11, RO21"


@pytest.mark.parametrize("name", LISTS)
def test_every_territory_bears_its_own_name(name: str) -> None:
    assert all(bears(unit, unit.name) for unit in territories(name))


# Where codes are read


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("RO99", "In RO there are RO11, RO12,"),
        ("NL31", "NL31 is a code of NUTS 2021; in 2024 it is NL35 (Utrecht)"),
        ("ATXYZ", "In AT there are AT11,"),
        ("DEFENCE-X", "Did you mean 'DEFENCE'?"),
        ("BM-KA-1", "Did you mean 'BM-KA'?"),
        ("RO1111", "any level"),
        ("RO11-A", "Did you mean 'RO11' (Nord-Vest)?"),
        ("PT170", "PT1B0 (Península de Setúbal)"),
        ("Cluj", "Did you mean 'RO113' (Cluj)?"),
        ("D", "any level"),
        ("UK", "any level"),
        ("", "any level"),
    ],
)
def test_a_place_that_nothing_knows_is_an_error_wherever_it_is_asked_for(
    data: str, word: str, told: str
) -> None:
    outcome = run("matrix", "--data", data, "--in", word)

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert "is not a territory of any level" in outcome.err
    assert told in outcome.err


@pytest.mark.parametrize("command", ["gaps", "needs", "risks", "swot", "timeline", "keystones"])
def test_every_question_refuses_such_a_place(data: str, command: str) -> None:
    words = {"keystones": ["what-if", "--each"]}.get(command, [command])

    outcome = run(*words, "--data", data, "--in", "PT17")

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert "in 2024 it is PT1A" in outcome.err


@pytest.mark.parametrize(
    "word", ["RO", "RO1", "ro11", " RO11 ", "RO111", "DEFENCE", "Health", "BM", "BM-KA"]
)
def test_units_what_holds_them_and_regions_of_the_lists_within_them_are_places(
    data: str, word: str
) -> None:
    outcome = run("matrix", "--data", data, "--in", word)

    assert (outcome.code, outcome.err) == (0, "")


def test_a_place_of_which_a_level_of_the_dataset_knows_only_the_whole_is_answered(
    tmp_path: Path,
) -> None:
    main = DATA.replace("territories: nuts2-2024", "territories: [AT11, AT12]")
    (tmp_path / "instruments.yaml").write_text(main.replace("[RO11]", "[AT11]"), encoding="utf-8")

    assert run("matrix", "--data", str(tmp_path), "--in", "RO11").code == 0
    assert run("matrix", "--data", str(tmp_path), "--in", "RO19").code == 2


def test_a_code_with_another_meaning_in_nuts_2024_is_answered_as_that_and_told(data: str) -> None:
    note = (
        "note: RO32 is that of NUTS 2024; in NUTS 2006 it was RO32 (Bucureşti-Ilfov) and a small part of RO31 "
        "(Sud-Muntenia)\n"
    )

    told = run("matrix", "--data", data, "--in", "RO32")
    quiet = run("matrix", "--data", data, "--in", "RO32", "-q")

    assert (told.code, told.err) == (0, note)
    assert (quiet.code, quiet.err) == (0, "")
    assert told.stdout == quiet.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        "covers: {social-economy@region: {territories: [PL11]}}}",
        "covers: {social-economy@region: {territories: {except: [PL11]}}}}",
        "covers: {}}\nassessed: {region: [PL11]}",
        "covers: {}}\nassessed: {social-economy@region: [PL11]}",
        "covers: {}}\nobservations: {social-economy@region: {extent: partial, territories: [PL11]}}",
    ],
)
def test_check_tells_an_older_code_wherever_a_file_names_it(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "instruments.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "pl.yaml").write_text(
        f"instruments:\n  - {{id: pl, name: PL, {wrong}\n", encoding="utf-8"
    )

    outcome = run("check", str(tmp_path), columns=200)

    assert outcome.code == 1
    assert "'PL11' is not a territory of the level 'Region'" in outcome.stdout.decode()
    assert "PL11 is a code of NUTS 2013; in 2024 it is PL71 (Łódzkie)" in outcome.stdout.decode()
    assert "PT11" not in outcome.stdout.decode()


def test_check_says_of_a_long_list_how_much_it_lists_and_nothing_of_other_countries(
    tmp_path: Path,
) -> None:
    main = DATA.replace("region: {territories: [RO11]", "country: {territories: [UK, XX]")
    (tmp_path / "instruments.yaml").write_text(main, encoding="utf-8")

    told = run("check", str(tmp_path), columns=200).stdout.decode()

    assert "it lists 27 territories, none of them in UK" in told
    assert "it lists 27 territories\n" in told


def _import(data: str, where: str) -> Outcome:
    sheet = Path(data) / "list.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        header = ("name", "role", "level", "territories")
        csv.writer(file).writerows([header, ("New", "social-economy", "region", where)])
    return run("import", str(sheet), "--data", data)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("PT17", "PT17 is a code of NUTS 2021; in 2024 it is PT1A (Grande Lisboa) and PT1B"),
        (
            "except Lombrdia",
            "'Lombrdia' is not a territory of the level 'Region', did you mean 'ITC4' (Lombardia)?",
        ),
        ("RO99", "'RO99' is not a territory of the level 'Region': in RO there are RO11, RO12,"),
    ],
)
def test_import_asks_at_the_cell_what_is_meant(data: str, where: str, told: str) -> None:
    outcome = _import(data, where)

    assert outcome.code == 2
    assert f"list.csv!D2: {told}" in outcome.err


@pytest.mark.parametrize(
    ("where", "code", "told"),
    [
        ("PL11", "PL71", "PL11 is a code of NUTS 2013; in 2024 it is PL71 (Łódzkie)"),
        ("ROU", "RO", ""),
        ("Roumanie", "RO", ""),
        ("RO32", "RO32", "RO32 is that of NUTS 2024; in NUTS 2006 it was RO32 (Bucureşti-Ilfov)"),
    ],
)
def test_import_takes_what_means_one_place_and_tells_a_code_of_an_older_nuts(
    data: str, where: str, code: str, told: str
) -> None:
    outcome = _import(data, where)

    assert outcome.code == 0, outcome.err
    assert told in outcome.err
    assert f"territories: [{code}]" in (Path(data) / "instruments.yaml").read_text("utf-8")


def _loaded(*argv: str) -> Iterator[str]:
    command = [sys.executable, "-X", "importtime", "-m", "clustergap", *argv]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return (line.rpartition("|")[2].strip() for line in outcome.stderr.splitlines())


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "argv", [["matrix", "--in", "RO111"], ["gaps"], ["check"], ["import", "list.csv", "--dry-run"]]
)
def test_nobody_loads_what_only_an_odd_code_needs(data: str, argv: list[str]) -> None:
    (Path(data) / "list.csv").write_text(
        "name,role,level,territories\nNew,social-economy,region,RO31\n", encoding="utf-8"
    )
    words = [str(Path(data) / word) if word == "list.csv" else word for word in argv]

    loaded = set(_loaded(*words, "--data", data))

    assert "clustergap.reference.territories" in loaded
    assert "clustergap.reference.gazetteer" not in loaded


@pytest.mark.parametrize("word", ["DEFENCE-X", "EDUCATION", "PLANNING"])
def test_a_word_that_only_begins_as_a_country_does_is_no_code_mistyped(word: str) -> None:
    assert _remedy(word, territories("nuts2-2024")) == ""
