"""Every question asked of a dataset in Python: the same answers, notes and errors as on the command line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clustergap.api.answer import Answer, answer_report
from clustergap.api.checking import check_datasets
from clustergap.api.explaining import explain_rule, is_rule_code
from clustergap.api.keywords import Options
from clustergap.api.locations import locate_dataset, locate_deck
from clustergap.api.names import read_rules
from clustergap.api.policy_data import PolicyData
from clustergap.cli.exit import Exit
from clustergap.errors import ClusterGapError
from clustergap.findings import DataError, Severity
from clustergap.formats import FORMATS, Format
from clustergap.model.cell import Cell
from clustergap.picture import Size
from paths import ROOT
from running import run

DECK = ROOT / "data"
HOSTILE = ROOT / "tests/hostile"
BAD = ROOT / "tests/hostile-bad"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def deck() -> PolicyData:
    return PolicyData.load(locate_dataset(DECK))


@pytest.fixture(scope="module")
def hostile() -> PolicyData:
    return PolicyData.load(locate_dataset(HOSTILE))


REGIONS: Options = {"level": "Regional", "as_of": "2019", "without": ["interreg"]}

QUESTIONS: dict[str, tuple[str, Callable[[PolicyData], Answer]]] = {
    "matrix": ("matrix", lambda policy: policy.matrix()),
    "matrix of regions": (
        "matrix --level Regional --as-of 2019 --without interreg",
        lambda policy: policy.matrix(**REGIONS),
    ),
    "matrix of a place": (
        "matrix --in ro11 --with-planned",
        lambda policy: policy.matrix(in_="ro11", with_planned=True),
    ),
    "gaps": ("gaps --today 2030-01", lambda policy: policy.gaps(today="2030-01")),
    "needs": (
        "needs --explain-order",
        lambda policy: policy.needs(explain_order=True),
    ),
    "risks": (
        "risks --within 36 --crowded 3",
        lambda policy: policy.risks(within=36, crowded=3),
    ),
    "compare": (
        "compare RO bulgaria --own --as-of 2018",
        lambda policy: policy.compare("RO", "bulgaria", own=True, as_of="2018"),
    ),
    "a comparison of all places of a level": (
        "compare --each country --measures --top 3 --level region",
        lambda policy: policy.compare(each="country", measures=True, top=3, level=("region",)),
    ),
    "compare-over": (
        "compare RO --each country --over 2019,2015-06,2030-01-01 --role social-economy --level region",
        lambda policy: policy.compare(
            "RO",
            each="country",
            over=("2015-06", date(2030, 1, 1), "2019"),
            role="social-economy",
            level="region",
        ),
    ),
    "timeline": (
        "timeline --from 2015 --to 2020-06",
        lambda policy: policy.timeline(from_="2015", to=date(2020, 6, 30)),
    ),
    "what-if": (
        "what-if --without H2020",
        lambda policy: policy.what_if(without=("H2020",)),
    ),
    "keystones": ("what-if --each", lambda policy: policy.keystones()),
    "swot": ("swot --level region", lambda policy: policy.swot(level=("region",))),
    "tows": ("swot --tows", lambda policy: policy.tows()),
    "a cell": (
        "explain industry-4-0@eu --as-of 2019",
        lambda policy: policy.explain("industry-4-0@eu", as_of="2019"),
    ),
    "a role": ("explain social-economy", lambda policy: policy.explain("social-economy")),
    "a place": ("explain RO11 --as-of 2019", lambda policy: policy.explain("RO11", as_of="2019")),
    "a source": ("explain source:deck", lambda policy: policy.explain("source:deck")),
    "an item": ("explain w1", lambda policy: policy.explain("w1")),
    "an instrument": ("explain interreg", lambda policy: policy.explain("interreg")),
    "list": ("list sources", lambda policy: policy.list("sources")),
    "a list of what matches": (
        "list instruments --kind forum --kind Platform --in RO --covers country --source deck --undated --unreviewed-since 2019-06",
        lambda policy: policy.list(
            "instruments",
            kind=["forum", "Platform"],
            in_="RO",
            covers="country",
            source="deck",
            undated=True,
            unreviewed_since="2019-06",
        ),
    ),
    "diff": (
        f"diff {DECK} {DECK} --as-of 2019",
        lambda policy: policy.diff(policy, as_of="2019"),
    ),
}


@pytest.mark.parametrize("format_", [Format.JSON, Format.CSV, Format.MD])
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_command_s_document(
    deck: PolicyData, question: str, format_: Format
) -> None:
    words, ask = QUESTIONS[question]
    data = () if words.startswith("diff") else ("--data", str(DECK))

    answer = ask(deck)

    outcome = run(*words.split(), *data, "-f", format_.value)
    assert outcome.code == Exit.OK
    assert answer.write(format_) == outcome.out
    assert outcome.err == "".join(f"note: {note}\n" for note in answer.notes)


def test_every_question_about_a_dataset_can_be_asked(deck: PolicyData) -> None:
    questions = {ask(deck).question for _, ask in QUESTIONS.values()}

    assert answer_report(deck.matrix(), Format.HTML).question == "report"
    assert deck.brief().question == "brief"
    assert questions | {"report", "brief", "check"} == set(FORMATS)


@pytest.mark.parametrize("format_", FORMATS["report"])
def test_a_report_is_the_command_s_document(
    deck: PolicyData, tmp_path: Path, format_: Format
) -> None:
    ours, command_s = tmp_path / f"ours.{format_.value}", tmp_path / f"theirs.{format_.value}"

    written = deck.report(str(ours), level="region", as_of="2019")

    run(
        "report", "--data", str(DECK), "--level", "region", "--as-of", "2019", "-o", str(command_s)
    )
    assert written == ours
    assert ours.read_bytes() == command_s.read_bytes()


def test_a_picture_has_the_size_and_the_words_of_the_command_s(
    deck: PolicyData, tmp_path: Path
) -> None:
    drawing = deck.matrix().write(Format.SVG, Size(800, 600))

    out = tmp_path / "matrix.svg"
    outcome = run("matrix", "--data", str(DECK), "--size", "800x600", "-o", str(out))

    assert drawing.file == out.read_text(encoding="utf-8")
    assert f"alternative text: {drawing.description}" in outcome.err


MISTAKES: dict[str, tuple[str, Callable[[PolicyData], Answer]]] = {
    "a role": (
        "matrix --role intereg",
        lambda policy: policy.matrix(role=("intereg",)),
    ),
    "a level": ("gaps --level regin", lambda policy: policy.gaps(level=("regin",))),
    "an instrument": (
        "risks --without intereg",
        lambda policy: policy.risks(without=("intereg",)),
    ),
    "a kind": (
        "needs --kind nonsense",
        lambda policy: policy.needs(kind=("nonsense",)),
    ),
    "a target": (
        "swot --target nobody",
        lambda policy: policy.swot(target="nobody"),
    ),
    "a place": ("matrix --in R011", lambda policy: policy.matrix(in_="R011")),
    "no place": ("matrix --in=", lambda policy: policy.matrix(in_="")),
    "no place to compare": ("compare", lambda policy: policy.compare()),
    "a place to compare": (
        "compare RO bulgraia",
        lambda policy: policy.compare("RO", "bulgraia"),
    ),
    "a level of which all places are compared": (
        "compare --each eu",
        lambda policy: policy.compare(each="eu"),
    ),
    "a cell that is compared over days": (
        "compare RO --over 2019 --role social-economy",
        lambda policy: policy.compare("RO", over=("2019",), role="social-economy"),
    ),
    "a day that is compared": (
        "compare RO --over 2019,soon --role social-economy --level region",
        lambda policy: policy.compare(
            "RO", over=("2019", "soon"), role="social-economy", level="region"
        ),
    ),
    "a day": ("matrix --as-of soon", lambda policy: policy.matrix(as_of="soon")),
    "a day of upkeep": ("gaps --today soon", lambda policy: policy.gaps(today="soon")),
    "no such day": ("timeline --to 2019-02-30", lambda policy: policy.timeline(to="2019-02-30")),
    "a period": (
        "timeline --from 2020 --to 2019",
        lambda policy: policy.timeline(from_="2020", to="2019"),
    ),
    "a cell": ("explain nowhere@eu", lambda policy: policy.explain("nowhere@eu")),
    "a role with what it is": (
        "explain role:nowhere",
        lambda policy: policy.explain("role:nowhere"),
    ),
    "nothing to explain": ("explain nowhere", lambda policy: policy.explain("nowhere")),
    "a rule": ("explain cg999", lambda _: explain_rule("cg999")),
    "a fragment": (
        "what-if --add nofile.yaml",
        lambda policy: policy.what_if(add=Path("nofile.yaml")),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_in_the_command_s_words(deck: PolicyData, mistake: str) -> None:
    words, ask = MISTAKES[mistake]

    with pytest.raises(ClusterGapError) as refused:
        ask(deck)

    outcome = run(*words.split(), "--data", str(DECK))
    assert outcome.code == Exit.UNUSABLE
    if isinstance(refused.value, DataError):
        assert all(finding.message in outcome.err for finding in refused.value.report.findings)
    else:
        assert outcome.err.splitlines()[-1] == f"clustergap: {refused.value}"


def test_a_dataset_with_errors_is_not_read() -> None:
    with pytest.raises(DataError) as refused:
        PolicyData.load(locate_dataset(BAD))

    assert refused.value.report.count(Severity.ERROR) > 0


def test_names_are_understood_in_any_letter_case_and_days_as_text_or_dates(
    deck: PolicyData,
) -> None:
    by_id = deck.matrix(role=("social-economy",), as_of=date(2019, 12, 31)).result

    assert by_id == deck.matrix(role="SOCIAL Economy", as_of="2019").result
    assert next(rating.cell for rating in by_id) == Cell("social-economy", "eu")


def test_what_a_query_leaves_out_is_noted_beside_the_answer(hostile: PolicyData) -> None:
    kind = next(one.kind for one in hostile.dataset.instruments if one.kind)
    answer = hostile.gaps(kind=kind)

    outcome = run("gaps", "--kind", kind, "--data", str(HOSTILE), "-f", "csv")
    assert answer.notes
    assert outcome.err == "".join(f"note: {note}\n" for note in answer.notes)


def test_a_fragment_is_read_beside_the_dataset_and_changes_nothing_of_it(
    deck: PolicyData, tmp_path: Path
) -> None:
    fragment = tmp_path / "proposal.yaml"
    fragment.write_text(
        "instruments:\n"
        "  - {id: new-programme, name: New, kind: network, covers: {social-economy@region: full}}\n",
        encoding="utf-8",
    )

    answer = deck.what_if(add=fragment)

    ids = {one.id for one in deck.dataset.instruments}
    assert "new-programme" not in ids
    extended = deck.with_fragment(fragment)
    assert {one.id for one in extended.dataset.instruments} == ids | {"new-programme"}
    ranked = extended.keystones().result.ranked
    assert "new-programme" in {keystone.instrument.id for keystone in ranked}
    assert answer.result.added == fragment.as_posix()
    argv = ("what-if", "--add", str(fragment), "--data", str(DECK), "-f", "json")
    assert answer.write(Format.JSON) == run(*argv).out


def test_a_name_that_one_side_alone_knows_can_be_asked_of_both(
    deck: PolicyData, hostile: PolicyData
) -> None:
    role = hostile.dataset.roles[0].id
    assert role not in {each.id for each in deck.dataset.roles}

    forth = deck.diff(hostile, role=(role,))
    back = hostile.diff(deck, role=(role,))

    assert {change.cell.role for change in forth.result.comparison.changes} <= {role}
    assert forth.origin == (deck.origin, hostile.origin)
    assert back.origin == (hostile.origin, deck.origin)


def test_a_check_is_the_command_s_document() -> None:
    answer = check_datasets([locate_dataset(DECK)], read_rules(ignore=("CG3",)), "2030")

    argv = ("check", str(DECK), "--ignore", "CG3", "--today", "2030", "-f", "json")
    assert json.loads(answer.write(Format.JSON)) == json.loads(run(*argv).out)


def test_what_could_not_be_judged_is_noted_beside_a_check() -> None:
    answer = check_datasets([locate_dataset(DECK)])

    outcome = run("check", str(DECK), "-f", "json")
    assert outcome.err == "".join(f"note: {note}\n" for note in answer.notes)


def test_a_rule_is_explained_without_data() -> None:
    assert is_rule_code("cg201")
    assert not is_rule_code("CG20")
    assert explain_rule("cg201").write(Format.MD) == run("explain", "CG201", "-f", "md").out


def test_the_deck_says_of_itself_that_it_is_an_example() -> None:
    answer = PolicyData.load(locate_deck()).matrix()

    assert answer.write(Format.JSON) == run("matrix", "-f", "json").out
    assert "example data" in answer.write(Format.MD)
