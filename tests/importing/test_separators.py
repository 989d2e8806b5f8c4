"""Several values in one cell, and names whose separator was lost."""

import time

import pytest

from clustergap.importing.new_names import AmbiguousComma, JoinedNames, holds_separator, separate
from clustergap.text import fold

KNOWN = {
    *(
        "health",
        "safety",
        "environment",
        "health, safety and environment",
        "research; development",
    ),
    *("gesundheit, soziales", "zdrowie", "łódź, miasto", "économie sociale", "a, b", "b, c", "c"),
}


def is_known(text: str) -> bool:
    return fold(text) in KNOWN


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Health", ["Health"]),
        ("Health, Safety", ["Health", "Safety"]),
        ("Health; Safety | Environment\nHealth", ["Health", "Safety", "Environment", "Health"]),
        # What is known as a whole is one, the longest first.
        ("Health, safety and environment", ["Health, safety and environment"]),
        ("Health,  safety\nand environment", ["Health, safety and environment"]),
        ("Safety, Health, safety and environment", ["Safety", "Health, safety and environment"]),
        ("Research; development; Safety", ["Research; development", "Safety"]),
        ("Gesundheit, Soziales, Zdrowie", ["Gesundheit, Soziales", "Zdrowie"]),
        ("Économie sociale, ŁÓDŹ, miasto", ["Économie sociale", "ŁÓDŹ, miasto"]),
        ("a, b, c", ["a, b", "c"]),
        # Semicolons, bars and line breaks separate what nobody knows.
        (
            "New one; New two|New three\r\nNew four",
            ["New one", "New two", "New three", "New four"],
        ),
        ("Health, Safety; New one", ["Health", "Safety", "New one"]),
        ("New one", ["New one"]),
        (" ;; New one ;,", ["New one"]),
        ("", []),
        (" , ", []),
    ],
)
def test_values_are_separated(text: str, values: list[str]) -> None:
    assert separate(text, is_known) == values


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("New one, New two", "New one, New two", ("New one", "New two")),
        ("Health, New one", "Health, New one", ("Health", "New one")),
        ("Health; New one,  New two", "New one, New two", ("New one", "New two")),
        ("Fundusz, nowy, Zdrowie", "Fundusz, nowy, Zdrowie", ("Fundusz", "nowy", "Zdrowie")),
        ("Health, safety and environment, X", "Health, safety and environment, X", ("Health, safety and environment", "X")),
    ],
)  # fmt: skip
def test_a_comma_before_or_behind_what_nobody_knows_is_asked(
    text: str, whole: str, parts: tuple[str, ...]
) -> None:
    assert separate(text, is_known) == AmbiguousComma(whole, parts)


def test_the_question_has_both_readings() -> None:
    unclear = AmbiguousComma("Air, Sea", ("Air", "Sea"))

    assert unclear.message == "'Air, Sea' is one name, or 2: 'Air' and 'Sea'"
    assert unclear.hint == "separate several by semicolons: 'Air; Sea'"


@pytest.mark.parametrize("text", ["Health, " * 43_000, "x;" * 43_000, "x, " * 43_000])
def test_a_word_that_a_cell_repeats_is_looked_up_a_few_times(text: str) -> None:
    looked_up = []

    def knows(word: str) -> bool:
        looked_up.append(word)
        return is_known(word)

    start = time.process_time()
    separate(text, knows)

    assert len(looked_up) < 50
    assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["a;b", "a|b", "a\nb", "a,b"])
def test_a_text_holds_a_separator(text: str) -> None:
    assert holds_separator(text)
    assert not holds_separator(text.replace(text[1], "-"))


NAMES = (
    "Structural Funds",
    "European Cluster Policy Forum",
    "JRC S3 Platform",
    "S3 approaches",
    "Funds",
    "Phase I",
    "Łódź +",
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Structural Funds European Cluster Policy Forum", ["Structural Funds", "European Cluster Policy Forum"]),
        ("S3 approaches JRC S3 Platform Structural Funds", ["S3 approaches", "JRC S3 Platform", "Structural Funds"]),
        ("STRUCTURAL  funds\nphase i", ["Structural Funds", "Phase I"]),
        ("Phase I and Funds", ["Phase I", "Funds"]),
        ("Phase I i Funds", ["Phase I", "Funds"]),
        ("Funds & łódź +", ["Funds", "Łódź +"]),
        ("Funds, Phase I", ["Funds", "Phase I"]),
        ("Funds Funds", ["Funds", "Funds"]),
        ("Structural Funds", None),
        ("Funds and", None),
        ("and Funds Phase I", None),
        ("Structural Fundss Phase I", None),
        ("Structural Funds of the European Cluster Policy Forum", None),
        ("New Structural Funds", None),
        ("", None),
    ],
)  # fmt: skip
def test_names_run_together_are_found(text: str, names: list[str] | None) -> None:
    assert JoinedNames(NAMES).find(text) == names
