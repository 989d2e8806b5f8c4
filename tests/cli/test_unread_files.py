"""Data that lie beside a dataset and are not read are told; where nothing was found, nothing else answers for them."""

import json
import os
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from repositories import commit, make, need_git
from running import run

CASES = ROOT.parent / "shared/cases/faults/files-that-are-not-read/data"

MAIN = """\
schema: 1
title: Ours
levels: [{id: eu, name: EU}]
roles: [{id: alpha, name: Alpha}]
instruments:
  - {id: act, name: The Act, covers: {alpha@eu: full}}
"""
FRAGMENT = "instruments:\n  - {id: ro-act, name: Legea}\n"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(name: str, text: str = MAIN) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(*argv: str) -> list[str]:
    """Return the notices on what is not read."""
    outcome = run(*argv)
    assert outcome.code == Exit.OK, outcome
    return [line for line in outcome.err.splitlines() if "not read" in line]


NAMES = {
    "swot.yml": "the file of the SWOT is called swot.yaml",
    "swot.json": "the file of the SWOT is called swot.yaml",
    "SWOT.yaml": "the file of the SWOT is called swot.yaml",
    "Swot.YAML": "the file of the SWOT is called swot.yaml",
    "swot.yaml.txt": "the file of the SWOT is called swot.yaml",
    "Instruments.yaml": "the main file is called instruments.yaml",
    "instruments.yml": "the main file is called instruments.yaml",
    "instruments.json": "the main file is called instruments.yaml",
    "instruments.YAML": "the main file is called instruments.yaml",
    "instruments/ro.yml": "fragments end in .yaml",
    "instruments/RO.YAML": "fragments end in .yaml",
    "instruments/ro.json": "fragments end in .yaml",
    "instruments/ro.yaml.txt": "fragments end in .yaml",
    "data/instruments.yaml": "the instruments.yaml beside its folder goes before it",
}
FOLDERS = {
    "instruments/ro/ro.yaml": (
        "instruments/ro",
        "fragments lie in instruments itself, in no folder of it",
    ),
    "instruments/eu/east/ro.yml": (
        "instruments/eu",
        "fragments lie in instruments itself, in no folder of it",
    ),
    "Instruments/ro.yaml": ("Instruments", "the folder of fragments is called instruments"),
    "INSTRUMENTS/ro/ro.json": ("INSTRUMENTS", "the folder of fragments is called instruments"),
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("name", "shown", "why"),
    [
        *((name, name, why) for name, why in NAMES.items()),
        *((name, *said) for name, said in FOLDERS.items()),
    ],
)
def test_what_lies_beside_the_data_and_is_not_read_is_told_by_check_and_by_every_answer(
    name: str, shown: str, why: str
) -> None:
    put("data/instruments.yaml")
    assert told("check") == told("matrix") == []

    put(f"data/{name}", FRAGMENT)

    line = f"note: 'data/{shown}' is not read: {why}"
    for argv in (["check"], ["check", "data"], ["matrix"], ["gaps", "-o", "gaps.csv"]):
        assert told(*argv) == [line]
    assert told("check", "data/instruments.yaml") == [line]
    assert told("matrix", "-q") == []


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml",
        ".pre-commit-config.yaml",
        ".swot.yml",
        "notes.yaml",
        "swot-2019.yaml",
        "proposal.yaml",
        "instruments.yaml.bak",
        "instruments.yaml~",
        "swot.md",
        "Instruments/README.md",
        "instruments/archive/old.txt",
        "instruments/.archive/ro.yaml",
        "instruments/README.md",
        "schemas/instruments.schema.json",
        "schemas/swot.yml",
        "swot.yml/README.md",
    ],
)
def test_other_files_are_no_matter(name: str) -> None:
    put("data/instruments.yaml")
    put(f"data/{name}", FRAGMENT)

    assert told("check") == told("matrix") == []


def test_what_the_program_has_written_there_is_no_data() -> None:
    put("instruments.yaml")

    for command in ("swot -f json -o swot.json", "schema instruments -o instruments.json"):
        assert run(*command.split()).code == Exit.OK
        assert told("check") == []


