"""``clustergap list``: what it says of a wrong word, of a filter that means nothing, and when nothing matches."""

import csv
import io
from pathlib import Path

import pytest

from clustergap.cli.exit import Exit
from paths import ROOT
from running import run

DATA = str(ROOT / "data")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("list instrument", "'instrument' is not a list: instruments, statements, sources, territories. Did you mean 'instruments'?"),
        ("list territories --undated", "--undated is no filter of territories: it is one of instruments, statements and sources"),
        ("list sources --unreviewed-since 2020", "--unreviewed-since is no filter of sources: it is one of instruments and statements"),
        ("list instruments --covers regin", "'regin' is not a role or level: "),
        ("list instruments --source dek", "'dek' is not a source: "),
        ("list instruments --unreviewed-since soon", "--unreviewed-since 'soon' is not a date: "),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(words: str, told: str) -> None:
    outcome = run(*words.split(), "--data", DATA)

    assert (outcome.code, outcome.out) == (Exit.UNUSABLE, "")
    assert outcome.err.startswith(f"clustergap: {told}")


def test_a_word_for_a_role_and_a_level_must_say_which() -> None:
    text = "schema: 1\ntitle: Both\nlevels: [{id: skills, name: Skills}]\nroles: [{id: skills, name: Skills}]\ninstruments: []\n"
    Path("instruments.yaml").write_text(text, encoding="utf-8")

    outcome = run("list", "statements", "--covers", "skills")

    assert outcome.code == Exit.UNUSABLE
    assert outcome.err == (
        "clustergap: 'skills' is a role and a level: write role:skills or level:skills\n"
    )
    assert run("list", "statements", "--covers", "role:skills").code == Exit.OK
    assert run("list", "statements", "--covers", "level:skills").code == Exit.OK


def test_where_nothing_matches_it_says_so() -> None:
    # Only a strategy cites what is quoted on strategies.
    words = ("list", "sources", "--source", "archidoct-ris3", "--kind", "forum")

    outcome = run(*words, "--data", DATA)

    assert outcome.code == Exit.OK
    assert "No sources match." in outcome.out
    assert "0 of 37 sources: of kind Forum, citing Archidoct" in outcome.out


def test_a_source_may_be_named_by_its_title() -> None:
    title = "Needs for cluster policy actions at regional, national and EU level"

    by_key, by_title = (
        run("list", "sources", "--source", word, "--data", DATA, "-f", "csv").out
        for word in ("deck", title.upper())
    )

    assert by_title == by_key
    assert [row["source"] for row in csv.DictReader(io.StringIO(by_key))] == ["deck"]
