"""The headers of the terminal's tables: their own words are never broken, however short or long what stands below."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from running import run

HEADERS = {
    ("matrix",): ["Role"],
    ("matrix", "--names"): ["Role"],
    ("gaps",): ["Role", "Level", "Coverage", "Why", "Elsewhere"],
    ("compare", "RO"): ["Role", "Romania"],
    ("compare", "RO", "--over", "2019", "--role", "r", "--level", "eu"): [
        "Place",
        "31",
        "Dec",
        "2019",
    ],
    ("risks",): ["Role", "and", "level", "Coverage", "Risk", "Why"],
    ("what-if", "--each"): ["Instrument", "Gaps", "Serves"],
}
NAMES = ("R", "用", "Tourism", "Donaudampfschifffahrtsgesellschaft", "very long " * 12)


def write_data(folder: Path, name: str) -> None:
    (folder / "instruments.yaml").write_text(
        f"""\
schema: 1
title: Made up
as_of: 2020-01-01
levels: [{{id: eu, name: EU}}, {{id: country, name: Country, territories: [RO, BG]}}]
roles: [{{id: r, name: "{name.strip()}"}}, {{id: s, name: S}}]
instruments:
  - {{id: a, name: A, covers: {{r@eu: full, s@eu: {{extent: partial, note: "{"words " * 40}"}}}}}}
""",
        encoding="utf-8",
    )


@pytest.mark.sampled(6)
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_header_stay_whole(name: str, columns: int, tmp_path: Path) -> None:
    write_data(tmp_path, name)

    for argv, words in HEADERS.items():
        outcome = run(
            *argv, "-q", "--data", str(tmp_path), is_terminal=True, columns=columns, NO_COLOR="1"
        )

        lines = outcome.out.splitlines()
        rule = next(n for n, line in enumerate(lines) if set(line) == {"─"})
        header = " ".join(lines[lines.index("") : rule]).split()
        assert [word for word in words if word not in header] == []
        assert max(map(cell_len, lines)) <= columns


def test_on_a_screen_too_narrow_for_the_headers_nothing_is_cut(tmp_path: Path) -> None:
    write_data(tmp_path, "Tourism")

    outcome = run(
        "gaps", "-q", "--data", str(tmp_path), is_terminal=True, columns=24, NO_COLOR="1"
    )

    assert max(map(cell_len, outcome.out.splitlines())) <= 24
    assert "…" not in outcome.out