def test_a_name_that_leads_to_what_is_read_is_no_matter() -> None:
    # As where letter case does not count: there SWOT.yaml is swot.yaml.
    put("data/instruments.yaml")
    put("data/swot.yaml", "schema: 1\n")
    put("data/instruments/ro.yaml", "instruments: []\n")
    Path("data/SWOT.yaml").symlink_to("swot.yaml")
    os.link("data/instruments.yaml", "data/Instruments.yaml")
    Path("data/Instruments").symlink_to("instruments", target_is_directory=True)

    assert told("check") == told("matrix") == []


def test_many_files_of_one_kind_are_one_notice() -> None:
    put("instruments.yaml")
    for country in ("at", "be", "bg", "cy", "cz", "de", "dk", "ee", "el", "es", "fi", "fr", "hr"):
        put(f"instruments/{country}/all.yaml", FRAGMENT)

    (line,) = told("check")

    assert line.startswith("note: 'instruments/at', 'instruments/be', ")
    assert "(13 in all) are not read: fragments lie in instruments itself" in line


def test_a_loop_of_folders_has_an_end() -> None:
    put("instruments.yaml")
    Path("instruments/deep").mkdir(parents=True)
    Path("instruments/deep/again").symlink_to(Path.cwd() / "instruments/deep")

    assert told("check") == []


def test_a_revision_says_the_same_as_its_folder() -> None:
    need_git()
    repository = make(Path("repository"))
    names = [*NAMES, *FOLDERS]
    files = {f"data/{name}": FRAGMENT for name in names} | {"data/instruments.yaml": MAIN}
    commit(repository, files)
    written = '{"schema": "clustergap/swot@1"}'
    commit(repository, {"other/instruments.yaml": MAIN, "other/swot.json": written})
    os.chdir(repository)

    here, then = told("check"), told("diff", "main:data", "main:data", "-f", "json")

    assert here
    assert then == [line.replace("'data/", "'main:data/") for line in here] * 2
    assert told("diff", "main:other", "main:other") == []


@pytest.mark.skipif(not CASES.is_dir(), reason="needs the collected cases beside the checkout")
def test_the_collected_case_is_told() -> None:
    said = "\n".join(told("check", str(CASES)))

    assert "swot.yml' is not read" in said
    assert "instruments/ro' is not read" in said


# Where nothing was found


LOOK_ALIKES = {
    "instrument.yaml": MAIN,
    "Instruments.yml": MAIN,
    "instruments.yml": MAIN,
    "instruments.yaml.txt": MAIN,
    "INSTRUMENTS.YAML": MAIN,
    "my-country.yaml": MAIN,
    "data/instrument.yaml": MAIN,
    "data/instruments.yml": MAIN,
    "data/instruments.json": '{"schema": 1, "title": "x", "instruments": []}',
    "data/long.json": '{\n  "schema": 1,\n  "instruments": [' + "\n  {}," * 20_000 + "\n  {}]}",
    "data/main.yaml": "---\n# ours\n  schema: 1\n  instruments:\n    - {}\n",
    "data/flow.yaml": "{schema: 1, title: x, instruments: []}\n",
    "data/quoted.yaml": '"instruments": []\n',
    "data/bom.yaml": "\ufeffinstruments: []\n",
    "data/Instruments.yaml": "levels: []\nroles: []\n",
    "Data/instruments.yaml": MAIN,
    "DATA/Instruments.yml": MAIN,
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_nothing_is_written_for_other_data_where_ones_own_lie(name: str) -> None:
    put(name, LOOK_ALIKES[name])
    before = sorted(Path().rglob("*"))

    for argv in (
        ["gaps", "-q", "-o", "gaps.csv"],
        ["report", "-o", "map.html"],
        ["matrix", "-o", "m.png"],
        ["swot", "--candidates", "-o", "c.yaml"],
        ["schema", "instruments", "--from-data", "-o", "s.json"],
        ["init", "--template", "fill.xlsx"],
    ):
        outcome = run(*argv)
        assert outcome.code == Exit.UNUSABLE
        assert f"'{name}' lies here and is not read: " in outcome.err
        assert "--data PATH" in outcome.err
    assert sorted(Path().rglob("*")) == before


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_is_printed_for_other_data_is_told(name: str) -> None:
    put(name, LOOK_ALIKES[name])

    (line, *others) = told("gaps")

    assert line.startswith(f"note: '{name}' is not read: ")
    assert others == []
    assert "this is the packaged deck" in run("gaps").err
    assert told("gaps", "-o", "-") == [line]


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_no_gate_and_no_import_passes_them_by(name: str) -> None:
    put(name, LOOK_ALIKES[name])
    put("sheet.csv", "id,name,role,level\nnew,New,alpha,eu\n")
    before = sorted(Path().rglob("*"))

    for argv in (["check"], ["gaps", "--fail-on", "none"], ["import", "sheet.csv"]):
        outcome = run(*argv)
        assert outcome.code == Exit.UNUSABLE
        assert f"'{name}' lies here and is not read: " in outcome.err
    assert sorted(Path().rglob("*")) == before
    assert run("import", "sheet.csv", "--data", "elsewhere").code == Exit.OK


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "site_name: x\nnav:\n  instruments: a\n"),
        (".pre-commit-config.yaml", "repos: []\n"),
        (".instruments.yaml", MAIN),
        ("playbook.yaml", "roles: [a]\nlevels: [b]\n"),
        ("notes.yaml", "text: |\n  x\n  instruments: y\n"),
        ("package.json", '{"name": "x", "nested": {"instruments": []}}'),
        ("broken.json", '{"instruments": ['),
        ("list.json", '["instruments"]'),
        ("instruments.schema.json", '{"$schema": "x", "properties": {"instruments": {}}}'),
        ("instruments.json", '{"$schema": "x", "instruments": {}}'),
        ("diff.json", '{"schema": "clustergap/diff@1", "instruments": []}'),
        ("deep.json", "[" * 5_000),
        ("empty.yaml", ""),
        ("comments.yaml", "# instruments:\n"),
        ("instruments.yaml.bak", MAIN),
        ("instruments/README.md", "instruments:"),
        ("deep/er/instruments.yaml", MAIN),
        ("bytes.yaml", "\x00\x01"),
    ],
)
def test_other_files_keep_nobody_from_looking_at_the_example(name: str, text: str) -> None:
    put(name, text)

    assert told("gaps", "-o", "gaps.csv") == []


