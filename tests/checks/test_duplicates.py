"""What stands twice is told at the second, with file and line of the first, in every format."""

import json
from pathlib import Path

import pytest

from clustergap.formats import FORMATS, Format
from running import run

MAIN = """\
schema: 1
title: T
sources:
  deck: {title: Deck}
levels:
  - {id: eu, name: EU, aliases: [union]}
roles:
  - {id: green, name: Green}
kinds:
  - {id: fund, name: Fund}
targets:
  - {id: smes, name: SMEs}
instruments:
  - id: act
    name: Act
"""
SWOT = "schema: 1\nthreats:\n  - {id: t1, text: Slow}\n"
FRAGMENT = "instruments:\n  - id: bank\n    name: Bank\n"

TWICE = {
    "level": ("instruments.yaml", "roles:", "  - {id: eu, name: Europe}\nroles:", 6),
    "alias": ("instruments.yaml", "roles:", "  - {id: e, name: E, aliases: [Union]}\nroles:", 6),
    "role": ("instruments.yaml", "kinds:", "  - {id: green, name: Greener}\nkinds:", 8),
    "kind": ("instruments.yaml", "targets:", "  - {id: fund, name: Funds}\ntargets:", 10),
    "target": ("instruments.yaml", "instruments:", "  - {id: smes, name: S}\ninstruments:", 12),
    "instrument of a fragment": ("instruments/ro.yaml", "id: bank", "id: act", 14),
    "source": ("swot.yaml", "threats:", "sources: {deck: {title: Deck}}\nthreats:", 4),
}


def write(folder: Path, file: str = "", old: str = "", new: str = "") -> None:
    (folder / "data/instruments").mkdir(parents=True)
    texts = {"instruments.yaml": MAIN, "swot.yaml": SWOT, "instruments/ro.yaml": FRAGMENT}
    for name, text in texts.items():
        changed = text.replace(old, new, 1) if name == file else text
        (folder / "data" / name).write_text(changed, encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", TWICE)
@pytest.mark.parametrize("format_", FORMATS["check"])
def test_the_first_is_named_by_file_and_line(kind: str, format_: Format, tmp_path: Path) -> None:
    file, old, new, line = TWICE[kind]
    write(tmp_path, file, old, new)

    out = run("check", "--select", "CG205", "-f", format_.value).out

    assert f", first at data/instruments.yaml:{line}" in out


def test_an_item_of_the_swot_names_the_first_of_its_id(tmp_path: Path) -> None:
    write(tmp_path, "swot.yaml", "threats:", "strengths:\n  - {id: t1, text: Fast}\nthreats:")

    out = run("check", "--select", "CG205").out

    assert "the id 't1' is taken already, by 't1', first at data/swot.yaml:3\n" in out


def test_the_first_of_a_fragment_is_named_in_another(tmp_path: Path) -> None:
    write(tmp_path)
    Path("data/instruments/bg.yaml").write_text("# x\n" + FRAGMENT, encoding="utf-8")

    out = run("check", "--select", "CG205").out

    assert out.startswith("data/instruments/ro.yaml:2:9: error CG205 duplicate: the id 'bank'")
    assert "by 'Bank', first at data/instruments/bg.yaml:3\n" in out


def test_the_first_is_counted_in_its_own_file_where_others_before_it_were_left_out(
    tmp_path: Path,
) -> None:
    write(tmp_path, "instruments.yaml", "  - {id: green", "  - {name: X}\n  - {id: green")
    path = Path("data/instruments.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kinds:", "  - {id: green, name: G}\nkinds:"), encoding="utf-8")

    assert "first at data/instruments.yaml:9\n" in run("check", "--select", "CG205").out


def test_names_that_look_alike_name_the_first_too(tmp_path: Path) -> None:
    write(tmp_path, "instruments/ro.yaml", "Bank", "ACT")

    out = run("check", "--select", "CG208").out

    assert "'ACT' looks like 'Act' of 'act', first at data/instruments.yaml:15\n" in out


def test_sarif_links_to_the_first(tmp_path: Path) -> None:
    write(tmp_path, "instruments/ro.yaml", "id: bank", "id: act")

    document = json.loads(run("check", "--select", "CG205", "-f", "sarif").out)

    (result,) = document["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"] == {
        "artifactLocation": {"uri": "data/instruments.yaml"},
        "region": {"startLine": 14, "startColumn": 5},
    }


def test_a_machine_is_told_the_first_from_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "instruments/ro.yaml", "id: bank", "id: act")

    out = run("check", str(tmp_path / "data"), "--select", "CG205", "-f", "github").out

    assert "first at data/instruments.yaml:14" in out
