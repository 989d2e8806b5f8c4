"""Keywords in Python: those of the command line; a misspelt one, or a value of another type, never passes in silence."""

import inspect
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from clustergap.api.locations import locate_dataset
from clustergap.api.policy_data import PolicyData
from clustergap.cli.app import COMMANDS, build_app
from clustergap.cli.exit import Exit
from clustergap.errors import ClusterGapError
from paths import ROOT
from running import run

DECK = PolicyData.load(locate_dataset(ROOT / "data"))

QUESTIONS: Mapping[str, Callable[..., object]] = {
    "matrix": DECK.matrix,
    "gaps": DECK.gaps,
    "needs": DECK.needs,
    "risks": DECK.risks,
    "timeline": DECK.timeline,
    "what-if": DECK.what_if,
    "swot": DECK.swot,
    "compare": partial(DECK.compare, each="country"),
    "diff": partial(DECK.diff, DECK),
    "list": partial(DECK.list, "sources"),
    "explain": partial(DECK.explain, "interreg"),
}
"""What a command asks, by the method that asks it."""

OUTPUT = {
    "data",
    "config",
    "format_",
    "output",
    "color",
    "quiet",
    "title",
    "logo",
    "size",
    "names",
}
"""Options of what is written, and of which data."""

GATES = {"fail_on", "candidates", "each", "tows", "old", "new", "places", "subject", "what"}
"""What Python has other means for: a gate is a condition, a table of what-if --each a method of its own."""

WRITING = {"accept", "reason", "by", "until", "dry_run"}
"""Options of gaps that change data files, which in Python is a method of its own."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_options_of_its_command(question: str) -> None:
    command = next(
        each.callback
        for each in build_app((question,)).registered_commands
        if each.name == question
    )
    assert command is not None

    options = {name.lower() for name in inspect.signature(command).parameters}

    with pytest.raises(TypeError) as refused:
        QUESTIONS[question](zzz=True)
    _, _, listed = str(refused.value).partition("it takes ")
    assert set(listed.split(", ")) - {"each"} == options - OUTPUT - GATES - WRITING


def test_every_command_that_answers_is_a_method() -> None:
    others = {"report", "check", "schema", "export", "import", "rename", "init", "completion"}

    assert set(QUESTIONS) | others == set(COMMANDS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_misspelt_keyword_is_refused_with_the_one_that_is_meant(question: str) -> None:
    meant = "undated" if question == "list" else "without"
    misspelt = meant.replace("un", "un_").replace("with", "with_")

    with pytest.raises(TypeError, match=f"takes no '{misspelt}'; did you mean '{meant}'\\?$"):
        QUESTIONS[question](**{misspelt: "interreg"})


WRONG = {
    "without": (5, "a text or several for 'without', not int"),
    "kind": ([None], "a text or several for 'kind', not list"),
    "alone": ("no", "True or False for 'alone', not str"),
    "as_of": (2021, "a day as a text or a date for 'as_of', not int"),
    "in_": (["RO", "BG"], "a text for 'in_', not list"),
    "within": ("36", "a whole number for 'within', not str"),
    "crowded": (True, "a whole number for 'crowded', not bool"),
}


@pytest.mark.parametrize("keyword", WRONG)
def test_a_value_of_another_type_is_refused(keyword: str) -> None:
    value, words = WRONG[keyword]

    with pytest.raises(TypeError) as refused:
        DECK.risks(**{keyword: value})  # type: ignore[arg-type]

    assert str(refused.value) == f"risks() takes {words}"


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: DECK.compare("RO", 5), "compare() takes a text for 'a place', not int"),  # type: ignore[arg-type]
        (lambda: DECK.explain(None), "explain() takes a text for 'subject', not NoneType"),  # type: ignore[arg-type]
        (lambda: DECK.diff("data"), "diff() takes a dataset that was read, not str"),  # type: ignore[arg-type]
        (lambda: DECK.what_if(add=3), "what_if() takes a path for 'add', not int"),  # type: ignore[arg-type]
        (
            lambda: DECK.timeline(as_of="2019"),  # type: ignore[call-arg]
            "timeline() takes no 'as_of'; it takes from_, to, target, kind, without, alone, with_planned, in_, role, level",
        ),
    ],
)
def test_what_a_question_does_not_take_is_refused(ask: Callable[[], object], words: str) -> None:
    with pytest.raises(TypeError) as refused:
        ask()

    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"within": 0}, "--within 0 is not a number from 1 to 12,000"),
        ({"within": 12_001}, "--within 12,001 is not a number from 1 to 12,000"),
        ({"crowded": 1}, "--crowded 1 is not a number at least 2"),
    ],
)
def test_a_number_that_the_command_refuses_is_refused(options: Any, words: str) -> None:
    with pytest.raises(ClusterGapError) as refused:
        DECK.risks(**options)

    assert str(refused.value) == words
    typed = [word for name, number in options.items() for word in (f"--{name}", str(number))]
    assert run("risks", *typed).code == Exit.UNUSABLE


def test_one_word_is_as_good_as_a_list_of_it_and_none_as_nothing() -> None:
    several = DECK.matrix(role=["social-economy"], without={"interreg"}, kind=None, as_of=None)

    assert several == DECK.matrix(role="social-economy", without=("interreg",))


@pytest.mark.parametrize(
    "day", ["2020-02-29", "2020-02", date(2020, 2, 29), datetime(2020, 2, 29, 12, tzinfo=UTC)]
)
def test_a_day_is_a_text_or_a_date(day: str | date) -> None:
    assert DECK.matrix(as_of=day).result.query.as_of == date(2020, 2, 29)


def test_today_is_the_day_of_the_clock() -> None:
    asked = DECK.matrix(as_of="today").result.query.as_of

    assert abs(asked - date.today()).days <= 1  # noqa: DTZ011, TID251


def test_days_are_listed_as_on_the_command_line_or_one_by_one() -> None:
    one_cell = {"role": "social-economy", "level": "region"}
    by_text = DECK.compare(each="country", over="2017,2021", **one_cell)  # type: ignore[arg-type]

    assert by_text == DECK.compare(each="country", over=[date(2021, 12, 31), "2017"], **one_cell)  # type: ignore[arg-type]


def test_a_path_is_a_text_or_a_path(tmp_path: Path) -> None:
    fragment = tmp_path / "more.yaml"
    fragment.write_text("instruments: []\n", encoding="utf-8")

    assert DECK.what_if(add=str(fragment)) == DECK.what_if(add=fragment)