def test_a_file_saved_as_utf_16_is_data_too() -> None:
    Path("data.yml").write_bytes(MAIN.encode("utf-16"))

    assert told("matrix") == [
        "note: 'data.yml' is not read: the main file of a dataset is called instruments.yaml"
    ]


@pytest.mark.parametrize("where", ["", "data/"])
def test_fragments_without_a_main_file_are_told(where: str) -> None:
    put(f"{where}instruments/ro.yaml", FRAGMENT)

    assert told("matrix") == [
        f"note: '{where}instruments' is not read: there is no instruments.yaml beside it"
    ]
    assert run("matrix", "-o", "x.md").code == Exit.UNUSABLE


def test_data_that_lead_to_nothing_are_told() -> None:
    Path("data").symlink_to("/nowhere/unmounted")

    assert told("matrix") == ["note: 'data' is not read: this is a link to nothing"]
    assert run("matrix", "-o", "x.md").code == Exit.UNUSABLE


def test_a_file_that_is_named_is_not_passed_over() -> None:
    put(
        "proposal.yaml",
        "instruments:\n  - {id: more, name: More, covers: {social-economy@eu: full}}\n",
    )

    outcome = run("what-if", "--add", "./proposal.yaml", "-o", "answer.json")

    assert outcome.code == Exit.OK
    assert "not read" not in outcome.err
    assert json.loads(Path("answer.json").read_text(encoding="utf-8"))["changes"]


def test_a_folder_that_is_named_and_has_no_main_file_is_told_with_what_lies_in_it() -> None:
    put("mine/instruments.yml")
    put("yours/data/instrument.yaml")

    for folder, file in (
        ("mine", "mine/instruments.yml"),
        ("yours", "yours/data/instrument.yaml"),
    ):
        for argv in (["check", folder], ["matrix", "--data", folder]):
            outcome = run(*argv)
            assert outcome.code == Exit.UNUSABLE
            assert (
                f"there is no instruments.yaml in '{folder}'; '{file}' is not read" in outcome.err
            )


def test_several_are_counted() -> None:
    put("a.yaml")
    put("b.yaml")
    put("data/c.yaml")

    assert "'a.yaml' lies here and is not read" in run("check").err
    assert "(2 more)" in run("check").err
    assert len(told("matrix")) == 3


def test_what_is_no_file_is_not_waited_for() -> None:
    os.mkfifo("instruments.yml")
    Path("loop.yaml").symlink_to("loop.yaml")

    assert told("matrix") == []
