"""The finding in a line: which form a title takes, what the sentences below it add, and the three facts."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.timeline import find_next_loss
from clustergap.answers.finding import LONGEST_TITLE, facts, sentences, title
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from strategies import Document, dataset_of, datasets

LEVELS = [
    {"id": "eu", "name": "EU"},
    {"id": "country", "name": "Country"},
    {"id": "region", "name": "Region"},
]
TODAY = date(2026, 11, 22)


def matrix_of(rows: Mapping[str, str], query: Query | None = None) -> Matrix:
    """Make a matrix of a letter for each level in each row: Full, Partial or None."""
    extents = {"F": "full", "P": "partial"}
    covers = {
        f"{role}@{level['id']}": extents[letter]
        for role, letters in rows.items()
        for level, letter in zip(LEVELS, letters, strict=False)
        if letter in extents
    }
    number = len(next(iter(rows.values())))
    document: Document = {
        "levels": LEVELS[:number],
        "roles": [{"id": role, "name": role.capitalize()} for role in rows],
        "instruments": [{"id": "programme", "name": "The programme", "covers": covers}],
    }
    return build_matrix(dataset_of(document), query or Query())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"a": "FFF", "b": "FFF"}, "All 2 roles are covered at every level"),
        ({"a": "FFF"}, "A is covered at every level"),
        ({"a": "F", "b": "F"}, "All 2 roles are covered at EU level"),
        ({"a": "FPF", "b": "PFF"}, "Every role has something at every level; 2 of 6 only partly"),
        ({"a": "F", "b": "P"}, "Every role has something at EU level; 1 of 2 only partly"),
        ({"a": "PP", "b": "PP"}, "All roles are only partly covered at every level"),
        ({"a": "N", "b": "F"}, "A has no instrument at EU level"),
        ({"a": "NNF", "b": "FFF"}, "A has no instrument at EU and country level"),
        ({"a": "NNN", "b": "FFF"}, "A has no instrument at any level"),
        ({"a": "FNF", "b": "FNF"}, "At country level no role has an instrument"),
        ({"a": "FNN", "b": "FNN"}, "At country and region level no role has an instrument"),
        ({"a": "NN", "b": "NN"}, "No role has an instrument at any level"),
        ({"a": "FN", "b": "FN", "c": "FF"}, "At country level, 2 of 3 roles have no instrument"),
        (
            {"a": "FN", "b": "FN", "c": "FP"},
            "At country level, 2 of 3 roles have no instrument and none is fully covered",
        ),
        # As many at two levels: the broader one.
        ({"a": "NF", "b": "NN", "c": "FN"}, "At EU level, 2 of 3 roles have no instrument"),
        (
            {"a": "NFF", "b": "FNF", "c": "FFF"},
            "A at EU level and B at country level have no instrument",
        ),
        (
            {"a": "NFF", "b": "FNF", "c": "FFN"},
            "3 of 9 pairs of role and level have no instrument",
        ),
    ],
)
def test_the_title_is_the_first_form_that_is_true(rows: Mapping[str, str], expected: str) -> None:
    assert title(matrix_of(rows)) == expected


def test_the_title_says_that_nobody_has_looked() -> None:
    country = {"id": "country", "name": "Country", "territories": ["AT", "BE"]}
    dataset = dataset_of(
        {
            "levels": [LEVELS[0], country],
            "roles": ["a", "b"],
            "instruments": [{"id": "one", "covers": {"a@eu": "full", "b@eu": "partial"}}],
            "assessed": {"country": ["AT"]},
        }
    )
    matrix = build_matrix(dataset, Query(place="BE"))

    assert title(matrix.select((), ("country",))) == (
        "In BE, nobody has looked yet: 2 of 2 are not assessed"
    )
    assert title(matrix) == (
        "In BE, what is known has an instrument: of 4, 1 only partly, 2 unknown"
    )


def test_what_narrows_the_answer_begins_the_title() -> None:
    query = Query(place="RO11", place_name="Nord-Vest (RO11)", without=("programme",))

    found = title(matrix_of({"a": "FF", "b": "NF"}, query))

    assert found == (
        "In Nord-Vest (RO11), without The programme, no role has an instrument at any level"
    )


def test_names_begin_a_title_as_they_are_written() -> None:
    found = title(matrix_of({"a": "FN"}, Query(with_planned=True)))

    assert found == "With planned instruments, A has no instrument at country level"


def test_a_long_title_counts_instead_of_naming() -> None:
    role = "supply-chains-of-small-and-medium-sized-enterprises-at-sea"

    found = title(matrix_of({role: "NF", "b": "FF"}, Query(with_planned=True)))

    assert found == "With planned instruments, 1 of 4 pairs of role and level has no instrument"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"a": "FN", "b": "NN", "c": "FF"}, "B has no instrument at EU level either."),
        ({"a": "FN", "b": "FN", "c": "NF"}, "C has no instrument at EU level."),
        (
            {"a": "NNN", "b": "NNF", "c": "NFN", "d": "FFN", "e": "NFF"},
            "3 have none at region level, 2 at country level.",
        ),
        ({"a": "NF", "b": "PF"}, "One more is covered only somewhere or in part."),
        ({"a": "NP", "b": "PP"}, "Three more are covered only somewhere or in part."),
        ({"a": "FF", "b": "PF"}, ""),
    ],
)
def test_the_first_sentence_says_what_the_title_does_not(
    rows: Mapping[str, str], expected: str
) -> None:
    first, *_ = [*sentences(matrix_of(rows), None), ""]

    assert (first if expected else "") == expected


def test_the_second_sentence_says_what_is_next_to_end() -> None:
    levels = LEVELS[:1]
    names = {"a": "A", "b": "B", "c": "C"}
    instruments = [
        {"id": "first", "ends": "2027", "covers": {"a@eu": "full"}},
        {"id": "second", "ends": "2027-12-31", "covers": {"a@eu": "full", "b@eu": "full"}},
        {"id": "third", "ends": "2028", "covers": {"c@eu": "full"}},
        {"id": "stays", "covers": {"b@eu": "partial"}},
    ]
    roles = [{"id": id_, "name": name} for id_, name in names.items()]
    dataset = dataset_of({"levels": levels, "roles": roles, "instruments": instruments})
    matrix = build_matrix(dataset, Query(as_of=TODAY))

    loss = find_next_loss(matrix)

    assert loss is not None
    assert sentences(matrix, loss) == (
        "The first and The second end on 31 December 2027: A then has none at EU level.",
    )
    assert facts(matrix, loss)[-1] == (
        "31 Dec 2027", "The first and The second end: A then has none at EU level.", False
    )  # fmt: skip


def test_what_ends_later_than_in_two_years_is_not_next() -> None:
    instruments = [{"id": "one", "ends": "2028-11-22", "covers": {"role@eu": "full"}}]
    dataset = dataset_of({"levels": LEVELS[:1], "instruments": instruments})

    assert find_next_loss(build_matrix(dataset, Query(as_of=date(2026, 11, 23)))) is not None
    assert find_next_loss(build_matrix(dataset, Query(as_of=date(2026, 11, 21)))) is None


def test_the_facts_are_the_least_covered_level_the_gaps_and_what_rests_on_one() -> None:
    found = facts(matrix_of({"a": "FN", "b": "FP", "c": "FF"}), None)

    assert found == (
        ("1 of 3", "roles are fully covered at country level. EU level: all 3.", False),
        ("1 gap", "has no instrument: A at country level.", True),
        (
            "4 of 6",
            "pairs of role and level would be a gap without one instrument; 4 of them without The programme.",
            False,
        ),
    )


@given(datasets())
def test_every_matrix_has_a_finding_that_counts_as_it_does(dataset: Dataset) -> None:
    matrix = build_matrix(dataset, Query())
    none = sum(rating.coverage is Coverage.NONE for rating in matrix)

    words = title(matrix)

    assert words
    assert ("no instrument" in words or "no role" in words.casefold()) is bool(none)
    assert len(words) <= LONGEST_TITLE or " pairs of role" in words or not none


def test_a_title_counts_what_is_left_out_if_its_names_are_too_long() -> None:
    instruments = [
        {
            "id": f"i{n}",
            "name": f"A programme with a long name, number {n}",
            "covers": {"a@eu": "full"},
        }
        for n in range(3)
    ]
    document = {
        "levels": LEVELS[:1],
        "roles": [{"id": "a", "name": "A"}],
        "instruments": instruments,
    }
    query = Query(without=("i0", "i1", "i2"))

    assert title(build_matrix(dataset_of(document), query)) == (
        "Without 3 instruments, A has no instrument at EU level"
    )


def test_a_fact_names_one_role_once_and_counts_what_is_too_long_to_name() -> None:
    one = facts(matrix_of({"a": "NNF", "b": "FFF"}), None)[1]
    long = facts(matrix_of({"a" * 64: "FN", "b" * 64: "NN", "c": "FF"}), None)[1]

    assert one.sentence == "have no instrument: A at EU and country level."
    assert long.sentence == "have no instrument: 1 at EU level, 2 at country level."


def test_what_ends_at_more_levels_than_are_named_is_counted() -> None:
    levels = [{"id": f"l{n}", "name": f"Level {n}"} for n in range(4)]
    covers = {f"a@l{n}": "full" for n in range(4)}
    document: Document = {
        "as_of": "2026-11-22",
        "levels": levels,
        "roles": [{"id": "a", "name": "A"}],
        "instruments": [{"id": "i", "name": "I", "ends": "2027", "covers": covers}],
    }
    matrix = build_matrix(dataset_of(document), Query())

    assert facts(matrix, find_next_loss(matrix))[-1].sentence == (
        "I ends: A then has none at 4 levels."
    )


def test_a_fact_whose_names_are_long_counts() -> None:
    name = "A name that is longer than any that people give " * 4
    covers = {"a@l0": "full", "a@l1": "full", "b@l1": "full"}
    matrix = build_matrix(
        dataset_of(
            {
                "levels": [{"id": f"l{n}", "name": f"{name}{n}"} for n in range(3)],
                "roles": [{"id": id_, "name": f"{name}{id_}"} for id_ in "ab"],
                "instruments": [{"id": "i", "name": name, "covers": covers}],
            }
        ),
        Query(),
    )

    assert [(fact.figure, fact.sentence) for fact in facts(matrix, None)][:2] == [
        ("0 of 2", "roles are fully covered at the level with the fewest."),
        ("3 gaps", "have no instrument at 2 levels."),
    ]
