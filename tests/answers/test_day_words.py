"""Days in sentences: as exact as the data, with the month by its name; options are named on the terminal alone."""

import re
from pathlib import Path

import pytest

from gap_map import INDUSTRY, POLICY
from running import run

ISO = re.compile(
    r"\b(?:as of|since|until|from|to|on|in|seen|after|before|by) [12]\d{3}-\d{2}(?:-\d{2})?\b",
    re.IGNORECASE,
)
OPTION = re.compile(r"(?<![\w-])--[a-z]{2,}")
QUESTIONS = (
    ("report",),
    ("matrix",),
    ("gaps",),
    ("needs",),
    ("risks",),
    ("explain", "industry-4-0@country"),
    ("explain", "interreg"),
    ("what-if", "--without", "interreg"),
    ("swot", "--tows"),
    ("compare", "RO", "FI", "--measures"),
    ("compare", "RO", "FI", "--over", "2017,2024-06", "--role", "industry-4-0", "--level", "country"),
)  # fmt: skip


@pytest.mark.parametrize("data", [POLICY, INDUSTRY])
@pytest.mark.parametrize("question", QUESTIONS)
def test_sentences_write_no_day_in_figures_and_name_no_option(
    question: tuple[str, ...], data: Path
) -> None:
    outcome = run(*question, "--data", str(data), "-f", "md", "-q")

    assert outcome.code == 0
    assert ISO.findall(outcome.out) == []
    assert OPTION.findall(outcome.out) == []


MONTHS = """\
schema: 1
title: Months
as_of: 2026-05
levels: [{id: eu, name: EU}]
roles: [{id: r, name: R}, {id: s, name: S}]
instruments:
  - {id: a, name: A, starts: 2019-02, ends: 2025-03, covers: {r@eu: full}}
  - {id: b, name: B, seen: 2024-09-30, covers: {s@eu: full}}
  - {id: c, name: C, starts: 2014, ends: 2020, covers: {r@eu: full}}
"""


@pytest.mark.parametrize(
    ("instrument", "words"),
    [
        ("a", "February 2019 to March 2025; not counted: ended in March 2025"),
        ("b", "known since 30 September 2024; counted"),
        ("c", "2014 to 2020; not counted: ended in 2020"),
    ],
)
def test_a_period_is_told_no_more_exactly_than_the_data_say(
    instrument: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "instruments.yaml").write_text(MONTHS, encoding="utf-8")

    told = run("explain", instrument, "--data", str(tmp_path), "-f", "md", "-q").out

    assert f"In force: {words}" in told
