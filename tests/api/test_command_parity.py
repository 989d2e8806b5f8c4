"""Python and the command line are one: the same numbers for every dataset and question, the same words for every mistake."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clustergap as cg
from clustergap.cli.exit import Exit
from clustergap.model.dataset import Dataset
from paths import ROOT
from running import run
from strategies import datasets, file_of, queries

DECK = ROOT / "data"

Ask = Callable[..., cg.Answer]

QUESTIONS: Mapping[str, tuple[str, Callable[[cg.PolicyData], Ask]]] = {
    "matrix": ("matrix", lambda data: data.matrix),
    "gaps": ("gaps", lambda data: data.gaps),
    "needs": ("needs", lambda data: data.needs),
    "risks": ("risks", lambda data: data.risks),
    "timeline": ("timeline", lambda data: data.timeline),
    "what_if": ("what-if", lambda data: data.what_if),
    "keystones": ("what-if --each", lambda data: data.keystones),
    "swot": ("swot", lambda data: data.swot),
    "tows": ("swot --tows", lambda data: data.tows),
    "compare": ("compare RO", lambda data: lambda **options: data.compare("RO", **options)),
    "explain": (
        "explain social-economy@country",
        lambda data: lambda **options: data.explain("social-economy@country", **options),
    ),
    "list": (
        "list instruments",
        lambda data: lambda **options: data.list("instruments", **options),
    ),
    "diff": (f"diff {DECK} {DECK}", lambda data: lambda **options: data.diff(data, **options)),
}
"""Each question as typed, and as asked in Python."""

LACKING = {"timeline": {"as_of"}, "compare": {"in_"}, "explain": {"role", "level"}}
LACKING["list"] = {"role", "level", "without", "alone", "with_planned", "target", "as_of"}
"""Options that a question does not have."""

MISTAKES: Mapping[str, str] = {
    "role": "social econmy",
    "level": "regin",
    "without": "intereg",
    "kind": "fundng",
    "target": "nobody",
    "in_": "R011",
    "as_of": "2019-02-30",
}


def typed(options: Mapping[str, Any]) -> list[str]:
    """Return options as they are typed."""
    words: list[str] = []
    for name, value in options.items():
        option = f"--{name.strip('_').replace('_', '-')}"
        if isinstance(value, bool):
            words += [option] if value else []
        else:
            values = value if isinstance(value, list | tuple) else [value]
            words += [f"{option}={each}" for each in values if each is not None]
    return words


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("question", "option"),
    [
        (question, option)
        for question in QUESTIONS
        for option in MISTAKES
        if option not in LACKING.get(question, ())
    ],
)
def test_a_wrong_name_place_or_day_raises_what_the_command_prints(
    question: str, option: str
) -> None:
    words, method = QUESTIONS[question]
    mistake = {option: MISTAKES[option]}

    with pytest.raises(cg.ClusterGapError) as refused:
        method(cg.read(DECK))(**mistake)

    data = [] if question == "diff" else ["--data", str(DECK)]
    outcome = run(*words.split(), *typed(mistake), *data)
    assert outcome.code == Exit.UNUSABLE
    assert outcome.err == f"clustergap: {refused.value}\n"


@pytest.mark.parametrize("path", ["nofile", "nofile.yaml", "", "~/data"])
def test_a_path_without_data_raises_what_the_command_prints(path: str) -> None:
    with pytest.raises(cg.ClusterGapError) as refused:
        cg.read(path)

    assert run("matrix", "--data", path).err == f"clustergap: {refused.value}\n"


def test_a_dataset_with_errors_raises_what_the_command_prints() -> None:
    bad = ROOT / "tests/hostile-bad"

    with pytest.raises(cg.DataError) as refused:
        cg.read(bad)

    printed = run("matrix", "--data", str(bad)).err
    lines = str(refused.value).splitlines()
    places = [line.partition(": error ")[0] for line in lines if ": error " in line]
    assert len(places) == 20
    assert all(f"{place}: error" in printed for place in places)


@pytest.mark.parametrize("file", ["matrix.dat", "matrix", "no/folder.csv", "folder.csv", "x.pptx"])
def test_a_file_that_cannot_be_written_raises_what_the_command_prints(file: str) -> None:
    Path("folder.csv").mkdir()

    with pytest.raises(cg.ClusterGapError) as refused:
        cg.read(DECK).matrix().save(file)

    outcome = run("matrix", "--data", str(DECK), "-o", file)
    assert outcome.err.splitlines()[-1] == f"clustergap: {refused.value}"


@pytest.mark.parametrize("file", ["report.csv", "no/report.html"])
def test_a_report_that_cannot_be_written_raises_what_the_command_prints(file: str) -> None:
    with pytest.raises(cg.ClusterGapError) as refused:
        cg.read(DECK).report(file)

    outcome = run("report", "--data", str(DECK), "-o", file)
    assert outcome.err.splitlines()[-1] == f"clustergap: {refused.value}"


@st.composite
def options_of(draw: st.DrawFn, dataset: Dataset) -> dict[str, Any]:
    """Draw options as somebody would give them; a name may mean nothing in the dataset."""
    query = draw(queries(dataset))
    shown = st.one_of(st.none(), st.sampled_from([level.id for level in dataset.levels]))
    options: dict[str, Any] = {
        "as_of": query.as_of,
        "in_": query.place,
        "target": query.target,
        "kind": list(query.kinds),
        "without": query.without,
        "alone": query.alone,
        "with_planned": query.with_planned,
        "level": draw(shown),
    }
    return {name: value for name, value in options.items() if value not in (None, [], (), False)}


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "explain"])
@given(st.data())
def test_every_number_of_an_answer_is_the_command_s(question: str, data: st.DataObject) -> None:
    dataset = data.draw(datasets())
    options = data.draw(options_of(dataset))
    options = {name: options[name] for name in options if name not in LACKING.get(question, ())}
    words, method = QUESTIONS[question]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instruments.yaml"
        path.write_text(file_of(dataset), encoding="utf-8")
        policy = cg.read(path)
        assert policy.dataset == dataset
        named = [str(path), str(path)] if question == "diff" else ["--data", str(path)]
        command = [words.split()[0] if question == "diff" else words, *typed(options)]
        argv = [word for each in command for word in each.split(" ") if word] + named
        as_json, as_csv = run(*argv, "-f", "json"), run(*argv, "-f", "csv")

        if as_json.code == Exit.UNUSABLE:
            with pytest.raises(cg.ClusterGapError) as refused:
                method(policy)(**options)
            assert as_json.err.splitlines()[-1] == f"clustergap: {refused.value}"
            return
        answer = method(policy)(**options)

    assert as_json.code == Exit.OK
    assert answer.record() == json.loads(as_json.out)
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert [{key: in_csv(value) for key, value in row.items()} for row in answer.records()] == rows


def in_csv(value: object) -> str:
    """Write a value of a record as the csv does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
